//! Decision tables: what is refused, what is answered, and what holds for any of them.

mod faults;
mod properties;
mod recommend;

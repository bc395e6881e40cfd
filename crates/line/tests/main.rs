//! Call flows: what is refused when they are loaded, and what they do with keys.

mod common;
mod engine;
mod faults;
mod properties;
mod shipped;
mod today;

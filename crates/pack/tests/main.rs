//! Agency packs: what is read, what is refused, and what changes.

mod faults;
mod imports;
mod packs;
mod versions;

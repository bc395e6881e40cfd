//! The file itself: opened, closed, damaged, killed in the middle of a write.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "these are tests")]

#[macro_use]
mod naive_door;

mod common;
mod durable;
mod erased;
mod faults;
mod flips;
mod moving;
mod naive;
mod opening;

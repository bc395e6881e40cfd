//! The file itself: opened, closed, damaged, killed in the middle of a write.

#![expect(clippy::unwrap_used, reason = "these are tests")]

mod common;
mod durable;
mod faults;
mod moving;
mod opening;

//! The file itself: opened, closed, damaged, killed in the middle of a write.

mod common;
mod durable;
mod faults;
mod opening;

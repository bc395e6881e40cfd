//! The words and the rules of Anteroom.
//!
//! Nothing here knows a clock, randomness, async, SQL or HTTP: every rule takes `now` and whatever
//! chance it needs as arguments and returns a typed result, so that it can be replayed, simulated
//! and tested at midnight on the day the clocks change.

pub mod codes;
pub mod ids;
pub mod number;
pub mod pii;
pub mod text;

//! What is counted. Read by whoever shows figures, at any time.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of the exchange since it started, and how many calls there are now.
#[derive(Debug, Default)]
pub struct Figures {
    /// Calls that are there now.
    pub calls: AtomicU64,
    /// Calls that came.
    pub came: AtomicU64,
    /// Calls that were answered.
    pub answered: AtomicU64,
    /// Calls that were told to try again for want of room.
    pub turned_away: AtomicU64,
    /// Datagrams that were dropped because too much waited.
    pub shed: AtomicU64,
    /// Prompts that could not be said.
    pub unsaid: AtomicU64,
}

impl Figures {
    pub(super) fn one_more(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

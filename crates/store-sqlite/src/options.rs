//! How a store is run.

use std::time::Duration;
#[cfg(doc)]
use store::StoreError;

/// How a store is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether a file is made where there is none, and an older schema brought up to date; otherwise the one is a fault
    /// and the other is refused with [`StoreError::Older`].
    pub migrate: bool,
    /// How many connections read at once; at least 1.
    pub readers: u32,
    /// How many changes may wait for the writer; at least 1.
    pub queue: usize,
    /// How many of them one transaction does at most; at least 1.
    pub batch: usize,
    /// How long a change waits for a place in a full queue before it is told [`StoreError::Busy`].
    pub patience: Duration,
    /// How long a connection waits for a lock that another process holds.
    pub lock_wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            migrate: true,
            readers: 4,
            queue: 1024,
            batch: 64,
            patience: Duration::from_secs(2),
            lock_wait: Duration::from_secs(5),
        }
    }
}

//! How many people are being served at this moment, so that letters can stand back for them.
//!
//! A letter is a change of its own beside the act it tells of (decision 0017). When many act at once (places are released, an office is
//! closed), every letter that is sent at that moment makes somebody wait who looks at a screen; sent some seconds later it
//! makes nobody wait.

use jiff::SignedDuration;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// From how many acts of people under way at once due work stands back. Fewer leave a store time of its own.
const MANY: usize = 8;

/// How long after it was due work stands back at most. A crowd that lasts longer shares with it.
pub(crate) const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// Counts the acts of people that are under way; clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Crowd(Arc<AtomicUsize>);

/// One act under way, until it is dropped.
pub(crate) struct Inside(Crowd);

impl Crowd {
    /// One more is under way.
    pub(crate) fn enter(&self) -> Inside {
        self.0.fetch_add(1, Ordering::Relaxed);
        Inside(self.clone())
    }

    /// Whether so many are under way that others should stand back.
    pub(crate) fn is_there(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= MANY
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

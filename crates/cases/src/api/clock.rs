//! The present, while one look-up goes on.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::time::Instant;

/// The caller's `now`, moved on by what has passed since, and the time by which the look-up must end. Only the length
/// of a stretch is measured here; what the time is, the caller says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    began: Timestamp,
    started: Instant,
    whole: Duration,
}

impl Clock {
    pub(super) fn new(now: Timestamp, whole: Duration) -> Self {
        Self { began: now, started: Instant::now(), whole }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.began
            .saturating_add(SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX))
            .unwrap_or(self.began)
    }

    /// What is left of the whole time.
    pub(super) fn left(&self) -> Duration {
        self.whole.saturating_sub(self.started.elapsed())
    }

    /// What may be spent waiting: half of the whole time is kept for the answer itself, so that a look-up that waited
    /// long for its turn does not end in a time-out that is then held against the service.
    pub(super) fn spare(&self) -> Duration {
        self.left().saturating_sub(self.whole / 2)
    }
}

//! The clocks. Everything else takes the present as an argument.

use desk::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};

/// The wall clock: the only place that reads it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock that everything else is given")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The demo's clock: the wall clock moved by an amount that can be changed while it runs. It never goes back, because
/// the journal does not either.
#[derive(Debug, Default)]
pub struct DemoClock {
    ahead_micros: AtomicI64,
}

impl DemoClock {
    /// A clock that shows `at` now.
    pub fn starting_at(at: Timestamp) -> Self {
        let ahead = at.duration_since(SystemClock.now()).as_micros();
        Self { ahead_micros: AtomicI64::new(i64::try_from(ahead).unwrap_or(0)) }
    }

    /// Moves the clock on. An amount below zero does nothing.
    pub fn forward(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_micros()).unwrap_or(0).max(0);
        // Saturating: a clock at the end of time shows the end of time.
        let _ = self
            .ahead_micros
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |ahead| Some(ahead.saturating_add(by)));
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_micros(self.ahead_micros.load(Ordering::SeqCst));
        SystemClock.now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_clock_runs_and_only_moves_on() {
        let start: Timestamp = "2031-07-04T12:00:00Z".parse().unwrap();
        let clock = DemoClock::starting_at(start);
        let first = clock.now();
        assert!(first >= start && first < start + SignedDuration::from_secs(60));
        clock.forward(SignedDuration::from_hours(-5));
        assert!(clock.now() >= first);
        clock.forward(SignedDuration::from_hours(5));
        assert!(clock.now() >= start + SignedDuration::from_hours(5));
    }
}

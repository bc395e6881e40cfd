//! When to leave a failing engine alone, and when to try it again. Pure: `now` is an argument.

use std::time::{Duration, Instant};

/// What a breaker is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerSettings {
    /// So many failures in a row and the engine is left alone. At least 1.
    pub failures: u32,
    /// For how long the first time; twice as long after each trial that fails.
    pub rest: Duration,
    /// For how long at most.
    pub rest_most: Duration,
}

impl Default for BreakerSettings {
    fn default() -> Self {
        Self { failures: 3, rest: Duration::from_secs(10), rest_most: Duration::from_mins(5) }
    }
}

/// A circuit breaker. After its rest one request goes as a trial; the others go past until that one has ended.
#[derive(Debug, Clone)]
pub(crate) struct Breaker {
    settings: BreakerSettings,
    phase: Phase,
    rest: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// All go. So many failed in a row.
    Closed(u32),
    /// None goes until then. A trial moves `until` on, so that a second one goes only when the first never ended.
    Open { until: Instant },
}

impl Breaker {
    pub(crate) fn new(settings: BreakerSettings) -> Self {
        Self { settings, phase: Phase::Closed(0), rest: settings.rest }
    }

    /// Whether a request may go now.
    pub(crate) fn permit(&mut self, now: Instant) -> bool {
        match self.phase {
            Phase::Closed(_) => true,
            Phase::Open { until } if now < until => false,
            Phase::Open { .. } => {
                self.phase = Phase::Open { until: now + self.rest };
                true
            }
        }
    }

    pub(crate) fn resting(&self, now: Instant) -> bool {
        matches!(self.phase, Phase::Open { until } if now < until)
    }

    pub(crate) fn worked(&mut self) {
        self.phase = Phase::Closed(0);
        self.rest = self.settings.rest;
    }

    pub(crate) fn failed(&mut self, now: Instant) {
        match self.phase {
            Phase::Closed(failures) if failures + 1 < self.settings.failures => {
                self.phase = Phase::Closed(failures + 1);
            }
            Phase::Closed(_) => self.phase = Phase::Open { until: now + self.rest },
            Phase::Open { .. } => {
                self.rest = (self.rest * 2).min(self.settings.rest_most);
                self.phase = Phase::Open { until: now + self.rest };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_tries_once_and_rests_longer() {
        let second = Duration::from_secs(1);
        let settings = BreakerSettings { failures: 2, rest: second * 10, rest_most: second * 15 };
        let start = Instant::now();
        let mut breaker = Breaker::new(settings);
        breaker.failed(start);
        breaker.worked();
        breaker.failed(start);
        assert!(breaker.permit(start));
        breaker.failed(start);
        assert!(!breaker.permit(start + second * 9));
        assert!(breaker.resting(start + second * 9));
        assert!(breaker.permit(start + second * 10), "the trial");
        assert!(!breaker.permit(start + second * 10), "only one");
        breaker.failed(start + second * 11);
        assert!(!breaker.permit(start + second * 25), "15 s, the most");
        assert!(breaker.permit(start + second * 26));
        breaker.worked();
        assert!(breaker.permit(start + second * 26));
        assert!(breaker.permit(start + second * 26));
    }
}

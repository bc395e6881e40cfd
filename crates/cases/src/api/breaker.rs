//! The circuit breaker: when to leave a failing service alone, and when to try again. Pure: `now` is an argument.
//!
//! ```text
//!            `failures` in a row, or "wait"
//!   closed ──────────────────────────────▶ open ──── its time is over ───▶ half-open
//!     ▲                                     ▲                                 │ │
//!     │                                     └──── the one probe failed ───────┘ │
//!     └────────────────────────── the one probe was answered ───────────────────┘
//! ```

use jiff::{SignedDuration, Timestamp};

/// What a breaker is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// So many failures in a row open it. At least 1.
    pub failures: u32,
    /// How long it stays open the first time; twice as long after each probe that fails.
    pub open: SignedDuration,
    /// The longest that it stays open, also when the service asks for more.
    pub open_most: SignedDuration,
    /// When a probe has said nothing for so long, another may go: whoever asked may have gone away.
    pub probe: SignedDuration,
}

/// What the failures were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The service cannot be reached, is slow, or fails.
    Down,
    /// It does not accept this installation.
    Refused,
}

/// How a permitted request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service answered.
    Answered,
    /// It failed. With `wait`, it said how long to leave it alone.
    Failed {
        /// What the failure was.
        why: Why,
        /// How long the service asks to be left alone.
        wait: Option<SignedDuration>,
    },
    /// Nothing was sent after all.
    NotAsked,
}

/// The right to send one request. It is good for the breaker's present phase: what comes back later says nothing
/// about the next phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

/// Where a breaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Requests go.
    Closed {
        /// Failures in a row until now.
        failures: u32,
    },
    /// No request goes.
    Open {
        /// Until then.
        until: Timestamp,
        /// What the failures were.
        why: Why,
    },
    /// One request went, to find out.
    HalfOpen {
        /// When it went.
        since: Timestamp,
        /// What the failures were.
        why: Why,
    },
}

/// A circuit breaker.
#[derive(Debug, Clone)]
pub struct Breaker {
    settings: Settings,
    phase: Phase,
    /// Grows with each change of phase and each new probe.
    era: u64,
    /// How long it is open the next time.
    rest: SignedDuration,
    /// When the present rest began: a clock that was set back must not lengthen it.
    rests_from: Timestamp,
}

impl Breaker {
    /// A closed one.
    pub fn new(settings: Settings) -> Self {
        let rest = settings.open;
        Self { settings, phase: Phase::Closed { failures: 0 }, era: 0, rest, rests_from: Timestamp::MIN }
    }

    /// Where it is.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// How long still no request would go; `None` when one would.
    pub fn rests(&self, now: Timestamp) -> Option<(SignedDuration, Why)> {
        let (from, until, why) = match self.phase {
            Phase::Closed { .. } => return None,
            Phase::Open { until, why } => (self.rests_from, until, why),
            Phase::HalfOpen { since, why } => (since, after(since, self.settings.probe), why),
        };
        // Before the beginning the clock was set back: then nothing is known about how long, and one may try.
        (now >= from && now < until).then(|| (until.duration_since(now), why))
    }

    /// The right to send one request now.
    ///
    /// # Errors
    /// How long to wait, and what the failures were.
    pub fn permit(&mut self, now: Timestamp) -> Result<Ticket, (SignedDuration, Why)> {
        if let Some(rest) = self.rests(now) {
            return Err(rest);
        }
        match self.phase {
            Phase::Closed { .. } => {}
            Phase::Open { why, .. } | Phase::HalfOpen { why, .. } => {
                self.enter(Phase::HalfOpen { since: now, why });
            }
        }
        Ok(Ticket(self.era))
    }

    /// Whether a ticket is of the present phase. One that is not gives no right any more.
    pub const fn holds(&self, ticket: Ticket) -> bool {
        ticket.0 == self.era
    }

    /// What came of it.
    pub fn ended(&mut self, ticket: Ticket, outcome: Outcome, now: Timestamp) {
        if !self.holds(ticket) {
            return;
        }
        match (self.phase, outcome) {
            (Phase::Closed { .. }, Outcome::Answered) => self.phase = Phase::Closed { failures: 0 },
            (Phase::HalfOpen { .. }, Outcome::Answered) => {
                self.rest = self.settings.open;
                self.enter(Phase::Closed { failures: 0 });
            }
            (Phase::Closed { failures }, Outcome::Failed { why, wait }) => {
                let failures = failures.saturating_add(1);
                match wait {
                    Some(wait) => self.open(wait, why, now),
                    None if failures >= self.settings.failures => self.open(self.rest, why, now),
                    None => self.phase = Phase::Closed { failures },
                }
            }
            (Phase::HalfOpen { .. }, Outcome::Failed { why, wait }) => {
                self.rest = self.rest.saturating_add(self.rest).min(self.settings.open_most);
                self.open(wait.unwrap_or(self.rest), why, now);
            }
            // The probe was not sent: the next who asks may send it.
            (Phase::HalfOpen { why, .. }, Outcome::NotAsked) => self.open(SignedDuration::ZERO, why, now),
            (Phase::Closed { .. }, Outcome::NotAsked) | (Phase::Open { .. }, _) => {}
        }
    }

    fn open(&mut self, rest: SignedDuration, why: Why, now: Timestamp) {
        let rest = rest.clamp(SignedDuration::ZERO, self.settings.open_most);
        self.rests_from = now;
        self.enter(Phase::Open { until: after(now, rest), why });
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.era += 1;
    }
}

fn after(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;

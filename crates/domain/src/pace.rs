//! How often something outside may be asked: so many times a second, so many a day.
//!
//! Services such as the USCIS Case Status API answer 429 ("Spike Arrest Violation") to more than was agreed on, and one
//! question too many in a second is refused even when the second before was empty: 5 a second are one each 200 ms. So
//! the rule is a token bucket that holds one token unless told otherwise. Several nodes share a [`Pace`] in their store.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A clock that is behind what was seen before by more than this was set back; by less, two questions only overtook each
/// other, or two nodes' clocks differ a little.
const SET_BACK: SignedDuration = SignedDuration::from_secs(60);

/// What was agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Questions a second; at least 1.
    pub per_second: u32,
    /// How many may go at once after a quiet time; at least 1.
    pub burst: u32,
    /// Questions a day.
    pub per_day: u32,
    /// In whose zone the day begins: that of whoever is asked.
    pub zone: TimeZone,
}

/// A turn for one question, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Ask then, not before. The turn is taken.
    At(Timestamp),
    /// No turn soon enough; there is one after so long. Nothing was taken.
    Busy {
        /// How long from now.
        wait: SignedDuration,
    },
    /// The day's turns are used up. Nothing was taken.
    Spent {
        /// Until the next day begins.
        wait: SignedDuration,
    },
}

/// What is kept of past turns: a token bucket, written as the instant at which the bucket is full again, and a counter
/// for the day. Small and serialisable, so that nodes can share it in one row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pace {
    /// When the bucket is full again; none when it has always been.
    full_at: Option<Timestamp>,
    /// The latest `now` that was seen.
    latest: Option<Timestamp>,
    /// The day that is counted, in the agency's zone.
    day: Option<Date>,
    /// Turns taken in it.
    used: u32,
}

impl Pace {
    /// Takes the next turn, if it is no further off than `patience`. It only takes it: whoever asks waits until then.
    pub fn take(&mut self, limits: &Limits, now: Timestamp, patience: SignedDuration) -> Turn {
        let each = SignedDuration::from_nanos(1_000_000_000_u32.div_ceil(limits.per_second.max(1)).into());
        let set_back = self.latest.is_some_and(|latest| now < before(latest, SET_BACK));
        if set_back {
            // The old instants lie in what is now the future; they would close the door until then. The bucket begins
            // empty and the day's count stays, so that setting the clock never buys an extra turn.
            let burst = i32::try_from(limits.burst.max(1)).unwrap_or(i32::MAX);
            self.full_at = Some(after(now, each.saturating_mul(burst)));
            self.day = self.day.map(|day| day.min(day_of(now, limits)));
            self.latest = Some(now);
        }
        self.latest = self.latest.max(Some(now));
        let slack = each.saturating_mul(i32::try_from(limits.burst.max(1) - 1).unwrap_or(i32::MAX));
        let full_at = self.full_at.unwrap_or(now);
        let at = before(full_at, slack).max(now);
        // The count is for the day in which the question will be asked. Questions that overtake each other around
        // midnight never bring the earlier day back.
        let day = self.day.max(Some(day_of(at, limits)));
        let used = if day == self.day { self.used } else { 0 };
        if used >= limits.per_day {
            return Turn::Spent { wait: next_day(day, limits).duration_since(now).max(SignedDuration::ZERO) };
        }
        let wait = at.duration_since(now);
        if wait > patience {
            return Turn::Busy { wait };
        }
        self.full_at = Some(after(full_at.max(at), each));
        (self.day, self.used) = (day, used + 1);
        Turn::At(at)
    }

    /// How many turns were taken on the day of `now`.
    pub fn used(&self, limits: &Limits, now: Timestamp) -> u32 {
        if self.day >= Some(day_of(now, limits)) { self.used } else { 0 }
    }
}

fn day_of(at: Timestamp, limits: &Limits) -> Date {
    at.to_zoned(limits.zone.clone()).date()
}

fn next_day(day: Option<Date>, limits: &Limits) -> Timestamp {
    day.and_then(|day| day.tomorrow().ok())
        .and_then(|day| day.to_zoned(limits.zone.clone()).ok())
        .map_or(Timestamp::MAX, |start| start.timestamp())
}

fn after(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn before(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.saturating_sub(by).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests;

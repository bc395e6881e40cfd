//! Text messages: what people write in them, and when they are no disturbance.

use crate::calendar::Zone;
use jiff::{Timestamp, civil::Time};
use serde::Deserialize;

/// What a person can say by text. Which words stand for it is a matter of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextWord {
    /// I will come.
    Confirm,
    /// I want another time.
    Move,
    /// I give the call or the appointment back.
    Cancel,
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
    /// What can I say?
    Help,
}

impl TextWord {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Confirm, Self::Move, Self::Cancel, Self::Stop, Self::Start, Self::Help];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Move => "move",
            Self::Cancel => "cancel",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Help => "help",
        }
    }
}

/// Between which times of the person's own day texts are sent that they did not just ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextHours {
    /// From (inclusive).
    pub from: Time,
    /// To (exclusive), later on the same day.
    pub to: Time,
}

/// Eight in the morning to nine in the evening: the hours of 47 CFR § 64.1200(c)(1).
impl Default for TextHours {
    fn default() -> Self {
        Self { from: Time::constant(8, 0, 0, 0), to: Time::constant(21, 0, 0, 0) }
    }
}

impl TextHours {
    /// The first instant, not before `now`, at which a text is no disturbance in `zone`. Where clocks jump over the hour,
    /// that is the end of the jump.
    pub fn next(&self, now: Timestamp, zone: &Zone) -> Timestamp {
        let local = zone.local(now);
        if (self.from..self.to).contains(&local.time()) {
            return now;
        }
        let day = if local.time() < self.from {
            local.date()
        } else {
            local.date().tomorrow().unwrap_or_else(|_| local.date())
        };
        zone.opening(day.to_datetime(self.from)).map_or(now, |next| next.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn next(now: &str, zone: &str) -> String {
        TextHours::default().next(now.parse().unwrap(), &zone.parse().unwrap()).to_string()
    }

    #[test]
    fn the_night_is_the_persons_own() {
        // 20:59 and 21:00 in Los Angeles; in New York it is night at both.
        assert_eq!(next("2026-11-24T04:59:00Z", "America/Los_Angeles"), "2026-11-24T04:59:00Z");
        assert_eq!(next("2026-11-24T05:00:00Z", "America/Los_Angeles"), "2026-11-24T16:00:00Z");
        assert_eq!(next("2026-11-24T04:59:00Z", "America/New_York"), "2026-11-24T13:00:00Z");
        // 03:00, of the same day.
        assert_eq!(next("2026-11-24T08:00:00Z", "America/New_York"), "2026-11-24T13:00:00Z");
        // The night in which the clocks go back.
        assert_eq!(next("2026-11-01T03:00:00Z", "America/New_York"), "2026-11-01T13:00:00Z");
    }

    proptest! {
        #[test]
        fn what_may_be_sent_then_may_be_sent_then(second in 1_700_000_000_i64..1_900_000_000) {
            let now = Timestamp::from_second(second).unwrap();
            for zone in ["America/New_York", "Pacific/Honolulu", "America/St_Johns", "Pacific/Guam"] {
                let zone: Zone = zone.parse().unwrap();
                let hours = TextHours::default();
                let next = hours.next(now, &zone);
                prop_assert!(next >= now && hours.next(next, &zone) == next);
                prop_assert!(next.duration_since(now).as_hours() < 13);
            }
        }
    }
}

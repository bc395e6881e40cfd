//! Ages and deadlines, as people say them.

use crate::{Tongue, args};
use jiff::Timestamp;

/// A length of time in the unit people would use for it: minutes up to an hour and a half, hours up to a
/// day and a half, then days. Rounded to the nearest whole unit; under half a minute is nothing.
enum Length {
    Nothing,
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Length {
    const fn of(seconds: i64) -> Self {
        let seconds = seconds.abs();
        match seconds {
            0..30 => Self::Nothing,
            30..5400 => Self::Minutes((seconds + 30) / 60),
            5400..129_600 => Self::Hours((seconds + 1800) / 3600),
            _ => Self::Days((seconds + 43_200) / 86_400),
        }
    }
}

impl Tongue {
    /// How long ago `then` was, seen at `now`: "20 minutes ago". A time not yet reached is "just now": clocks of
    /// two machines differ by a little.
    pub fn ago(&self, now: Timestamp, then: Timestamp) -> String {
        match Length::of(now.duration_since(then).as_secs().max(0)) {
            Length::Nothing => self.say_plain("time-ago-now"),
            Length::Minutes(n) => self.say_plain_with("time-ago-minutes", &args! { "n" => n }),
            Length::Hours(n) => self.say_plain_with("time-ago-hours", &args! { "n" => n }),
            Length::Days(n) => self.say_plain_with("time-ago-days", &args! { "n" => n }),
        }
    }

    /// When something is due at `then`, seen at `now`: "due in 20 minutes", "due now", "2 days late".
    pub fn due(&self, now: Timestamp, then: Timestamp) -> String {
        let seconds = then.duration_since(now).as_secs();
        match (Length::of(seconds), seconds > 0) {
            (Length::Nothing, _) => self.say_plain("time-due-now"),
            (Length::Minutes(n), true) => self.say_plain_with("time-due-minutes", &args! { "n" => n }),
            (Length::Hours(n), true) => self.say_plain_with("time-due-hours", &args! { "n" => n }),
            (Length::Days(n), true) => self.say_plain_with("time-due-days", &args! { "n" => n }),
            (Length::Minutes(n), false) => self.say_plain_with("time-late-minutes", &args! { "n" => n }),
            (Length::Hours(n), false) => self.say_plain_with("time-late-hours", &args! { "n" => n }),
            (Length::Days(n), false) => self.say_plain_with("time-late-days", &args! { "n" => n }),
        }
    }
}

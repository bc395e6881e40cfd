//! What a number chose in its last call, remembered for its next.

use crate::{person::Reach, phone::PhoneKey, text::Lang};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// After so many days without a call it is forgotten: a year.
pub const KEPT_DAYS: i64 = 366;

/// That it called again is written down once in so many days: enough for what is forgotten after a year.
const AGAIN_DAYS: i64 = 30;

/// What a caller needs so that silence and slowness are no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accommodation {
    /// Nothing.
    #[default]
    None,
    /// More time: an interpreter sits beside them, or they said so.
    MoreTime,
    /// A relay service speaks for the caller, by voice or in sign language.
    Relay,
    /// The caller types on a teletypewriter.
    Tty,
}

impl Accommodation {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::None, Self::MoreTime, Self::Relay, Self::Tty];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MoreTime => "more-time",
            Self::Relay => "relay",
            Self::Tty => "tty",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// What a person needs by what is known of how they can be reached.
    pub const fn of(reach: &Reach) -> Self {
        if reach.relay {
            Self::Relay
        } else if reach.interpreter.is_some() || reach.accommodation.is_some() {
            Self::MoreTime
        } else {
            Self::None
        }
    }

    /// Is it no fault of theirs when nothing is heard of them for long?
    pub const fn may_be_silent(self) -> bool {
        matches!(self, Self::Relay | Self::Tty)
    }
}

/// What a number chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// By what the number is known again.
    pub phone: PhoneKey,
    /// The language.
    pub lang: Lang,
    /// What the caller needs.
    pub accommodation: Accommodation,
    /// When it called last, to within a month.
    pub seen: Timestamp,
}

impl Remembered {
    /// Has it been so long since it last called that it is forgotten?
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen) >= SignedDuration::from_hours(24 * KEPT_DAYS)
    }

    /// What is to be written down when this was chosen now; nothing when that is known well enough.
    pub fn chosen(
        before: Option<&Self>,
        phone: &PhoneKey,
        lang: &Lang,
        accommodation: Accommodation,
        now: Timestamp,
    ) -> Option<Self> {
        let known = before.is_some_and(|before| {
            before.lang == *lang
                && before.accommodation == accommodation
                && now.duration_since(before.seen) < SignedDuration::from_hours(24 * AGAIN_DAYS)
        });
        let next = Self { phone: phone.clone(), lang: lang.clone(), accommodation, seen: now };
        (!known).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_when_it_changes_and_once_a_month() {
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let days = |n: i64| now + SignedDuration::from_hours(24 * n);
        let phone = PhoneKey::from_mac(&[7; 16]);
        let chosen = |before: Option<&Remembered>, lang, accommodation, now| {
            Remembered::chosen(before, &phone, &lang, accommodation, now)
        };
        let first = chosen(None, Lang::es(), Accommodation::None, now).unwrap();
        assert_eq!(chosen(Some(&first), Lang::es(), Accommodation::None, days(29)), None);
        assert!(chosen(Some(&first), Lang::es(), Accommodation::None, days(30)).is_some());
        assert!(chosen(Some(&first), Lang::en(), Accommodation::None, now).is_some());
        assert!(chosen(Some(&first), Lang::es(), Accommodation::Tty, now).is_some());
        assert!(!first.is_forgotten(days(KEPT_DAYS - 1)));
        assert!(first.is_forgotten(days(KEPT_DAYS)));
    }

    #[test]
    fn names_are_read_back() {
        for one in Accommodation::ALL {
            assert_eq!(Accommodation::named(one.as_str()), Some(one));
        }
        assert_eq!(Accommodation::named("loud"), None);
    }
}

//! Why a place is closed, as people are told.

use crate::{calendar::weekday, text::Text};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

/// Why a place is closed at an instant or on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Closed {
    /// A holiday.
    Holiday {
        /// Its name.
        name: Text,
        /// The day itself.
        actual: Date,
        /// Whether the date asked about is the observed day rather than the day itself.
        observed: bool,
    },
    /// A closure that was announced.
    Closure {
        /// Why.
        why: Text,
        /// Its last day.
        until: Date,
        /// Whether the whole day is closed, not a part.
        whole_day: bool,
    },
    /// A Saturday or Sunday without hours.
    Weekend {
        /// Which.
        #[serde(with = "weekday::one")]
        weekday: Weekday,
    },
    /// Another weekday without hours.
    NoHours {
        /// Which.
        #[serde(with = "weekday::one")]
        weekday: Weekday,
    },
    /// The place had no hours yet on that date.
    NotYet {
        /// The first day it has; `None` when it has none at all.
        first_day: Option<Date>,
    },
    /// Open later that day.
    BeforeHours {
        /// When.
        opens: Timestamp,
    },
    /// Between two stretches of the same day.
    BetweenHours {
        /// When it closed.
        closed: Timestamp,
        /// When it opens again.
        opens: Timestamp,
    },
    /// Closed for the rest of that day.
    AfterHours {
        /// When it closed.
        closed: Timestamp,
    },
}

impl Closed {
    /// A stable name for message keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Holiday { .. } => "closed-holiday",
            Self::Closure { .. } => "closed-closure",
            Self::Weekend { .. } => "closed-weekend",
            Self::NoHours { .. } => "closed-weekday",
            Self::NotYet { .. } => "closed-not-yet",
            Self::BeforeHours { .. } => "closed-before-hours",
            Self::BetweenHours { .. } => "closed-between-hours",
            Self::AfterHours { .. } => "closed-after-hours",
        }
    }
}

//! Why no place can be given, with enough to say so in one sentence and to name a next step.

use crate::{
    calendar::Closed,
    codes::{OfficeCode, ServiceCode},
    slots::Opening,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Why no place can be given. Dates are in the office's zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NoPlace {
    /// The office does not offer this service in these pools on those days.
    #[error("{office} does not offer {service} from {from} to {until}")]
    NotOffered {
        /// The office.
        office: OfficeCode,
        /// The service.
        service: ServiceCode,
        /// The first day looked at.
        from: Date,
        /// The last day looked at.
        until: Date,
    },
    /// The visit is longer than any run of places.
    #[error("a visit of {minutes} minutes is longer than any stretch offered, {longest} minutes")]
    TooLong {
        /// What was asked for.
        minutes: u32,
        /// The longest stretch.
        longest: u32,
    },
    /// Every place is taken.
    #[error("every place is taken from {from} to {until}")]
    Full {
        /// The first day looked at.
        from: Date,
        /// The last day looked at.
        until: Date,
        /// The next free opening, when one place was asked for and others are free.
        next: Option<Box<Opening>>,
    },
    /// The office is closed.
    #[error("the office is closed ({})", why.code())]
    OfficeClosed {
        /// Why.
        why: Closed,
        /// When it opens next, if it does within a year.
        opens: Option<Timestamp>,
    },
    /// Only places before the lead time are free, or one was asked for.
    #[error("places can be given from {earliest} on")]
    BeforeLeadTime {
        /// The first day that may be given.
        earliest: Date,
        /// A free place before that day, which an officer may decide to give all the same.
        sooner: Option<Box<Opening>>,
    },
    /// What was asked for lies after the last day that may be booked today.
    #[error("places can be given up to {last} only")]
    AfterHorizon {
        /// The last day.
        last: Date,
    },
    /// The start has passed.
    #[error("{start} has passed")]
    Passed {
        /// The start asked for.
        start: Timestamp,
    },
    /// The office is open, but no place begins then.
    #[error("no place begins at {start}")]
    NoSuchSlot {
        /// The start asked for.
        start: Timestamp,
        /// The next free opening.
        next: Option<Box<Opening>>,
    },
    /// Places are free, but all in hours in which the person cannot come.
    #[error("every free place lies in hours that the person cannot come")]
    HoursExclude {
        /// The free place the person would have been given.
        nearest: Box<Opening>,
    },
}

impl NoPlace {
    /// A stable name for message keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOffered { .. } => "service-not-offered",
            Self::TooLong { .. } => "visit-too-long",
            Self::Full { .. } => "slot-full",
            Self::OfficeClosed { .. } => "office-closed",
            Self::BeforeLeadTime { .. } => "before-lead-time",
            Self::AfterHorizon { .. } => "after-horizon",
            Self::Passed { .. } => "slot-passed",
            Self::NoSuchSlot { .. } => "no-such-slot",
            Self::HoursExclude { .. } => "hours-exclude-all",
        }
    }
}

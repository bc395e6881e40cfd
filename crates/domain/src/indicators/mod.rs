//! Indicators: how well people are served, each by one definition.
//!
//! Facts are read out of records as they stand ([`Facts`]); a [`Measure`] is counted from them by the definition of its
//! [`Indicator`], and always says from how many it was counted and how many were left out. A callback never counts as no
//! wait: whoever was called back is in the time to a person from the first ask on, and in no figure of those who held.

mod count;
mod facts;
mod hide;
mod line;
#[cfg(test)]
mod tests;

pub use count::{count, estimate_came_true};
pub use facts::{CallCame, Owed, OwedWhat, Waited, promises};
pub use hide::{Shown, hide_small};
pub use line::{waiting_at, waiting_over};

use jiff::Timestamp;
use serde::Serialize;

/// The version of the definitions. Raised whenever one of them counts otherwise than before.
pub const VERSION: u32 = 1;

/// Live calls answered within so many seconds make the level of service.
pub const ANSWERED_WITHIN: i64 = 20;
/// Whoever leaves within so many seconds may have dialled wrongly.
pub const SHORT: i64 = 5;
/// Whoever asks again within so many days has not been helped the first time.
pub const AGAIN_WITHIN_DAYS: i64 = 14;
/// In what is published, a figure counted from fewer than this is not shown.
pub const LEAST_SHOWN: u64 = 10;
/// At most so many days are counted at once: no longer are waits kept.
pub const MOST_DAYS: i64 = crate::wait::KEPT_DAYS;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Indicator {
    /// Everybody who asked for an operator, however it ended.
    Offered,
    /// From the first ask until an operator spoke with them, across callbacks and retries: half of them at most.
    PersonHalf,
    /// The same, nine of ten at most.
    PersonMost,
    /// The mean wait of those who held and were answered.
    AnswerSpeed,
    /// Answered within [`ANSWERED_WITHIN`], of those who held.
    ServiceLevel,
    /// Left before they spoke with anybody.
    Abandoned,
    /// The same without those who left within [`SHORT`].
    AbandonedLong,
    /// Called back, and lost before they spoke with anybody.
    CallbackLost,
    /// The mean length of a talk on the line.
    TalkTime,
    /// What was told of the wait first and came true.
    EstimateRight,
    /// By how much the wait was longer than the middle of what was told first; below nothing where it was shorter.
    EstimateBias,
    /// Passed on by an operator, of those who spoke with one.
    PassedOn,
    /// Asked again within [`AGAIN_WITHIN_DAYS`], of those who spoke with an operator so long ago.
    AskedAgain,
    /// Promised calls that fell due.
    CallsDue,
    /// First dialled within the window, and reached.
    CallsKept,
    /// First dialled within the window.
    CallsOnTime,
    /// Reached, of those first dialled within the window.
    CallsReached,
    /// Nobody dialled within the window.
    CallsMissedByUs,
    /// Dialled within the window, and the person not reached.
    CallsMissedByPerson,
    /// Dialled within the window, and every attempt failed on the way.
    CallsFailed,
    /// Moved at the person's wish.
    CallsMoved,
    /// From the window's begin until it was dialled first: half of them at most.
    DialledHalf,
    /// The same, nine of ten at most.
    DialledMost,
    /// The mean length of a promised call in which the person was reached.
    CallTalk,
    /// How late the promised call is that is owed longest and has not been dialled.
    LatestOwed,
    /// Appointments that fell due.
    VisitsDue,
    /// The person came, and was served.
    VisitsServed,
    /// The person did not come.
    VisitsMissed,
    /// Cancelled by the office.
    VisitsBroken,
    /// From the first contact to the appointment: half of them at most.
    VisitDaysHalf,
    /// The same, nine of ten at most.
    VisitDaysMost,
    /// Promises kept, calls and appointments together.
    PromisesKept,
}

/// What an indicator is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// How many.
    Count,
    /// A part of all that count, in thousandths.
    Thousandths,
    /// Whole seconds.
    Seconds,
    /// Seconds, told in days.
    Days,
}

/// Of which records an indicator is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Waits for an operator.
    Waits,
    /// Promised calls.
    Calls,
    /// Appointments.
    Visits,
    /// Both sorts of promises.
    Promises,
}

/// By what the figures are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum By {
    /// By nothing.
    #[default]
    All,
    /// By the queue in which people wait; of the line only.
    Queue,
    /// By the office that serves the person; of promises only.
    Office,
    /// By the person's language.
    Lang,
    /// By what they ask for.
    Reason,
}

impl By {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::All, Self::Queue, Self::Office, Self::Lang, Self::Reason];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Queue => "queue",
            Self::Office => "office",
            Self::Lang => "lang",
            Self::Reason => "reason",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == s)
    }

    /// Is an indicator defined by it? A wait has no office, and a promise no queue.
    pub const fn defines(self, indicator: Indicator) -> bool {
        match self {
            Self::All | Self::Lang | Self::Reason => true,
            Self::Queue => matches!(indicator.source(), Source::Waits),
            Self::Office => !matches!(indicator.source(), Source::Waits),
        }
    }
}

impl Indicator {
    /// Every indicator, in the order in which they are told.
    pub const ALL: [Self; 32] = [
        Self::PromisesKept,
        Self::Offered,
        Self::PersonHalf,
        Self::PersonMost,
        Self::AnswerSpeed,
        Self::ServiceLevel,
        Self::Abandoned,
        Self::AbandonedLong,
        Self::CallbackLost,
        Self::TalkTime,
        Self::EstimateRight,
        Self::EstimateBias,
        Self::PassedOn,
        Self::AskedAgain,
        Self::CallsDue,
        Self::CallsKept,
        Self::CallsOnTime,
        Self::CallsReached,
        Self::CallsMissedByUs,
        Self::CallsMissedByPerson,
        Self::CallsFailed,
        Self::CallsMoved,
        Self::DialledHalf,
        Self::DialledMost,
        Self::CallTalk,
        Self::LatestOwed,
        Self::VisitsDue,
        Self::VisitsServed,
        Self::VisitsMissed,
        Self::VisitsBroken,
        Self::VisitDaysHalf,
        Self::VisitDaysMost,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::PersonHalf => "person-half",
            Self::PersonMost => "person-most",
            Self::AnswerSpeed => "answer-speed",
            Self::ServiceLevel => "service-level",
            Self::Abandoned => "abandoned",
            Self::AbandonedLong => "abandoned-long",
            Self::CallbackLost => "callback-lost",
            Self::TalkTime => "talk-time",
            Self::EstimateRight => "estimate-right",
            Self::EstimateBias => "estimate-bias",
            Self::PassedOn => "passed-on",
            Self::AskedAgain => "asked-again",
            Self::CallsDue => "calls-due",
            Self::CallsKept => "calls-kept",
            Self::CallsOnTime => "calls-on-time",
            Self::CallsReached => "calls-reached",
            Self::CallsMissedByUs => "calls-missed-by-us",
            Self::CallsMissedByPerson => "calls-missed-by-person",
            Self::CallsFailed => "calls-failed",
            Self::CallsMoved => "calls-moved",
            Self::DialledHalf => "dialled-half",
            Self::DialledMost => "dialled-most",
            Self::CallTalk => "call-talk",
            Self::LatestOwed => "latest-owed",
            Self::VisitsDue => "visits-due",
            Self::VisitsServed => "visits-served",
            Self::VisitsMissed => "visits-missed",
            Self::VisitsBroken => "visits-broken",
            Self::VisitDaysHalf => "visit-days-half",
            Self::VisitDaysMost => "visit-days-most",
            Self::PromisesKept => "promises-kept",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.as_str() == s)
    }

    /// Of what it is made.
    pub const fn source(self) -> Source {
        match self {
            Self::Offered
            | Self::PersonHalf
            | Self::PersonMost
            | Self::AnswerSpeed
            | Self::ServiceLevel
            | Self::Abandoned
            | Self::AbandonedLong
            | Self::CallbackLost
            | Self::TalkTime
            | Self::EstimateRight
            | Self::EstimateBias
            | Self::PassedOn
            | Self::AskedAgain => Source::Waits,
            Self::CallsDue
            | Self::CallsKept
            | Self::CallsOnTime
            | Self::CallsReached
            | Self::CallsMissedByUs
            | Self::CallsMissedByPerson
            | Self::CallsFailed
            | Self::CallsMoved
            | Self::DialledHalf
            | Self::DialledMost
            | Self::CallTalk
            | Self::LatestOwed => Source::Calls,
            Self::VisitsDue
            | Self::VisitsServed
            | Self::VisitsMissed
            | Self::VisitsBroken
            | Self::VisitDaysHalf
            | Self::VisitDaysMost => Source::Visits,
            Self::PromisesKept => Source::Promises,
        }
    }

    /// What it is measured in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Offered | Self::CallsDue | Self::VisitsDue => Unit::Count,
            Self::PersonHalf
            | Self::PersonMost
            | Self::AnswerSpeed
            | Self::TalkTime
            | Self::EstimateBias
            | Self::DialledHalf
            | Self::DialledMost
            | Self::CallTalk
            | Self::LatestOwed => Unit::Seconds,
            Self::VisitDaysHalf | Self::VisitDaysMost => Unit::Days,
            _ => Unit::Thousandths,
        }
    }
}

/// What came of counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// What was counted.
    pub indicator: Indicator,
    /// Of whom: a queue, an office, a language or a reason, by its code; none for all.
    pub group: Option<String>,
    /// The figure, in the indicator's unit; none when it was counted from nothing.
    pub value: Option<i64>,
    /// From how many it was counted.
    pub n: u64,
    /// How many of the period's records it leaves out.
    pub left_out: u64,
}

/// What the figures of a period are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Waits that ended in it.
    pub waits: Vec<Waited>,
    /// Promises that fell due in it.
    pub promises: Vec<Owed>,
    /// Its end, or now where that comes first: what is seen of whoever asks again.
    pub until: Timestamp,
}

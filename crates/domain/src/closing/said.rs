//! Why a closing is refused, and what is said of it in the journal.

use super::{LONGEST_WHY, MOST_VISITS};
use crate::{ids::ClosingId, text::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a closing is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum ClosingRefused {
    /// Some people would not learn why.
    #[error("there is no reason in {lang}")]
    NoWhy {
        /// In which language.
        lang: Lang,
    },
    /// Nobody reads so much.
    #[error("the reason is longer than {LONGEST_WHY} characters in {lang}")]
    LongWhy {
        /// In which language.
        lang: Lang,
    },
    /// It ends before it begins, or has ended already.
    #[error("it ends before it begins, or has ended already")]
    Over,
    /// It is longer than a day.
    #[error("it is longer than a day")]
    TooLong,
    /// There are more visits than one closing moves.
    #[error("it concerns more than {MOST_VISITS} visits")]
    TooMany,
    /// Another closing has some of the time.
    #[error("another closing has some of the time")]
    Overlaps {
        /// Which.
        other: ClosingId,
    },
    /// The plan is too old: the places are not held any more.
    #[error("the plan is too old")]
    Stale,
    /// Another person must carry it out.
    #[error("another person must carry it out")]
    SecondPerson,
    /// It is not at a stage where this can be done.
    #[error("not possible at this stage")]
    WrongStage,
    /// The time in which it could be undone is over.
    #[error("it can be undone no more")]
    UndoOver {
        /// Until when it could.
        until: Timestamp,
    },
}

impl ClosingRefused {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoWhy { .. } => "no-why",
            Self::LongWhy { .. } => "long-why",
            Self::Over => "over",
            Self::TooLong => "too-long",
            Self::TooMany => "too-many",
            Self::Overlaps { .. } => "overlaps",
            Self::Stale => "stale",
            Self::SecondPerson => "second-person",
            Self::WrongStage => "wrong-stage",
            Self::UndoOver { .. } => "undo-over",
        }
    }
}

/// What became of a closing, for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingDid {
    /// It was planned.
    Planned,
    /// The plan was given up.
    Dropped,
    /// It was begun: the time takes no more visits.
    Begun,
    /// Everybody has been moved and told.
    Closed,
    /// It is being undone.
    Undoing,
    /// It was undone.
    Opened,
}

impl ClosingDid {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Dropped => "dropped",
            Self::Begun => "begun",
            Self::Closed => "closed",
            Self::Undoing => "undoing",
            Self::Opened => "opened",
        }
    }
}

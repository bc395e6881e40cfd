//! Refusals: why a rule says no, with the facts for a sentence and a next step.

use crate::{ids::InquiryId, number::InquiryNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why an act cannot be done. Each has a stable [`Refusal::code`]; the texts for it live in the locale files
/// as `refusal-<code>` (what is wrong) and `refusal-<code>-next` (what to do now).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// The inquiry is not at a stage where this can be done.
    #[error("not possible at stage {stage}")]
    WrongStage {
        /// The stage it is at.
        stage: String,
    },
    /// The inquiry is closed.
    #[error("the inquiry is closed")]
    Closed,
    /// There is a live inquiry of the same person for the same reason.
    #[error("a live inquiry exists")]
    AlreadyLive {
        /// The live one.
        inquiry: InquiryId,
        /// Its number.
        number: InquiryNumber,
    },
    /// The window or time lies in the past, or too near.
    #[error("too soon")]
    TooSoon {
        /// The earliest that can be had.
        earliest: Timestamp,
    },
    /// That window is not offered.
    #[error("not an offered window")]
    NotOffered,
    /// Nobody is free in that window any more.
    #[error("the window is full")]
    WindowFull,
    /// That place is taken.
    #[error("the place is taken")]
    SlotFull,
    /// The hold ran out before it was confirmed.
    #[error("the hold ran out")]
    HoldExpired,
    /// It has been moved as often as the agency allows.
    #[error("moved as often as allowed")]
    MovesUsedUp {
        /// How often that is.
        limit: u8,
    },
    /// It is too late to change by oneself.
    #[error("too late to change")]
    TooLate {
        /// Until when it could be changed.
        until: Timestamp,
    },
    /// Too early to check in.
    #[error("too early to check in")]
    TooEarly {
        /// From when.
        from: Timestamp,
    },
    /// The appointment is on another day.
    #[error("not today")]
    NotToday {
        /// When it is.
        start: Timestamp,
    },
    /// A decision against the recommendation needs a reason.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// A review is for somebody else than who decided.
    #[error("another officer must decide")]
    AnotherOfficer,
    /// It has been reviewed, or is being reviewed; that happens once.
    #[error("reviewed once already")]
    ReviewedOnce,
    /// Another officer is calling, or holds the callback.
    #[error("another officer has it")]
    TakenByColleague,
    /// The office is not one of the agency's.
    #[error("no such office")]
    NoSuchOffice,
    /// No office serves that ZIP code.
    #[error("no office serves that ZIP code")]
    NoOfficeForZip,
    /// The reason is not one of the agency's.
    #[error("no such reason")]
    NoSuchReason,
    /// Nothing is missing, so there is nothing to wait for.
    #[error("no missing papers named")]
    NothingMissing,
    /// The office sees nobody without a booking.
    #[error("the office admits no walk-ins")]
    NoWalkIns,
    /// The office has let in as many walk-ins today as it may.
    #[error("today's walk-ins are used up")]
    WalkInsUsedUp {
        /// How many that is.
        most: u32,
    },
    /// Somebody's hours of a day end before they begin or overlap, or there are too many of them.
    #[error("hours that cannot be worked")]
    RosterHours,
    /// Nobody can be named to act for the person here.
    #[error("no delegates here")]
    NoDelegates,
    /// Only a representative lets others act, and the request names none.
    #[error("no representative")]
    NoRepresentative,
    /// The form that lets the representative act is not on file.
    #[error("the representative's form is not on file")]
    FormNotOnFile,
    /// As many act for the person as may at once.
    #[error("as many delegates as may be")]
    DelegatesFull {
        /// How many that is.
        most: u8,
    },
    /// A delegate is named from today on, and not for so long.
    #[error("not for that time")]
    DelegateDays {
        /// For how many days at most.
        most: u16,
    },
    /// The agency lets nobody delegate that.
    #[error("not to be delegated")]
    NotDelegable,
    /// There is no way by which their link could reach them.
    #[error("a delegate who cannot be written to")]
    DelegateUnreachable,
    /// Their link was sent anew a short time ago.
    #[error("a new link so soon")]
    DelegateLinkSoon,
    /// Whoever acts for the person may not do this.
    #[error("not delegated")]
    NotDelegated,
    /// They act for the person no more.
    #[error("not a delegate any more")]
    DelegateOver,
    /// Nobody waits for this counter.
    #[error("nobody waits")]
    NobodyWaits,
    /// Nothing was decided of which a review can be asked for, or not any more.
    #[error("there is nothing to review")]
    NothingToReview,
    /// What is to be corrected would make the person somebody whom we know already.
    #[error("that is somebody whom we know already")]
    SomebodyElses,
    /// The person was handed to another counter.
    #[error("for another counter")]
    ForCounter {
        /// Which.
        counter: String,
    },
}

impl Refusal {
    /// The stable code, as in locale keys and problem types.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongStage { .. } => "wrong-stage",
            Self::Closed => "closed",
            Self::AlreadyLive { .. } => "already-live",
            Self::TooSoon { .. } => "too-soon",
            Self::NotOffered => "not-offered",
            Self::WindowFull => "window-full",
            Self::SlotFull => "slot-full",
            Self::HoldExpired => "hold-expired",
            Self::MovesUsedUp { .. } => "moves-used-up",
            Self::TooLate { .. } => "too-late",
            Self::TooEarly { .. } => "too-early",
            Self::NotToday { .. } => "not-today",
            Self::ReasonNeeded => "reason-needed",
            Self::AnotherOfficer => "another-officer",
            Self::NothingToReview => "nothing-to-review",
            Self::ReviewedOnce => "reviewed-once",
            Self::TakenByColleague => "taken-by-colleague",
            Self::NoSuchOffice => "no-such-office",
            Self::NoOfficeForZip => "no-office-for-zip",
            Self::NoSuchReason => "no-such-reason",
            Self::NothingMissing => "nothing-missing",
            Self::NoWalkIns => "no-walk-ins",
            Self::WalkInsUsedUp { .. } => "walk-ins-used-up",
            Self::RosterHours => "roster-hours",
            Self::NoDelegates => "no-delegates",
            Self::NoRepresentative => "no-representative",
            Self::FormNotOnFile => "form-not-on-file",
            Self::DelegatesFull { .. } => "delegates-full",
            Self::DelegateDays { .. } => "delegate-days",
            Self::NotDelegable => "not-delegable",
            Self::DelegateUnreachable => "delegate-unreachable",
            Self::DelegateLinkSoon => "delegate-link-soon",
            Self::NotDelegated => "not-delegated",
            Self::DelegateOver => "delegate-over",
            Self::NobodyWaits => "nobody-waits",
            Self::SomebodyElses => "somebody-elses",
            Self::ForCounter { .. } => "for-counter",
        }
    }
}

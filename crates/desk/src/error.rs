//! Why the desk did not do it.

use domain::{access::Denied, refusal::Refusal, slots::NoPlace};
use store::{CommitError, Conflict, StoreError};

/// Why an act was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A rule says no, and why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A rule of the wait says no, and why.
    #[error(transparent)]
    Wait(#[from] domain::wait::Refused),
    /// It cannot be said of the line, and why.
    #[error(transparent)]
    LineNotice(#[from] domain::line_notice::LineNoticeRefused),
    /// A rule of closings says no, and why.
    #[error(transparent)]
    Closing(#[from] domain::closing::ClosingRefused),
    /// A rule of handing calls over says no, and why.
    #[error(transparent)]
    Handover(#[from] domain::handover::HandoverRefused),
    /// A rule of policies' versions says no, and why.
    #[error(transparent)]
    Policy(#[from] domain::revision::RevisionRefused),
    /// A rule of the records says no, and why.
    #[error(transparent)]
    Records(#[from] domain::erasure::RecordsRefused),
    /// The record was erased; what stays to be said of it.
    #[error("the record was erased")]
    Erased(Box<domain::erasure::Erased>),
    /// There is no place to be had, and why.
    #[error(transparent)]
    NoPlace(#[from] NoPlace),
    /// The caller may not. Pages show "not found" to whoever may not even know that it is there.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// Wrong name or password. The same for both, and for accounts that do not exist.
    #[error("wrong name or password")]
    WrongSignIn,
    /// A second proof is needed, or the one that was given is not taken.
    #[error(transparent)]
    Proof(#[from] crate::ProofRefused),
    /// A rule of accounts says no, and why.
    #[error(transparent)]
    Account(#[from] domain::account::AccountRefused),
    /// Somebody whom the provider knows gets no account, and why.
    #[error(transparent)]
    NotMet(#[from] crate::acts::NotMet),
    /// Others kept changing the same thing; nothing was done.
    #[error("too many changes at once, try again")]
    Contended,
    /// The key was used for another command.
    #[error("the idempotency key belongs to another command")]
    KeyInUse,
    /// No policy is in force, or the facts do not fit it: the pack's fault, not the caller's.
    #[error(transparent)]
    Ask(#[from] pack::AskFault),
    /// The agency's case source did not answer.
    #[error(transparent)]
    CaseSource(#[from] cases::CaseSourceError),
    /// A file that was to be imported is wrong; nothing of it was imported.
    #[error("{} lines cannot be imported", faults.len())]
    Import {
        /// One sentence a line, with its place.
        faults: Vec<String>,
    },
    /// Letters cannot be printed.
    #[error(transparent)]
    Press(#[from] notices::PressFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a conflict means to the one who asked, when deciding again does not help.
impl From<Conflict> for DeskError {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::Full { slot } if slot.office == domain::codes::OfficeCode::line() => {
                Self::Refused(Refusal::WindowFull)
            }
            Conflict::Full { .. } => Self::Refused(Refusal::SlotFull),
            Conflict::Overlap { .. } => Self::Refused(Refusal::WindowFull),
            Conflict::Hold { .. } => Self::Refused(Refusal::HoldExpired),
            Conflict::KeyInUse => Self::KeyInUse,
            Conflict::Stale { .. }
            | Conflict::NotHeld { .. }
            | Conflict::LiveInquiry { .. }
            | Conflict::NumberInUse
            | Conflict::PersonKnown
            | Conflict::SignInInUse
            | Conflict::TicketTaken
            | Conflict::LeaseLost { .. } => Self::Contended,
        }
    }
}

impl From<CommitError> for DeskError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict(conflict) => conflict.into(),
            CommitError::Store(error) => error.into(),
        }
    }
}

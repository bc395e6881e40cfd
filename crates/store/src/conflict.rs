//! Why a change was not done.

use domain::{
    change::Holder,
    ids::{InquiryId, JobId, StaffId},
    slots::SlotKey,
};

/// Why a change met another. Nothing of it was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A record has moved on since it was read: load and decide again.
    #[error("{record} has changed since it was read")]
    Stale {
        /// Which kind of record.
        record: &'static str,
    },
    /// A slot has no place left.
    #[error("no place left in the slot")]
    Full {
        /// Which.
        slot: SlotKey,
    },
    /// The officer's time is taken.
    #[error("the officer's time is taken")]
    Overlap {
        /// Whose.
        officer: StaffId,
    },
    /// The hold to be confirmed has run out or never was; or the hold to be expired was confirmed or has time left.
    /// The holds of one holder stand and fall together: the first end counts for confirming, the last for expiring.
    #[error("the hold is no longer what was read")]
    Hold {
        /// Whose.
        holder: Holder,
    },
    /// The place to be given back is not held.
    #[error("the place to be given back is not held")]
    NotHeld {
        /// By whom.
        holder: Holder,
    },
    /// The person has a live inquiry for that reason.
    #[error("a live inquiry for this person and reason exists")]
    LiveInquiry {
        /// Which.
        inquiry: InquiryId,
    },
    /// The inquiry number is in use: draw another.
    #[error("the inquiry number is in use")]
    NumberInUse,
    /// The person's identity is known already: load and decide again.
    #[error("the person is known already")]
    PersonKnown,
    /// The sign-in name is in use.
    #[error("the sign-in name is in use")]
    SignInInUse,
    /// Somebody else was given that ticket: draw the next.
    #[error("the ticket was given to somebody else")]
    TicketTaken,
    /// The job's lease was lost: somebody else has it, or it is done.
    #[error("the job's lease was lost")]
    LeaseLost {
        /// Which job.
        job: JobId,
    },
    /// The idempotency key was used before, by another actor.
    #[error("the idempotency key belongs to another command")]
    KeyInUse,
}

impl Conflict {
    /// The stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "stale",
            Self::Full { .. } => "full",
            Self::Overlap { .. } => "overlap",
            Self::Hold { .. } => "hold",
            Self::NotHeld { .. } => "not-held",
            Self::LiveInquiry { .. } => "live-inquiry",
            Self::NumberInUse => "number-in-use",
            Self::PersonKnown => "person-known",
            Self::SignInInUse => "sign-in-in-use",
            Self::LeaseLost { .. } => "lease-lost",
            Self::KeyInUse => "key-in-use",
            Self::TicketTaken => "ticket-taken",
        }
    }
}

/// Why the store itself failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine failed: disk, connection, corrupt file.
    #[error("the store failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored record cannot be read.
    #[error("a stored {record} cannot be read")]
    Unreadable {
        /// Which kind of record.
        record: &'static str,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The store was written by a newer version.
    #[error(
        "this store was written by a newer version (schema {found}, this program knows {known}): upgrade the program"
    )]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// The store was written by an older version, and is not to be brought up to date here.
    #[error(
        "this store was written by an older version (schema {found}, this program knows {known}): `anteroom migrate` brings it up to date"
    )]
    Older {
        /// The schema found.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// The store was opened for reading only.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// Too much is waiting: the queue of writes is full.
    #[error("the store is too busy: try again in a moment")]
    Busy,
    /// The store is closing.
    #[error("the store is closing")]
    Closing,
}

/// Why a commit did not happen.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// It met another change.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The store failed; whether the change was done is known only by repeating it under its key.
    #[error(transparent)]
    Store(#[from] StoreError),
}

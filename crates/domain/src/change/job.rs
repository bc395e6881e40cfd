//! Work due at a time, and what becomes of it.

use super::Holder;
use crate::{
    earlier::Returned,
    ids::{AppointmentId, CallbackId, ClosingId, InquiryId, JobId, NoticeId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Work due at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum JobKind {
    /// Hand a notice to its carrier.
    SendNotice {
        /// Which notice.
        notice: NoticeId,
    },
    /// Tell the person that the call is near.
    CallbackReminder {
        /// Whose.
        inquiry: InquiryId,
        /// Which callback.
        callback: CallbackId,
    },
    /// The window is near: is the officer there who holds the call?
    CallbackLook {
        /// Whose.
        inquiry: InquiryId,
        /// Which callback.
        callback: CallbackId,
    },
    /// The window has ended: was the promise kept?
    CallbackWatch {
        /// Whose.
        inquiry: InquiryId,
        /// Which callback.
        callback: CallbackId,
    },
    /// The person was not reached and should have been called again: was it done?
    CallbackAgain {
        /// Whose.
        inquiry: InquiryId,
        /// Which callback.
        callback: CallbackId,
    },
    /// Tell the person that the appointment is near.
    AppointmentReminder {
        /// Whose.
        inquiry: InquiryId,
        /// Which appointment.
        appointment: AppointmentId,
    },
    /// Ask the person whether they come; and later, did they answer?
    ConfirmVisit {
        /// Whose.
        inquiry: InquiryId,
        /// Which appointment.
        appointment: AppointmentId,
    },
    /// The appointment's time has passed: did the person come?
    AppointmentWatch {
        /// Whose.
        inquiry: InquiryId,
        /// Which appointment.
        appointment: AppointmentId,
    },
    /// An office is being closed or opened again: move the next people.
    CloseDay {
        /// Which closing.
        closing: ClosingId,
    },
    /// A place was given back: whom is it offered to next?
    OfferPlace {
        /// How far it has come.
        place: Box<Returned>,
    },
    /// A hold has run out: give the place back.
    HoldWatch {
        /// Whose hold.
        holder: Holder,
    },
}

impl JobKind {
    /// The stable name of the kind.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::SendNotice { .. } => "send-notice",
            Self::CallbackReminder { .. } => "callback-reminder",
            Self::CallbackLook { .. } => "callback-look",
            Self::CallbackWatch { .. } => "callback-watch",
            Self::CallbackAgain { .. } => "callback-again",
            Self::AppointmentReminder { .. } => "appointment-reminder",
            Self::ConfirmVisit { .. } => "confirm-visit",
            Self::AppointmentWatch { .. } => "appointment-watch",
            Self::CloseDay { .. } => "close-day",
            Self::OfferPlace { .. } => "offer-place",
            Self::HoldWatch { .. } => "hold-watch",
        }
    }
}

/// A job's own name: the same work is queued once. Queueing under a key that waits already moves its due time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobKey(pub String);

/// A job to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its name.
    pub key: JobKey,
    /// What to do.
    pub kind: JobKind,
    /// Not before.
    pub due: Timestamp,
}

impl NewJob {
    /// A job named by its kind and what it is about, so that it replaces its own predecessor.
    pub fn new(kind: JobKind, due: Timestamp) -> Self {
        Self { key: kind.key(), kind, due }
    }
}

impl JobKind {
    /// The name of the job of this kind about this thing.
    pub fn key(&self) -> JobKey {
        let about = match self {
            Self::SendNotice { notice } => notice.to_string(),
            Self::CallbackReminder { callback, .. }
            | Self::CallbackLook { callback, .. }
            | Self::CallbackWatch { callback, .. }
            | Self::CallbackAgain { callback, .. } => callback.to_string(),
            Self::AppointmentReminder { appointment, .. }
            | Self::ConfirmVisit { appointment, .. }
            | Self::AppointmentWatch { appointment, .. } => appointment.to_string(),
            Self::CloseDay { closing } => closing.to_string(),
            Self::OfferPlace { place } => place.id.to_string(),
            Self::HoldWatch { holder } => holder.0.to_string(),
        };
        JobKey(format!("{}:{about}", self.as_str()))
    }
}

/// What becomes of a leased job, in the same commit as its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// Which job.
    pub job: JobId,
    /// The lease's fence: whoever lost the lease cannot finish it.
    pub fence: u64,
    /// What becomes of it.
    pub then: AfterJob,
}

/// What becomes of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterJob {
    /// Done.
    Done,
    /// Try again then; the word says why (never personal data).
    Again {
        /// When.
        due: Timestamp,
        /// Why.
        why: String,
    },
    /// Given up; it stays visible.
    Dead {
        /// Why.
        why: String,
    },
}

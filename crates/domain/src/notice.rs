//! A notice: a message to the person, kept as a record so that nothing sent is ever a guess.

use crate::{
    ids::{InquiryId, NoticeId},
    pii::Pii,
    text::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// We have your request; this is your inquiry number.
    RequestReceived,
    /// We need these papers; your place is kept.
    PapersNeeded,
    /// We will call you in this window.
    CallbackPromised,
    /// The window moved.
    CallbackMoved,
    /// The callback was given back; choose another.
    CallbackCancelled,
    /// We call you soon.
    CallbackReminder,
    /// We called and did not reach you; this is what happens next.
    CallbackMissed,
    /// We broke our promise; this is what happens next.
    PromiseBroken,
    /// This was decided, and why.
    DecisionMade,
    /// You asked for a review; this is by when.
    ReviewAsked,
    /// This came of the review, and why.
    ReviewDecided,
    /// You have an appointment.
    AppointmentBooked,
    /// Your appointment moved.
    AppointmentMoved,
    /// Your appointment was cancelled.
    AppointmentCancelled,
    /// Your appointment is near.
    AppointmentReminder,
    /// Will you come to your appointment?
    AppointmentConfirm,
    /// You did not say that you come, so the time was given back; this is what happens next.
    AppointmentReleased,
    /// An earlier time is kept for you; do you want it?
    EarlierOffered,
    /// You did not come; this is what happens next.
    AppointmentMissed,
    /// The office closed the day of your visit; this is what we did instead.
    DayClosed,
    /// The office opened that day after all.
    DayReopened,
    /// Your inquiry is closed.
    InquiryClosed,
    /// Here is a fresh link.
    LinkResent,
    /// How we reach you was changed; was it you?
    ContactChanged,
    /// What opens your inquiry was corrected; was it you?
    ProofChanged,
    /// Somebody may act for you; here you can end it.
    DelegateNamed,
    /// To whoever may act for the person: here is your link.
    DelegateLink,
    /// What the person wrote to us by text is answered.
    TextAnswer,
}

impl NoticeKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestReceived => "request-received",
            Self::PapersNeeded => "papers-needed",
            Self::CallbackPromised => "callback-promised",
            Self::CallbackMoved => "callback-moved",
            Self::CallbackCancelled => "callback-cancelled",
            Self::CallbackReminder => "callback-reminder",
            Self::CallbackMissed => "callback-missed",
            Self::PromiseBroken => "promise-broken",
            Self::DecisionMade => "decision-made",
            Self::ReviewAsked => "review-asked",
            Self::ReviewDecided => "review-decided",
            Self::AppointmentBooked => "appointment-booked",
            Self::AppointmentMoved => "appointment-moved",
            Self::AppointmentCancelled => "appointment-cancelled",
            Self::AppointmentReminder => "appointment-reminder",
            Self::AppointmentConfirm => "appointment-confirm",
            Self::AppointmentReleased => "appointment-released",
            Self::EarlierOffered => "earlier-offered",
            Self::AppointmentMissed => "appointment-missed",
            Self::DayClosed => "day-closed",
            Self::DayReopened => "day-reopened",
            Self::InquiryClosed => "inquiry-closed",
            Self::LinkResent => "link-resent",
            Self::ContactChanged => "contact-changed",
            Self::ProofChanged => "proof-changed",
            Self::DelegateNamed => "delegate-named",
            Self::DelegateLink => "delegate-link",
            Self::TextAnswer => "text-answer",
        }
    }
}

/// Whoever takes a notice to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// A mail server.
    #[default]
    Email,
    /// A carrier of text messages.
    Text,
    /// The print room, and then the post.
    Post,
    /// The telephone line: an automated voice calls.
    Call,
}

impl Carrier {
    /// Every carrier.
    pub const ALL: [Self; 4] = [Self::Email, Self::Text, Self::Post, Self::Call];
    /// Those that write. Whoever is protected is told by no others: who picks up a telephone is not known before it is said who calls.
    pub const WRITTEN: [Self; 3] = [Self::Email, Self::Text, Self::Post];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Text => "text",
            Self::Post => "post",
            Self::Call => "call",
        }
    }
}

/// Where a notice stands. The only way from `Queued` to `Sent` is a leased job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Delivery {
    /// In the outbox.
    Queued,
    /// Tried and put off by the carrier; tried again later. A call that tells it counts as tried from when it is begun, so that a
    /// process that dies meanwhile leaves nothing that is never tried again.
    Delayed {
        /// How often tried.
        attempts: u32,
        /// When last.
        at: Timestamp,
    },
    /// A letter waits for the print room.
    ToPrint {
        /// Since when.
        at: Timestamp,
    },
    /// The carrier took it.
    Sent {
        /// When.
        at: Timestamp,
        /// The carrier's own answer or message number, for tracing.
        receipt: String,
    },
    /// It could not be sent.
    Failed {
        /// When it was given up.
        at: Timestamp,
        /// Why, in a word (`rejected`, `gave-up`).
        why: String,
    },
    /// It was no longer true when it came to be sent.
    Dropped {
        /// When.
        at: Timestamp,
    },
}

/// In which words a notice is written: pinned when it was decided, so that a wording that begins tomorrow does not rewrite what waits,
/// and so that it can be told afterwards what somebody read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The version of the program's own templates.
    pub templates: u32,
    /// The agency's wording over them in the notice's language, where it had any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyWording>,
}

/// A version of an agency's own wording of messages to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyWording {
    /// What the version is called.
    pub version: String,
    /// SHA-256 of its text, hexadecimal: the folder's own keeps its name when its text changes.
    pub hash: String,
}

/// A message to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which notice. Also the carrier's idempotency key.
    pub id: NoticeId,
    /// How many times the record has been written.
    pub version: u64,
    /// About which inquiry.
    pub inquiry: InquiryId,
    /// What it says.
    pub kind: NoticeKind,
    /// In which language.
    pub lang: Lang,
    /// By which carrier.
    #[serde(default)]
    pub by: Carrier,
    /// To which e-mail address, telephone number (E.164) or postal address (its lines, the name first).
    pub to: Pii<String>,
    /// Does it answer what the person did a moment ago? Then it is no disturbance at any hour.
    #[serde(default)]
    pub asked: bool,
    /// Everything its template needs, pinned when it was decided: a later change of the office's name
    /// must not rewrite what was promised.
    pub facts: Pii<serde_json::Value>,
    /// In which words it is written; none for one of before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Wording>,
    /// When it was put in the outbox.
    pub queued_at: Timestamp,
    /// Where it stands.
    pub delivery: Delivery,
    /// When it reached the person's device, where the carrier says so.
    #[serde(default)]
    pub arrived: Option<Timestamp>,
    /// When a call that was to tell it was begun, each time: each has a code of its own, by its number from 1 on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rung: Vec<Timestamp>,
}

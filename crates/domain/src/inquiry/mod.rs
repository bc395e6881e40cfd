//! An inquiry: one person's one matter, from first contact until closed.
//!
//! A stage carries exactly the facts that hold at it, so that a booked inquiry without an appointment, or
//! a promised call without a window, cannot be written down. The transitions are in the files beside this
//! one, one for each part of the way; each takes the inquiry as it is and returns a [`Step`](crate::change::Step).

mod alone;
mod books;
mod calls;
mod confirms;
mod corrects;
mod decides;
mod delegates;
mod earlier;
mod gives;
mod guards;
mod receives;
mod reviewed;
mod shuts;
mod visits;
mod waits_there;
mod walks_in;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::fixture;

pub use alone::may_choose;
pub use books::{Booking, MoveRules, claims};
pub use calls::{Again, NextTry, Promise, free_stretch, window_slot};
pub use confirms::{Reconfirm, Unconfirmed};
pub use corrects::{Correction, Home, Recorded};
pub use earlier::CouldCome;
pub use gives::Giving;
pub use receives::NewInquiry;
pub use reviewed::{AskedReview, ReviewState};
pub use visits::VisitRules;
pub use walks_in::Admission;

use crate::{
    appointment::{Appointment, PastAppointment},
    callback::{Callback, is_not},
    case::ReceiptNumber,
    codes::{ItemCode, OfficeCode, ReasonCode},
    contact::Contact,
    decision::{Decision, DecisionKind},
    delegate::Delegate,
    earlier::Earlier,
    erasure::{Erased, LegalHold},
    floor::Aside,
    guard::Guard,
    ids::{InquiryId, PersonId, StaffId},
    number::InquiryNumber,
    person::{Name, Reach, Representative},
    pii::Pii,
    refusal::Refusal,
    slots::PreferredTime,
    urgency::Urgency,
    walk_in::WalkIn,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a contact came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// The web request form.
    Web,
    /// A call.
    Phone,
    /// A visit to an office.
    Office,
    /// A program.
    Api,
}

/// What the person asked for, as they put it. Their words and their answers never change: decisions were made on them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// How it came in.
    pub channel: Channel,
    /// The matter in the person's words.
    pub words: Pii<String>,
    /// The answers to the reason's questions, by fact name.
    pub answers: Pii<BTreeMap<String, serde_json::Value>>,
    /// The papers the person says they have.
    pub papers: Vec<ItemCode>,
    /// Up to three times that suit them for a visit.
    pub preferred: Vec<PreferredTime>,
    /// When they can take a call, in their words.
    pub call_hours: Option<Pii<String>>,
    /// Who acts for them.
    pub representative: Option<Representative>,
}

/// How an inquiry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closing {
    /// Served at the office.
    Served,
    /// Settled by talking.
    ByPhone,
    /// The agency mails what is needed.
    ByMail,
    /// It cannot be done here; the decision's sentence says what can.
    Elsewhere,
    /// The person withdrew it.
    Withdrawn,
}

impl Closing {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::ByPhone => "by-phone",
            Self::ByMail => "by-mail",
            Self::Elsewhere => "elsewhere",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Where an inquiry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Stage {
    /// An officer will look at it.
    Review {
        /// Since when it waits at this stage.
        since: Timestamp,
        /// By when an officer must have looked.
        due: Timestamp,
    },
    /// Papers are missing; its place is kept.
    Papers {
        /// Since when.
        since: Timestamp,
        /// Which papers.
        missing: Vec<ItemCode>,
        /// The stage it goes back to, at its old place.
        back_to: Box<Stage>,
    },
    /// A call is promised.
    Promised(Callback),
    /// The officer is dialling, or has the person on the line.
    Calling {
        /// The callback.
        callback: Callback,
        /// Who calls.
        officer: StaffId,
        /// Since when.
        since: Timestamp,
        /// It was the person who rang, after a call of ours had missed them.
        #[serde(default, skip_serializing_if = "is_not")]
        theirs: bool,
    },
    /// The person was reached; what the matter needs is to be decided.
    Spoken {
        /// Who spoke with them.
        officer: StaffId,
        /// When.
        at: Timestamp,
        /// By when it must be decided.
        due: Timestamp,
    },
    /// Every attempt failed. The person may choose another window and keeps the place.
    Unreached {
        /// Since when.
        since: Timestamp,
        /// By when an officer looks at it again.
        due: Timestamp,
    },
    /// A visit is needed and has no time yet.
    ToBook {
        /// Since when.
        since: Timestamp,
        /// By when it must be booked.
        due: Timestamp,
    },
    /// A visit is booked.
    Booked(Appointment),
    /// The person is at the office.
    CheckedIn {
        /// The appointment.
        appointment: Appointment,
        /// When they came.
        at: Timestamp,
        /// The number called.
        ticket: String,
        /// The counter that called it, and when.
        called: Option<(String, Timestamp)>,
        /// Why they are not called in turn; none while they are at a counter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aside: Option<Aside>,
        /// How often they were called and did not come.
        #[serde(default, skip_serializing_if = "is_none")]
        missed: u8,
    },
    /// Over.
    Closed {
        /// When.
        at: Timestamp,
        /// How.
        closing: Closing,
    },
}

impl Stage {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review",
            Self::Papers { .. } => "papers",
            Self::Promised(_) => "promised",
            Self::Calling { .. } => "calling",
            Self::Spoken { .. } => "spoken",
            Self::Unreached { .. } => "unreached",
            Self::ToBook { .. } => "to-book",
            Self::Booked(_) => "booked",
            Self::CheckedIn { .. } => "checked-in",
            Self::Closed { .. } => "closed",
        }
    }

    /// Every stage's stable name, in the order of the way.
    pub const NAMES: [&'static str; 10] = [
        "review",
        "papers",
        "promised",
        "calling",
        "spoken",
        "unreached",
        "to-book",
        "booked",
        "checked-in",
        "closed",
    ];
}

/// Why something was changed, in somebody's own words. What, and by whom, the journal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// When: as in the journal's entry.
    pub at: Timestamp,
    /// Why, in the words of whoever did it.
    pub because: Pii<String>,
}

/// One person's one matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inquiry {
    /// Which inquiry.
    pub id: InquiryId,
    /// The number the person carries.
    pub number: InquiryNumber,
    /// How many times the record has been written.
    pub version: u64,
    /// Whose.
    pub person: PersonId,
    /// The person's name, kept here so that a list need not read the person's record.
    pub name: Name,
    /// Why.
    pub reason: ReasonCode,
    /// The person's ZIP code.
    pub zip: Pii<String>,
    /// The office that serves them (or the one chosen instead; the journal says why).
    pub office: OfficeCode,
    /// Their case, if they named one.
    pub receipt: Option<ReceiptNumber>,
    /// What they asked for.
    pub request: Request,
    /// How they can be reached.
    pub reach: Reach,
    /// The first contact. This clock never restarts: places in lists and the five business days count from it.
    pub opened: Timestamp,
    /// How soon, as last decided.
    pub urgency: Urgency,
    /// Where it is.
    pub stage: Stage,
    /// The decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// When the two sides met, oldest first.
    pub contacts: Vec<Contact>,
    /// Callbacks that are over, oldest first.
    pub past_callbacks: Vec<Callback>,
    /// Appointments that are over, oldest first.
    pub past_appointments: Vec<PastAppointment>,
    /// When they came to an office without a booking, and what the office said; oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub walk_ins: Vec<WalkIn>,
    /// What the person said of coming earlier, while they wait for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Box<Earlier>>,
    /// Why it was given to another office, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub office_changes: Vec<Because>,
    /// Why what the person proves themselves by was corrected, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof_changes: Vec<Because>,
    /// The reviews that the person asked for, oldest first: at most one is open, the last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<AskedReview>,
    /// Whom the representative let act for the person, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<Delegate>,
    /// From whom it is kept. PostgreSQL finds it by its name.
    #[serde(default, skip_serializing_if = "Guard::is_open")]
    pub guard: Guard,
    /// Links that were made before open nothing: the person has said since that they went to a wrong place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links_from: Option<Timestamp>,
    /// That nothing of it may be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_hold: Option<LegalHold>,
    /// That it was erased: then nothing personal is left of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Box<Erased>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_none(n: &u8) -> bool {
    *n == 0
}

impl Inquiry {
    /// Is it still open?
    pub const fn is_live(&self) -> bool {
        !matches!(self.stage, Stage::Closed { .. })
    }

    /// The promised callback, if one is owed now.
    pub const fn callback(&self) -> Option<&Callback> {
        match &self.stage {
            Stage::Promised(callback) | Stage::Calling { callback, .. } => Some(callback),
            _ => None,
        }
    }

    /// The promised callback, if a call of ours has missed the person: they are put through when they ring.
    pub fn missed_callback(&self) -> Option<&Callback> {
        match &self.stage {
            Stage::Promised(callback) => Some(callback).filter(|callback| callback.was_missed()),
            _ => None,
        }
    }

    /// The appointment, if there is one now.
    pub const fn appointment(&self) -> Option<&Appointment> {
        match &self.stage {
            Stage::Booked(appointment) | Stage::CheckedIn { appointment, .. } => Some(appointment),
            _ => None,
        }
    }

    /// The office it belongs to now: where it is booked, else where it was last, else the one that serves the person.
    pub fn office_now(&self) -> &OfficeCode {
        let last = self.past_appointments.last().map(|past| &past.appointment);
        self.appointment().or(last).map_or(&self.office, |visit| &visit.office)
    }

    /// By when the next thing must happen, whoever must do it; none while the person must act, or when closed.
    pub fn due(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Review { due, .. }
            | Stage::Spoken { due, .. }
            | Stage::Unreached { due, .. }
            | Stage::ToBook { due, .. } => Some(*due),
            Stage::Promised(callback) | Stage::Calling { callback, .. } => Some(callback.due()),
            Stage::Booked(appointment) | Stage::CheckedIn { appointment, .. } => Some(appointment.start),
            Stage::Papers { .. } | Stage::Closed { .. } => None,
        }
    }

    /// The newest decision of a kind.
    pub fn decided(&self, kind: DecisionKind) -> Option<&Decision> {
        self.decisions.iter().rev().find(|d| d.outcome.kind() == kind)
    }

    /// How often a visit was missed.
    pub fn missed_visits(&self) -> usize {
        self.past_appointments.iter().filter(|p| p.end == crate::appointment::AppointmentEnd::NoShow).count()
    }

    fn wrong_stage(&self) -> Refusal {
        match self.stage {
            Stage::Closed { .. } => Refusal::Closed,
            _ => Refusal::WrongStage { stage: self.stage.as_str().to_owned() },
        }
    }
}

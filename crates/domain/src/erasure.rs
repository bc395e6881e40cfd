//! Erasing a record: what goes, what stays, and what keeps it from being erased.
//!
//! What goes is all that is personal: who it was, what they said, how they are reached, what was written about them in free
//! words. What stays is what the journal holds as well: codes, times and identifiers, so that places, figures and the journal
//! still add up, and the tombstone that says when, by which rule and how much was erased.

use crate::{
    actor::Actor,
    appointment::Appointment,
    callback::Callback,
    ids::{InquiryId, PersonId, StaffId},
    inquiry::{Inquiry, Request, Stage},
    person::{Name, Person},
    phone::{PhoneKey, PhoneNumber},
    pii::Pii,
    retention::RecordClass,
    text::Text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The longest reason of a legal hold or of an erasure, in characters.
pub const LONGEST_REASON: usize = 500;

/// That nothing of a record may be erased, whatever its age and whoever asks. PostgreSQL finds it by its first field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Who set it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: Pii<String>,
}

/// That somebody asked to have everything about a person erased, and a second one has not decided yet. PostgreSQL finds it by
/// its first field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureAsked {
    /// Who takes it on.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// Who asked and on what ground, in words.
    pub reason: Pii<String>,
}

/// Why a record was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "kebab-case")]
pub enum ErasedWhy {
    /// It had been kept for as long as the agency's schedule says.
    Rule {
        /// What the agency calls the rule.
        name: String,
    },
    /// The person asked.
    Request {
        /// Who took it on.
        asked: StaffId,
        /// Who agreed: somebody else.
        agreed: StaffId,
    },
}

impl ErasedWhy {
    /// The rule, if it was by one.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Rule { name } => Some(name),
            Self::Request { .. } => None,
        }
    }
}

/// The tombstone: what stays to be said of an erased record. PostgreSQL finds it by its first field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// When it was erased.
    pub at: Timestamp,
    /// Of which class it was.
    pub class: RecordClass,
    /// Why.
    pub why: ErasedWhy,
    /// How many messages there were.
    pub notices: u32,
    /// How many records of calls.
    pub calls: u32,
    /// How many times the two sides met.
    pub contacts: u32,
    /// How many decisions.
    pub decisions: u32,
}

/// What hangs on an erased inquiry, and goes with it: its notices, the records of its calls, the numbers of its waits.
/// What goes on at the moment stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// Which.
    pub inquiry: InquiryId,
    /// The number at which its person was reached, if nobody else is: what it chose is forgotten, and it is taken out of the
    /// records of calls and waits.
    pub number: Option<TracedNumber>,
}

/// By what a number is found in what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedNumber {
    /// In records of calls, and where it is kept what it chose.
    pub key: PhoneKey,
    /// In waits: [`crate::wait::phone_key`].
    pub wait: String,
}

/// Why something is not done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RecordsRefused {
    /// A reason must be given.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// The reason is too long.
    #[error("the reason is too long")]
    ReasonTooLong,
    /// It is under legal hold already.
    #[error("it is under legal hold already")]
    HeldAlready,
    /// It is not under legal hold.
    #[error("it is not under legal hold")]
    NotHeld,
    /// An inquiry is not closed yet.
    #[error("an inquiry is open")]
    Live,
    /// It is under legal hold.
    #[error("it is under legal hold")]
    Held,
    /// A message is still on its way, or the person waits on the line.
    #[error("something is still under way")]
    UnderWay,
    /// Erasing it has been asked for already.
    #[error("erasing it has been asked for already")]
    AskedAlready,
    /// Nobody asked for it to be erased.
    #[error("nobody asked for it to be erased")]
    NotAsked,
    /// Whoever asked cannot agree as well.
    #[error("whoever asked cannot agree as well")]
    SamePerson,
}

impl RecordsRefused {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::ReasonNeeded,
        Self::ReasonTooLong,
        Self::HeldAlready,
        Self::NotHeld,
        Self::Live,
        Self::Held,
        Self::UnderWay,
        Self::AskedAlready,
        Self::NotAsked,
        Self::SamePerson,
    ];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReasonNeeded => "reason-needed",
            Self::ReasonTooLong => "reason-too-long",
            Self::HeldAlready => "held-already",
            Self::NotHeld => "not-held",
            Self::Live => "live",
            Self::Held => "held",
            Self::UnderWay => "under-way",
            Self::AskedAlready => "asked-already",
            Self::NotAsked => "not-asked",
            Self::SamePerson => "same-person",
        }
    }
}

/// A reason as somebody typed it.
///
/// # Errors
/// When it says nothing, or too much.
pub fn reason(text: &str) -> Result<Pii<String>, RecordsRefused> {
    let text = text.trim();
    if text.is_empty() {
        return Err(RecordsRefused::ReasonNeeded);
    }
    if text.chars().count() > LONGEST_REASON {
        return Err(RecordsRefused::ReasonTooLong);
    }
    Ok(Pii::from(text))
}

/// The hold that is set where there was `before`.
fn held(before: Option<&LegalHold>, hold: LegalHold) -> Result<Option<LegalHold>, RecordsRefused> {
    if before.is_some() { Err(RecordsRefused::HeldAlready) } else { Ok(Some(hold)) }
}

impl Person {
    /// The person with everything about them under legal hold.
    ///
    /// # Errors
    /// [`RecordsRefused::HeldAlready`].
    pub fn hold(&self, hold: LegalHold) -> Result<Self, RecordsRefused> {
        let legal_hold = held(self.legal_hold.as_ref(), hold)?;
        Ok(Self { version: self.version + 1, legal_hold, ..self.clone() })
    }

    /// The person free of it.
    ///
    /// # Errors
    /// [`RecordsRefused::NotHeld`].
    pub fn lift(&self) -> Result<Self, RecordsRefused> {
        self.legal_hold.as_ref().ok_or(RecordsRefused::NotHeld)?;
        Ok(Self { version: self.version + 1, legal_hold: None, ..self.clone() })
    }

    /// The person once somebody has asked for everything about them to be erased; `all` are their inquiries.
    ///
    /// # Errors
    /// Why it could not be erased.
    pub fn ask_erasure(&self, asked: ErasureAsked, all: &[Inquiry]) -> Result<Self, RecordsRefused> {
        if self.erasure.is_some() {
            return Err(RecordsRefused::AskedAlready);
        }
        self.may_go(all)?;
        Ok(Self { version: self.version + 1, erasure: Some(asked), ..self.clone() })
    }

    /// The person once it was declined.
    ///
    /// # Errors
    /// [`RecordsRefused::NotAsked`].
    pub fn decline_erasure(&self) -> Result<Self, RecordsRefused> {
        self.erasure.as_ref().ok_or(RecordsRefused::NotAsked)?;
        Ok(Self { version: self.version + 1, erasure: None, ..self.clone() })
    }

    /// Why everything about them goes, if somebody asked and this one agrees; `all` are their inquiries.
    ///
    /// # Errors
    /// [`RecordsRefused::NotAsked`], [`RecordsRefused::SamePerson`], or why it cannot be erased.
    pub fn agree(&self, by: StaffId, all: &[Inquiry]) -> Result<ErasedWhy, RecordsRefused> {
        let asked = self.erasure.as_ref().ok_or(RecordsRefused::NotAsked)?;
        if asked.by == by {
            return Err(RecordsRefused::SamePerson);
        }
        self.may_go(all)?;
        Ok(ErasedWhy::Request { asked: asked.by, agreed: by })
    }

    fn may_go(&self, all: &[Inquiry]) -> Result<(), RecordsRefused> {
        all.iter().try_for_each(|inquiry| inquiry.may_go(Some(self)))
    }

    /// The same person, read once more before something of theirs is erased: whoever wrote them meanwhile comes first.
    #[must_use]
    pub fn touched(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }
}

impl Inquiry {
    /// The inquiry under legal hold.
    ///
    /// # Errors
    /// [`RecordsRefused::HeldAlready`].
    pub fn hold(&self, hold: LegalHold) -> Result<Self, RecordsRefused> {
        let legal_hold = held(self.legal_hold.as_ref(), hold)?;
        Ok(Self { version: self.version + 1, legal_hold, ..self.clone() })
    }

    /// The inquiry free of it.
    ///
    /// # Errors
    /// [`RecordsRefused::NotHeld`].
    pub fn lift(&self) -> Result<Self, RecordsRefused> {
        self.legal_hold.as_ref().ok_or(RecordsRefused::NotHeld)?;
        Ok(Self { version: self.version + 1, legal_hold: None, ..self.clone() })
    }

    /// May it be erased? `person` is whose it is.
    ///
    /// # Errors
    /// [`RecordsRefused::Live`], [`RecordsRefused::Held`].
    pub fn may_go(&self, person: Option<&Person>) -> Result<(), RecordsRefused> {
        if self.is_live() {
            return Err(RecordsRefused::Live);
        }
        if self.legal_hold.is_some() || person.is_some_and(|person| person.legal_hold.is_some()) {
            return Err(RecordsRefused::Held);
        }
        Ok(())
    }

    /// The same inquiry, written once more: whoever erases it meanwhile, or wrote it, comes first.
    #[must_use]
    pub fn touched(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }

    /// When it was closed; none while it is open.
    pub const fn closed_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Closed { at, .. } => Some(at),
            _ => None,
        }
    }

    /// What stays of it. It belongs to nobody from now on: its person is a name for itself.
    #[must_use]
    pub fn erase(&self, erased: Erased) -> Self {
        let mut left = self.nameless();
        left.version += 1;
        left.person = nobody(self.id);
        left.reach.relay = false;
        left.reach.interpreter = None;
        left.reach.accommodation = None;
        left.legal_hold = None;
        left.erased = Some(Box::new(erased));
        left
    }

    /// The inquiry without whatever names somebody, leads to them, or was written in free words; what they need when they are
    /// spoken with stays.
    pub(crate) fn nameless(&self) -> Self {
        let mut left = self.clone();
        left.name = Name { given: Pii::default(), family: Pii::default() };
        left.zip = Pii::default();
        left.receipt = None;
        left.request = Request {
            channel: self.request.channel,
            words: Pii::default(),
            answers: Pii::default(),
            papers: Vec::new(),
            preferred: Vec::new(),
            call_hours: None,
            representative: None,
        };
        left.delegates.clear();
        left.reach.phone = PhoneNumber::nobody();
        left.reach.email = None;
        left.reach.texts = false;
        left.reach.calls = false;
        left.reach.post = None;
        left.reach.say_who_calls = false;
        left.reach.no_message = false;
        left.reach.discreet.clear();
        left.reach.phrase = Pii::default();
        for decision in &mut left.decisions {
            decision.because = None;
            decision.sentence = Text::default();
            decision.change = None;
            // What a row was tried on are the person's own answers.
            decision.rule.tried.iter_mut().for_each(|row| row.facts.clear());
        }
        left.past_callbacks.iter_mut().for_each(clear_callback);
        left.past_appointments.iter_mut().for_each(|past| clear_appointment(&mut past.appointment));
        left.office_changes.clear();
        left.proof_changes.clear();
        left.reviews.iter_mut().for_each(|review| review.why = Pii::default());
        left.earlier = None;
        left.walk_ins.iter_mut().for_each(|came| came.because = Pii::default());
        left
    }
}

/// Whose an erased inquiry is: nobody's, and nobody else's either.
fn nobody(inquiry: InquiryId) -> PersonId {
    PersonId::from_uuid(inquiry.uuid())
}

fn clear_callback(callback: &mut Callback) {
    callback.brief = None;
    callback.given.iter_mut().for_each(|given| given.because = Pii::default());
}

fn clear_appointment(appointment: &mut Appointment) {
    appointment.bring.clear();
}

//! Who asks the desk for something, and under which key.

use crate::error::DeskError;
use domain::{
    access::{Action, On, can},
    actor::{Actor, Staff},
    change::{Command, IdempotencyKey},
    delegate::DelegateAct,
    ids::InquiryId,
    inquiry::Inquiry,
    pass::PassOf,
    refusal::Refusal,
};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use store::Committed;

/// Who asks. Whoever builds one has proved it: a session, a signed link, a second proof.
#[derive(Debug, Clone)]
pub enum Who {
    /// Somebody without an inquiry yet.
    Anyone,
    /// The person whose inquiry this is, and no other.
    Person(InquiryId),
    /// Whoever acts for the person whose inquiry this is, by their number in it.
    Delegate(InquiryId, u8),
    /// A member of staff.
    Staff(Box<Staff>),
    /// A part of the system.
    System(&'static str),
}

/// Who asks, under which key, and when.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub who: Who,
    /// The caller's own name for the command.
    pub key: IdempotencyKey,
    /// The present.
    pub now: Timestamp,
    /// Under what conditions.
    pub only: Conditions,
    /// What is known already and need not be read again.
    pub(crate) known: Arc<Known>,
}

/// What is known of a command beside what it says.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The inquiry as it was read on the way here.
    seen: Mutex<Option<Box<Inquiry>>>,
    /// What the command answered.
    answered: OnceLock<Committed>,
}

/// What must hold for an act to be done at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// The inquiry is at one of these versions; `None`: at any. Otherwise the act answers [`DeskError::Contended`].
    pub versions: Option<Vec<u64>>,
    /// What the command says, as a short text made of all of it. The same key with another text is
    /// [`DeskError::KeyInUse`], not a repeat.
    pub command: Option<String>,
}

impl Caller {
    /// A caller without conditions.
    pub fn new(who: Who, key: IdempotencyKey, now: Timestamp) -> Self {
        Self { who, key, now, only: Conditions::default(), known: Arc::default() }
    }

    /// Tells the act about the inquiry as it was just read: it decides on that, and reads it anew only when it has moved on
    /// since.
    pub fn has_seen(&self, inquiry: Inquiry) {
        *self.known.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(inquiry));
    }

    /// The inquiry that was told of, once.
    pub(crate) fn seen(&self, id: InquiryId) -> Option<Inquiry> {
        let seen = self.known.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        seen.filter(|inquiry| inquiry.id == id).map(|inquiry| *inquiry)
    }

    /// What the command answered, if an act of this process has just done it or found it done: durable, so that nobody
    /// need ask the store for it.
    pub fn answered(&self) -> Option<&Committed> {
        self.known.answered.get()
    }

    /// Keeps what the command answered.
    pub(crate) fn was_answered(&self, done: &Committed) {
        // A key has one answer: whichever came first is the one.
        drop(self.known.answered.set(done.clone()));
    }

    /// The same caller under conditions.
    #[must_use]
    pub fn only(self, only: Conditions) -> Self {
        Self { only, ..self }
    }

    /// The same caller under another key, for a command of the desk's own making: what was said of the first does not
    /// bind it.
    pub(crate) fn under(&self, key: IdempotencyKey) -> Self {
        Self::new(self.who.clone(), key, self.now)
    }

    /// Is the inquiry as the caller wants it?
    pub(crate) fn wants(&self, inquiry: &Inquiry) -> Result<(), DeskError> {
        match &self.only.versions {
            Some(versions) if !versions.contains(&inquiry.version) => Err(DeskError::Contended),
            Some(_) | None => Ok(()),
        }
    }

    /// The actor that the journal names.
    pub fn actor(&self) -> Actor {
        match &self.who {
            Who::Anyone | Who::Person(_) => Actor::Person,
            Who::Delegate(_, nth) => Actor::Delegate { nth: *nth },
            Who::Staff(staff) => staff.actor(),
            Who::System(part) => Actor::system(part),
        }
    }

    /// The command of this caller.
    pub fn command(&self) -> Command {
        Command { key: self.key.clone(), actor: self.actor(), at: self.now }
    }

    /// The member of staff who asks.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody else: what one may not see does not exist.
    pub fn staff(&self) -> Result<&Staff, DeskError> {
        match &self.who {
            Who::Staff(staff) => Ok(staff),
            Who::Anyone | Who::Person(_) | Who::Delegate(..) | Who::System(_) => Err(DeskError::NotFound),
        }
    }

    /// Whose passes the caller's own are.
    pub(crate) fn pass_of(&self) -> Result<PassOf, DeskError> {
        match &self.who {
            Who::Person(id) => Ok(PassOf::Inquiry(*id)),
            Who::Staff(staff) => Ok(PassOf::Staff(staff.id)),
            Who::Anyone | Who::Delegate(..) | Who::System(_) => Err(DeskError::NotFound),
        }
    }

    /// Is it a part of the system that asks?
    pub(crate) fn is_system(&self) -> Result<(), DeskError> {
        match &self.who {
            Who::System(_) => Ok(()),
            Who::Anyone | Who::Person(_) | Who::Delegate(..) | Who::Staff(_) => Err(DeskError::NotFound),
        }
    }

    /// May staff do this, with this inquiry or at this office? The system may do everything; a person nothing of it.
    pub(crate) fn may<'a>(&self, action: Action, on: impl Into<On<'a>>) -> Result<(), DeskError> {
        match &self.who {
            Who::Staff(staff) => Ok(can(staff, action, on)?),
            Who::System(_) => Ok(()),
            Who::Anyone | Who::Person(_) | Who::Delegate(..) => Err(DeskError::NotFound),
        }
    }

    /// May the person whose inquiry it is, whoever acts for them and was given this, or staff who do it, touch this inquiry?
    pub(crate) fn may_with(&self, inquiry: &Inquiry, action: Action) -> Result<(), DeskError> {
        match &self.who {
            Who::Person(id) if *id == inquiry.id => Ok(()),
            Who::Delegate(id, nth) if *id == inquiry.id => match of_delegate(action) {
                Delegable::Reading => Ok(inquiry.delegate_now(*nth, self.now).map(drop)?),
                Delegable::Act(act) => Ok(inquiry.may_as_delegate(*nth, act, self.now)?),
                Delegable::Never => Err(Refusal::NotDelegated.into()),
            },
            Who::Person(_) | Who::Delegate(..) | Who::Anyone => Err(DeskError::NotFound),
            Who::Staff(_) | Who::System(_) => self.may(action, inquiry),
        }
    }
}

/// What an act is to whoever acts for somebody.
enum Delegable {
    /// Every delegate may.
    Reading,
    /// Whoever was given this.
    Act(DelegateAct),
    /// Nobody: what is not named here is the person's own, or staff's.
    Never,
}

/// What a delegate needs for what staff would need `action` for.
const fn of_delegate(action: Action) -> Delegable {
    match action {
        Action::ReadInquiry => Delegable::Reading,
        Action::PromiseCallback => Delegable::Act(DelegateAct::Call),
        Action::Book | Action::AskEarlier => Delegable::Act(DelegateAct::Visit),
        Action::AskPapers => Delegable::Act(DelegateAct::Papers),
        Action::TakeDown => Delegable::Act(DelegateAct::Correct),
        _ => Delegable::Never,
    }
}

//! A change: what one command does, all of it or nothing.
//!
//! Rules turn a command into a [`Step`] on one inquiry; the desk adds what it knows of the pack (the
//! texts of notices) and hands the whole [`Change`] to `Store::commit`, the one door for writes.

mod job;

pub use job::{AfterJob, Finish, JobKey, JobKind, NewJob};

use crate::{
    actor::{Actor, Staff},
    call_record::CallRecord,
    case::Case,
    closing::Closing,
    draft::Draft,
    federated::Federated,
    handover::Handover,
    ids::{AppointmentId, CallbackId, ClosingId, InquiryId, PlaceId, StaffId},
    imported::Imported,
    inquiry::Inquiry,
    journal::{Entry, Happened, Seq},
    line_notice::LineNotice,
    mark::Mark,
    notice::{Notice, NoticeKind},
    pass::Pass,
    person::Person,
    phone::PhoneKey,
    refusal::Refusal,
    remembered::Remembered,
    second::Proofs,
    session::Session,
    slots::SlotKey,
    tickets::Tickets,
    wait::{LineNode, Operator, WaitStep, WaitingCaller},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The caller's own name for a command. Repeated, the command answers as before and does nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

/// Why a text is not an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to 120 printable ASCII characters without spaces")]
pub struct KeyError;

impl IdempotencyKey {
    /// Takes a key from outside.
    pub fn new(text: impl Into<String>) -> Result<Self, KeyError> {
        let text = text.into();
        let good = (1..=120).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if good { Ok(Self(text)) } else { Err(KeyError) }
    }

    /// A key the system makes itself, of a part and an identifier: the same work has the same key.
    pub fn of(part: &str, id: impl fmt::Display) -> Self {
        let mut text = format!("{part}:{id}");
        text.retain(|c| c.is_ascii_graphic());
        text.truncate(120);
        Self(text)
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who commands, when, and under which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The caller's own name for it.
    pub key: IdempotencyKey,
    /// Who gives it.
    pub actor: Actor,
    /// When. Every rule and the store itself take this as the present.
    pub at: Timestamp,
}

/// Whoever holds a place: a callback, an appointment, or an appointment that is still being chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holder(pub Uuid);

impl From<CallbackId> for Holder {
    fn from(id: CallbackId) -> Self {
        Self(id.uuid())
    }
}

impl From<PlaceId> for Holder {
    fn from(id: PlaceId) -> Self {
        Self(id.uuid())
    }
}

impl From<AppointmentId> for Holder {
    fn from(id: AppointmentId) -> Self {
        Self(id.uuid())
    }
}

/// One place taken in one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where.
    pub slot: SlotKey,
    /// For whom.
    pub holder: Holder,
    /// How many places the slot has, by the schedule the rule read. The store keeps the row; the schedule
    /// says its size.
    pub capacity: u32,
    /// A hold runs out at this instant; none for a firm booking.
    pub expires: Option<Timestamp>,
}

/// One place given back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// Where.
    pub slot: SlotKey,
    /// By whom.
    pub holder: Holder,
    /// Who keeps it back: it stays taken, as a hold that has run out and that whoever goes on with it may end at any time.
    pub keep: Option<Holder>,
}

impl Release {
    /// A place that is for everybody again.
    pub const fn of(slot: SlotKey, holder: Holder) -> Self {
        Self { slot, holder, keep: None }
    }
}

/// A hold that becomes firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Whose.
    pub holder: Holder,
    /// Exactly the places it must hold: a hold of one time cannot be confirmed as a booking of another.
    pub slots: Vec<SlotKey>,
    /// Whatever else it has on hold is given back; otherwise it must have nothing else on hold.
    pub gives_back: bool,
}

/// A stretch of a named officer's time. Two of one officer never overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// Whose time.
    pub officer: StaffId,
    /// For what.
    pub holder: Holder,
    /// From (inclusive).
    pub start: Timestamp,
    /// To (exclusive).
    pub end: Timestamp,
}

/// A record to be written, whole. Its `version` is the one it will have: one more than the one read, or 1.
/// The store refuses a write whose predecessor is not there.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// An inquiry.
    Inquiry(Box<Inquiry>),
    /// A person.
    Person(Box<Person>),
    /// A member of staff.
    Staff(Box<Staff>),
    /// A signed-in session.
    Session(Box<Session>),
    /// What proves who a member of staff is beside their password.
    Proofs(Box<Proofs>),
    /// Whose account an identity at the agency's provider is, once and for all.
    Federated(Federated),
    /// The session is over.
    EndSession(crate::ids::SessionId),
    /// What opens one thing to a program, once and for all.
    Pass(Box<Pass>),
    /// A pass is over.
    EndPass(crate::ids::PassId),
    /// A form that has not been sent yet.
    Draft(Box<Draft>),
    /// The form was sent, or given up.
    EndDraft(crate::ids::DraftId),
    /// A notice.
    Notice(Box<Notice>),
    /// A case, as an importer read it (replaces what was known).
    Case(Box<Case>),
    /// The file that stands for a table from now on.
    Imported(Box<Imported>),
    /// An office's next ticket of a day. [`Tickets::given`] is its version.
    Tickets(Tickets),
    /// A caller who waits for an operator.
    Caller(Box<WaitingCaller>),
    /// An operator's state.
    Operator(Box<Operator>),
    /// A process that holds calls.
    Node(LineNode),
    /// A process is gone, and nobody waits there any more.
    EndNode(crate::ids::NodeId),
    /// The record of a call.
    CallRecord(Box<CallRecord>),
    /// What a number chose (replaces what was known).
    Remembered(Remembered),
    /// What a supervisor said of the line.
    LineNotice(Box<LineNotice>),
    /// An office's closing.
    Closing(Box<Closing>),
    /// Many promised calls that go to somebody else.
    Handover(Box<Handover>),
    /// A version of a policy that is made at the desk.
    Revision(Box<crate::revision::Revision>),
    /// A program is told again what happened from a place of the journal on.
    Hook {
        /// Which.
        name: String,
        /// The last place that it is not told of.
        after: Seq,
    },
    /// A number wants no texts, since when; or none: it wants them again.
    Texting {
        /// By what the number is known again.
        phone: PhoneKey,
        /// Since when it wants none.
        stopped: Option<Timestamp>,
    },
    /// Something of ours went out, under its code (replaces what was known).
    Mark(Mark),
    /// What hangs on an erased inquiry goes.
    Traces(Box<crate::erasure::Traces>),
    /// Nobody's inquiries are left, and the person's record goes, if it is still as it was read.
    EndPerson(Box<Person>),
}

/// What one command does, all of it or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Who commands, when, and under which key.
    pub command: Command,
    /// Records to write.
    pub writes: Vec<Write>,
    /// Places to take.
    pub claims: Vec<Claim>,
    /// Holds that become firm.
    pub confirms: Vec<Confirm>,
    /// Places to give back, after the new ones are taken.
    pub releases: Vec<Release>,
    /// Holds to end because their time is over. One that was confirmed, or has time left, is a conflict.
    pub expiries: Vec<Holder>,
    /// The closing whose time this change may take places in all the same: it moves people back.
    pub through: Option<ClosingId>,
    /// Officers' time to take.
    pub busy: Vec<Busy>,
    /// Officers' time to give back, by holder, before the new is taken.
    pub free: Vec<Holder>,
    /// What to write in the journal.
    pub journal: Vec<Entry>,
    /// Jobs to queue.
    pub jobs: Vec<NewJob>,
    /// Jobs that are no longer wanted, if they still wait.
    pub drop_jobs: Vec<JobKey>,
    /// The job this command came from.
    pub finish: Option<Finish>,
    /// What the caller is told, now and at every repeat.
    pub answer: serde_json::Value,
}

impl Change {
    /// A change that does nothing yet.
    pub fn new(command: Command) -> Self {
        Self {
            command,
            writes: Vec::new(),
            claims: Vec::new(),
            confirms: Vec::new(),
            releases: Vec::new(),
            expiries: Vec::new(),
            through: None,
            busy: Vec::new(),
            free: Vec::new(),
            journal: Vec::new(),
            jobs: Vec::new(),
            drop_jobs: Vec::new(),
            finish: None,
            answer: serde_json::Value::Null,
        }
    }

    /// Takes over what a step does to its inquiry. Notices are the caller's to add: their texts need the pack.
    pub fn step(&mut self, mut step: Step) -> Vec<NoticeKind> {
        let id = step.inquiry.id;
        step.jobs.extend(step.inquiry.settle_earlier(self.command.at));
        step.inquiry.settle_review(self.command.at);
        step.happened.extend(step.inquiry.settle_delegates(self.command.at));
        self.writes.push(Write::Inquiry(Box::new(step.inquiry)));
        self.claims.extend(step.claims);
        self.confirms.extend(step.confirms);
        self.releases.extend(step.releases);
        self.expiries.extend(step.expiries);
        self.busy.extend(step.busy);
        self.free.extend(step.free);
        self.jobs.extend(step.jobs);
        self.drop_jobs.extend(step.drop_jobs);
        self.journal.extend(step.happened.into_iter().map(|happened| Entry { inquiry: Some(id), happened }));
        step.announce
    }

    /// Takes over what a step does to a wait.
    pub fn wait(&mut self, step: WaitStep) {
        let WaitStep { caller, operator, happened } = step;
        let inquiry = caller.as_ref().and_then(|caller| caller.inquiry);
        self.writes.extend(caller.map(|caller| Write::Caller(Box::new(caller))));
        self.writes.extend(operator.map(|operator| Write::Operator(Box::new(operator))));
        self.journal.extend(happened.into_iter().map(|happened| Entry { inquiry, happened }));
    }

    /// Writes an entry about an inquiry.
    pub fn note(&mut self, inquiry: Option<InquiryId>, happened: Happened) {
        self.journal.push(Entry { inquiry, happened });
    }
}

/// What a rule does to one inquiry.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The inquiry afterwards.
    pub inquiry: Inquiry,
    /// What to write in the journal.
    pub happened: Vec<Happened>,
    /// Places to take.
    pub claims: Vec<Claim>,
    /// Holds that become firm.
    pub confirms: Vec<Confirm>,
    /// Places to give back.
    pub releases: Vec<Release>,
    /// Holds to end because what they kept is somebody's.
    pub expiries: Vec<Holder>,
    /// Officers' time to take.
    pub busy: Vec<Busy>,
    /// Officers' time to give back.
    pub free: Vec<Holder>,
    /// What to tell the person.
    pub announce: Vec<NoticeKind>,
    /// Jobs to queue.
    pub jobs: Vec<NewJob>,
    /// Jobs no longer wanted.
    pub drop_jobs: Vec<JobKey>,
}

impl Step {
    /// The step that makes of `before` its next version, with nothing else yet.
    pub(crate) fn from(before: &Inquiry) -> Self {
        let mut inquiry = before.clone();
        inquiry.version += 1;
        Self::on(inquiry)
    }

    /// The step that writes this inquiry as it is.
    pub(crate) const fn on(inquiry: Inquiry) -> Self {
        Self {
            inquiry,
            happened: Vec::new(),
            claims: Vec::new(),
            confirms: Vec::new(),
            releases: Vec::new(),
            expiries: Vec::new(),
            busy: Vec::new(),
            free: Vec::new(),
            announce: Vec::new(),
            jobs: Vec::new(),
            drop_jobs: Vec::new(),
        }
    }

    /// One step after another, as one: what the second makes of the inquiry that the first leaves.
    ///
    /// # Errors
    /// The second's.
    pub fn then(self, next: impl FnOnce(&Inquiry) -> Result<Self, Refusal>) -> Result<Self, Refusal> {
        let mut after = next(&self.inquiry)?;
        // Both are one change of the record.
        after.inquiry.version = self.inquiry.version;
        after.happened.splice(0..0, self.happened);
        after.claims.splice(0..0, self.claims);
        after.confirms.splice(0..0, self.confirms);
        after.releases.splice(0..0, self.releases);
        after.expiries.splice(0..0, self.expiries);
        after.busy.splice(0..0, self.busy);
        after.free.splice(0..0, self.free);
        after.announce.splice(0..0, self.announce);
        after.jobs.splice(0..0, self.jobs);
        after.drop_jobs.splice(0..0, self.drop_jobs);
        Ok(after)
    }
}

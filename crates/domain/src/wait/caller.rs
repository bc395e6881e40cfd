//! A caller who waits: who, since when, and where they are now.

use super::{AboutCaller, Keyed, Outside, Spent, Turn, WaitDid, WaitRules, WaitStep};
use crate::{
    calendar::Zone,
    callback::CallOutcome,
    codes::{DispositionCode, PassCode, QueueCode, ReasonCode},
    ids::{CallbackId, InquiryId, NodeId, PersonId, StaffId, WaitId},
    phone::PhoneNumber,
    text::Lang,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How many announcements a record keeps: the first ones, and in the last place the newest.
pub const MOST_TOLD: usize = 8;
/// How many calls in vain a record keeps.
pub const MOST_TRIED: usize = 24;

/// A caller who waits for an operator, or has waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingCaller {
    /// Which wait.
    pub id: WaitId,
    /// How many times the record has been written.
    pub version: u64,
    /// For whom they wait.
    pub queue: QueueCode,
    /// The language they chose.
    pub lang: Lang,
    /// What they call about, if they said so.
    pub reason: Option<ReasonCode>,
    /// How soon it must be dealt with.
    pub urgency: Urgency,
    /// Who they are, if that is proved.
    pub person: Option<PersonId>,
    /// The inquiry they call about, if it is known.
    pub inquiry: Option<InquiryId>,
    /// Where they can be called back.
    pub number: Option<PhoneNumber>,
    /// The zone by whose clock they are called, where it is known.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// When they first asked. It never changes.
    pub first_asked: Timestamp,
    /// When they came into the queue they are in.
    pub entered: Timestamp,
    /// Their turn, by the rules at that time.
    pub turn: Turn,
    /// The process that holds their call; none while they are not on the line.
    pub node: Option<NodeId>,
    /// How many grants there have been: the number of the last one.
    pub grants: u64,
    /// Where they are now.
    pub state: State,
    /// What they were told of their wait.
    pub told: Vec<Told>,
    /// When an operator first spoke with them.
    pub talked: Option<Timestamp>,
    /// How the operator says the call ended.
    pub disposition: Option<DispositionCode>,
    /// How often they were called back in vain, and what came of it: the newest [`MOST_TRIED`], oldest first.
    #[serde(default)]
    pub tried: Vec<Tried>,
    /// Who passed them on last, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<Passed>,
    /// The line outside with which they are being connected. What makes it stands still; the place is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
    /// The wait that took up this one's turn, once it was lost and they rang again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<WaitId>,
    /// The call that the agency owes them, if they rang because it had missed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<OwedCall>,
    /// What they have told the line by its keys, for whoever takes down what they ask. It goes when the wait is over.
    #[serde(default, skip_serializing_if = "Keyed::is_empty")]
    pub keyed: Keyed,
    /// Whom one tells apart where it is counted how people are served.
    #[serde(default)]
    pub about: AboutCaller,
    /// Whether the times of operators are kept with it, and whom it was passed on to: not in what older releases began.
    #[serde(default)]
    pub measured: bool,
    /// For how many seconds they held while an operator had them, all in all; none where nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<u32>,
    /// An operator passed the matter on to an officer.
    #[serde(default, skip_serializing_if = "crate::callback::is_not")]
    pub escalated: bool,
    /// The time of the operators who had them, and what they did before and afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<Spent>,
}

/// A call of an officer that is owed and has missed the person. Whoever rings because of it comes before all who asked since it
/// was promised, and to the officer who holds it if that one is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedCall {
    /// About which inquiry. That it is the caller's is proved only if [`WaitingCaller::inquiry`] says so as well.
    pub inquiry: InquiryId,
    /// Which call.
    pub callback: CallbackId,
    /// Who holds it.
    pub officer: Option<StaffId>,
    /// When it was promised.
    pub promised: Timestamp,
    /// How soon its matter must be dealt with.
    pub urgency: Urgency,
}

/// That somebody was passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// By which operator.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// The agency's word for why.
    pub why: Option<PassCode>,
}

/// One call to somebody whose place had come up, who was not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Who called.
    pub operator: StaffId,
    /// When.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How.
    pub outcome: CallOutcome,
}

/// A place among all who wait: turn, then who asked first, then identifier, so that there are no ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    turn: Turn,
    first_asked: Timestamp,
    id: WaitId,
}

/// Where a caller is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum State {
    /// On the line, waiting.
    Waiting,
    /// An operator's telephone rings for them.
    Offered {
        /// The reservation.
        grant: Grant,
        /// Set when they are to be called back: where they return to.
        away: Option<Away>,
    },
    /// An operator took it, and the person is being called back.
    Calling {
        /// Who.
        operator: StaffId,
        /// Since when.
        since: Timestamp,
        /// Where they return to when they are not reached.
        away: Away,
    },
    /// Speaking with an operator.
    Talking {
        /// With whom.
        operator: StaffId,
        /// Since when.
        since: Timestamp,
        /// Were they called back?
        called_back: bool,
    },
    /// Not on the line; the place is kept, and they are called back when it comes up.
    Away(Away),
    /// The wait is over.
    Over {
        /// How.
        how: How,
        /// When.
        at: Timestamp,
    },
}

/// A reservation of one operator for one caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The operator.
    pub operator: StaffId,
    /// The grant's number, by which it is accepted: an answer to an earlier one is too late.
    pub number: u64,
    /// Until when it can be accepted.
    pub until: Timestamp,
}

/// A place that is kept for somebody who is not on the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Why they are not on the line.
    pub why: AwayWhy,
    /// Since when.
    pub since: Timestamp,
    /// How often they were called back in vain.
    pub tries: u8,
    /// They are not called back earlier than this.
    pub not_before: Option<Timestamp>,
}

/// Why a caller is not on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwayWhy {
    /// They chose to be called back instead of holding.
    Asked,
    /// The call was lost.
    Dropped,
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// They held, and spoke with an operator.
    Answered,
    /// They were called back, and spoke with an operator.
    CalledBack,
    /// They hung up, or did not want to be called back any more.
    GaveUp,
    /// The call was lost with no number to call back, or calling back failed as often as is tried.
    Lost,
    /// The line closed, or a supervisor ended the wait.
    Closed,
}

impl How {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::CalledBack => "called-back",
            Self::GaveUp => "gave-up",
            Self::Lost => "lost",
            Self::Closed => "closed",
        }
    }
}

/// What a caller was told of their wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// How many were before them.
    pub ahead: u32,
    /// The estimate, in minutes from then: at least so many.
    pub least: u32,
    /// And at most so many.
    pub most: u32,
}

/// Who asks for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWait {
    /// Which wait.
    pub id: WaitId,
    /// For whom.
    pub queue: QueueCode,
    /// In which language.
    pub lang: Lang,
    /// About what.
    pub reason: Option<ReasonCode>,
    /// How soon.
    pub urgency: Urgency,
    /// Who, if that is proved.
    pub person: Option<PersonId>,
    /// Which inquiry, if it is known.
    pub inquiry: Option<InquiryId>,
    /// Where they can be called back.
    pub number: Option<PhoneNumber>,
    /// The zone by whose clock they are called, where it is known.
    pub zone: Option<Zone>,
    /// When they first asked, if earlier than now.
    pub first_asked: Option<Timestamp>,
    /// The process that holds their call; none when they ask to be called back without being on the line.
    pub node: Option<NodeId>,
    /// The call that is owed to them and has missed them.
    pub owed: Option<OwedCall>,
    /// What they have told the line by its keys.
    pub keyed: Keyed,
    /// Whom one tells apart where it is counted how people are served.
    pub about: AboutCaller,
}

impl WaitingCaller {
    /// Somebody comes into a queue. Without a call that is held, they are to be called back.
    ///
    /// # Errors
    /// [`Refused::NoNumber`](super::Refused::NoNumber) when they are neither on the line nor can be called back.
    pub fn join(new: NewWait, rules: &WaitRules, now: Timestamp) -> Result<WaitStep, super::Refused> {
        let NewWait {
            id,
            queue,
            lang,
            reason,
            urgency,
            person,
            inquiry,
            number,
            zone,
            first_asked,
            node,
            owed,
            keyed,
            about,
        } = new;
        let state = match node {
            Some(_) => State::Waiting,
            None if number.is_none() => return Err(super::Refused::NoNumber),
            None => State::Away(Away { why: AwayWhy::Asked, since: now, tries: 0, not_before: None }),
        };
        let first_asked = first_asked.map_or(now, |then| then.min(now));
        let did = WaitDid::Joined { queue: queue.clone(), reason: reason.clone(), urgency };
        let turn = Turn::of(first_asked, urgency, reason.as_ref(), rules);
        let turn = owed.as_ref().map_or(turn, |owed| turn.min(owed.turn(rules)));
        let caller = Self {
            id,
            version: 1,
            queue,
            lang,
            reason,
            urgency,
            person,
            inquiry,
            number,
            zone,
            first_asked,
            entered: now,
            turn,
            node,
            grants: 0,
            state,
            told: Vec::new(),
            talked: None,
            disposition: None,
            tried: Vec::new(),
            passed: None,
            returned: None,
            outside: None,
            owed,
            keyed,
            about,
            measured: true,
            held: None,
            escalated: false,
            spent: Vec::new(),
        };
        Ok(WaitStep::of(caller, None, did))
    }

    /// Somebody who would ask now, for an estimate: never a record.
    pub(super) fn who_asks(queue: QueueCode, lang: Lang, node: Option<NodeId>, now: Timestamp) -> Self {
        Self {
            // Behind every other that asked in the same instant.
            id: WaitId::from_uuid(uuid::Uuid::max()),
            version: 0,
            queue,
            lang,
            reason: None,
            urgency: Urgency::Regular,
            person: None,
            inquiry: None,
            number: None,
            zone: None,
            first_asked: now,
            entered: now,
            turn: Turn { band: 1, at: now },
            node,
            grants: 0,
            state: State::Waiting,
            told: Vec::new(),
            talked: None,
            disposition: None,
            tried: Vec::new(),
            passed: None,
            returned: None,
            outside: None,
            owed: None,
            keyed: Keyed::default(),
            about: AboutCaller::default(),
            measured: true,
            held: None,
            escalated: false,
            spent: Vec::new(),
        }
    }

    /// Their place among all who wait.
    pub const fn place(&self) -> Place {
        Place { turn: self.turn, first_asked: self.first_asked, id: self.id }
    }

    /// Their score in minutes: waited since they first asked, plus the minutes of priority. Told on a wallboard; the order
    /// itself is [`Self::place`].
    pub fn score(&self, now: Timestamp) -> i64 {
        let from = if self.turn.band == 0 { self.first_asked } else { self.turn.at };
        now.duration_since(from).as_mins()
    }

    /// Is the wait not over?
    pub const fn is_live(&self) -> bool {
        !matches!(self.state, State::Over { .. })
    }

    /// The operator they are offered to or speak with.
    pub const fn operator(&self) -> Option<StaffId> {
        match &self.state {
            State::Offered { grant, .. } => Some(grant.operator),
            State::Calling { operator, .. } | State::Talking { operator, .. } => Some(*operator),
            State::Waiting | State::Away(_) | State::Over { .. } => None,
        }
    }

    /// Can an operator be offered to them now?
    pub fn is_due(&self, now: Timestamp) -> bool {
        match &self.state {
            State::Waiting => self.outside.as_ref().is_none_or(|outside| outside.until <= now),
            State::Away(away) => away.not_before.is_none_or(|then| then <= now),
            _ => false,
        }
    }

    /// How long they waited until an operator first spoke with them, or the wait ended, or until now.
    pub fn waited(&self, now: Timestamp) -> SignedDuration {
        let until = match (self.talked, &self.state) {
            (Some(talked), _) => talked,
            (None, State::Over { at, .. }) => *at,
            (None, _) => now,
        };
        until.duration_since(self.first_asked)
    }

    /// Writes down what they were told of their wait, so that it can be compared with what came true.
    #[must_use]
    pub fn tell(&self, told: Told) -> Self {
        let mut next = self.next();
        if next.told.len() >= MOST_TOLD {
            next.told.truncate(MOST_TOLD - 1);
        }
        next.told.push(told);
        next
    }

    /// The record's next version.
    pub(super) fn next(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }
}

impl State {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered { .. } => "offered",
            Self::Calling { .. } => "calling",
            Self::Talking { .. } => "talking",
            Self::Away(_) => "away",
            Self::Over { .. } => "over",
        }
    }
}

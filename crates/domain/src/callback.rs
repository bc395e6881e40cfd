//! A callback: a promised call, its attempts and its outcome.

pub mod retry;

use crate::{
    actor::Actor,
    calendar::windows::Window,
    codes::PassCode,
    ids::{CallbackId, StaffId},
    pii::Pii,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How one attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallOutcome {
    /// The person was reached and spoken with.
    Reached,
    /// It rang and nobody answered.
    NoAnswer,
    /// Busy.
    Busy,
    /// Somebody answered and the person did not want, or could not come, to talk.
    Declined,
    /// A machine answered; a neutral message was left where the person allows it.
    Machine,
    /// The number reaches somebody else, or nobody.
    WrongNumber,
    /// The call could not be made: our own line or the network failed. It says nothing about the person.
    LineFault,
}

impl CallOutcome {
    /// Every outcome, in the order a form shows them.
    pub const ALL: [Self; 7] = [
        Self::Reached,
        Self::NoAnswer,
        Self::Busy,
        Self::Machine,
        Self::Declined,
        Self::WrongNumber,
        Self::LineFault,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no-answer",
            Self::Busy => "busy",
            Self::Declined => "declined",
            Self::Machine => "machine",
            Self::WrongNumber => "wrong-number",
            Self::LineFault => "line-fault",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == s)
    }
}

/// One attempt to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Who called.
    pub officer: StaffId,
    /// When the officer began to dial.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How.
    pub outcome: CallOutcome,
    /// It was the person who rang, after a call of ours had missed them.
    #[serde(default, skip_serializing_if = "is_not")]
    pub theirs: bool,
}

/// For serde: what is not so need not be written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
pub(crate) const fn is_not(so: &bool) -> bool {
    !*so
}

/// Why a promised call went to somebody else by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenWhy {
    /// The officer who held it was not there when its window came near.
    OfficerAbsent,
    /// They were not, and nor was anybody else who may make it.
    NobodyThere,
    /// Whoever was making it makes none any more: the agency's provider says so.
    NoLonger,
}

impl GivenWhy {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OfficerAbsent => "officer-absent",
            Self::NobodyThere => "nobody-there",
            Self::NoLonger => "no-longer",
        }
    }
}

/// A promised call was given to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// By which officer it was held until then; none: by nobody, or by whom older releases did not write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<StaffId>,
    /// To which officer; none: to whoever is on duty.
    pub to: Option<StaffId>,
    /// Why, in the words of whoever gave it.
    pub because: Pii<String>,
    /// Why, where nobody gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<GivenWhy>,
}

/// A promised call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// Which callback. It stays the same when the window moves: it is still the same promise.
    pub id: CallbackId,
    /// The promised window.
    pub window: Window,
    /// The officer who holds it; none while any officer on duty may take it.
    pub owner: Option<StaffId>,
    /// When to dial next: the planned time in the window, later the next rung of the ladder.
    pub next_attempt: Timestamp,
    /// When it was promised, and by whom.
    pub promised_at: Timestamp,
    /// Who promised it (an officer, or the person who chose the window).
    pub promised_by: Actor,
    /// How often the window has moved at the person's wish.
    pub moves: u8,
    /// Attempts so far, in order.
    pub attempts: Vec<Attempt>,
    /// When the promise was found broken: the window ended and nobody had called.
    pub broken_at: Option<Timestamp>,
    /// By when the next attempt should have been begun, once there was one in the window.
    #[serde(default)]
    pub again_by: Option<Timestamp>,
    /// How often another window was promised because nobody was reached in the one before.
    #[serde(default)]
    pub renewed: u8,
    /// What is done besides, when nobody was reached and there is no next call.
    #[serde(default)]
    pub then: Option<retry::Then>,
    /// To whom it was given by whoever runs the desk, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Given>,
    /// What the operator who passed the matter on tells the officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Brief>,
}

/// What an operator who passes a matter on tells the officer who will call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// The agency's word for why it goes to an officer.
    pub why: Option<PassCode>,
    /// What was said, in their own words.
    pub summary: Pii<String>,
}

impl Callback {
    /// The attempts since the promised window began: those before were for an earlier one.
    pub fn in_window(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| attempt.started >= self.window.start)
    }

    /// Has a call in the window missed the person, or was none made? Then somebody who rings from their number may be put
    /// through at once.
    pub fn was_missed(&self) -> bool {
        self.broken_at.is_some() || self.in_window().next().is_some()
    }

    /// How it last went to somebody else by itself, if it has been with them since.
    pub fn taken_over(&self) -> Option<&Given> {
        self.given.last().filter(|given| given.why.is_some() && given.to == self.owner)
    }

    /// Was nobody there who could make it, when its officer was found absent, and has nobody taken it since?
    pub fn is_left(&self) -> bool {
        self.taken_over().is_some_and(|given| given.why == Some(GivenWhy::NobodyThere))
    }

    /// By when the call that is owed should have been begun.
    pub fn due(&self) -> Timestamp {
        self.again_by.unwrap_or(self.window.end)
    }

    /// Has the window ended without a single attempt?
    pub fn is_broken(&self, now: Timestamp) -> bool {
        self.in_window().next().is_none() && now >= self.window.end
    }

    /// Was the promise kept, in hindsight: was the first attempt inside the window?
    pub fn was_kept(&self) -> Option<bool> {
        match self.in_window().next() {
            Some(first) => Some(first.started >= self.window.start && first.started < self.window.end),
            None => self.broken_at.map(|_| false),
        }
    }
}

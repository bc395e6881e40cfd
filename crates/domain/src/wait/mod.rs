//! The wait: callers who wait for an operator, operators who wait for callers, and who comes next.
//!
//! A caller's place is when they first asked, moved forward by the minutes of priority that the agency's rules give; it
//! never changes, whatever becomes of the call. A grant is a reservation with a number: it is accepted, declined or runs
//! out, and in the last two cases the caller is where they were before.

mod about;
mod caller;
mod consulting;
mod did;
mod estimate;
mod hours;
mod matching;
mod moves;
mod node;
mod only;
mod operator;
mod outside;
mod passing;
mod returning;
mod rules;
mod spells;
mod talks;
mod turn;

pub use about::{AboutCaller, Keyed, phone_key};
pub use caller::{
    Away, AwayWhy, Grant, How, MOST_TOLD, MOST_TRIED, NewWait, OwedCall, Passed, Place, State, Told, Tried,
    WaitingCaller,
};
pub use did::WaitDid;
pub use estimate::{Accuracy, Band, LEAST_BASIS, Likely, Standing, likely, standings};
pub use hours::CallHours;
pub use matching::{Apart, Match, can_serve, match_up};
pub use node::LineNode;
pub use only::{Only, Untaken};
pub use operator::{Choice, Handled, Operator, OperatorDid, Skills, Status, Unready};
pub use outside::{Outside, OutsideEnd, OutsideLine, SentOut};
pub use passing::PassTo;
pub use rules::{Named, Priority, Ring, WaitRules, WaitRulesAsWritten, WaitRulesError};
pub use spells::{MOST_SPELLS, Spell, Spent, Was};
pub use turn::Turn;

use crate::journal::Happened;
use serde::{Deserialize, Serialize};

/// For how many days a wait that is over is kept; what it led to is in the journal, which has no number in it.
pub const KEPT_DAYS: i64 = 30;

/// Why something cannot be done about a wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refused {
    /// The caller is not where this can be done.
    #[error("not possible while the caller is {state}")]
    Caller {
        /// Where they are.
        state: String,
    },
    /// The operator is not where this can be done.
    #[error("not possible while the operator is {state}")]
    Operator {
        /// Where they are.
        state: String,
    },
    /// The grant has run out, or was of another operator.
    #[error("the grant is over")]
    GrantOver,
    /// The grant has time left.
    #[error("the grant has not run out")]
    GrantLasts,
    /// There is no number to call the person back.
    #[error("there is no number to call back")]
    NoNumber,
    /// The person is not to be called back yet.
    #[error("not to be called back yet")]
    NotYet,
    /// The rules have no such word for why an operator is not ready, or for how a call ended.
    #[error("no such word in the rules of the wait")]
    NoSuchWord,
    /// The colleague to whom somebody is passed on is not ready, or cannot be connected.
    #[error("the colleague is not free")]
    NotFree,
    /// They wait in that queue already.
    #[error("they wait in that queue already")]
    SameQueue,
    /// The time for wrapping up is as long as it may be.
    #[error("the wrap-up cannot be extended further")]
    LongEnough,
}

impl Refused {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Caller { .. } => "caller",
            Self::Operator { .. } => "operator",
            Self::GrantOver => "grant-over",
            Self::GrantLasts => "grant-lasts",
            Self::NoNumber => "no-number",
            Self::NotYet => "not-yet",
            Self::NoSuchWord => "no-such-word",
            Self::NotFree => "not-free",
            Self::SameQueue => "same-queue",
            Self::LongEnough => "long-enough",
        }
    }
}

/// What a rule does to a caller who waits, and to the operator concerned: written together, or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitStep {
    /// The caller afterwards, if they are touched.
    pub caller: Option<WaitingCaller>,
    /// The operator afterwards, if they are touched.
    pub operator: Option<Operator>,
    /// What to write in the journal.
    pub happened: Vec<Happened>,
}

impl WaitStep {
    fn of(mut caller: WaitingCaller, mut operator: Option<Operator>, did: WaitDid) -> Self {
        let wraps_up =
            |one: &&mut Operator| matches!(one.status, Status::WrapUp { caller: of, .. } if of == caller.id);
        if let Some(operator) = operator.as_mut().filter(wraps_up) {
            caller.takes_time(operator);
        }
        if !caller.is_live() {
            // Nobody takes anything down any more who would have to ask for it again.
            caller.keyed = Keyed::default();
        }
        if !matches!(caller.state, State::Waiting) {
            // They went on from where they were waiting to be connected.
            caller.outside = None;
        }
        let happened = vec![Happened::Wait { caller: caller.id, did }];
        Self { caller: Some(caller), operator, happened }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod walks;

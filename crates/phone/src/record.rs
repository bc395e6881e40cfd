//! What happened in a call, for the record and the figures: codes and times, nothing that was said or keyed.

use crate::exchange::Fault;
use jiff::Timestamp;
use sip::{Ended, TrunkId};

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The line had said everything and hung up.
    Finished,
    /// The caller hung up.
    HungUp,
    /// The caller hung up before the line was there.
    Early,
    /// Nothing was heard of the caller any more.
    Silent,
    /// The caller's side never acknowledged, never refreshed, or lost its connection.
    Lost,
    /// What the two sides can speak does not fit.
    NoAgreement,
    /// The exchange was stopped.
    Stopped,
}

impl Ending {
    /// From what signalling says.
    pub const fn of(why: Ended) -> Self {
        match why {
            Ended::ByPeer => Self::HungUp,
            Ended::Cancelled => Self::Early,
            Ended::Ours => Self::Finished,
            Ended::Failed(_) | Ended::NoAck | Ended::SessionExpired | Ended::TransportLost => Self::Lost,
            Ended::NoAgreement => Self::NoAgreement,
        }
    }

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::HungUp => "hung-up",
            Self::Early => "early",
            Self::Silent => "silent",
            Self::Lost => "lost",
            Self::NoAgreement => "no-agreement",
            Self::Stopped => "stopped",
        }
    }
}

/// What is known of a call while it goes on.
#[derive(Debug, Clone)]
pub struct Record {
    /// By which trunk it came; none for a browser.
    pub trunk: Option<TrunkId>,
    /// When it came.
    pub began: Timestamp,
    /// The states of the line that were entered, the newest last; the oldest of very long calls are left out.
    pub states: Vec<String>,
    /// How many lookups failed.
    pub failures: u32,
    /// How many prompts could not be said.
    pub unsaid: u32,
    /// What went wrong, each once, in the order in which it first did.
    pub faults: Vec<Fault>,
}

/// So many states of a call are remembered.
const STATES: usize = 200;

impl Record {
    /// A call has come.
    pub const fn begin(trunk: Option<TrunkId>, began: Timestamp) -> Self {
        Self { trunk, began, states: Vec::new(), failures: 0, unsaid: 0, faults: Vec::new() }
    }

    /// Something went wrong.
    pub fn fault(&mut self, fault: Fault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// A state was entered.
    pub fn entered(&mut self, state: String) {
        if self.states.len() == STATES {
            self.states.remove(0);
        }
        self.states.push(state);
    }
}

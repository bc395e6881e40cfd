//! What is due, and when.

use crate::{CallId, TrunkId, api::ConnectId};
use std::{collections::BTreeMap, time::Instant};

/// Something that becomes due.
#[derive(Clone, PartialEq, Eq)]
pub enum Due {
    ServerResend(String),
    ServerEnd(String),
    ClientResend(String),
    ClientEnd(String),
    Call(CallId, CallDue),
    Register(TrunkId),
    Ping(TrunkId),
    Connect(ConnectId),
}

/// What becomes due in a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CallDue {
    /// Our 2xx is sent again.
    Answer,
    /// Nobody acknowledged it.
    NoAck,
    /// A reliable provisional answer is sent again.
    Provisional,
    /// Nobody acknowledged that.
    NoPrack,
    /// The one we call has rung for long enough.
    Ringing,
    /// The trunk should have said something by now.
    Silent,
    /// Time to refresh the session.
    Refresh,
    /// The session was not refreshed.
    Expired,
    /// A change that met another is tried again.
    Retry,
    /// A transfer that we were asked for was not decided.
    Transfer,
}

/// One set timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimerId(Instant, u64);

/// All set timers.
#[derive(Default)]
pub struct Timers {
    queue: BTreeMap<(Instant, u64), Due>,
    count: u64,
}

impl Timers {
    pub fn set(&mut self, at: Instant, due: Due) -> TimerId {
        self.count += 1;
        self.queue.insert((at, self.count), due);
        TimerId(at, self.count)
    }

    pub fn cancel(&mut self, timer: &mut Option<TimerId>) {
        if let Some(TimerId(at, count)) = timer.take() {
            self.queue.remove(&(at, count));
        }
    }

    pub fn pop(&mut self, now: Instant) -> Option<Due> {
        let entry = self.queue.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove())
    }

    pub fn next(&self) -> Option<Instant> {
        self.queue.keys().next().map(|(at, _)| *at)
    }

    pub fn len(&self) -> usize {
        self.queue.len()
    }
}

//! The record of a call: what became of it, in codes, times and identifiers.
//!
//! It holds nothing that was said or keyed, and no telephone number: a number is known again by a [`PhoneKey`], from which
//! nobody who lacks the installation's key finds it. A record is written while the call goes on only if it lasts, and once
//! when it is over; what a process that died held is ended by whoever takes its calls over.

mod fault;
mod turned_away;

pub use fault::CallFault;
pub use turned_away::TurnedAway;

use crate::{
    callback::CallOutcome,
    ids::{CallRecordId, InquiryId, NodeId, StaffId, WaitId},
    journal::Happened,
    listening::Listened,
    phone::PhoneKey,
    recording::{self, Recorded},
    text::Lang,
    wait::{Band, SentOut},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// For how many days the record of a call is kept, and with it that its number called: two years. The journal keeps that
/// there was a call.
pub const KEPT_DAYS: i64 = 731;

/// So many states of the line are kept of a call: the first ones and the newest.
pub const MOST_STATES: usize = 60;

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Somebody called the line by telephone.
    In,
    /// Somebody called the line from the public page.
    Browser,
    /// The agency called.
    Out,
}

impl Way {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Browser => "browser",
            Self::Out => "out",
        }
    }
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallEnd {
    /// The line told what was asked; no person was needed.
    Line,
    /// They spoke with an operator.
    Operator,
    /// They were passed on to somebody outside.
    Transferred,
    /// They chose to be called back.
    CallBack,
    /// The call ended while they waited; the place is kept.
    KeptPlace,
    /// They hung up with nothing told, or gave up waiting.
    Left,
    /// The agency called, and they spoke.
    Reached,
    /// The agency called, and nobody spoke.
    NotReached,
    /// Something went wrong: see the record's faults.
    Fault,
}

impl CallEnd {
    /// Every end.
    pub const ALL: [Self; 9] = [
        Self::Line,
        Self::Operator,
        Self::Transferred,
        Self::CallBack,
        Self::KeptPlace,
        Self::Left,
        Self::Reached,
        Self::NotReached,
        Self::Fault,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Operator => "operator",
            Self::Transferred => "transferred",
            Self::CallBack => "call-back",
            Self::KeptPlace => "kept-place",
            Self::Left => "left",
            Self::Reached => "reached",
            Self::NotReached => "not-reached",
            Self::Fault => "fault",
        }
    }
}

/// What was looked up in a call, by what sort of thing it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LookedUp {
    /// `case`, `office`, `inquiry` …: never which one.
    pub what: String,
    /// Whether it was found, or done.
    pub found: bool,
}

/// The wait that belongs to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallWait {
    /// Which.
    pub id: WaitId,
    /// The estimate that was told first, in minutes: at least, and at most.
    pub told: Option<(u32, u32)>,
    /// For how many seconds they waited in this call.
    pub seconds: u32,
}

impl CallWait {
    /// Did what came true lie in what was told? Nothing where nothing was told.
    pub fn came_true(&self) -> Option<bool> {
        self.told.map(|(least, most)| (least * 60..=most * 60).contains(&self.seconds))
    }

    /// Keeps what was told first.
    pub const fn tell(&mut self, band: Band) {
        if self.told.is_none() {
            self.told = Some((band.least, band.most));
        }
    }
}

/// The record of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// Which call.
    pub id: CallRecordId,
    /// How many times the record has been written.
    pub version: u64,
    /// Which way it went.
    pub way: Way,
    /// The trunk that carried it, by its name; none for a browser.
    pub trunk: Option<String>,
    /// The process that holds it; none once it is over.
    pub node: Option<NodeId>,
    /// By what its number is known again; none when it was withheld.
    pub phone: Option<PhoneKey>,
    /// The language it was in last.
    pub lang: Option<Lang>,
    /// When it came, or was dialled.
    pub began: Timestamp,
    /// When it was over; none while it goes on.
    pub ended: Option<Timestamp>,
    /// The states of the line that were entered, in order.
    pub states: Vec<String>,
    /// What was looked up, in order, each sort once for each way it came out.
    pub looked_up: BTreeSet<LookedUp>,
    /// The last wait for an operator, if there was one.
    pub wait: Option<CallWait>,
    /// The last member of staff who spoke in it.
    pub staff: Option<StaffId>,
    /// The inquiry it was about, if that is known.
    pub inquiry: Option<InquiryId>,
    /// Whether the caller showed that the inquiry is theirs, or was called about it.
    pub proved: bool,
    /// Of a call that the agency made: what came of it.
    pub outcome: Option<CallOutcome>,
    /// What went wrong.
    pub faults: BTreeSet<CallFault>,
    /// What became of it; none while it goes on.
    pub end: Option<CallEnd>,
    /// Who listened, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listened: Vec<Listened>,
    /// What of it was recorded, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<Recorded>,
    /// When the caller refused to be recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_recording: Option<Timestamp>,
    /// To which lines outside the caller was passed on, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<SentOut>,
    /// Why the caller, who asked for a person, was not let in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turned_away: Option<TurnedAway>,
}

/// What a call came to, as whoever held it knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each may have come about or not, whatever the others did")]
pub struct Came {
    /// Somebody of the agency and the other side heard each other.
    pub talked: bool,
    /// They were passed on to somebody outside.
    pub transferred: bool,
    /// They were promised to be called back.
    pub promised: bool,
    /// The place they had is kept.
    pub kept: bool,
    /// The line had said everything, or something that was looked up was told.
    pub told: bool,
}

/// A state of the line was entered.
pub fn enter(states: &mut Vec<String>, state: String) {
    if states.len() == MOST_STATES {
        // The beginning says what they came for, the end how it went.
        states.remove(MOST_STATES / 2);
    }
    states.push(state);
}

impl CallRecord {
    /// A call has come, or is dialled.
    pub const fn begin(id: CallRecordId, way: Way, began: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            way,
            trunk: None,
            node: None,
            phone: None,
            lang: None,
            began,
            ended: None,
            states: Vec::new(),
            looked_up: BTreeSet::new(),
            wait: None,
            staff: None,
            inquiry: None,
            proved: false,
            outcome: None,
            faults: BTreeSet::new(),
            end: None,
            listened: Vec::new(),
            recorded: Vec::new(),
            refused_recording: None,
            outside: Vec::new(),
            turned_away: None,
        }
    }

    /// A state of the line was entered.
    pub fn entered(&mut self, state: String) {
        enter(&mut self.states, state);
    }

    /// The call is over. What the other side got comes before what went wrong.
    pub fn over(&mut self, came: Came, now: Timestamp) {
        self.node = None;
        self.ended = Some(now.max(self.began));
        // Nobody listens to what is over, whoever could not say so any more.
        for listened in &mut self.listened {
            listened.until.get_or_insert(now);
        }
        recording::end(&mut self.recorded, now);
        self.end = Some(self.end_of(came));
    }

    fn end_of(&self, came: Came) -> CallEnd {
        if self.way == Way::Out {
            return if came.talked { CallEnd::Reached } else { CallEnd::NotReached };
        }
        if came.transferred {
            CallEnd::Transferred
        } else if came.talked {
            CallEnd::Operator
        } else if came.promised {
            CallEnd::CallBack
        } else if came.kept {
            CallEnd::KeptPlace
        } else if self.faults.iter().any(|fault| fault.ends()) {
            CallEnd::Fault
        } else if came.told {
            CallEnd::Line
        } else {
            CallEnd::Left
        }
    }

    /// The process that held the call is gone. Where somebody spoke, or what became of the place, the wait's own record says.
    #[must_use]
    pub fn node_lost(&self, now: Timestamp) -> Self {
        let mut next = Self { version: self.version + 1, ..self.clone() };
        next.faults.insert(CallFault::NodeLost);
        let transferred = self.outside.last().is_some_and(|sent| sent.answered.is_some());
        let (talked, kept) = (self.staff.is_some(), self.wait.is_some());
        let came = Came { talked, transferred, kept, ..Came::default() };
        next.over(came, now);
        next
    }

    /// How long it lasted, in whole seconds; until now while it goes on.
    pub fn seconds(&self, now: Timestamp) -> u32 {
        let span = self.ended.unwrap_or(now).duration_since(self.began);
        u32::try_from(span.as_secs().max(0)).unwrap_or(u32::MAX)
    }

    /// What the journal says of it once it is over.
    pub fn happened(&self) -> Option<Happened> {
        let (end, ended) = (self.end?, self.ended?);
        Some(Happened::Called {
            call: self.id,
            way: self.way,
            end,
            seconds: self.seconds(ended),
            proved: self.proved,
            faults: self.faults.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn call(way: Way) -> CallRecord {
        CallRecord::begin(CallRecordId::new(now(), &[1; 10]), way, now())
    }

    fn end(way: Way, faults: &[CallFault], came: Came) -> CallEnd {
        let mut call = call(way);
        call.faults.extend(faults);
        call.over(came, now() + SignedDuration::from_secs(61));
        assert_eq!((call.seconds(now()), call.node), (61, None));
        call.end.unwrap()
    }

    #[test]
    fn what_the_caller_got_comes_before_what_went_wrong() {
        let none = Came::default();
        let lost = [CallFault::TrunkLost];
        assert_eq!(end(Way::In, &[], none), CallEnd::Left);
        assert_eq!(end(Way::In, &[], Came { told: true, ..none }), CallEnd::Line);
        assert_eq!(end(Way::In, &lost, Came { told: true, ..none }), CallEnd::Fault);
        assert_eq!(end(Way::In, &lost, Came { kept: true, ..none }), CallEnd::KeptPlace);
        assert_eq!(end(Way::In, &lost, Came { talked: true, kept: true, ..none }), CallEnd::Operator);
        assert_eq!(end(Way::Browser, &[], Came { promised: true, told: true, ..none }), CallEnd::CallBack);
        assert_eq!(end(Way::In, &[], Came { talked: true, transferred: true, ..none }), CallEnd::Transferred);
        // A lookup that failed, or a word that was not said, ends no call.
        for fault in [CallFault::StoreFailed, CallFault::VoiceFailed, CallFault::BrowserGone] {
            assert_eq!(end(Way::In, &[fault], Came { told: true, ..none }), CallEnd::Line, "{fault:?}");
        }
        assert_eq!(end(Way::Out, &lost, none), CallEnd::NotReached);
        assert_eq!(end(Way::Out, &lost, Came { talked: true, ..none }), CallEnd::Reached);
    }

    #[test]
    fn a_lost_process_ends_its_calls_and_says_so() {
        let mut call = call(Way::In);
        call.node = Some(NodeId::new(now(), &[2; 10]));
        let wait = CallWait { id: WaitId::new(now(), &[3; 10]), told: None, seconds: 0 };
        call.wait = Some(wait);
        let lost = call.node_lost(now() + SignedDuration::from_secs(20));
        assert_eq!((lost.version, lost.node, lost.end), (2, None, Some(CallEnd::KeptPlace)));
        assert!(lost.faults.contains(&CallFault::NodeLost));
        assert!(matches!(lost.happened(), Some(Happened::Called { seconds: 20, .. })));
        assert_eq!(call.happened(), None, "a call that goes on is not told");
    }

    #[test]
    fn the_beginning_and_the_end_of_a_long_call_are_kept() {
        let mut call = call(Way::In);
        for n in 0..MOST_STATES * 3 {
            call.entered(n.to_string());
        }
        assert_eq!(call.states.len(), MOST_STATES);
        assert_eq!(call.states.first().map(String::as_str), Some("0"));
        assert_eq!(call.states.last().cloned(), Some((MOST_STATES * 3 - 1).to_string()));
    }

    #[test]
    fn an_estimate_came_true_inside_its_band() {
        let mut wait = CallWait { id: WaitId::new(now(), &[3; 10]), told: None, seconds: 180 };
        assert_eq!(wait.came_true(), None);
        wait.tell(Band { least: 3, most: 5 });
        wait.tell(Band { least: 0, most: 1 });
        assert_eq!(wait.came_true(), Some(true), "what was told first counts");
        assert_eq!(CallWait { seconds: 301, ..wait }.came_true(), Some(false));
    }
}

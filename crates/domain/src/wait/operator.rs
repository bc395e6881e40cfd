//! An operator on duty: what they can do, and whether they are ready.

use super::{Only, Refused, Spell, WaitRules, WaitStep};
use crate::{
    codes::{PauseCode, QueueCode, ReasonCode},
    ids::{NodeId, StaffId, WaitId},
    journal::Happened,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many calls' times an operator's record keeps.
const MOST_HANDLED: usize = 16;

/// An operator, from their first day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Which member of staff.
    pub id: StaffId,
    /// How many times the record has been written.
    pub version: u64,
    /// Whom they can serve.
    pub skills: Skills,
    /// What they take of that right now.
    #[serde(default, skip_serializing_if = "Only::is_all")]
    pub only: Only,
    /// The process that their browser is connected to; none when they can be reached from every process.
    pub node: Option<NodeId>,
    /// Where they are. What runs out by itself is looked at through [`Self::settled`].
    pub status: Status,
    /// What they chose to do once they are free.
    pub next: Option<Choice>,
    /// How long their last calls took, oldest first.
    pub handled: Vec<Handled>,
    /// The pieces of their time that no caller's record keeps yet, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Spell>,
    /// Until when their time stands in pieces; what goes on since is [`Self::status`]. None in a record of an older release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Timestamp>,
}

/// Whom an operator can serve.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Skills {
    /// The queues they serve; empty: every queue.
    pub queues: BTreeSet<QueueCode>,
    /// The languages they speak with people.
    pub langs: BTreeSet<Lang>,
    /// What they deal with; empty: everything.
    pub reasons: BTreeSet<ReasonCode>,
}

/// Where an operator is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Status {
    /// Not on duty.
    Off,
    /// On duty, and not ready.
    NotReady {
        /// Why.
        why: Unready,
        /// Since when.
        since: Timestamp,
        /// Ready again at this time by itself.
        until: Option<Timestamp>,
    },
    /// Waiting for a caller.
    Ready {
        /// Since when: who waited longest is rung first.
        since: Timestamp,
    },
    /// Their telephone rings.
    Ringing {
        /// For whom.
        caller: WaitId,
        /// The grant's number.
        grant: u64,
        /// Since when they were ready: given back when the caller goes.
        idle_since: Timestamp,
    },
    /// Speaking with somebody, or calling them back.
    Talking {
        /// With whom.
        caller: WaitId,
        /// Since when.
        since: Timestamp,
    },
    /// Writing down what came of the call.
    WrapUp {
        /// Of whose.
        caller: WaitId,
        /// Since when.
        since: Timestamp,
        /// Over at this time by itself.
        until: Timestamp,
    },
}

/// Why an operator is not ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Unready {
    /// They said so.
    Chosen {
        /// The agency's word for why.
        reason: Option<PauseCode>,
    },
    /// They declined a call a moment ago.
    Declined,
    /// They let it ring.
    Unanswered,
    /// Their browser was lost.
    Lost,
    /// A colleague asks them about a caller.
    Asked,
    /// They listen to a colleague's call.
    Listens,
}

/// What an operator chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "kebab-case")]
pub enum Choice {
    /// Ready for the next caller.
    Ready,
    /// On duty, and not ready.
    NotReady {
        /// The agency's word for why.
        reason: Option<PauseCode>,
    },
    /// Not on duty any more.
    Off,
}

/// How long one call took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    /// When it ended.
    pub at: Timestamp,
    /// Talk and wrap-up, in seconds.
    pub seconds: u32,
}

/// What happened to an operator, as the journal keeps it.
#[expect(missing_docs, reason = "each field is what its type says")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum OperatorDid {
    /// They are ready.
    Ready,
    /// They are not ready.
    NotReady { reason: Option<PauseCode> },
    /// They are not on duty any more.
    Off,
    /// What they chose holds once they are free.
    Later { choice: Choice },
    /// They take only these queues and languages now; none named: all that they can serve.
    TakesOnly { queues: BTreeSet<QueueCode>, langs: BTreeSet<Lang> },
    /// They wrap up for longer.
    WrapUpExtended { until: Timestamp },
    /// Their browser was lost.
    Lost,
}

impl Status {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NotReady { .. } => "not-ready",
            Self::Ready { .. } => "ready",
            Self::Ringing { .. } => "ringing",
            Self::Talking { .. } => "talking",
            Self::WrapUp { .. } => "wrap-up",
        }
    }

    /// The caller whom the operator has.
    pub const fn caller(&self) -> Option<WaitId> {
        match self {
            Self::Ringing { caller, .. } | Self::Talking { caller, .. } => Some(*caller),
            Self::Off | Self::NotReady { .. } | Self::Ready { .. } | Self::WrapUp { .. } => None,
        }
    }

    fn chosen(choice: Choice, at: Timestamp) -> Self {
        match choice {
            Choice::Ready => Self::Ready { since: at },
            Choice::NotReady { reason } => {
                Self::NotReady { why: Unready::Chosen { reason }, since: at, until: None }
            }
            Choice::Off => Self::Off,
        }
    }
}

impl Operator {
    /// An operator who was never on duty, before their first choice.
    pub const fn new(id: StaffId) -> Self {
        let skills = Skills { queues: BTreeSet::new(), langs: BTreeSet::new(), reasons: BTreeSet::new() };
        Self {
            id,
            version: 0,
            skills,
            only: Only { queues: BTreeSet::new(), langs: BTreeSet::new() },
            node: None,
            status: Status::Off,
            next: None,
            handled: Vec::new(),
            spells: Vec::new(),
            counted: None,
        }
    }

    /// The operator at `now`: wrap-up and pauses that have run out are over.
    #[must_use]
    pub fn settled(&self, now: Timestamp) -> Self {
        let mut settled = self.clone();
        match settled.status.clone() {
            Status::WrapUp { since, until, .. } if until <= now => {
                settled.wrapped(since, until);
                settled.free(until);
            }
            Status::NotReady { until: Some(until), .. } if until <= now => settled.free(until),
            _ => {}
        }
        settled
    }

    /// Are they on duty, and there for callers sooner or later without choosing anything?
    pub const fn is_serving(&self) -> bool {
        match &self.status {
            Status::Ready { .. } | Status::Ringing { .. } => true,
            Status::Talking { .. } | Status::WrapUp { .. } => {
                matches!(self.next, None | Some(Choice::Ready))
            }
            Status::NotReady { until, .. } => until.is_some(),
            Status::Off => false,
        }
    }

    /// Ready, not ready or off: at once, or once they are free. At once, it also says whom they serve and where they are.
    ///
    /// # Errors
    /// [`Refused::NoSuchWord`].
    pub fn choose(
        &self,
        choice: Choice,
        at_desk: Option<(Skills, Option<NodeId>)>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        if let Choice::NotReady { reason: Some(reason) } = &choice
            && !rules.knows_pause(reason)
        {
            return Err(Refused::NoSuchWord);
        }
        let mut operator = self.next(now);
        let did = match operator.status.clone() {
            Status::Ringing { .. } | Status::Talking { .. } => {
                operator.next = Some(choice.clone());
                OperatorDid::Later { choice }
            }
            before => {
                if let Some((skills, node)) = at_desk {
                    (operator.skills, operator.node) = (skills, node);
                }
                if let Status::WrapUp { since, .. } = before {
                    operator.wrapped(since, now);
                }
                operator.next = None;
                let did = match &choice {
                    Choice::Ready => OperatorDid::Ready,
                    Choice::NotReady { reason } => OperatorDid::NotReady { reason: reason.clone() },
                    Choice::Off => OperatorDid::Off,
                };
                // Whoever says again that they are ready does not lose their turn.
                if !matches!((&before, &choice), (Status::Ready { .. }, Choice::Ready)) {
                    operator.stand(choice, now);
                }
                did
            }
        };
        let happened = vec![Happened::Operator { operator: operator.id, did }];
        Ok(WaitStep { caller: None, operator: Some(operator), happened })
    }

    /// More time for wrapping up.
    ///
    /// # Errors
    /// [`Refused::Operator`] when they do not wrap up; [`Refused::LongEnough`].
    pub fn extend_wrap_up(&self, rules: &WaitRules, now: Timestamp) -> Result<WaitStep, Refused> {
        let mut operator = self.next(now);
        let Status::WrapUp { caller, since, until } = operator.status else {
            return Err(operator.elsewhere());
        };
        let (by, longest) = rules.wrap_up_more();
        let later = after(until, by).min(after(since, longest));
        if later <= until {
            return Err(Refused::LongEnough);
        }
        operator.status = Status::WrapUp { caller, since, until: later };
        let did = OperatorDid::WrapUpExtended { until: later };
        let happened = vec![Happened::Operator { operator: operator.id, did }];
        Ok(WaitStep { caller: None, operator: Some(operator), happened })
    }

    /// Their browser is gone while they had no caller. Who went off duty meanwhile stays off.
    ///
    /// # Errors
    /// [`Refused::Operator`] when they have one: see [`super::WaitingCaller::cut_off`].
    pub fn lost(&self, now: Timestamp) -> Result<WaitStep, Refused> {
        let mut operator = self.next(now);
        if operator.status.caller().is_some() {
            return Err(operator.elsewhere());
        }
        let off = operator.status == Status::Off;
        operator = operator.gone(now);
        if off {
            operator.status = Status::Off;
        }
        let happened = vec![Happened::Operator { operator: operator.id, did: OperatorDid::Lost }];
        Ok(WaitStep { caller: None, operator: Some(operator), happened })
    }

    /// The record's next version, settled; their time until now stands in pieces.
    pub(super) fn next(&self, now: Timestamp) -> Self {
        let settled = self.settled(now);
        let counted = self.counted.map_or(now, |before| before.max(now));
        Self { version: self.version + 1, spells: self.spells_until(now), counted: Some(counted), ..settled }
    }

    /// The refusal that says where they are.
    pub(super) fn elsewhere(&self) -> Refused {
        Refused::Operator { state: self.status.as_str().to_owned() }
    }

    /// What they chose holds. Whoever goes off duty takes everything when they come again.
    fn stand(&mut self, choice: Choice, at: Timestamp) {
        self.status = Status::chosen(choice, at);
        if self.status == Status::Off {
            self.only = Only::default();
        }
    }

    /// They have nothing to do any more, since `at`: what they chose holds, else they are ready.
    pub(super) fn free(&mut self, at: Timestamp) {
        let choice = self.next.take().unwrap_or(Choice::Ready);
        self.stand(choice, at);
    }

    /// The caller went before they answered: they are ready as long as they were before.
    pub(super) fn unrung(mut self, now: Timestamp) -> Self {
        if let Status::Ringing { idle_since, .. } = self.status {
            let idle_since = if self.next.is_some() { now } else { idle_since };
            self.free(idle_since);
        }
        self
    }

    /// Not ready, for this reason.
    pub(super) fn unready(mut self, why: Unready, now: Timestamp, pause: Option<SignedDuration>) -> Self {
        // Who chose to be away or off once free is that instead.
        if let Some(choice @ (Choice::NotReady { .. } | Choice::Off)) = self.next.take() {
            self.stand(choice, now);
            return self;
        }
        self.status = Status::NotReady { why, since: now, until: pause.map(|pause| after(now, pause)) };
        self
    }

    /// Their browser is gone.
    pub(super) fn gone(mut self, now: Timestamp) -> Self {
        self.node = None;
        self.unready(Unready::Lost, now, None)
    }

    /// The talk is over: they wrap up.
    pub(super) fn wraps_up(
        mut self,
        caller: WaitId,
        talked: SignedDuration,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Self {
        if self.handled.len() >= MOST_HANDLED {
            self.handled.remove(0);
        }
        self.handled.push(Handled { at: now, seconds: seconds(talked) });
        self.split_talk(caller, now.saturating_sub(talked).unwrap_or(now));
        self.status = Status::WrapUp { caller, since: now, until: after(now, rules.wrap_up()) };
        self
    }

    /// The wrap-up took from `since` to `until`: it is part of the call's time.
    fn wrapped(&mut self, since: Timestamp, until: Timestamp) {
        if let Some(last) = self.handled.last_mut() {
            last.seconds = last.seconds.saturating_add(seconds(until.duration_since(since)));
        }
    }
}

/// So much later.
pub(super) fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

fn seconds(span: SignedDuration) -> u32 {
    u32::try_from(span.as_secs().max(0)).unwrap_or(u32::MAX)
}

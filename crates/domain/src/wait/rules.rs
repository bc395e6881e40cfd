//! The agency's rules of the wait, as its pack has them.

use super::{How, OutsideLine, Tried};
use crate::{
    callback::CallOutcome,
    codes::{DispositionCode, ListenCode, OutsideCode, PassCode, PauseCode, QueueCode, ReasonCode},
    text::Text,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The rules of the wait, checked. In data every key may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "WaitRulesAsWritten", into = "WaitRulesAsWritten")]
pub struct WaitRules(WaitRulesAsWritten);

/// The rules of the wait as they are written; [`WaitRules::new`] checks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WaitRulesAsWritten {
    /// An urgent caller is before all others, and should be answered within so many minutes; 0: urgent callers stand
    /// among the others.
    pub urgent_within_minutes: u16,
    /// Whom an operator can be found among, wider with time: rising, the first from 0 seconds on.
    pub ring: Vec<Ring>,
    /// Minutes of priority by reason.
    pub priority: Vec<Priority>,
    /// How long an operator's telephone rings, 5 to 120 seconds.
    pub offer_seconds: u16,
    /// An operator who declined is ready again after so many seconds.
    pub declined_seconds: u16,
    /// The time for wrapping up after a call, in seconds.
    pub wrap_up_seconds: u16,
    /// By how many seconds an operator may extend it at once.
    pub wrap_up_extend_seconds: u16,
    /// And up to how many in all.
    pub wrap_up_longest_seconds: u16,
    /// A callback instead of holding is offered when the wait may be longer than so many minutes, and after so many.
    pub offer_callback_minutes: u16,
    /// How often somebody whose place has come up is called back, 1 to 10 times.
    pub callback_tries: u8,
    /// How many minutes later the next time.
    pub callback_again_minutes: u16,
    /// After how many minutes the next time by what came of the call, instead of `callback_again_minutes`: one for each time
    /// it may end so. After a fault of our own the last one holds on.
    pub callback_retry: BTreeMap<CallOutcome, Vec<u16>>,
    /// For so many minutes after they were last on the line, people are called back at any hour at which it is open; later
    /// only in the hours of callbacks.
    pub callback_soon_minutes: u16,
    /// Whoever rings again within so many minutes of a wait that was lost stands where their first ask put them; 1440 at most,
    /// 0: nobody does.
    pub returns_within_minutes: u16,
    /// Whether whoever hung up, or did not want to be called back any more, comes back to their turn as well.
    pub returns_hung_up: bool,
    /// Why an operator may be not ready.
    pub not_ready: Vec<Named<PauseCode>>,
    /// Why a caller may be passed on.
    pub pass_on: Vec<Named<PassCode>>,
    /// The lines outside to which a caller may be passed on, and no other.
    pub outside: Vec<OutsideLine>,
    /// So many callers are with lines outside at once, at most, on each node.
    pub outside_at_once: u16,
    /// So long a call with one lasts at most, in minutes, 1 to 240.
    pub outside_minutes: u16,
    /// So long it rings there, 5 to 120 seconds.
    pub outside_ring_seconds: u16,
    /// What queues are called. One that the call flow puts nobody in is there for supervisors to move people to.
    pub queues: Vec<Named<QueueCode>>,
    /// Why somebody who waits may be moved to another queue.
    pub move_on: Vec<Named<PassCode>>,
    /// Why a matter may go to an officer.
    pub escalate: Vec<Named<PassCode>>,
    /// Why somebody who runs the desk may listen to a colleague's call. Where there is no reason, nobody listens.
    pub listen: Vec<Named<ListenCode>>,
    /// Whether the colleague sees that somebody listens. Who speaks with them is seen in any case.
    pub listen_shown: bool,
    /// How a call may have ended.
    pub disposition: Vec<Named<DispositionCode>>,
}

/// From when on an operator need not have what the caller asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ring {
    /// After so many seconds in the queue.
    pub after_seconds: u32,
    /// The operator must speak the caller's language.
    pub language: bool,
    /// The operator must deal with the caller's reason.
    pub reason: bool,
}

/// Minutes of priority: whoever has them is treated as if they had asked so much earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// Of whoever calls about this.
    pub reason: ReasonCode,
    /// So many, 1440 at most.
    pub minutes: u16,
}

/// A word of the agency's, with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named<C> {
    /// The code.
    pub code: C,
    /// What people read.
    pub name: Text,
}

impl Default for WaitRulesAsWritten {
    fn default() -> Self {
        Self {
            urgent_within_minutes: 5,
            ring: vec![
                Ring { after_seconds: 0, language: true, reason: true },
                Ring { after_seconds: 60, language: true, reason: false },
            ],
            priority: Vec::new(),
            offer_seconds: 20,
            declined_seconds: 60,
            wrap_up_seconds: 60,
            wrap_up_extend_seconds: 60,
            wrap_up_longest_seconds: 600,
            offer_callback_minutes: 10,
            callback_tries: 3,
            callback_again_minutes: 5,
            callback_retry: BTreeMap::new(),
            callback_soon_minutes: 60,
            returns_within_minutes: 60,
            returns_hung_up: false,
            not_ready: Vec::new(),
            pass_on: Vec::new(),
            outside: Vec::new(),
            outside_at_once: 10,
            outside_minutes: 60,
            outside_ring_seconds: 45,
            queues: Vec::new(),
            move_on: Vec::new(),
            escalate: Vec::new(),
            listen: Vec::new(),
            listen_shown: true,
            disposition: Vec::new(),
        }
    }
}

/// Why rules of the wait are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaitRulesError {
    /// Rings that do not widen with time.
    #[error(
        "rings begin at `after_seconds = 0` and each later one asks for less: a caller must never be harder to serve for having waited"
    )]
    Rings,
    /// A telephone that rings too short or too long.
    #[error("an operator's telephone rings for 5 to 120 seconds, not {0}")]
    Offer(u16),
    /// Wrap-up that is longer than it may be.
    #[error("`wrap_up_seconds` is at most `wrap_up_longest_seconds`")]
    WrapUp,
    /// Too few or too many attempts.
    #[error("somebody is called back 1 to 10 times, not {0}")]
    Tries(u8),
    /// Minutes that nobody is called after.
    #[error(
        "`callback_retry` of {0}: minutes are 1 to 1440, at most 12 of them, and whoever was reached is not called again"
    )]
    Retry(&'static str),
    /// A turn that is kept for more than a day.
    #[error("`returns_within_minutes` is at most 1440 (a day), not {0}")]
    Returns(u16),
    /// Calls outside that last or ring too short or too long.
    #[error("`outside_minutes` is 1 to 240, not {minutes}, and `outside_ring_seconds` 5 to 120, not {ring}")]
    Outside {
        /// So many minutes.
        minutes: u16,
        /// So many seconds.
        ring: u16,
    },
    /// A priority over a day.
    #[error("priority is at most 1440 minutes (a day), not {0}")]
    Priority(u16),
    /// The same code twice.
    #[error("{0} stands there twice")]
    Twice(String),
}

impl WaitRules {
    /// Checks rules.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn new(rules: WaitRulesAsWritten) -> Result<Self, WaitRulesError> {
        let first = rules.ring.first().is_some_and(|ring| ring.after_seconds == 0);
        let widens = rules.ring.windows(2).all(|pair| {
            pair[0].after_seconds < pair[1].after_seconds
                && pair[0].language >= pair[1].language
                && pair[0].reason >= pair[1].reason
        });
        if !first || !widens {
            return Err(WaitRulesError::Rings);
        }
        if !(5..=120).contains(&rules.offer_seconds) {
            return Err(WaitRulesError::Offer(rules.offer_seconds));
        }
        if rules.wrap_up_seconds > rules.wrap_up_longest_seconds {
            return Err(WaitRulesError::WrapUp);
        }
        if !(1..=10).contains(&rules.callback_tries) {
            return Err(WaitRulesError::Tries(rules.callback_tries));
        }
        let odd = |outcome: CallOutcome, minutes: &[u16]| {
            outcome == CallOutcome::Reached
                || minutes.len() > 12
                || minutes.iter().any(|minutes| !(1..=1440).contains(minutes))
        };
        if let Some((outcome, _)) = rules.callback_retry.iter().find(|(outcome, row)| odd(**outcome, row)) {
            return Err(WaitRulesError::Retry(outcome.as_str()));
        }
        if rules.returns_within_minutes > 1440 {
            return Err(WaitRulesError::Returns(rules.returns_within_minutes));
        }
        let (minutes, ring) = (rules.outside_minutes, rules.outside_ring_seconds);
        if !(1..=240).contains(&minutes) || !(5..=120).contains(&ring) {
            return Err(WaitRulesError::Outside { minutes, ring });
        }
        if let Some(over) = rules.priority.iter().find(|p| p.minutes > 1440) {
            return Err(WaitRulesError::Priority(over.minutes));
        }
        let reasons = rules.priority.iter().map(|p| format!("priority of {}", p.reason));
        let pauses = rules.not_ready.iter().map(|p| format!("not_ready {}", p.code));
        let given_on = rules.pass_on.iter().map(|p| format!("pass_on {}", p.code));
        let queues = rules.queues.iter().map(|p| format!("queues {}", p.code));
        let moved = rules.move_on.iter().map(|p| format!("move_on {}", p.code));
        let up = rules.escalate.iter().map(|p| format!("escalate {}", p.code));
        let ears = rules.listen.iter().map(|p| format!("listen {}", p.code));
        let ends = rules.disposition.iter().map(|p| format!("disposition {}", p.code));
        let out = rules.outside.iter().map(|p| format!("outside {}", p.code));
        let mut seen = BTreeSet::new();
        for code in reasons
            .chain(pauses)
            .chain(given_on)
            .chain(queues)
            .chain(moved)
            .chain(up)
            .chain(ears)
            .chain(ends)
            .chain(out)
        {
            if !seen.insert(code.clone()) {
                return Err(WaitRulesError::Twice(code));
            }
        }
        Ok(Self(rules))
    }

    /// As they are written.
    pub const fn written(&self) -> &WaitRulesAsWritten {
        &self.0
    }

    /// Within what time somebody so urgent should be answered; none for those who take their turn.
    pub(super) fn urgent_within(&self, urgency: Urgency) -> Option<SignedDuration> {
        match (urgency, self.0.urgent_within_minutes) {
            (Urgency::Regular, _) | (_, 0) => None,
            (Urgency::Urgent, minutes) => Some(SignedDuration::from_mins(minutes.into())),
        }
    }

    /// How much earlier whoever calls about this is taken to have asked.
    pub(super) fn priority(&self, reason: Option<&ReasonCode>) -> SignedDuration {
        let minutes = reason
            .and_then(|reason| self.0.priority.iter().find(|p| p.reason == *reason))
            .map_or(0, |p| p.minutes);
        SignedDuration::from_mins(minutes.into())
    }

    /// The ring that holds after so long in the queue.
    pub(super) fn ring(&self, waited: SignedDuration) -> usize {
        let open = self.0.ring.iter().take_while(|ring| i64::from(ring.after_seconds) <= waited.as_secs());
        open.count().saturating_sub(1)
    }

    /// What that ring asks for.
    pub(super) fn needs(&self, ring: usize) -> Ring {
        const STRICT: Ring = Ring { after_seconds: 0, language: true, reason: true };
        self.0.ring.get(ring).copied().unwrap_or(STRICT)
    }

    /// How long a telephone rings.
    pub(super) fn offer(&self) -> SignedDuration {
        SignedDuration::from_secs(self.0.offer_seconds.into())
    }

    /// After what time an operator who declined is ready again.
    pub(super) fn declined(&self) -> SignedDuration {
        SignedDuration::from_secs(self.0.declined_seconds.into())
    }

    /// The time for wrapping up.
    pub(super) fn wrap_up(&self) -> SignedDuration {
        SignedDuration::from_secs(self.0.wrap_up_seconds.into())
    }

    /// By how much it may be extended at once, and up to how much in all.
    pub(super) fn wrap_up_more(&self) -> (SignedDuration, SignedDuration) {
        let secs = |n: u16| SignedDuration::from_secs(n.into());
        (secs(self.0.wrap_up_extend_seconds), secs(self.0.wrap_up_longest_seconds))
    }

    /// When somebody who was called back in vain is called again, after so many calls that were not our own fault, of which
    /// the last is the newest of `calls`; none when that was the last time.
    pub(super) fn call_again(
        &self,
        outcome: CallOutcome,
        tries: u8,
        calls: &[Tried],
    ) -> Option<SignedDuration> {
        let same = calls.iter().filter(|call| call.outcome == outcome).count();
        let row = self.0.callback_retry.get(&outcome).map(Vec::as_slice);
        let nth = |row: &[u16]| row.get(same.saturating_sub(1)).copied();
        let minutes = match (outcome, row) {
            (CallOutcome::LineFault, row) => {
                let row = row.filter(|row| !row.is_empty()).unwrap_or(&[1, 2, 5]);
                nth(row).or_else(|| row.last().copied())
            }
            _ if tries >= self.0.callback_tries => None,
            (_, Some(row)) => nth(row),
            (CallOutcome::Declined | CallOutcome::WrongNumber | CallOutcome::Reached, None) => None,
            (_, None) => Some(self.0.callback_again_minutes),
        };
        minutes.map(|minutes| SignedDuration::from_mins(minutes.into()))
    }

    /// For how long after they were last on the line people are called back at any hour.
    pub(super) fn callback_soon(&self) -> SignedDuration {
        SignedDuration::from_mins(self.0.callback_soon_minutes.into())
    }

    /// From when on a wait must have ended for whoever rings now to come back to its turn; none where nobody does.
    pub fn returns_since(&self, now: Timestamp) -> Option<Timestamp> {
        let within = SignedDuration::from_mins(self.0.returns_within_minutes.into());
        (!within.is_zero()).then(|| now.saturating_sub(within).unwrap_or(now))
    }

    /// Does a wait that ended so have a turn to come back to?
    pub(super) const fn returns_after(&self, how: How) -> bool {
        match how {
            How::Lost => true,
            How::GaveUp => self.0.returns_hung_up,
            How::Answered | How::CalledBack | How::Closed => false,
        }
    }

    /// Should a callback instead of holding be offered to somebody who has waited so long and may wait so many minutes
    /// more? The longest waits are never left out.
    pub fn offers_callback(&self, waited: SignedDuration, most: Option<u32>) -> bool {
        let after = u32::from(self.0.offer_callback_minutes);
        most.is_some_and(|most| most > after) || waited.as_mins() >= i64::from(after)
    }

    /// Is this one of the agency's words for why an operator is not ready? Where it has none, every word is.
    pub fn knows_pause(&self, code: &PauseCode) -> bool {
        self.0.not_ready.is_empty() || self.0.not_ready.iter().any(|named| named.code == *code)
    }

    /// Is this one of the agency's words for why a caller is passed on? Where it has none, every word is.
    pub fn knows_pass(&self, code: &PassCode) -> bool {
        self.0.pass_on.is_empty() || self.0.pass_on.iter().any(|named| named.code == *code)
    }

    /// The line outside with this code, if the agency lists it.
    pub fn outside_line(&self, code: &OutsideCode) -> Option<&OutsideLine> {
        self.0.outside.iter().find(|line| line.code == *code)
    }

    /// After what time whoever is being connected with one is due again, whatever became of it: later than it rings.
    pub(super) fn outside_wait(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.0.outside_ring_seconds) + 60)
    }

    /// Does this say why somebody is moved to another queue? Where the agency has no words for it, every word does, and none.
    pub fn says_why_moved(&self, why: Option<&PassCode>) -> bool {
        let words = &self.0.move_on;
        words.is_empty() || why.is_some_and(|why| words.iter().any(|named| named.code == *why))
    }

    /// Is this one of the agency's words for why a matter goes to an officer? Where it has none, every word is.
    pub fn knows_escalation(&self, code: &PassCode) -> bool {
        self.0.escalate.is_empty() || self.0.escalate.iter().any(|named| named.code == *code)
    }

    /// Is this one of the agency's words for why somebody listens? Where it has none, there is no reason to.
    pub fn knows_listening(&self, code: &ListenCode) -> bool {
        self.0.listen.iter().any(|named| named.code == *code)
    }

    /// Is this one of the agency's words for how a call ended? Where it has none, every word is.
    pub fn knows_disposition(&self, code: &DispositionCode) -> bool {
        self.0.disposition.is_empty() || self.0.disposition.iter().any(|named| named.code == *code)
    }
}

impl TryFrom<WaitRulesAsWritten> for WaitRules {
    type Error = WaitRulesError;
    fn try_from(rules: WaitRulesAsWritten) -> Result<Self, WaitRulesError> {
        Self::new(rules)
    }
}

impl From<WaitRules> for WaitRulesAsWritten {
    fn from(rules: WaitRules) -> Self {
        rules.0
    }
}

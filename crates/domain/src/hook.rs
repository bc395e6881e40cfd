//! Other programs are told what happens: how far each of them has been told, and what becomes of one that does not answer.
//!
//! What they are told is the journal, entry by entry and in its order. So nothing can be missed and nothing needs an outbox: what is
//! kept for each of them is the place in the journal that it has been told up to.

use crate::journal::Seq;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long to wait after each failure in a row, in seconds: five seconds to a day, some four days in all, and then no more. From the
/// recommendations of the Standard Webhooks ("Deliverability and reliability").
const AFTER_FAILURE: [u32; 10] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Of a wait, at most this part is added by chance, so that what failed together is not tried together.
const SCATTER: u32 = 10;

/// Why the last delivery failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HookFailure {
    /// Nobody could be reached there.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// An answer that does not take it, by its HTTP status.
    Status(u16),
}

/// How the telling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum HookState {
    /// Everything it was told was taken.
    Well,
    /// It does not take what comes next, and is tried again.
    Failing {
        /// Since when.
        since: Timestamp,
        /// How often in a row, at least once.
        tries: u32,
        /// Why, the last time.
        why: HookFailure,
        /// When it is tried again.
        next: Timestamp,
    },
    /// It is not told any more until somebody says so.
    Stopped {
        /// Since when.
        since: Timestamp,
        /// What its last answer was.
        why: HookFailure,
    },
}

/// One program that is told, as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// It has been told of all up to here.
    pub after: Seq,
    /// How it goes.
    pub state: HookState,
    /// When something was last taken there.
    pub told: Option<Timestamp>,
    /// Whoever tells it has it until then.
    until: Option<Timestamp>,
    /// Grows whenever somebody takes it over: what an earlier one says counts no more.
    pub fence: u64,
}

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum HookAct {
    /// Somebody wants to tell it what is new: nobody else does for a time.
    Take {
        /// For how long.
        lease: SignedDuration,
    },
    /// Everything up to there was taken, or does not concern it.
    Told {
        /// By whom.
        fence: u64,
        /// Up to where.
        through: Seq,
        /// Was something really sent? Otherwise all of it did not concern it.
        sent: bool,
    },
    /// It did not take the next.
    Failed {
        /// Says who.
        fence: u64,
        /// Why.
        why: HookFailure,
        /// Any number, by chance.
        chance: u32,
    },
    /// It is told again from behind this place on, also when it had been stopped.
    From {
        /// The last place that it is not told of.
        after: Seq,
    },
}

impl Hook {
    /// One that is told of what comes behind this place.
    pub const fn new(after: Seq) -> Self {
        Self { after, state: HookState::Well, told: None, until: None, fence: 0 }
    }

    /// When it may be taken; never while it is stopped.
    pub fn due(&self) -> Option<Timestamp> {
        let ready = match self.state {
            HookState::Well => Timestamp::MIN,
            HookState::Failing { next, .. } => next,
            HookState::Stopped { .. } => return None,
        };
        Some(self.until.map_or(ready, |until| ready.max(until)))
    }

    /// What comes of an act at `now`; none when it counts for nothing: somebody else has it, or it is not its time.
    #[must_use]
    pub fn after(&self, act: &HookAct, now: Timestamp) -> Option<Self> {
        let mut next = self.clone();
        match *act {
            HookAct::Take { lease } => {
                if self.due().is_none_or(|due| due > now) {
                    return None;
                }
                next.until = now.checked_add(lease).ok();
                next.fence += 1;
            }
            HookAct::Told { fence, through, sent } => {
                if fence != self.fence || through < self.after {
                    return None;
                }
                next.after = through;
                next.until = None;
                if sent {
                    next.state = HookState::Well;
                    next.told = Some(now);
                }
            }
            HookAct::Failed { fence, why, chance } => {
                if fence != self.fence {
                    return None;
                }
                next.until = None;
                next.state = self.failed(why, chance, now);
            }
            HookAct::From { after } => {
                next = Self { fence: self.fence + 1, told: self.told, ..Self::new(after) };
            }
        }
        Some(next)
    }

    fn failed(&self, why: HookFailure, chance: u32, now: Timestamp) -> HookState {
        let (since, before) = match self.state {
            HookState::Failing { since, tries, .. } => (since, tries),
            HookState::Well | HookState::Stopped { .. } => (now, 0),
        };
        // 410: whoever is there says that it wants no more.
        let wait = AFTER_FAILURE.get(before as usize).filter(|_| why != HookFailure::Status(410));
        let Some(wait) = wait else { return HookState::Stopped { since: now, why } };
        let more = chance % (wait * SCATTER / 100 + 1);
        let next = now.checked_add(SignedDuration::from_secs((wait + more).into())).unwrap_or(Timestamp::MAX);
        HookState::Failing { since, tries: before + 1, why, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEASE: SignedDuration = SignedDuration::from_secs(60);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn taken(hook: &Hook, now: Timestamp) -> Hook {
        hook.after(&HookAct::Take { lease: LEASE }, now).unwrap()
    }

    #[test]
    fn one_at_a_time_tells_it_and_a_late_one_counts_for_nothing() {
        let first = taken(&Hook::new(Seq(7)), at(0));
        assert_eq!(first.after(&HookAct::Take { lease: LEASE }, at(59)), None);
        let second = taken(&first, at(60));
        let told =
            |hook: &Hook, fence| hook.after(&HookAct::Told { fence, through: Seq(9), sent: true }, at(61));
        assert_eq!(told(&second, first.fence), None);
        let done = told(&second, second.fence).unwrap();
        assert_eq!((done.after, done.state, done.told), (Seq(9), HookState::Well, Some(at(61))));
        assert!(done.after(&HookAct::Take { lease: LEASE }, at(61)).is_some(), "it is free again");
        let back = HookAct::Told { fence: done.fence, through: Seq(8), sent: true };
        assert_eq!(done.after(&back, at(62)), None, "it never goes back by itself");
    }

    #[test]
    fn it_is_tried_for_days_then_stopped_and_told_again_when_somebody_says_so() {
        let (mut hook, mut now, mut waits) = (Hook::new(Seq(7)), at(0), Vec::new());
        let why = HookFailure::Status(503);
        loop {
            let mine = taken(&hook, now);
            hook = mine.after(&HookAct::Failed { fence: mine.fence, why, chance: 0 }, now).unwrap();
            let HookState::Failing { since, next, .. } = hook.state else { break };
            assert_eq!(since, at(0));
            waits.push(next.duration_since(now).as_secs());
            assert_eq!(hook.after(&HookAct::Take { lease: LEASE }, now), None, "not before its time");
            now = next;
        }
        assert_eq!(waits, AFTER_FAILURE.map(i64::from));
        assert_eq!(hook.state, HookState::Stopped { since: now, why });
        assert_eq!((hook.due(), hook.after), (None, Seq(7)));
        let again = hook.after(&HookAct::From { after: Seq(3) }, now).unwrap();
        assert_eq!((again.state, again.after), (HookState::Well, Seq(3)));
    }

    #[test]
    fn whoever_says_gone_is_left_alone_at_once() {
        let mine = taken(&Hook::new(Seq(0)), at(0));
        let gone = HookAct::Failed { fence: mine.fence, why: HookFailure::Status(410), chance: 1 };
        assert!(matches!(mine.after(&gone, at(1)).unwrap().state, HookState::Stopped { .. }));
    }

    proptest! {
        /// Whatever happens, only somebody's own word brings it back, and each success ends a row of failures.
        #[test]
        fn it_only_goes_forward(steps in proptest::collection::vec((0_u8..4, 0_u64..50, any::<u32>()), 1..60)) {
            let (mut hook, mut now) = (Hook::new(Seq(0)), at(0));
            for (what, n, chance) in steps {
                now = now.checked_add(SignedDuration::from_secs(i64::from(chance % 100_000))).unwrap();
                let act = match what {
                    0 => HookAct::Take { lease: LEASE },
                    1 => HookAct::Told { fence: hook.fence, through: Seq(n), sent: true },
                    2 => HookAct::Failed { fence: hook.fence, why: HookFailure::Timeout, chance },
                    _ => HookAct::Told { fence: hook.fence + 1, through: Seq(n), sent: true },
                };
                let Some(next) = hook.after(&act, now) else { continue };
                prop_assert!(next.after >= hook.after && next.fence >= hook.fence);
                if let HookAct::Told { .. } = act {
                    prop_assert_eq!(next.state, HookState::Well);
                } else {
                    prop_assert_eq!(next.after, hook.after);
                }
                if let HookState::Failing { tries, next: again, .. } = next.state {
                    let failed = matches!(act, HookAct::Failed { .. });
                    prop_assert!(tries >= 1 && (again > now || !failed));
                }
                let text = serde_json::to_string(&next).unwrap();
                prop_assert_eq!(serde_json::from_str::<Hook>(&text).unwrap(), next.clone());
                hook = next;
            }
        }
    }
}

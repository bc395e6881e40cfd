//! By which trunk a call of ours goes: in the order in which they are written; one that does not answer comes after the others, and
//! one that asked to be left alone is left alone.

use super::{
    Running,
    call::{CallKey, Role, Whom},
    faults::of_end,
};
use crate::answering::Phase;
use domain::{call_record::CallFault, phone::PhoneNumber};
use media::Command as Sound;
use sip::{CallId, Dial, DialError, E164, Ended as Why, LocalMedia, TrunkId};
use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

/// So long a trunk may say nothing to a call before the next is tried: by RFC 3261 one that is there says within 200 ms that it tries.
const PATIENCE: Duration = Duration::from_secs(4);

/// A carrier that asks for more than this is asked again all the same: people have been promised calls.
const LONGEST_REST: Duration = Duration::from_mins(5);

/// What is known of trunks, and of calls that are on their way.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// Trunks that had no room, until when they asked to be left alone.
    resting: HashMap<TrunkId, Instant>,
    /// Trunks that do not answer when they are asked.
    silent: HashSet<TrunkId>,
    going: HashMap<CallKey, Going>,
}

/// A call on its way.
#[derive(Debug)]
struct Going {
    to: E164,
    media: LocalMedia,
    tried: Vec<TrunkId>,
}

impl Ways {
    /// A trunk has no room until then (RFC 3261, 20.33).
    pub(super) fn rests(&mut self, trunk: TrunkId, until: Instant, now: Instant) {
        self.resting.insert(trunk, until.min(now + LONGEST_REST));
    }

    /// Whether a trunk answers.
    pub(super) fn answers(&mut self, trunk: TrunkId, answers: bool) {
        if answers {
            self.silent.remove(&trunk);
        } else {
            self.silent.insert(trunk);
        }
    }

    /// Nothing more is to be known of a call.
    pub(super) fn arrived(&mut self, call: CallKey) {
        self.going.remove(&call);
    }

    /// Of these, those that are worth trying, in order.
    fn order(&self, all: impl Iterator<Item = TrunkId>, tried: &[TrunkId], now: Instant) -> Vec<TrunkId> {
        let rests = |trunk: &TrunkId| self.resting.get(trunk).is_some_and(|until| *until > now);
        let mut order: Vec<TrunkId> = all.filter(|t| !tried.contains(t) && !rests(t)).collect();
        order.sort_by_key(|trunk| self.silent.contains(trunk));
        order
    }
}

impl Running {
    /// Sends a call on its way; none when there is no way.
    pub(super) fn invite(&mut self, whom: &Whom) -> Option<(CallKey, media::LegId, Option<TrunkId>)> {
        self.invite_number(&whom.number)
    }

    /// The same to a number.
    pub(super) fn invite_number(
        &mut self,
        number: &PhoneNumber,
    ) -> Option<(CallKey, media::LegId, Option<TrunkId>)> {
        let to = E164::parse(number.e164()).ok()?;
        let (leg, addr) = self.plane.open().ok()?;
        let mut going = Going { to, media: LocalMedia { addr }, tried: Vec::new() };
        match self.dial_by(&mut going) {
            Ok((call, trunk)) => {
                let call = CallKey::Trunk(call);
                self.ways.going.insert(call, going);
                Some((call, leg, Some(trunk)))
            }
            Err(error) => {
                tracing::error!(%error, fault = CallFault::NoTrunk.as_str(), "a call cannot be made");
                self.sound(Sound::Close { leg });
                None
            }
        }
    }

    /// By the first trunk that takes it and was not tried yet.
    fn dial_by(&mut self, going: &mut Going) -> Result<(CallId, TrunkId), DialError> {
        let now = Instant::now();
        let outward =
            self.settings.sip.trunks.iter().filter(|t| t.outbound && t.peer.is_some()).map(|t| t.id);
        let mut dialled = Err(DialError::NoTrunk);
        let ways = self.ways.order(outward, &going.tried, now);
        for (n, trunk) in ways.iter().copied().enumerate() {
            going.tried.push(trunk);
            // The last way has all the time there is.
            let patience = (n + 1 < ways.len()).then_some(PATIENCE);
            let dial = Dial { trunk, to: going.to.clone(), media: going.media, patience };
            dialled = self.sip.dial(now, &dial).map(|call| (call, trunk));
            if dialled.is_ok() {
                break;
            }
        }
        dialled
    }

    /// A call of ours ended before anything was heard of whoever is called. When that is the trunk's fault, the next trunk is tried:
    /// true when there is one. What went wrong stays in the record.
    pub(super) fn goes_on_by_another(&mut self, call: CallKey, why: Why) -> bool {
        let theirs = of_end(why).is_some_and(|fault| fault != CallFault::NoAgreement);
        let nobody_rung = self.calls.get(&call).is_some_and(|known| match &known.role {
            Role::Callback { phase, .. } => *phase == Phase::BEGUN,
            Role::Telling(telling) => telling.phase == crate::telling::Phase::BEGUN,
            Role::Outside(outward) => outward.has_begun(),
            Role::Caller | Role::Visitor(_) => false,
        });
        if !theirs || !nobody_rung {
            return false;
        }
        let Some(mut going) = self.ways.going.remove(&call) else { return false };
        let Ok((next, trunk)) = self.dial_by(&mut going) else { return false };
        let Some(mut known) = self.calls.remove(&call) else { return false };
        tracing::warn!(trunk = self.trunk_name(trunk), "a call goes on by another trunk");
        let next = CallKey::Trunk(next);
        known.record.trunk = Some(trunk);
        self.legs.insert(known.leg, next);
        if let Role::Callback { staff, .. } = known.role
            && self.is_in(staff, call)
        {
            self.seat_takes(staff, next);
        }
        if let Role::Outside(outward) = &known.role
            && let Some(caller) = self.calls.get_mut(&outward.caller)
        {
            caller.waits.outside = Some(next);
        }
        if let Some(at) = known.wake {
            self.wakes.remove(&(at, call));
            self.wakes.insert((at, next));
        }
        self.ways.going.insert(next, going);
        self.calls.insert(next, known);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [TrunkId; 3] = [TrunkId(1), TrunkId(2), TrunkId(3)];

    #[test]
    fn trunks_are_tried_in_order_and_what_is_known_of_them_counts() {
        let (mut ways, now) = (Ways::default(), Instant::now());
        let order = |ways: &Ways, tried: &[TrunkId], now| ways.order(ALL.into_iter(), tried, now);
        assert_eq!(order(&ways, &[], now), ALL);
        assert_eq!(order(&ways, &ALL[..1], now), ALL[1..]);
        // One that does not answer may still be the only one that is left.
        ways.answers(TrunkId(1), false);
        assert_eq!(order(&ways, &[], now), [TrunkId(2), TrunkId(3), TrunkId(1)]);
        ways.answers(TrunkId(1), true);
        assert_eq!(order(&ways, &[], now), ALL);
        // One that has no room is left alone for as long as it asked, within reason.
        ways.rests(TrunkId(2), now + Duration::from_secs(30), now);
        assert_eq!(order(&ways, &[], now), [TrunkId(1), TrunkId(3)]);
        assert_eq!(order(&ways, &[], now + Duration::from_secs(30)), ALL);
        ways.rests(TrunkId(2), now + Duration::from_hours(9), now);
        assert_eq!(order(&ways, &[], now + LONGEST_REST), ALL);
    }
}

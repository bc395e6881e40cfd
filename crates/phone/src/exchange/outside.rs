//! A caller is passed on to a line outside: the operator is free, the line is called by the trunks, and the two are connected; when
//! nobody answers there the caller is at their place again.

use super::{
    Running,
    call::{Call, CallKey, Role},
};
use crate::{answering::unanswered, record::Record};
use ::line::{Answer, Event};
use domain::{
    callback::CallOutcome,
    codes::OutsideCode,
    ids::{StaffId, WaitId},
    wait::{OutsideEnd, OutsideLine},
};
use jiff::SignedDuration;
use media::Command as Sound;
use sip::Ended as Why;
use std::sync::atomic::Ordering;
use web::switchboard::{CallState, Ended, SwitchboardError};

/// A call to a line outside, with a caller.
#[derive(Debug)]
pub(super) struct Outward {
    /// The caller's call.
    pub caller: CallKey,
    wait: WaitId,
    stage: Stage,
    /// What it came to, if nobody answered and that is known.
    outcome: Option<CallOutcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was heard of it.
    Begun,
    /// It rings there.
    Rings,
    /// They speak with each other.
    Talking,
    /// The caller is elsewhere.
    Over,
}

impl Outward {
    /// Whether nothing was heard of whoever is called.
    pub(super) fn has_begun(&self) -> bool {
        self.stage == Stage::Begun
    }
}

impl Running {
    /// Whether a caller may be passed on to this line now: the agency lists it, and there is room.
    pub(super) fn may_send_out(&self, to: &OutsideCode) -> Result<(), SwitchboardError> {
        let desk = self.desk.borrow();
        let rules = &desk.pack().line().wait;
        rules.outside_line(to).ok_or(SwitchboardError::NoWay)?;
        let outside = self.calls.values().filter(|call| matches!(call.role, Role::Outside(_))).count();
        let room = outside < usize::from(rules.written().outside_at_once)
            && self.calls.len() < self.settings.most_calls;
        if room { Ok(()) } else { Err(SwitchboardError::Full { retry_after: 60 }) }
    }

    /// The desk has written it: the operator is out of the call, and the line outside is called.
    pub(super) fn sent_out(&mut self, staff: StaffId, wait: WaitId, call: CallKey, to: &OutsideCode) {
        let now = self.clock.now();
        self.end_tape(call);
        if self.is_in(staff, call) {
            self.ends(staff, Ended::Transferred);
            self.talk_over(staff);
        }
        let music = self.music.clone();
        let Some(known) = self.calls.get_mut(&call) else { return self.dropped(wait, true) };
        known.waits.operator = known.waits.operator.filter(|operator| *operator != staff);
        known.record.waits(wait, now);
        known.record.sent_out(to.clone(), staff, now);
        let leg = known.leg;
        // The list of the day on which they called: the desk has looked whether it is there.
        let line = self.desk.borrow().pack().line().wait.outside_line(to).cloned();
        self.sound(Sound::Unhold { leg });
        self.sound(Sound::Unbridge { leg });
        if let Some(clip) = music {
            self.sound(Sound::Music { leg, clip });
        }
        self.show_visitor(call, CallState::Waiting);
        let gone_out = line.is_some_and(|line| self.calls_out(call, wait, line));
        if !gone_out {
            self.not_outside(call, wait, CallOutcome::LineFault);
        }
    }

    /// Calls the line; false when there is no way.
    fn calls_out(&mut self, caller: CallKey, wait: WaitId, line: OutsideLine) -> bool {
        let Some((key, leg, by)) = self.invite_number(&line.number) else { return false };
        let (now, desk) = (self.clock.now(), self.desk.borrow().clone());
        let rings = desk.pack().line().wait.written().outside_ring_seconds;
        let outward = Box::new(Outward { caller, wait, stage: Stage::Begun, outcome: None });
        self.legs.insert(leg, key);
        let role = Role::Outside(outward);
        self.calls
            .insert(key, Call::begin(role, leg, (Some(line.number), None), desk, Record::begin(by, now)));
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        if let Some(known) = self.calls.get_mut(&caller) {
            known.waits.outside = Some(key);
        }
        self.wake_at(key, now + SignedDuration::from_secs(rings.into()));
        self.do_as_sip_says();
        true
    }

    fn outward(&mut self, key: CallKey) -> Option<&mut Outward> {
        match &mut self.calls.get_mut(&key)?.role {
            Role::Outside(outward) => Some(outward),
            _ => None,
        }
    }

    /// It rings there; false when it is no such call. The caller hears nothing of it: an announcement before the answer would be
    /// taken for one.
    pub(super) fn outside_rings(&mut self, key: CallKey, code: u16) -> bool {
        let Some(outward) = self.outward(key) else { return false };
        if code >= 180 && outward.stage == Stage::Begun {
            outward.stage = Stage::Rings;
        }
        true
    }

    /// Somebody has answered there: the two hear each other, and the wait is over; false when it is no such call.
    pub(super) fn outside_picked_up(&mut self, key: CallKey) -> bool {
        let Some(outward) = self.outward(key) else { return false };
        if outward.stage == Stage::Over {
            return true;
        }
        outward.stage = Stage::Talking;
        let (caller, wait, now) = (outward.caller, outward.wait, self.clock.now());
        let Some(there) = self.calls.get(&key).map(|known| known.leg) else { return true };
        let minutes = self.desk.borrow().pack().line().wait.written().outside_minutes;
        self.wake_at(key, now + SignedDuration::from_mins(minutes.into()));
        let Some(known) = self.calls.get_mut(&caller) else { return true };
        known.waits.id = None;
        known.record.outside_answered(now);
        let leg = known.leg;
        self.waits.remove(&wait);
        self.sound(Sound::Quiet { leg });
        self.sound(Sound::Bridge { a: leg, b: there });
        self.show_visitor(caller, CallState::Talking);
        self.of_wait("end-outside", move |desk, system| async move {
            desk.end_outside(&system, wait, OutsideEnd::Answered).await
        });
        true
    }

    /// It has rung long enough, or they have talked as long as they may; false when it is no such call.
    pub(super) fn outside_time_up(&mut self, key: CallKey) -> bool {
        let Some(outward) = self.outward(key) else { return false };
        if matches!(outward.stage, Stage::Begun | Stage::Rings) {
            // Where it has not even rung, that is the trunk's fault.
            outward.outcome = Some(if outward.stage == Stage::Rings {
                CallOutcome::NoAnswer
            } else {
                CallOutcome::LineFault
            });
        }
        self.outside_over(key);
        self.hang_up(key);
        true
    }

    /// Signalling says that it has ended, and why; false when it is no such call.
    pub(super) fn outside_ended(&mut self, key: CallKey, why: Why) -> bool {
        let Some(outward) = self.outward(key) else { return false };
        if matches!(outward.stage, Stage::Begun | Stage::Rings) {
            outward.outcome = unanswered(why, outward.stage == Stage::Rings);
        }
        true
    }

    /// The call outside is over, whoever ended it: the caller goes on with the line, or is at their place again.
    pub(super) fn outside_over(&mut self, key: CallKey) {
        let Some(outward) = self.outward(key) else { return };
        let before = std::mem::replace(&mut outward.stage, Stage::Over);
        let (caller, wait, outcome) = (outward.caller, outward.wait, outward.outcome);
        let faults = self.calls.get(&key).map(|known| known.record.faults.clone()).unwrap_or_default();
        if before == Stage::Over {
            return;
        }
        if let Some(known) = self.calls.get_mut(&caller) {
            known.record.outside_faults(&faults);
        }
        if before != Stage::Talking {
            return self.not_outside(caller, wait, outcome.unwrap_or(CallOutcome::LineFault));
        }
        let Some(known) = self.calls.get_mut(&caller) else { return };
        known.waits.outside = None;
        let (leg, ask) = (known.leg, known.waits.connected.take());
        self.sound(Sound::Unbridge { leg });
        self.show_visitor(caller, CallState::Line);
        if let Some(ask) = ask {
            self.line(caller, Event::Answered { ask, answer: Box::new(Answer::Talked) });
        }
    }

    /// Nobody answered there: the caller is due again at the turn they have, and waits.
    fn not_outside(&mut self, caller: CallKey, wait: WaitId, outcome: CallOutcome) {
        self.of_wait("end-outside", move |desk, system| async move {
            desk.end_outside(&system, wait, OutsideEnd::Failed(outcome)).await
        });
        let Some(known) = self.calls.get_mut(&caller) else { return };
        known.record.outside_failed(outcome);
        known.waits.outside = None;
        if let Some(ask) = known.waits.connected.take() {
            self.line(caller, Event::Answered { ask, answer: Box::new(Answer::NotConnected) });
        }
    }

    /// The caller has gone: whoever is called or spoken with outside is let go.
    pub(super) fn leave_outside(&mut self, outside: Option<CallKey>) {
        let Some(key) = outside else { return };
        if let Some(outward) = self.outward(key) {
            outward.stage = Stage::Over;
            self.hang_up(key);
        }
    }

    /// A key of a caller who speaks with a line outside is for that line: it may ask for one.
    pub(super) fn key_goes_outside(&mut self, call: CallKey, sign: char) {
        let Some(outside) = self.calls.get(&call).and_then(|known| known.waits.outside) else { return };
        let talking = self.outward(outside).is_some_and(|outward| outward.stage == Stage::Talking);
        if let Some(known) = self.calls.get(&outside).filter(|_| talking) {
            self.sound(Sound::Digits { leg: known.leg, digits: sign.to_string() });
        }
    }
}

//! Calls that we make: an officer's browser first, then the person.

use super::{
    Running,
    call::{Call, CallKey, Role, Waits},
};
use crate::{record::Record, saying::Saying};
use domain::{callback::CallOutcome, ids::StaffId, phone::PhoneNumber};
use media::Command as Sound;
use sip::{Dial, DialError, E164, Ended as Why, LocalMedia, Plan};
use std::{sync::atomic::Ordering, time::Instant};
use web::switchboard::{Ended, Progress, SoftphoneState, With};

impl Running {
    /// Calls the person. The first trunk that calls may go out by is taken; a second one when that has no room.
    pub(super) fn dial(&mut self, staff: StaffId, with: With, number: Option<&PhoneNumber>) {
        let failed = |running: &Self| {
            let at = running.clock.now();
            running.lights.set(staff, SoftphoneState::Ended { with, outcome: Ended::Failed, at });
            // Our own trouble is no try of theirs; the place is kept all the same.
            running.called_back(staff, with, CallOutcome::NoAnswer);
        };
        if !self.is_free(staff) {
            return;
        }
        let Some(to) = number.and_then(|number| E164::parse(number.e164()).ok()) else {
            return failed(self);
        };
        let Ok((leg, addr)) = self.plane.open() else { return failed(self) };
        let trunks: Vec<_> = self
            .settings
            .sip
            .trunks
            .iter()
            .filter(|t| t.outbound && t.peer.is_some())
            .map(|t| t.id)
            .collect();
        let mut dialled = Err(DialError::NoTrunk);
        let mut by = None;
        for trunk in trunks {
            let dial = Dial { trunk, to: to.clone(), media: LocalMedia { addr } };
            dialled = self.sip.dial(Instant::now(), &dial);
            by = Some(trunk);
            if dialled.is_ok() {
                break;
            }
        }
        let call = match dialled {
            Ok(call) => CallKey::Trunk(call),
            Err(error) => {
                tracing::error!(%error, "a promised call cannot be made");
                self.sound(Sound::Close { leg });
                return failed(self);
            }
        };
        let now = self.clock.now();
        self.legs.insert(leg, call);
        self.calls.insert(
            call,
            Call {
                role: Role::Callback { staff, with, talking: false },
                leg,
                number: number.cloned(),
                lang: None,
                desk: self.desk.borrow().clone(),
                line: None,
                saying: Saying::default(),
                wake: None,
                waits: Waits::default(),
                record: Record::begin(by, now),
            },
        );
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        self.seat_takes(staff, call);
        self.lights.set(staff, SoftphoneState::Dialling { with, since: now, progress: Progress::Trying });
        self.do_as_sip_says();
    }

    /// It rings there, or something is heard before the answer.
    pub(super) fn progress(&mut self, call: CallKey, code: u16, early: Option<Plan>) {
        let Some((staff, with)) = self.with(call) else { return };
        let progress = match (early, code) {
            (Some(plan), _) => {
                self.agreed(call, plan);
                self.bridge(staff, call);
                Progress::EarlyMedia
            }
            (None, 180..) => Progress::Ringing,
            (None, _) => Progress::Trying,
        };
        if let SoftphoneState::Dialling { since, .. } = self.lights.get(staff) {
            self.lights.set(staff, SoftphoneState::Dialling { with, since, progress });
        }
    }

    /// Somebody has picked up.
    pub(super) fn picked_up(&mut self, call: CallKey) {
        let now = self.clock.now();
        let Some((staff, with)) = self.with(call) else { return };
        let Some(known) = self.calls.get_mut(&call) else { return };
        let number = known.number.clone();
        if let Role::Callback { talking, .. } = &mut known.role {
            *talking = true;
        }
        self.bridge(staff, call);
        self.called_back(staff, with, CallOutcome::Reached);
        let talking = SoftphoneState::Talking { with, number, since: now, held: false, consult: None };
        self.lights.set(staff, talking);
    }

    /// A call of ours that ended before anybody picked up tells the officer why.
    pub(super) fn not_reached(&mut self, call: CallKey, why: Why) {
        let Some(known) = self.calls.get(&call) else { return };
        let Role::Callback { staff, talking: false, .. } = known.role else { return };
        self.ends(
            staff,
            match why {
                Why::Ours => Ended::ByMe,
                Why::Failed(code) => outcome(code).map_or(Ended::Failed, Ended::NotReached),
                _ => Ended::Failed,
            },
        );
    }
}

/// What an answer of the network means for the person (RFC 3261, section 21; RFC 3398, section 7.2.4).
const fn outcome(code: u16) -> Option<CallOutcome> {
    match code {
        486 | 600 => Some(CallOutcome::Busy),
        480 | 408 | 487 => Some(CallOutcome::NoAnswer),
        603 | 607 | 608 => Some(CallOutcome::Declined),
        404 | 410 | 484 | 604 => Some(CallOutcome::WrongNumber),
        // The trunk's own trouble says nothing about the person.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_the_person_is_an_outcome() {
        assert_eq!(outcome(486), Some(CallOutcome::Busy));
        assert_eq!(outcome(404), Some(CallOutcome::WrongNumber));
        assert_eq!(outcome(503), None);
        assert_eq!(outcome(403), None);
    }
}

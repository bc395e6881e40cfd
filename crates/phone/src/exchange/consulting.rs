//! An operator asks a colleague while the caller holds: the two speak, or all three, and the caller goes back or is handed over.

use super::{Running, call::CallKey, came::Came};
use crate::{board::Reply, inbox::Arrives};
use desk::{Caller, Who, acts::Consultation};
use domain::{
    actor::Staff,
    ids::{StaffId, WaitId},
};
use media::{Command as Sound, Join};
use web::switchboard::{
    Consult, ConsultStage as Stage, Ended, SoftphoneAct, SoftphoneState, SwitchboardError, With,
};

/// That a colleague is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Consulting {
    colleague: StaffId,
    stage: Stage,
}

impl Running {
    /// Whether this seat asks, or is asked.
    pub(super) fn consults(&self, staff: StaffId) -> bool {
        self.seats.get(&staff).is_some_and(|seat| seat.consult.is_some() || seat.asked.is_some())
    }

    /// Whether this seat is asked.
    pub(super) fn is_asked(&self, staff: StaffId) -> bool {
        self.seats.get(&staff).is_some_and(|seat| seat.asked.is_some())
    }

    /// Who asks, whom, and how far it is, by either of the two.
    fn consultation(&self, either: StaffId) -> Option<(StaffId, Consulting)> {
        let seat = self.seats.get(&either)?;
        let asker = seat.asked.unwrap_or(either);
        self.seats.get(&asker)?.consult.map(|consult| (asker, consult))
    }

    /// Writes something of it at the desk; then it is done here. Whoever asked hears whether the desk has done it.
    fn write(
        &mut self,
        staff: &Staff,
        colleague: StaffId,
        talk: (CallKey, WaitId),
        what: Consultation,
        reply: Option<Reply<()>>,
    ) {
        let key = self.once("consult");
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, self.clock.now());
        let (desk, inbox, staff) = (self.desk.borrow().clone(), self.inbox.clone(), staff.id);
        tokio::spawn(async move {
            let done = desk.consult_colleague(&caller, talk.1, colleague, what).await;
            if done.is_ok() {
                inbox.put(Arrives::Waits(Came::Consults { staff, colleague, talk, what })).await;
            }
            if let Some(reply) = reply {
                // Whoever asked may have gone.
                let _ = reply.send(done.map(drop).map_err(SwitchboardError::from));
            }
        });
    }

    /// A colleague is asked.
    pub(super) fn consult(&mut self, staff: &Staff, to: StaffId, reply: Reply<()>) {
        let refused = match self.talks_with(staff.id) {
            Some(_) if !self.can_be_rung(to) => SwitchboardError::NoWay,
            Some(talk) if !self.consults(staff.id) => {
                return self.write(staff, to, talk, Consultation::Asks, Some(reply));
            }
            _ => SwitchboardError::NotNow,
        };
        let _ = reply.send(Err(refused));
    }

    /// The colleague takes the caller over.
    pub(super) fn hand_over(&mut self, staff: &Staff, reply: Reply<()>) {
        match (self.talks_with(staff.id), self.consultation(staff.id)) {
            (Some(talk), Some((asker, consult))) if asker == staff.id && consult.stage != Stage::Ringing => {
                self.write(staff, consult.colleague, talk, Consultation::TakesOver, Some(reply));
            }
            _ => {
                let _ = reply.send(Err(SwitchboardError::NotNow));
            }
        }
    }

    /// What either of the two does while it lasts.
    pub(super) fn act_in_consult(
        &mut self,
        staff: &Staff,
        act: &SoftphoneAct,
    ) -> Result<(), SwitchboardError> {
        let (asker, consult) = self.consultation(staff.id).ok_or(SwitchboardError::NotNow)?;
        match (act, staff.id == asker, consult.stage) {
            (SoftphoneAct::Answer, false, Stage::Ringing) => self.goes_on(asker, Stage::Talking),
            (SoftphoneAct::Decline, false, Stage::Ringing)
            | (SoftphoneAct::HangUp, false, Stage::Talking | Stage::Joined)
            | (SoftphoneAct::CancelConsult, true, _) => self.leave_consult(asker),
            (SoftphoneAct::JoinConsult, true, Stage::Talking) => {
                let talk = self.talks_with(asker).ok_or(SwitchboardError::NotNow)?;
                self.write(staff, consult.colleague, talk, Consultation::Confers, None);
            }
            (SoftphoneAct::Keys(keys), true, Stage::Joined) => {
                let (call, _) = self.talks_with(asker).ok_or(SwitchboardError::NotNow)?;
                let far = self.calls.get(&call).ok_or(SwitchboardError::NotNow)?.leg;
                self.sound(Sound::Digits { leg: far, digits: keys.as_str().to_owned() });
            }
            _ => return Err(SwitchboardError::NotNow),
        }
        Ok(())
    }

    /// The desk has written it.
    pub(super) fn consulted(
        &mut self,
        staff: StaffId,
        colleague: StaffId,
        talk: (CallKey, WaitId),
        what: Consultation,
    ) {
        let (call, _) = talk;
        let there = self.is_in(staff, call) && self.calls.contains_key(&call);
        match what {
            Consultation::Asks if there && self.can_be_rung(colleague) && !self.consults(staff) => {
                self.with_seat(staff, |seat| {
                    seat.consult = Some(Consulting { colleague, stage: Stage::Ringing });
                });
                self.with_seat(colleague, |seat| seat.asked = Some(staff));
                self.goes_on(staff, Stage::Ringing);
            }
            // Meanwhile one of them has gone, or has got a call.
            Consultation::Asks => self.asked_no_more(colleague),
            Consultation::Confers => self.goes_on(staff, Stage::Joined),
            Consultation::TakesOver => self.handed_over(staff, colleague, talk),
        }
    }

    fn with_seat(&mut self, staff: StaffId, change: impl FnOnce(&mut super::seats::Seat)) {
        if let Some(seat) = self.seats.get_mut(&staff) {
            change(seat);
        }
    }

    /// The asking has come so far: who hears whom, and what both telephones show.
    fn goes_on(&mut self, asker: StaffId, stage: Stage) {
        let Some((asker, consult)) = self.consultation(asker) else { return };
        self.with_seat(asker, |seat| {
            seat.consult = Some(Consulting { stage, ..consult });
        });
        self.wire(asker);
        let SoftphoneState::Talking { with, number, since, overheard, taped, .. } = self.lights.get(asker)
        else {
            return;
        };
        let asks =
            SoftphoneState::Asked { by: asker, with, number: number.clone(), since: self.clock.now(), stage };
        self.lights.set(consult.colleague, asks);
        let consult = Some(Consult { to: consult.colleague, stage });
        let held = stage != Stage::Joined;
        self.is_held(asker, held);
        self.lights
            .set(asker, SoftphoneState::Talking { with, number, since, held, consult, overheard, taped });
    }

    /// The asking is over, whoever ended it: the caller is with their operator again. Nothing when there is none.
    pub(super) fn leave_consult(&mut self, either: StaffId) {
        let Some((asker, Consulting { colleague, .. })) = self.consultation(either) else { return };
        self.with_seat(asker, |seat| seat.consult = None);
        self.release(colleague, SoftphoneState::Idle);
        if let Some(known) = self.call_of(asker).and_then(|call| self.calls.get(&call)) {
            self.sound(Sound::Unhold { leg: known.leg });
        }
        self.is_held(asker, false);
        self.wire(asker);
        if let SoftphoneState::Talking { with, number, since, overheard, taped, .. } = self.lights.get(asker)
        {
            let talking =
                SoftphoneState::Talking { with, number, since, held: false, consult: None, overheard, taped };
            self.lights.set(asker, talking);
        }
        self.asked_no_more(colleague);
    }

    /// Writes down whether the caller of this seat holds.
    fn is_held(&mut self, staff: StaffId, held: bool) {
        let now = self.clock.now();
        if let Some(known) = self.call_of(staff).and_then(|call| self.calls.get_mut(&call)) {
            known.record.holds(held, now);
        }
    }

    /// The colleague's telephone is free.
    fn release(&mut self, colleague: StaffId, state: SoftphoneState) {
        let Some(seat) = self.seats.get_mut(&colleague) else { return };
        seat.asked = None;
        let leg = seat.leg;
        self.sound(Sound::Unbridge { leg });
        self.lights.set(colleague, state);
    }

    /// The desk learns that the colleague can be offered callers again.
    fn asked_no_more(&mut self, colleague: StaffId) {
        self.of_wait("consult-over", move |desk, caller| async move {
            desk.end_consultation(&caller, colleague).await
        });
    }

    /// The desk has handed the caller over.
    fn handed_over(&mut self, staff: StaffId, colleague: StaffId, (call, wait): (CallKey, WaitId)) {
        let now = self.clock.now();
        self.with_seat(staff, |seat| seat.consult = None);
        self.release(colleague, SoftphoneState::Idle);
        let Some(known) = self.calls.get_mut(&call) else {
            // The caller hung up in that moment.
            let with = With::Wait { wait, inquiry: None };
            self.end_talk(colleague, with, None);
            return self.tell_end(colleague, with, Ended::CallerLeft);
        };
        known.waits.operator = Some(colleague);
        known.record.holds(false, now);
        known.record.talks(colleague, now);
        let (leg, number, inquiry) = (known.leg, known.number.clone(), known.waits.inquiry);
        self.ends(staff, Ended::Transferred);
        self.talk_over(staff);
        if !self.is_free(colleague) {
            // Their browser went in that moment: the caller is at their place.
            self.operator_lost(colleague);
            return self.back_to_line(call);
        }
        self.seat_takes(colleague, call);
        self.sound(Sound::Unhold { leg });
        self.bridge(colleague, call);
        let with = With::Wait { wait, inquiry };
        let taped = self.calls.get(&call).and_then(|known| known.taping.shown());
        let talking = SoftphoneState::Talking {
            with,
            number,
            since: now,
            held: false,
            consult: None,
            overheard: None,
            taped,
        };
        self.lights.set(colleague, talking);
    }

    /// Who hears whom of a seat's call, by how far the asking of a colleague is.
    pub(super) fn wire(&self, staff: StaffId) {
        if let Some(listening) = self.seats.get(&staff).and_then(|seat| seat.listens.as_ref()) {
            return self.wire_ear(listening.colleague());
        }
        let asker = self.seats.get(&staff).and_then(|seat| seat.asked).unwrap_or(staff);
        self.wire_call(asker);
        self.wire_ear(asker);
    }

    fn wire_call(&self, asker: StaffId) {
        let Some(seat) = self.seats.get(&asker) else { return };
        let Some(call) = seat.call else { return };
        let Some(caller) = self.calls.get(&call).map(|known| known.leg) else { return };
        let Some(Consulting { colleague, stage }) = seat.consult else {
            return self.bridge(asker, call);
        };
        let Some(other) = self.seats.get(&colleague).map(|seat| seat.leg) else { return };
        match stage {
            Stage::Ringing => {
                self.sound(Sound::Hold { leg: caller, music: self.music.clone() });
                self.bridge(asker, call);
            }
            Stage::Talking => {
                self.sound(Sound::Hold { leg: caller, music: self.music.clone() });
                self.sound(Sound::Bridge { a: seat.leg, b: other });
            }
            Stage::Joined => {
                self.sound(Sound::Unhold { leg: caller });
                self.bridge(asker, call);
                self.sound(Sound::Listen { ear: other, on: seat.leg, mode: Join::Barge });
            }
        }
    }
}

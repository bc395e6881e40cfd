//! Somebody who runs the desk listens to a colleague's call, whispers to the colleague, or speaks with both.
//!
//! It is written at the desk before anything is heard, and belongs to the colleague's part of the call: it ends with that.

use super::{Running, call::CallKey, came::Came};
use crate::{board::Reply, inbox::Arrives};
use desk::{Caller, Who};
use domain::{
    actor::Staff,
    codes::ListenCode,
    ids::StaffId,
    listening::{ListenEnd, ListenMode, Listening},
};
use media::{Command as Sound, Join};
use web::switchboard::{Overheard, SoftphoneAct, SoftphoneState, SwitchboardError, With};

/// That a seat listens.
#[derive(Debug)]
pub(super) struct Listens {
    what: Listening,
    call: CallKey,
    with: With,
    stage: Stage,
}

/// How far it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// That it begins is being written: nothing is heard yet.
    Begins,
    /// It stands as it is heard.
    Stands,
    /// That others are to hear it is being written: until then it is heard as before.
    Changes,
}

impl Listens {
    /// To whom.
    pub(super) const fn colleague(&self) -> StaffId {
        self.what.to
    }
}

const fn join(mode: ListenMode) -> Join {
    match mode {
        ListenMode::Listen => Join::Listen,
        ListenMode::Whisper => Join::Whisper,
        ListenMode::Barge => Join::Barge,
    }
}

impl Running {
    /// Whether this seat listens.
    pub(super) fn listens(&self, staff: StaffId) -> bool {
        self.seats.get(&staff).is_some_and(|seat| seat.listens.is_some())
    }

    /// Who listens to this seat's call.
    fn listener(&self, to: StaffId) -> Option<StaffId> {
        let listens = |(staff, seat): (&StaffId, &super::seats::Seat)| {
            seat.listens.as_ref().filter(|listens| listens.what.to == to).map(|_| *staff)
        };
        self.seats.iter().find_map(listens)
    }

    /// Somebody wants to listen. Whoever asks hears whether the desk has written it.
    pub(super) fn listen_in(
        &mut self,
        staff: &Staff,
        to: StaffId,
        mode: ListenMode,
        why: ListenCode,
        reply: Reply<()>,
    ) {
        let what = match self.would_listen(staff.id, to, mode, why) {
            Ok(what) => what,
            Err(error) => {
                // Whoever asked may have gone.
                let _ = reply.send(Err(error));
                return;
            }
        };
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), self.once("listen-in"), what.since);
        let (desk, inbox) = (self.desk.borrow().clone(), self.inbox.clone());
        tokio::spawn(async move {
            let written = desk.listen_in(&caller, &what).await;
            inbox.put(Arrives::Waits(Came::Listens { what: Box::new(what), done: written.is_ok() })).await;
            let _ = reply.send(written.map_err(SwitchboardError::from));
        });
    }

    /// Keeps the place for whoever wants to listen, so that nobody else does meanwhile.
    fn would_listen(
        &mut self,
        staff: StaffId,
        to: StaffId,
        mode: ListenMode,
        why: ListenCode,
    ) -> Result<Listening, SwitchboardError> {
        if !self.seats.get(&staff).is_some_and(|seat| seat.hears) {
            return Err(SwitchboardError::NotPluggedIn);
        }
        if !self.can_be_rung(staff) {
            return Err(SwitchboardError::NotNow);
        }
        if self.listener(to).is_some() {
            return Err(SwitchboardError::Overheard);
        }
        let (SoftphoneState::Talking { with, .. }, Some(call)) = (self.lights.get(to), self.call_of(to))
        else {
            return Err(SwitchboardError::NoWay);
        };
        let since = self.clock.now();
        let known = self.calls.get_mut(&call).ok_or(SwitchboardError::NoWay)?;
        let what = Listening {
            by: staff,
            to,
            call: known.record.id(self.inbox.dice()),
            wait: known.waits.id.or(match with {
                With::Wait { wait, .. } => Some(wait),
                With::Inquiry(_) => None,
            }),
            inquiry: with.inquiry(),
            why,
            mode,
            since,
        };
        if let Some(seat) = self.seats.get_mut(&staff) {
            seat.listens = Some(Listens { what: what.clone(), call, with, stage: Stage::Begins });
        }
        Ok(what)
    }

    /// The desk has written that somebody listens, or has not.
    pub(super) fn begins_to_listen(&mut self, what: &Listening, done: bool) {
        let staff = what.by;
        let begins = self.seats.get_mut(&staff).map(|seat| &mut seat.listens);
        match begins {
            Some(Some(listens)) if listens.what.since == what.since => listens.stage = Stage::Stands,
            // One of the two was gone in that moment.
            gone if done => {
                let how = gone.map_or(ListenEnd::BrowserGone, |_| ListenEnd::CallOver);
                return self.write_end(what.clone(), how);
            }
            _ => return,
        }
        if done {
            self.is_heard_as_said(staff);
        } else if let Some(seat) = self.seats.get_mut(&staff) {
            seat.listens = None;
        }
    }

    /// Others are to hear whoever listens. Whoever asks hears whether the desk has written it.
    pub(super) fn listen_as(&mut self, staff: &Staff, mode: ListenMode, reply: Reply<()>) {
        let listens = self.seats.get_mut(&staff.id).and_then(|seat| seat.listens.as_mut());
        let Some(listens) = listens.filter(|listens| listens.stage == Stage::Stands) else {
            // Whoever asked may have gone.
            let _ = reply.send(Err(SwitchboardError::NotNow));
            return;
        };
        listens.stage = Stage::Changes;
        let what = Listening { mode, ..listens.what.clone() };
        let key = self.once("listen-as");
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, self.clock.now());
        let (desk, inbox, staff) = (self.desk.borrow().clone(), self.inbox.clone(), staff.id);
        tokio::spawn(async move {
            let written = desk.change_listening(&caller, &what).await;
            let mode = written.is_ok().then_some(mode);
            inbox.put(Arrives::Waits(Came::ListensAs { staff, mode })).await;
            let _ = reply.send(written.map_err(SwitchboardError::from));
        });
    }

    /// The desk has written that others hear them, or has not.
    pub(super) fn is_heard_by(&mut self, staff: StaffId, mode: Option<ListenMode>) {
        let listens = self.seats.get_mut(&staff).and_then(|seat| seat.listens.as_mut());
        let Some(listens) = listens.filter(|listens| listens.stage == Stage::Changes) else { return };
        listens.stage = Stage::Stands;
        if let Some(mode) = mode {
            listens.what.mode = mode;
            self.is_heard_as_said(staff);
        }
    }

    /// From now on: who hears whom, what the record says, and what both telephones show.
    fn is_heard_as_said(&mut self, staff: StaffId) {
        let Some(listens) = self.seats.get(&staff).and_then(|seat| seat.listens.as_ref()) else { return };
        let (what, with) = (listens.what.clone(), listens.with);
        if let Some(known) = self.calls.get_mut(&listens.call) {
            known.record.listens(&what);
        }
        self.wire_ear(what.to);
        let Listening { to, mode, since, .. } = what;
        self.lights.set(staff, SoftphoneState::Listening { to, with, since, mode });
        // Whoever is spoken to is to know by whom, whatever the agency decided of those who only listen.
        let shown =
            mode != ListenMode::Listen || self.desk.borrow().pack().line().wait.written().listen_shown;
        self.show_overheard(to, shown.then_some(Overheard { by: staff, mode }));
    }

    /// What the colleague sees of it.
    fn show_overheard(&self, to: StaffId, overheard: Option<Overheard>) {
        if let SoftphoneState::Talking { with, number, since, held, consult, taped, .. } = self.lights.get(to)
        {
            let talking = SoftphoneState::Talking { with, number, since, held, consult, overheard, taped };
            self.lights.set(to, talking);
        }
    }

    /// Whoever listens to this seat's call hears it, and is heard as was said.
    pub(super) fn wire_ear(&self, to: StaffId) {
        let Some(seat) = self.listener(to).and_then(|staff| self.seats.get(&staff)) else { return };
        let Some(listens) = seat.listens.as_ref().filter(|listens| listens.stage != Stage::Begins) else {
            return;
        };
        if let Some(colleague) = self.seats.get(&to) {
            self.sound(Sound::Listen { ear: seat.leg, on: colleague.leg, mode: join(listens.what.mode) });
        }
    }

    /// What whoever listens does beside changing who hears them: they leave.
    pub(super) fn act_while_listening(
        &mut self,
        staff: StaffId,
        act: &SoftphoneAct,
    ) -> Result<(), SwitchboardError> {
        let listens = self.seats.get(&staff).and_then(|seat| seat.listens.as_ref());
        let begins = listens.is_none_or(|listens| listens.stage == Stage::Begins);
        if begins || *act != SoftphoneAct::HangUp {
            return Err(SwitchboardError::NotNow);
        }
        self.listens_no_more(staff, ListenEnd::Left);
        Ok(())
    }

    /// The colleague's part of the call is over: nobody listens to it.
    pub(super) fn nobody_listens_to(&mut self, to: StaffId) {
        if let Some(staff) = self.listener(to) {
            self.listens_no_more(staff, ListenEnd::CallOver);
        }
    }

    /// A seat listens no more; nothing when it did not.
    pub(super) fn listens_no_more(&mut self, staff: StaffId, how: ListenEnd) {
        let Some(seat) = self.seats.get_mut(&staff) else { return };
        let leg = seat.leg;
        let Some(Listens { what, call, stage, .. }) = seat.listens.take() else { return };
        if stage == Stage::Begins {
            // Nothing was heard. If it has been written, its end is written as soon as that is known.
            return;
        }
        let now = self.clock.now();
        self.sound(Sound::Unbridge { leg });
        if let Some(known) = self.calls.get_mut(&call) {
            known.record.listens_no_more(staff, now);
        }
        self.show_overheard(what.to, None);
        self.lights.set(staff, SoftphoneState::Idle);
        self.write_end(what, how);
    }

    fn write_end(&mut self, what: Listening, how: ListenEnd) {
        self.of_wait("stop-listening", move |desk, caller| async move {
            desk.stop_listening(&caller, &what, how).await
        });
    }
}

//! Staff whose browsers are telephones.

use super::{
    Running,
    call::{Call, CallKey, Role, Whom},
    consulting::Consulting,
    listening::Listens,
};
use crate::{board::Asked, inbox::Arrives};
use desk::{Caller, Granted, Who};
use domain::{
    actor::Staff,
    change::IdempotencyKey,
    ids::{InquiryId, StaffId, WaitId},
    listening::ListenEnd,
};
use media::{Command as Sound, LegId};
use std::time::{Duration, Instant};
use web::switchboard::{Ended, SoftphoneAct, SoftphoneState, SwitchboardError, With};

/// A member of staff's telephone.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) leg: LegId,
    /// Whether the browser can hear.
    pub(super) hears: bool,
    /// The call it is in.
    pub(super) call: Option<CallKey>,
    /// The colleague who is asked about that call.
    pub(super) consult: Option<Consulting>,
    /// The colleague who asks.
    pub(super) asked: Option<StaffId>,
    /// The colleague's call to which it listens.
    pub(super) listens: Option<Listens>,
    /// Who is offered to it.
    ringing: Option<Granted>,
    /// Since when its browser is gone. A page that is loaded anew is there again in a moment.
    gone: Option<Instant>,
}

impl Seat {
    const fn new(leg: LegId) -> Self {
        Self {
            leg,
            hears: false,
            call: None,
            consult: None,
            asked: None,
            listens: None,
            ringing: None,
            gone: None,
        }
    }

    /// Whether there is no call, and none is offered.
    const fn is_idle(&self) -> bool {
        self.call.is_none() && self.ringing.is_none() && self.asked.is_none() && self.listens.is_none()
    }
}

/// How long a browser may be gone before its call is somebody else's.
const GRACE: Duration = Duration::from_secs(12);

impl Running {
    pub(super) fn asked(&mut self, asked: Asked) {
        match asked {
            Asked::PlugIn { staff, leg } => self.plug_in(staff, leg),
            Asked::Unplug { staff } => self.unplug(staff),
            Asked::Act { staff, act: SoftphoneAct::TransferBlind { to, why }, reply } => {
                self.pass_on(&staff, to, why, reply);
            }
            Asked::Act { staff, act: SoftphoneAct::Consult { to }, reply } => {
                self.consult(&staff, to, reply);
            }
            Asked::Act { staff, act: SoftphoneAct::ListenIn { to, mode, why }, reply } => {
                self.listen_in(&staff, to, mode, why, reply);
            }
            Asked::Act { staff, act: SoftphoneAct::ListenAs(mode), reply } => {
                self.listen_as(&staff, mode, reply);
            }
            Asked::Act { staff, act: SoftphoneAct::CompleteConsult, reply } => {
                self.hand_over(&staff, reply);
            }
            Asked::Act { staff, act, reply } => {
                // Whoever asked may have gone.
                let _ = reply.send(self.act(&staff, act));
            }
            Asked::Dial { staff, inquiry, whom } => {
                self.dial(staff, With::Inquiry(inquiry), whom.as_deref());
            }
            Asked::Visitor { leg, lang, token } => self.visitor(leg, lang, token),
            Asked::HangUp(token) => self.visitor_hangs_up(&token),
            Asked::Keys(token, keys) => self.visitor_keys(&token, &keys),
        }
    }

    fn plug_in(&mut self, staff: StaffId, leg: LegId) {
        let before = self.seats.remove(&staff);
        if let Some(before) = &before {
            self.sound(Sound::Close { leg: before.leg });
        }
        // A page that was loaded anew takes up what there was.
        let seat = Seat { leg, hears: false, gone: None, ..before.unwrap_or_else(|| Seat::new(leg)) };
        let idle = seat.is_idle();
        self.seats.insert(staff, seat);
        if idle {
            self.lights.set(staff, SoftphoneState::Unplugged);
        }
        self.wire(staff);
    }

    fn unplug(&mut self, staff: StaffId) {
        self.leave_consult(staff);
        self.listens_no_more(staff, ListenEnd::BrowserGone);
        self.nobody_listens_to(staff);
        let Some(seat) = self.seats.remove(&staff) else { return };
        self.sound(Sound::Close { leg: seat.leg });
        self.operator_lost(staff);
        match seat.call {
            // Somebody from the line is at their place again; whoever was called by us is let go.
            Some(call) if self.is_from_line(call) => self.back_to_line(call),
            Some(call) => self.hang_up(call),
            None => {}
        }
        self.lights.set(staff, SoftphoneState::Unplugged);
    }

    /// A browser's sound is there.
    pub(super) fn seat_hears(&mut self, leg: LegId) {
        let found = self.seats.iter_mut().find(|(_, seat)| seat.leg == leg);
        let Some((&staff, seat)) = found else { return };
        seat.hears = true;
        if seat.is_idle() {
            self.lights.set(staff, SoftphoneState::Idle);
        }
        self.wire(staff);
    }

    /// A browser is gone, perhaps only for a moment.
    pub(super) fn seat_gone(&mut self, leg: LegId) {
        if let Some(seat) = self.seats.values_mut().find(|seat| seat.leg == leg) {
            seat.hears = false;
            seat.gone.get_or_insert_with(Instant::now);
        }
    }

    /// Sound comes from a browser again, before its grace was over.
    pub(super) fn seat_back(&mut self, leg: LegId) {
        let seat = self.seats.values_mut().find(|seat| seat.leg == leg);
        if seat.is_some_and(|seat| seat.gone.take().is_some()) {
            self.seat_hears(leg);
        }
    }

    /// Browsers that have not come back are unplugged, and visitors' calls are over.
    pub(super) fn unplug_the_gone(&mut self) {
        let is_gone = |call: &Call| call.gone.is_some_and(|since| since.elapsed() >= GRACE);
        let gone: Vec<CallKey> =
            self.calls.iter().filter(|(_, call)| is_gone(call)).map(|(key, _)| *key).collect();
        for call in gone {
            self.silent(call);
        }
        let is_gone = |seat: &Seat| seat.gone.is_some_and(|since| since.elapsed() >= GRACE);
        let gone: Vec<StaffId> =
            self.seats.iter().filter(|(_, seat)| is_gone(seat)).map(|(staff, _)| *staff).collect();
        for staff in gone {
            tracing::info!(%staff, "a member of staff's browser is gone");
            self.unplug(staff);
        }
    }

    fn act(&mut self, staff: &Staff, act: SoftphoneAct) -> Result<(), SwitchboardError> {
        if let SoftphoneAct::Tape(goes_on) = act {
            return self.pause_tape(staff, !goes_on);
        }
        if self.consults(staff.id) {
            return self.act_in_consult(staff, &act);
        }
        if self.listens(staff.id) {
            return self.act_while_listening(staff.id, &act);
        }
        let seat = self.seats.get_mut(&staff.id).ok_or(SwitchboardError::NotPluggedIn)?;
        let leg = seat.leg;
        match (act, seat.call) {
            (SoftphoneAct::Answer, None) if seat.hears => {
                let granted = seat.ringing.take().ok_or(SwitchboardError::NotNow)?;
                self.accept(staff, granted);
                Ok(())
            }
            (SoftphoneAct::Decline, None) => {
                let granted = seat.ringing.take().ok_or(SwitchboardError::NotNow)?;
                self.decline(staff, &granted);
                Ok(())
            }
            (SoftphoneAct::DialCallback { inquiry }, None) if seat.hears && seat.ringing.is_none() => {
                let key = IdempotencyKey::of("dial", format!("{inquiry}:{}:{}", leg.0, self.clock.now()));
                self.begin_callback(staff, inquiry, key);
                Ok(())
            }
            (SoftphoneAct::HangUp, Some(call)) => {
                self.ends(staff.id, Ended::ByMe);
                if self.is_from_line(call) {
                    self.talked(call);
                } else {
                    self.hang_up(call);
                }
                Ok(())
            }
            (SoftphoneAct::Machine, Some(call)) => self.is_machine(staff.id, call),
            (SoftphoneAct::Hold(held), Some(call)) => self.hold(staff.id, call, held),
            (SoftphoneAct::Keys(keys), Some(call)) => {
                let far = self.calls.get(&call).ok_or(SwitchboardError::NotNow)?.leg;
                self.sound(Sound::Digits { leg: far, digits: keys.as_str().to_owned() });
                Ok(())
            }
            _ => Err(SwitchboardError::NotNow),
        }
    }

    fn hold(&mut self, staff: StaffId, call: CallKey, held: bool) -> Result<(), SwitchboardError> {
        let now = self.clock.now();
        let known = self.calls.get_mut(&call).ok_or(SwitchboardError::NotNow)?;
        let SoftphoneState::Talking { with, number, since, consult, overheard, taped, .. } =
            self.lights.get(staff)
        else {
            return Err(SwitchboardError::NotNow);
        };
        known.record.holds(held, now);
        let far = known.leg;
        self.sound(if held {
            Sound::Hold { leg: far, music: self.music.clone() }
        } else {
            Sound::Unhold { leg: far }
        });
        let talking = SoftphoneState::Talking { with, number, since, held, consult, overheard, taped };
        self.lights.set(staff, talking);
        Ok(())
    }

    /// The desk notes that the call begins, which the person's page tells; then it is made.
    fn begin_callback(&self, staff: &Staff, inquiry: InquiryId, key: IdempotencyKey) {
        let (desk, inbox, now) = (self.desk.borrow().clone(), self.inbox.clone(), self.clock.now());
        let staff = Box::new(staff.clone());
        tokio::spawn(async move {
            let id = staff.id;
            let caller = Caller::new(Who::Staff(staff), key, now);
            let whom = match desk.start_call(&caller, inquiry).await {
                Ok(inquiry) => inquiry.callback().map(|callback| {
                    let mark = desk.links().next_call_mark(callback);
                    Box::new(Whom::of(&inquiry, mark))
                }),
                Err(error) => {
                    tracing::warn!(%error, "a call cannot be begun");
                    None
                }
            };
            inbox.put(Arrives::Asked(Asked::Dial { staff: id, inquiry, whom })).await;
        });
    }

    /// The seat is in this call.
    pub(super) fn seat_takes(&mut self, staff: StaffId, call: CallKey) {
        if let Some(seat) = self.seats.get_mut(&staff) {
            seat.call = Some(call);
        }
    }

    /// Whether the seat is in this call.
    pub(super) fn is_in(&self, staff: StaffId, call: CallKey) -> bool {
        self.seats.get(&staff).is_some_and(|seat| seat.call == Some(call))
    }

    pub(super) fn is_free(&self, staff: StaffId) -> bool {
        self.seats.get(&staff).is_some_and(|seat| {
            seat.hears && seat.call.is_none() && seat.asked.is_none() && seat.listens.is_none()
        })
    }

    /// The call that the seat is in.
    pub(super) fn call_of(&self, staff: StaffId) -> Option<CallKey> {
        self.seats.get(&staff)?.call
    }

    /// Whether the seat could be rung now.
    pub(super) fn can_be_rung(&self, staff: StaffId) -> bool {
        self.is_free(staff) && self.seats.get(&staff).is_some_and(|seat| seat.ringing.is_none())
    }

    /// The seat and the call hear each other.
    pub(super) fn bridge(&self, staff: StaffId, call: CallKey) {
        if let (Some(seat), Some(known)) = (self.seats.get(&staff), self.calls.get(&call))
            && !known.taping.holds_back()
        {
            self.sound(Sound::Bridge { a: known.leg, b: seat.leg });
        }
    }

    /// How a seat's call came to its end, unless that was told already.
    pub(super) fn ends(&self, staff: StaffId, outcome: Ended) {
        let (SoftphoneState::Talking { with, .. } | SoftphoneState::Dialling { with, .. }) =
            self.lights.get(staff)
        else {
            return;
        };
        self.lights.set(staff, SoftphoneState::Ended { with, outcome, at: self.clock.now() });
    }

    /// A seat's call is over: it is free again.
    pub(super) fn talk_over(&mut self, staff: StaffId) {
        self.leave_consult(staff);
        self.nobody_listens_to(staff);
        self.ends(staff, Ended::ByOther);
        if let Some(seat) = self.seats.get_mut(&staff) {
            seat.call = None;
            let leg = seat.leg;
            self.sound(Sound::Unbridge { leg });
        }
        self.poke.notify_one();
    }

    /// Somebody is offered to this seat, if it can be rung.
    pub(super) fn ring(&mut self, granted: &Granted) -> bool {
        let free = self.can_be_rung(granted.operator);
        if let Some(seat) = self.seats.get_mut(&granted.operator).filter(|_| free) {
            seat.ringing = Some(granted.clone());
        }
        free
    }

    /// The offer is over.
    pub(super) fn stop_ringing(&mut self, granted: &Granted) -> bool {
        let Some(seat) = self.seats.get_mut(&granted.operator) else { return false };
        let same = |ringing: &Granted| (ringing.caller, ringing.grant) == (granted.caller, granted.grant);
        let was = seat.ringing.as_ref().is_some_and(same);
        if was {
            seat.ringing = None;
        }
        was
    }

    /// The seat at which a wait rings, if any.
    pub(super) fn rings_for(&self, wait: WaitId) -> Option<Granted> {
        let mut ringing = self.seats.values().filter_map(|seat| seat.ringing.as_ref());
        ringing.find(|granted| granted.caller == wait).cloned()
    }

    /// What a call of ours is with, for whoever is in it.
    pub(super) fn with(&self, call: CallKey) -> Option<(StaffId, With)> {
        match self.calls.get(&call)?.role {
            Role::Callback { staff, with, .. } => Some((staff, with)),
            Role::Caller | Role::Visitor(_) | Role::Telling(_) | Role::Outside(_) => None,
        }
    }

    /// Whether somebody called the line.
    pub(super) fn is_from_line(&self, call: CallKey) -> bool {
        self.calls.get(&call).is_some_and(|known| matches!(known.role, Role::Caller | Role::Visitor(_)))
    }
}

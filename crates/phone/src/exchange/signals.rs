//! What signalling and sound tell of calls.

use super::{
    Running,
    call::{Call, CallKey, Role},
    faults::of_end,
    figures::Figures,
    recording::ANNOUNCED,
};
use crate::{
    record::{Ending, Memory, Record},
    telling::Heard as Telling,
};
use ::line::{Engine, Event as Line, Given, Key};
use domain::{call_record::CallFault, phone::PhoneNumber, text::Lang};
use media::Command as Sound;
use sip::{CallId, Command, Ended, Event, LocalMedia, Party, Plan, TrunkId};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

/// Busy everywhere for want of sound: try again.
const UNAVAILABLE: u16 = 503;
/// Nobody takes transfers into this exchange from outside: whoever called us does not decide whom we call.
const DECLINED: u16 = 603;

impl Running {
    pub(super) fn signalled(&mut self, event: Event) {
        match event {
            Event::Incoming { call, trunk, from, to: _, offer: _ } => self.incoming(call, trunk, &from),
            Event::Progress { call, code, early } => self.progress(CallKey::Trunk(call), code, early),
            Event::Answered { call, plan } => {
                self.agreed(CallKey::Trunk(call), plan);
                self.picked_up(CallKey::Trunk(call));
            }
            Event::MediaChanged { call, plan } => self.agreed(CallKey::Trunk(call), plan),
            Event::Established { call } => self.begin(CallKey::Trunk(call), None),
            Event::Digit { call, digit } => self.key(CallKey::Trunk(call), digit.sign()),
            Event::Ended { call, why } => {
                let call = CallKey::Trunk(call);
                self.went_wrong(call, of_end(why));
                if self.goes_on_by_another(call, why) {
                    return;
                }
                self.not_reached(call, why);
                self.line(call, Line::HungUp);
                self.over(call, Ending::of(why));
            }
            Event::TransferAsked { call, .. } => {
                self.command(Command::RefuseTransfer { call, code: DECLINED });
            }
            Event::Registered { trunk, .. } => tracing::info!(trunk = self.trunk_name(trunk), "registered"),
            Event::RegisterFailed { trunk, code, .. } => {
                tracing::warn!(trunk = self.trunk_name(trunk), code, "the trunk does not register us");
            }
            Event::TrunkFull { trunk, until } => {
                tracing::warn!(trunk = self.trunk_name(trunk), "the trunk has no room for calls");
                self.ways.rests(trunk, until, Instant::now());
            }
            Event::TrunkSilent { trunk } => {
                self.ways.answers(trunk, false);
                tracing::error!(trunk = self.trunk_name(trunk), "the trunk does not answer");
            }
            Event::TrunkBack { trunk } => {
                self.ways.answers(trunk, true);
                tracing::info!(trunk = self.trunk_name(trunk), "the trunk is back");
            }
            Event::ChangeRefused { .. } | Event::TransferProgress { .. } => {}
        }
    }

    pub(super) fn trunk_name(&self, trunk: TrunkId) -> &str {
        self.settings.sip.trunks.iter().find(|known| known.id == trunk).map_or("?", |known| &known.name)
    }

    fn incoming(&mut self, call: CallId, trunk: TrunkId, from: &Party) {
        Figures::one_more(&self.figures.came);
        let number = from.number().and_then(|number| number.as_str().parse::<PhoneNumber>().ok());
        let leg = if self.calls.len() < self.settings.most_calls { self.plane.open().ok() } else { None };
        let Some((leg, addr)) = leg else {
            Figures::one_more(&self.figures.turned_away);
            let retry_after = Some(self.settings.sip.retry_after);
            self.command(Command::Reject { call, code: UNAVAILABLE, retry_after });
            self.record_refusal(Some(trunk), number.as_ref());
            return;
        };
        let key = CallKey::Trunk(call);
        self.legs.insert(leg, key);
        self.calls.insert(
            key,
            Call::begin(
                Role::Caller,
                leg,
                (number, None),
                self.desk.borrow().clone(),
                Record::begin(Some(trunk), self.clock.now()),
            ),
        );
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        self.recall(key);
        self.command(Command::Accept { call, media: LocalMedia { addr } });
    }

    /// What is spoken is settled, or has changed.
    pub(super) fn agreed(&mut self, call: CallKey, plan: Plan) {
        let Some(known) = self.calls.get(&call) else { return };
        self.sound(Sound::Connect { leg: known.leg, plan: sound_plan(plan) });
    }

    /// The caller hears us from now on: the line begins, in the language that was chosen on the page, if one was.
    pub(super) fn begin(&mut self, call: CallKey, lang: Option<Lang>) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let ours = matches!(known.role, Role::Callback { .. } | Role::Telling(_) | Role::Outside(_));
        if known.line.is_some() || ours || self.waits_to_recall(call) {
            return;
        }
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Some(callflow) = known.desk.pack().callflow() else {
            // A pack without a line has nobody to answer with.
            self.hang_up(call);
            return;
        };
        Figures::one_more(&self.figures.answered);
        let chosen = match &known.record.memory {
            Memory::Known(chosen) => chosen.clone(),
            Memory::NotAsked | Memory::Asked { .. } => None,
        };
        let given = Given {
            lang: lang.or_else(|| chosen.as_ref().map(|chosen| chosen.lang.clone())),
            caller_known: known.number.is_some(),
            accommodation: chosen.as_ref().map(|chosen| chosen.accommodation).unwrap_or_default(),
        };
        let (engine, effects) = Engine::start(Arc::clone(&callflow.flow), &given, now);
        known.line = Some(engine);
        self.follow(call, effects);
        if let Some(chosen) = chosen {
            self.remember(call, &chosen.lang);
        }
    }

    pub(super) fn heard(&mut self, event: &media::Event) {
        match *event {
            media::Event::Recorded { ref recording, .. } => self.tape_is_in(recording.to.clone(), None),
            media::Event::RecordingFailed { ref to, why, .. } => self.tape_is_in(to.clone(), Some(why)),
            media::Event::Digit { leg, key } => {
                if let Some(&call) = self.legs.get(&leg) {
                    self.key(call, char::from(key));
                }
            }
            media::Event::Played { leg, mark: ANNOUNCED } => {
                if let Some(&call) = self.legs.get(&leg) {
                    self.announced(call, true);
                }
            }
            media::Event::Played { leg, mark } => {
                if let Some(&call) = self.legs.get(&leg) {
                    self.line(call, Line::Spoken { turn: mark });
                }
            }
            // No caller is dropped for what is no fault of theirs; signalling tells when they are gone.
            media::Event::Silent { leg, .. } if self.may_be_silent(leg) => {}
            media::Event::Silent { leg, .. } if self.is_visitor(leg) => {
                if let Some(call) = self.calls.get_mut(&CallKey::Browser(leg)) {
                    call.gone = Some(Instant::now());
                }
            }
            media::Event::Silent { leg, .. } | media::Event::Bye { leg } => {
                if let Some(&call) = self.legs.get(&leg) {
                    self.silent(call);
                }
                self.seat_gone(leg);
            }
            media::Event::Back { leg } => {
                if let Some(call) = self.calls.get_mut(&CallKey::Browser(leg)) {
                    call.gone = None;
                }
                self.seat_back(leg);
            }
            media::Event::Secured { leg } => {
                self.visitor_hears(leg);
                self.seat_hears(leg);
            }
            _ => {}
        }
    }

    /// Nothing is heard of whoever called: it is over.
    pub(super) fn silent(&mut self, call: CallKey) {
        self.went_wrong(call, Some(CallFault::NoSound));
        self.hang_up(call);
        self.line(call, Line::HungUp);
        self.over(call, Ending::Silent);
    }

    /// Keeps in the record of a call what went wrong, and counts it.
    pub(super) fn went_wrong(&mut self, call: CallKey, fault: Option<CallFault>) {
        let (Some(fault), Some(known)) = (fault, self.calls.get_mut(&call)) else { return };
        known.record.fault(fault);
        metrics::counter!("anteroom_phone_faults_total", "fault" => fault.as_str()).increment(1);
    }

    /// What the line asks next, it asks because the caller wants to speak with a person.
    fn wants_person(&mut self, call: CallKey, wants: bool) {
        if let Some(known) = self.calls.get_mut(&call) {
            known.waits.wants_person = wants;
        }
    }

    pub(super) fn key(&mut self, call: CallKey, sign: char) {
        if self.refuses(call, sign) {
            return;
        }
        self.key_goes_outside(call, sign);
        if let Some(key) = Key::new(sign) {
            self.wants_person(call, key == Key::OPERATOR);
            self.line(call, Line::Key(key));
            self.wants_person(call, false);
        }
    }

    /// The call is over: its sound is given back.
    pub(super) fn over(&mut self, call: CallKey, ending: Ending) {
        self.end_tape(call);
        // Its sound was lost before signalling had a word to say, or we stop.
        self.in_telling(call, Telling::Ended(Ended::TransportLost));
        if ending != Ending::Stopped {
            self.outside_over(call);
        }
        let Some(known) = self.calls.remove(&call) else { return };
        self.record_end(&known, ending);
        self.leave_outside(known.waits.outside);
        self.ways.arrived(call);
        if let Some(at) = known.wake {
            self.wakes.remove(&(at, call));
        }
        self.legs.remove(&known.leg);
        if let Role::Visitor(token) = &known.role {
            self.visitors.remove(token);
            self.lights.visitor_gone(token);
        }
        if let Role::Callback { staff, with, phase, .. } = known.role {
            let held = known.record.held(self.clock.now());
            self.ours_over(call, staff, with, (phase, held));
        }
        self.wait_over(&known, ending);
        self.sound(Sound::Close { leg: known.leg });
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        metrics::counter!("anteroom_phone_ended_total", "how" => ending.as_str()).increment(1);
        let seconds = self.clock.now().duration_since(known.record.began).as_secs();
        tracing::info!(
            trunk = known.record.trunk.map_or("browser", |trunk| self.trunk_name(trunk)),
            ending = ending.as_str(),
            seconds,
            states = known.record.states().join(" "),
            failures = known.record.failures,
            unsaid = known.record.unsaid,
            faults = known.record.faults.iter().map(|fault| fault.as_str()).collect::<Vec<_>>().join(" "),
            "a call has ended"
        );
    }
}

/// The same plan, as sound knows it.
pub(super) fn sound_plan(plan: Plan) -> media::Plan {
    let Plan { remote, rtcp, law, telephone_event, comfort_noise, direction, ptime } = plan;
    media::Plan {
        remote,
        rtcp,
        law: match law {
            sip::Law::Mu => media::Law::Mu,
            sip::Law::A => media::Law::A,
        },
        telephone_event,
        comfort_noise,
        direction: match direction {
            sip::Direction::SendRecv => media::Direction::SendRecv,
            sip::Direction::SendOnly => media::Direction::SendOnly,
            sip::Direction::RecvOnly => media::Direction::RecvOnly,
            sip::Direction::Inactive => media::Direction::Inactive,
        },
        ptime,
    }
}

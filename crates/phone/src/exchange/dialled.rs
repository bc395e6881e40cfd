//! Calls that we make: for an officer's promise, and for whoever's place has come up.

use super::{
    Running,
    call::{Call, CallKey, Role, Whom},
    recording::ANNOUNCED,
};
use crate::{
    answering::{Do, Heard, Manner, Phase},
    inbox::Arrives,
    record::Record,
    telling::Heard as Telling,
};
use ::line::Event as Line;
use desk::{Caller, Desk, DeskError, Who};
use domain::{
    access::{Action, can},
    callback::CallOutcome,
    change::IdempotencyKey,
    ids::{InquiryId, StaffId},
    inquiry::Inquiry,
    mark::MarkCode,
    text::Lang,
    wait::WaitingCaller,
};
use media::{Clip, Command as Sound};
use sip::{Ended as Why, Plan};
use std::sync::{Arc, atomic::Ordering};
use voice::{Keep, Said};
use web::switchboard::{Ended, Progress, SoftphoneState, SwitchboardError, With};

/// What is said to whoever answers, and in what turn: each of them comes back when it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Who,
    Message,
    /// That the call is recorded.
    Recorded {
        may_refuse: bool,
    },
}

impl Whom {
    /// The person of an inquiry, called under this code.
    pub(super) fn of(inquiry: &Inquiry, mark: MarkCode) -> Self {
        let reach = &inquiry.reach;
        Self {
            number: reach.phone.clone(),
            lang: reach.lang.clone(),
            relay: reach.relay,
            message: inquiry.leaves_message(),
            mark,
        }
    }

    /// Somebody whose place has come up. What they have agreed to is known of an inquiry only.
    pub(super) async fn of_wait(desk: &Desk, wait: &WaitingCaller) -> Option<Box<Self>> {
        let number = wait.number.clone()?;
        let mark = desk.links().call_mark(wait.id.uuid(), wait.tried.len() + 1);
        let inquiry = match wait.inquiry {
            Some(inquiry) => desk.store().inquiry(inquiry).await.ok().flatten(),
            None => None,
        };
        let whom = match inquiry {
            Some(inquiry) => Self { number, ..Self::of(&inquiry, mark) },
            None => Self { number, lang: wait.lang.clone(), relay: false, message: false, mark },
        };
        Some(Box::new(whom))
    }
}

impl Running {
    /// Calls the person.
    pub(super) fn dial(&mut self, staff: StaffId, with: With, whom: Option<&Whom>) {
        let at = self.clock.now();
        let Some(whom) = whom else {
            self.lights.set(staff, SoftphoneState::Ended { with, outcome: Ended::Failed, at });
            // Of an officer's call it was not even noted that it begins; whoever waits is at their place again.
            if matches!(with, With::Wait { .. }) {
                self.came_to(staff, with, CallOutcome::LineFault);
            }
            return;
        };
        if !self.is_free(staff) {
            // Their browser went, or something else came between: nobody was called.
            return self.came_to(staff, with, CallOutcome::LineFault);
        }
        let Some((call, leg, by)) = self.invite(whom) else {
            self.lights.set(staff, SoftphoneState::Ended { with, outcome: Ended::Failed, at });
            return self.came_to(staff, with, CallOutcome::LineFault);
        };
        let (now, desk) = (self.clock.now(), self.desk.borrow().clone());
        let answer = desk.pack().line().callbacks.as_written().answer;
        let first = self.settings.first;
        let manner = Manner { first, answer, relay: whom.relay, message: whom.message };
        self.legs.insert(leg, call);
        self.calls.insert(
            call,
            Call::begin(
                Role::Callback { staff, with, phase: Phase::BEGUN, manner, mark: whom.mark },
                leg,
                (Some(whom.number.clone()), Some(whom.lang.clone())),
                desk,
                Record::begin(by, now),
            ),
        );
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        self.seat_takes(staff, call);
        self.lights.set(staff, SoftphoneState::Dialling { with, since: now, progress: Progress::Trying });
        self.do_as_sip_says();
    }

    /// It rings there, or something is heard before the answer: the officer hears it, unless the person is to be there first.
    pub(super) fn progress(&mut self, call: CallKey, code: u16, early: Option<Plan>) {
        if self.outside_rings(call, code) {
            return;
        }
        if code >= 180 && self.in_telling(call, Telling::Ringing) {
            return;
        }
        let Some((staff, with)) = self.with(call) else { return };
        let officer = self.settings.first == crate::First::Officer;
        let progress = match (early, code) {
            (Some(plan), _) => {
                self.agreed(call, plan);
                if officer {
                    self.bridge(staff, call);
                }
                Progress::EarlyMedia
            }
            (None, 180..) => Progress::Ringing,
            (None, _) => Progress::Trying,
        };
        if code >= 180 {
            self.ours(call, Heard::Ringing);
        }
        if let SoftphoneState::Dialling { since, .. } = self.lights.get(staff) {
            self.lights.set(staff, SoftphoneState::Dialling { with, since, progress });
        }
    }

    /// Somebody has picked up.
    pub(super) fn picked_up(&mut self, call: CallKey) {
        if self.in_telling(call, Telling::PickedUp) || self.outside_picked_up(call) {
            return;
        }
        self.ours(call, Heard::PickedUp);
    }

    /// What a call of ours hears, in the words of the line.
    pub(super) fn in_ours(&mut self, call: CallKey, event: &Line) {
        if matches!(event, Line::Wake) && self.outside_time_up(call) {
            return;
        }
        let (heard, telling) = match event {
            Line::Spoken { turn } => (Heard::Spoken, Telling::Spoken { turn: *turn }),
            Line::Key(key) => (Heard::Key(key.sign()), Telling::Key(key.sign())),
            Line::Wake => (Heard::TimeUp, Telling::TimeUp),
            _ => return,
        };
        if !self.in_telling(call, telling) {
            self.ours(call, heard);
        }
    }

    /// The officer says that a machine answers: it is left a message, if it may be, without them.
    pub(super) fn is_machine(&mut self, staff: StaffId, call: CallKey) -> Result<(), SwitchboardError> {
        match self.calls.get(&call).map(|known| &known.role) {
            Some(Role::Callback { phase: Phase::Talking, staff: theirs, .. }) if *theirs == staff => {
                self.ours(call, Heard::Machine);
                Ok(())
            }
            _ => Err(SwitchboardError::NotNow),
        }
    }

    /// Something happened in a call of ours.
    fn ours(&mut self, call: CallKey, heard: Heard) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Role::Callback { staff, with, phase, manner, .. } = &mut known.role else { return };
        let (staff, with) = (*staff, *with);
        let what;
        (*phase, what) = phase.next(heard, *manner);
        match what {
            Do::Nothing => {}
            Do::Ask => self.tell(call, Words::Who),
            Do::Wait(seconds) => self.wake_in(call, seconds),
            Do::Connect => self.connected(call, staff, with),
            Do::Leave => {
                self.let_go(call, staff, CallOutcome::Machine);
                self.tell(call, Words::Message);
            }
            Do::HangUp(outcome) => {
                self.let_go(call, staff, outcome);
                self.came_to(staff, with, outcome);
                self.hang_up(call);
            }
        }
    }

    /// They speak with each other.
    fn connected(&mut self, call: CallKey, staff: StaffId, with: With) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        known.saying.hush();
        if let Some(at) = known.wake.take() {
            self.wakes.remove(&(at, call));
        }
        let (leg, number) = (known.leg, known.number.clone());
        self.sound(Sound::Hush { leg });
        if matches!(with, With::Wait { .. }) {
            self.came_to(staff, with, CallOutcome::Reached);
        }
        self.lets_talk(staff, call);
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
        self.lights.set(staff, talking);
    }

    /// The officer has no part in what the call still does.
    fn let_go(&mut self, call: CallKey, staff: StaffId, outcome: CallOutcome) {
        self.end_tape(call);
        let Some(known) = self.calls.get(&call) else { return };
        self.sound(Sound::Unbridge { leg: known.leg });
        if self.is_in(staff, call) {
            self.ends(staff, Ended::NotReached(outcome));
            self.talk_over(staff);
        }
    }

    /// Says something to whoever answers, in the person's language.
    pub(super) fn tell(&mut self, call: CallKey, what: Words) {
        let now = self.clock.now();
        let Some(known) = self.calls.get(&call) else { return };
        let plays = known.line.as_ref().map(::line::Engine::lang);
        let lang = plays.or_else(|| known.lang.clone()).unwrap_or_else(Lang::en);
        let (text, keep) = match (what, &known.role) {
            // The same for everybody who is called.
            (Words::Who, _) => (known.desk.introduction(&lang), Keep::Shared),
            (Words::Message, Role::Callback { mark, .. }) => {
                (known.desk.message_left(&lang, *mark, now), Keep::Call)
            }
            (Words::Message, _) => return,
            (Words::Recorded { may_refuse }, _) => {
                (known.desk.recording_announced(&lang, may_refuse), Keep::Shared)
            }
        };
        let turn = match what {
            Words::Who => 1,
            Words::Message => 2,
            Words::Recorded { .. } => ANNOUNCED,
        };
        self.say_to(call, &text, &lang, keep, turn);
    }

    /// Has a text said in a call, after all that is being said in it.
    pub(super) fn say_to(&mut self, call: CallKey, text: &str, lang: &Lang, keep: Keep, turn: u64) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        let words =
            speech::Language::of(lang).map_or_else(|| text.to_owned(), |language| language.words(text));
        let said = Said { words, lang: lang.as_str().to_owned(), percent: 100, keep, recording: None };
        let era = known.saying.begin(turn);
        let (voice, inbox) = (self.voice.clone(), self.inbox.clone());
        tokio::spawn(async move {
            let clips = match voice.clip(&said).await {
                Ok(sound) => vec![Arc::new(Clip::from_pcm(Arc::clone(&sound.samples)))],
                Err(error) => {
                    tracing::error!(%error, "what a called person should hear cannot be said");
                    Vec::new()
                }
            };
            inbox.put(Arrives::Made { call, era, turn, clips }).await;
        });
    }

    /// Signalling says that a call of ours has ended, and why.
    pub(super) fn not_reached(&mut self, call: CallKey, why: Why) {
        if self.in_telling(call, Telling::Ended(why)) || self.outside_ended(call, why) {
            return;
        }
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Role::Callback { staff, with, phase, .. } = &mut known.role else { return };
        let (staff, with, before) = (*staff, *with, *phase);
        if matches!(before, Phase::Talking | Phase::Over) {
            return;
        }
        *phase = Phase::Over;
        let outcome = before.outcome(why);
        if self.is_in(staff, call) {
            self.ends(
                staff,
                match outcome {
                    None => Ended::ByMe,
                    Some(CallOutcome::LineFault) => Ended::Failed,
                    Some(outcome) => Ended::NotReached(outcome),
                },
            );
        }
        match (outcome, with) {
            (Some(outcome), _) => self.came_to(staff, with, outcome),
            // An operator who stops dialling has let it ring: the place is kept.
            (None, With::Wait { .. }) => self.came_to(staff, with, CallOutcome::NoAnswer),
            // An officer says how it was.
            (None, With::Inquiry(_)) => {}
        }
    }

    /// A call of ours is gone, whoever ended it. It was held for so many seconds.
    pub(super) fn ours_over(
        &mut self,
        call: CallKey,
        staff: StaffId,
        with: With,
        (phase, held): (Phase, u32),
    ) {
        match phase {
            Phase::Talking => self.end_talk(staff, with, Some(held)),
            Phase::Over => {}
            // Its sound was lost before signalling had a word to say.
            before => {
                let outcome = before.outcome(Why::TransportLost).unwrap_or(CallOutcome::LineFault);
                self.came_to(staff, with, outcome);
            }
        }
        if self.is_in(staff, call) {
            self.talk_over(staff);
        }
    }

    /// Notes what a call came to: with the wait, or with the inquiry whose officer called. What a talk came to, its officer says.
    pub(super) fn came_to(&self, staff: StaffId, with: With, outcome: CallOutcome) {
        let (desk, now) = (self.desk.borrow().clone(), self.clock.now());
        let poke = Arc::clone(&self.poke);
        tokio::spawn(async move {
            let noted = match with {
                With::Wait { wait, .. } => {
                    let name = format!("{wait}:{staff}:{now}:{}", outcome.as_str());
                    let key = IdempotencyKey::of("called-back", name);
                    let caller = Caller::new(Who::System("line"), key, now);
                    desk.call_back_ended(&caller, wait, outcome).await.map(drop)
                }
                With::Inquiry(inquiry) => note(&desk, staff, inquiry, outcome, now).await,
            };
            if let Err(error) = noted {
                tracing::warn!(%error, "what came of a call cannot be noted");
            }
            poke.notify_one();
        });
    }
}

/// Notes the outcome of an officer's call, as they would.
async fn note(
    desk: &Desk,
    staff: StaffId,
    inquiry: InquiryId,
    outcome: CallOutcome,
    now: jiff::Timestamp,
) -> Result<(), DeskError> {
    let officer = desk.store().staff(staff).await?.ok_or(DeskError::NotFound)?;
    let key = IdempotencyKey::of("call-ended", format!("{inquiry}:{staff}:{now}"));
    if can(&officer, Action::CallPerson, None).is_err() {
        // Their account was closed, or they are no officer any more, while the call went on.
        let caller = Caller::new(Who::System("line"), key, now);
        return desk.end_left_call(&caller, inquiry, staff, outcome).await.map(drop);
    }
    let caller = Caller::new(Who::Staff(Box::new(officer)), key, now);
    desk.end_call(&caller, inquiry, outcome).await.map(drop)
}

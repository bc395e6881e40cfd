//! Calls that tell notices: nobody of the agency is in them.

use super::{
    Running,
    call::{Call, CallKey, Role, Whom},
};
use crate::{
    inbox::Arrives,
    record::Record,
    telling::{Do, Heard, Phase},
};
use desk::{Caller, Who};
use domain::{callback::CallOutcome, change::IdempotencyKey, notice_call::NoticeCallEnd as End};
use jiff::{SignedDuration, Timestamp};
use media::Command as Sound;
use notices::NoticeCall;
use std::sync::atomic::Ordering;
use voice::Keep;

/// So long the desk has to do what somebody said yes to, in seconds.
const LONGEST_ANSWER: u8 = 10;

/// A call that tells a notice, and how far it is.
#[derive(Debug)]
pub(super) struct Telling {
    /// What is told, and to whom.
    pub call: NoticeCall,
    /// How far it is.
    pub phase: Phase,
    /// Counts what has been said: each has a turn of its own.
    turns: u64,
}

impl Running {
    /// Begins a call that tells a notice.
    pub(super) fn tell_notice(&mut self, call: NoticeCall) {
        let whom = Whom {
            number: call.to.clone(),
            lang: call.lang.clone(),
            relay: false,
            message: false,
            mark: call.mark,
        };
        let room = self.calls.len() < self.settings.most_calls;
        let Some((key, leg, by)) = room.then(|| self.invite(&whom)).flatten() else {
            return self.notice_came_to(&call, End::Missed(CallOutcome::LineFault));
        };
        let rings = call.ring_seconds;
        let telling = Box::new(Telling { call, phase: Phase::BEGUN, turns: 0 });
        self.legs.insert(leg, key);
        self.calls.insert(
            key,
            Call::begin(
                Role::Telling(telling),
                leg,
                (Some(whom.number), Some(whom.lang)),
                self.desk.borrow().clone(),
                Record::begin(by, self.clock.now()),
            ),
        );
        self.figures.calls.store(self.calls.len() as u64, Ordering::Relaxed);
        self.wake_in(key, rings);
        self.do_as_sip_says();
    }

    /// Something happened in such a call; false when it is none.
    pub(super) fn in_telling(&mut self, key: CallKey, heard: Heard) -> bool {
        let Some(known) = self.calls.get_mut(&key) else { return false };
        let Role::Telling(telling) = &mut known.role else { return false };
        // What was cut short is not waited for any more.
        if matches!(heard, Heard::Spoken { turn } if turn != telling.turns) {
            return true;
        }
        let asks = telling.call.told.yes.is_some();
        let heard = if asks && heard == Heard::Key('1') && telling.phase.asks() { Heard::Yes } else { heard };
        let before = telling.phase.end();
        let what;
        (telling.phase, what) = telling.phase.next(heard);
        let (told, waits) = (telling.call.told.clone(), telling.call.wait_seconds);
        if let (None, Some(end)) = (before, telling.phase.end()) {
            self.telling_over(key, end);
        }
        match what {
            Do::Nothing => {}
            Do::Ask => self.say_in_telling(key, &told.who, Keep::Shared),
            Do::Tell => {
                let ask = told.yes.as_ref().map_or("", |yes| yes.ask.as_str());
                self.say_in_telling(key, &format!("{} {ask} {}", told.news, told.then), Keep::Call);
            }
            Do::Answer => self.answer_notice(key),
            Do::Done | Do::Gone => {
                let Some(yes) = &told.yes else { return true };
                let says = if what == Do::Done { &yes.done } else { &yes.gone };
                self.say_in_telling(key, says, Keep::Shared);
            }
            Do::Part => self.say_in_telling(key, &told.never, Keep::Shared),
            Do::Wait => self.wake_in(key, waits),
            Do::HangUp => self.hang_up(key),
        }
        true
    }

    /// Does what they said yes to, and hears what came of it.
    fn answer_notice(&mut self, key: CallKey) {
        let Some(Call { role: Role::Telling(telling), .. }) = self.calls.get(&key) else { return };
        let (notice, version) = (telling.call.notice, telling.call.version);
        let (desk, inbox, now) = (self.desk.borrow().clone(), self.inbox.clone(), self.clock.now());
        // A desk that does not answer keeps nobody on the line.
        self.wake_in(key, LONGEST_ANSWER);
        let name = self.once("notice-yes");
        tokio::spawn(async move {
            let caller = Caller::new(Who::System("line"), name, now);
            let done = desk.answer_notice(&caller, notice, version).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "what a called person said yes to cannot be done");
                false
            });
            inbox.put(Arrives::NoticeAnswered { call: key, done }).await;
        });
    }

    /// Says something instead of what is being said.
    fn say_in_telling(&mut self, key: CallKey, text: &str, keep: Keep) {
        self.wakes_no_more(key);
        let Some(known) = self.calls.get_mut(&key) else { return };
        let Role::Telling(telling) = &mut known.role else { return };
        telling.turns += 1;
        let (turn, lang, leg) = (telling.turns, telling.call.lang.clone(), known.leg);
        known.saying.hush();
        self.sound(Sound::Hush { leg });
        self.say_to(key, text, &lang, keep, turn);
    }

    /// It is known what the call came to.
    fn telling_over(&mut self, key: CallKey, end: End) {
        self.wakes_no_more(key);
        let Some(Call { role: Role::Telling(telling), .. }) = self.calls.get(&key) else { return };
        self.notice_came_to(&telling.call, end);
    }

    /// Notes it with the notice.
    fn notice_came_to(&self, call: &NoticeCall, end: End) {
        let (desk, now) = (self.desk.borrow().clone(), self.clock.now());
        let (notice, version) = (call.notice, call.version);
        tokio::spawn(async move {
            let key = IdempotencyKey::of("notice-called", format!("{notice}:{version}"));
            let caller = Caller::new(Who::System("line"), key, now);
            if let Err(error) = desk.notice_called(&caller, notice, version, end).await {
                // It counts as tried, and the job that waits for it tries again.
                tracing::warn!(%error, "what came of a call that told a notice cannot be noted");
            }
        });
    }

    /// Wakes the call in so many seconds, and at no time that was set before.
    pub(super) fn wake_in(&mut self, key: CallKey, seconds: u8) {
        self.wake_at(key, self.clock.now() + SignedDuration::from_secs(seconds.into()));
    }

    /// Wakes the call then, and at no time that was set before.
    pub(super) fn wake_at(&mut self, key: CallKey, at: Timestamp) {
        self.wakes_no_more(key);
        if let Some(known) = self.calls.get_mut(&key) {
            known.wake = Some(at);
            self.wakes.insert((at, key));
        }
    }

    fn wakes_no_more(&mut self, key: CallKey) {
        if let Some(at) = self.calls.get_mut(&key).and_then(|known| known.wake.take()) {
            self.wakes.remove(&(at, key));
        }
    }
}

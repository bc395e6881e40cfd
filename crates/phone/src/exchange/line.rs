//! The line plays a call: what happened goes in, and what it wants is done.

use super::{Running, call::CallKey, figures::Figures};
use crate::{
    answers::{self, Answered},
    inbox::{Arrives, Inbox},
    record::{About, Record},
    saying::Ready,
};
use ::line::{Answer, Effect, Event, Query, Say};
use domain::{
    call_record::{CallFault, TurnedAway},
    remembered::Accommodation,
    text::Lang,
};
use media::{Clip, Command as Sound};
use std::{sync::Arc, time::Duration};
use voice::{Keep, Said};

/// A caller who hears nothing for so long wonders whether anybody is there.
pub(super) const SLOW: Duration = Duration::from_secs(2);

impl Running {
    /// Something happened in a call that the line plays.
    pub(super) fn line(&mut self, call: CallKey, event: Event) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Some(engine) = known.line.as_mut() else { return self.in_ours(call, &event) };
        let effects = engine.handle(event, now);
        self.follow(call, effects);
    }

    /// Does what the line wants, in order, and remembers when it wants to be woken.
    pub(super) fn follow(&mut self, call: CallKey, effects: Vec<Effect>) {
        for effect in effects {
            self.effect(call, effect);
        }
        self.leave_if_gone_on(call);
        let Some(known) = self.calls.get_mut(&call) else { return };
        let wake = known.line.as_ref().and_then(::line::Engine::next_wakeup);
        if wake != known.wake {
            if let Some(before) = known.wake {
                self.wakes.remove(&(before, call));
            }
            if let Some(at) = wake {
                self.wakes.insert((at, call));
            }
            known.wake = wake;
        }
    }

    fn effect(&mut self, call: CallKey, effect: Effect) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        match effect {
            Effect::Entered(state) => known.record.entered(state),
            Effect::Hush => {
                known.saying.hush();
                let leg = known.leg;
                self.sound(Sound::Hush { leg });
            }
            Effect::Say(say) => self.speak(call, &say),
            Effect::Ask { ask, query, lang } => self.ask(call, ask, query, lang),
            Effect::Hangup => self.hang_up(call),
            Effect::Withdraw { ask } => self.withdraw(call, ask),
            Effect::Over { keep_place } => known.waits.keep = keep_place,
            // Keys are taken at any time: the line itself knows which it wants.
            Effect::Gather(_) => {}
            Effect::Remember { lang } => self.remember(call, &lang),
        }
    }

    /// Has the words made into sound, at their own pace.
    fn speak(&mut self, call: CallKey, say: &Say) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Some(engine) = &known.line else { return };
        let words = known.desk.words();
        let said: Vec<Said> = say
            .prompts
            .iter()
            .map(|spoken| {
                let fixed = spoken.args.iter().next().is_none();
                Said {
                    words: engine.flow().words(spoken, words, now),
                    lang: spoken.lang.as_str().to_owned(),
                    percent: say.rate.percent(),
                    // What is put into a prompt may be about a person: it is made for the call and kept nowhere.
                    keep: if fixed { Keep::Shared } else { Keep::Call },
                    recording: fixed.then(|| spoken.prompt.clone()),
                }
            })
            .collect();
        let era = known.saying.begin(say.turn);
        let clip = |sound: &voice::Sound| Arc::new(Clip::from_pcm(Arc::clone(&sound.samples)));
        let ready = said.iter().map(|said| self.voice.ready(said).as_ref().map(clip));
        if let Some(clips) = ready.collect::<Option<Vec<_>>>().filter(|clips| !clips.is_empty()) {
            return self.made(call, era, say.turn, clips);
        }
        let (voice, inbox, turn) = (self.voice.clone(), self.inbox.clone(), say.turn);
        tokio::spawn(async move {
            let mut clips = Vec::with_capacity(said.len());
            for said in &said {
                match watched((&inbox, call), CallFault::VoiceSlow, SLOW, voice.clip(said)).await {
                    Ok(sound) => clips.push(clip(&sound)),
                    Err(error) => tracing::error!(%error, "a prompt cannot be said"),
                }
            }
            inbox.put(Arrives::Made { call, era, turn, clips }).await;
        });
    }

    /// Sound has been made.
    pub(super) fn made(&mut self, call: CallKey, era: u64, turn: u64, clips: Vec<Arc<Clip>>) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        let leg = known.leg;
        let ready = known.saying.made(era, turn, clips);
        for Ready { turn, clips } in ready {
            if clips.is_empty() {
                // Better a gap than a caller who waits for nothing.
                Figures::one_more(&self.figures.unsaid);
                if let Some(known) = self.calls.get_mut(&call) {
                    known.record.unsaid += 1;
                }
                self.went_wrong(call, Some(CallFault::VoiceFailed));
                self.line(call, Event::Spoken { turn });
            } else {
                self.sound(Sound::Play { leg, clips, mark: turn });
            }
        }
    }

    /// Has it answered, at the agency's own pace.
    fn ask(&mut self, call: CallKey, ask: u64, query: Query, lang: Lang) {
        let now = self.clock.now();
        let key = self.once("call");
        let Some(known) = self.calls.get_mut(&call) else { return };
        match &query {
            Query::Case(number) => known.waits.keyed.receipt = Some(number.clone()),
            Query::Office(zip) => known.waits.keyed.zip = Some(zip.as_str().into()),
            Query::Line if known.waits.wants_person => known.waits.asks_for_person = Some(ask),
            _ => {}
        }
        match query {
            Query::Enqueue(queue) => return self.enqueue(call, ask, &queue, lang),
            Query::Connect => return self.connect(call, ask),
            Query::OfferCallback => return self.offer_callback(call, ask, lang),
            Query::Owed => return self.owed(call, ask),
            _ => {}
        }
        let Some(known) = self.calls.get(&call) else { return };
        let (desk, inbox, outlook) = (known.desk.clone(), self.inbox.clone(), Arc::clone(&self.outlook));
        tokio::spawn(async move {
            let asked = Box::pin(answers::answer(&desk, &outlook, key, &query, &lang, now));
            let answer = match watched((&inbox, call), CallFault::StoreSlow, SLOW, asked).await {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::error!(%error, asked = query.ask().as_str(), "what a caller asked cannot be answered");
                    None
                }
            };
            inbox.put(Arrives::Answered { call, ask, answer: answer.map(Box::new) }).await;
        });
    }

    /// Looks whether whoever rings from this number was called in vain, or keeps a place.
    fn owed(&self, call: CallKey, ask: u64) {
        let Some(known) = self.calls.get(&call) else { return };
        let (desk, inbox, number) = (known.desk.clone(), self.inbox.clone(), known.number.clone());
        tokio::spawn(async move {
            let answer = match number {
                // Who withholds the number is owed nothing that could be found by it.
                None => Some(Answer::Owed(None).into()),
                Some(number) => {
                    let looked = answers::owed(&desk, &number);
                    let looked = watched((&inbox, call), CallFault::StoreSlow, SLOW, looked).await;
                    looked
                        .inspect_err(
                            |error| tracing::error!(%error, "what is owed to a caller cannot be read"),
                        )
                        .ok()
                }
            };
            inbox.put(Arrives::Answered { call, ask, answer: answer.map(Box::new) }).await;
        });
    }

    /// The agency has answered.
    pub(super) fn answered(&mut self, call: CallKey, ask: u64, answer: Option<Box<Answered>>) {
        if let Some(answered) = answer {
            let Answered { answer, about, needs, rung } = *answered;
            if let Some(known) = self.calls.get_mut(&call) {
                known.waits.rung = rung.or(known.waits.rung);
                told(&mut known.record, &answer, about);
                if known.waits.asks_for_person == Some(ask)
                    && matches!(&answer, Answer::Line(line) if line.closed.is_some())
                {
                    known.record.turned_away(TurnedAway::Closed);
                }
            }
            if needs != Accommodation::None {
                self.line(call, Event::Needs(needs));
            }
            self.line(call, Event::Answered { ask, answer: Box::new(answer) });
            return;
        }
        if let Some(known) = self.calls.get_mut(&call) {
            known.record.failures += 1;
        }
        self.went_wrong(call, Some(CallFault::StoreFailed));
        self.line(call, Event::Failed { ask });
    }
}

/// Does something that a caller waits for; when it takes longer than anybody likes to wait, that is told at once.
pub(super) async fn watched<T>(
    (inbox, call): (&Inbox, CallKey),
    late: CallFault,
    after: Duration,
    doing: impl Future<Output = T>,
) -> T {
    tokio::pin!(doing);
    match tokio::time::timeout(after, &mut doing).await {
        Ok(done) => done,
        Err(_late) => {
            inbox.put(Arrives::Late { call, what: late }).await;
            doing.await
        }
    }
}

/// What an answer says for the record: what sort of thing was looked for, and whether it was there.
fn told(record: &mut Record, answer: &Answer, about: Option<About>) {
    let found = match answer {
        Answer::Case(case) => Some(("case", case.is_some())),
        Answer::Office(office) => Some(("office", office.is_some())),
        Answer::Inquiry(inquiry) => Some(("inquiry", inquiry.is_some())),
        Answer::Moved(window) => Some(("move-callback", window.is_some())),
        Answer::Cancelled(done) => Some(("cancel-callback", *done)),
        _ => None,
    };
    if let Some((what, found)) = found {
        record.looked_up(what, found);
    }
    if let Answer::Promised(Some(_)) = answer {
        record.came.promised = true;
    }
    if let Some(about) = about {
        record.is_about(about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::inbox;
    use media::LegId;
    use tokio::sync::oneshot;

    const CALL: CallKey = CallKey::Browser(LegId(7));

    #[tokio::test]
    async fn what_takes_long_is_told_while_it_is_waited_for() {
        let (inbox, mut arrivals) = inbox([1; 32]);
        let (end, ended) = oneshot::channel();
        let waited = tokio::spawn(async move {
            watched((&inbox, CALL), CallFault::StoreSlow, Duration::from_millis(5), ended).await
        });
        // It is told although it is not over: only now it may be.
        let told = arrivals.recv().await;
        assert!(matches!(told, Some(Arrives::Late { call: CALL, what: CallFault::StoreSlow })), "{told:?}");
        end.send(5).unwrap();
        assert_eq!(waited.await.unwrap(), Ok(5));
        assert!(arrivals.recv().await.is_none(), "and once");
    }

    #[tokio::test]
    async fn what_is_quick_enough_is_not() {
        let (inbox, mut arrivals) = inbox([1; 32]);
        assert_eq!(watched((&inbox, CALL), CallFault::VoiceSlow, SLOW, async { 5 }).await, 5);
        drop(inbox);
        assert!(arrivals.recv().await.is_none());
    }
}

//! One call: events in, effects out.

mod keys;

use crate::{
    answer::{Answer, tell_wait},
    contract::{Ask, TOLD_IN_QUEUE},
    event::{Effect, Event, Gather, Key, Rate, Say, Spoken},
    flow::{Flow, Go, HangUp, State, StateId, Verb},
    turn,
};
use domain::{remembered::Accommodation, text::Lang};
use facts::Facts;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// The version of [`Call`] as it is written down.
const VERSION: u16 = 1;
/// When nobody tells that the words were heard, the call goes on after so long all the same.
const LONGEST_SPEECH: SignedDuration = SignedDuration::from_secs(180);

/// What is known of a caller when the call begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The language that this number chose before.
    pub lang: Option<Lang>,
    /// Whether the caller's number is known, so that they can be called back.
    pub caller_known: bool,
    /// What the caller needs.
    pub accommodation: Accommodation,
}

/// The state of one call: all that another node needs to go on with it. It holds what the caller keyed, so it is personal data;
/// `Debug` shows names only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    version: u16,
    /// The hash of the flow it is played by.
    flow: String,
    state: String,
    facts: Facts,
    rate: Rate,
    turn: u64,
    /// What was said on the way to where the call is: what "say it again" says.
    heard: Vec<Spoken>,
    asks: u64,
    /// What was asked and is not answered yet.
    pending: Option<u64>,
    answer_by: Option<Timestamp>,
    speaking: bool,
    misses: i64,
    digits: String,
    /// `*` was pressed where digits are data; the next key is a command.
    star: bool,
    wake: Option<Timestamp>,
    over: bool,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts: Vec<&str> = self.facts.iter().map(|(name, _)| name).collect();
        f.debug_struct("Call").field("state", &self.state).field("facts", &facts).finish_non_exhaustive()
    }
}

/// Why a call cannot be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResumeError {
    /// Written by another version of this program.
    #[error("the call was written in version {0}, and this program reads version {VERSION}")]
    Version(u16),
    /// Begun with another call flow; take the one with this hash.
    #[error("the call was begun with the call flow {0}")]
    Flow(String),
    /// A state that the flow does not have.
    #[error("the call flow has no state {0:?}")]
    State(String),
}

/// One call as it is played.
#[derive(Debug, Clone)]
pub struct Engine {
    flow: Arc<Flow>,
    call: Call,
    at: StateId,
}

impl Engine {
    /// Answers a call.
    pub fn start(flow: Arc<Flow>, given: &Given, now: Timestamp) -> (Self, Vec<Effect>) {
        let remembered = given.lang.clone().filter(|lang| flow.langs.contains(lang));
        let lang = remembered.as_ref().or_else(|| flow.langs.first()).map_or("en", Lang::as_str);
        let mut facts: Facts =
            flow.initial.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        facts.set("lang", lang);
        facts.set("lang_remembered", remembered.is_some());
        facts.set("caller_known", given.caller_known);
        facts.set("accommodation", given.accommodation.as_str());
        let at = flow.start;
        let call = Call {
            version: VERSION,
            flow: flow.hash.clone(),
            state: flow.state(at).name.clone(),
            facts,
            rate: Rate::USUAL,
            turn: 0,
            heard: Vec::new(),
            asks: 0,
            pending: None,
            answer_by: None,
            speaking: false,
            misses: 0,
            digits: String::new(),
            star: false,
            wake: None,
            over: false,
        };
        let mut engine = Self { flow, call, at };
        let mut out = Vec::new();
        engine.enter(at, Vec::new(), now, &mut out);
        (engine, out)
    }

    /// Takes up a call that was written down. Give it [`Event::Resumed`] to go on.
    ///
    /// # Errors
    /// [`ResumeError::Flow`] when it was begun with another flow: take the one with that hash.
    pub fn resume(flow: Arc<Flow>, call: Call) -> Result<Self, ResumeError> {
        if call.version != VERSION {
            return Err(ResumeError::Version(call.version));
        }
        if call.flow != flow.hash {
            return Err(ResumeError::Flow(call.flow));
        }
        let at = flow.state_named(&call.state).ok_or_else(|| ResumeError::State(call.state.clone()))?;
        Ok(Self { flow, call, at })
    }

    /// The call, to be written down.
    pub const fn call(&self) -> &Call {
        &self.call
    }

    /// The state the call is in.
    pub fn state(&self) -> &str {
        &self.flow.state(self.at).name
    }

    /// The flow it is played by.
    pub const fn flow(&self) -> &Arc<Flow> {
        &self.flow
    }

    /// What is awaited of somebody else, by its number.
    pub const fn pending(&self) -> Option<u64> {
        self.call.pending
    }

    /// The language of the call.
    pub fn lang(&self) -> Lang {
        turn::lang(&self.call.facts, &self.flow)
    }

    /// What the caller needs, as far as it is known.
    pub fn accommodation(&self) -> Accommodation {
        turn::accommodation(&self.call.facts)
    }

    /// Whether the call is over.
    pub const fn is_over(&self) -> bool {
        self.call.over
    }

    /// When to hand in [`Event::Wake`]; `None` while only the caller, an operator or the end of a sentence is awaited.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        if self.call.over {
            return None;
        }
        [self.call.wake, self.call.answer_by].into_iter().flatten().min()
    }

    /// What is to be done about what happened. What does not concern the call any more (an answer that came late, a key after
    /// the end) does nothing.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut out = Vec::new();
        if self.call.over {
            return out;
        }
        match event {
            Event::Key(key) => self.key(key, now, &mut out),
            Event::Spoken { turn } if self.call.speaking && turn == self.call.turn => {
                self.spoken(now, &mut out);
            }
            Event::Wake => self.wake(now, &mut out),
            Event::Answered { ask, answer } if self.call.pending == Some(ask) => {
                self.answered(&answer, now, &mut out);
            }
            Event::Failed { ask } if self.call.pending == Some(ask) => self.failed(now, &mut out),
            Event::Spoken { .. } | Event::Answered { .. } | Event::Failed { .. } => {}
            Event::Position { place, wait } => self.position(place, wait),
            Event::Needs(needs) => self.needs(needs),
            Event::HungUp => self.hung_up(&mut out),
            Event::Resumed => self.resumed(now, &mut out),
        }
        out
    }

    fn here(&self) -> Arc<Flow> {
        Arc::clone(&self.flow)
    }

    /// Goes on to a state: sets what is set on the way, passes what waits for nothing, and stops where something is awaited.
    fn go(&mut self, go: &Go, said: Vec<Spoken>, now: Timestamp, out: &mut Vec<Effect>) {
        turn::apply(&mut self.call.facts, &go.set);
        self.enter(go.to, said, now, out);
    }

    fn enter(&mut self, to: StateId, mut said: Vec<Spoken>, now: Timestamp, out: &mut Vec<Effect>) {
        self.withdraw(out);
        let flow = self.here();
        let mut to = to;
        // States that pass cannot form a loop, so there are never more of them in a row than there are states.
        for _ in 0..=flow.states.len() {
            let state = flow.state(to);
            self.at = to;
            self.call.state.clone_from(&state.name);
            (self.call.misses, self.call.star) = (0, false);
            self.call.digits.clear();
            out.push(Effect::Entered(state.name.clone()));
            for fact in &state.clear {
                turn::clear(&mut self.call.facts, fact);
            }
            turn::apply(&mut self.call.facts, &state.set);
            if matches!(state.verb, Verb::Ask { ask: Ask::Enqueue, .. }) {
                for fact in TOLD_IN_QUEUE {
                    self.call.facts.remove(fact);
                }
            }
            if state.remember {
                out.push(Effect::Remember { lang: turn::lang(&self.call.facts, &flow) });
            }
            said.extend(self.own_words(state, false));
            let Verb::Pass(next) = &state.verb else { break };
            let Some(go) = turn::branch(next, &state.schema, &self.call.facts) else { break };
            turn::apply(&mut self.call.facts, &go.set);
            to = go.to;
        }
        self.call.heard.clone_from(&said);
        self.speak(said, now, out);
        self.begin(now, out);
    }

    /// Begins what the state is for.
    fn begin(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        match &state.verb {
            // A chart that was checked never stops in a state that passes; a call that does is over, not lost in silence.
            Verb::Hangup | Verb::Pass(_) => {
                if !self.call.speaking {
                    self.hang_up(out);
                }
            }
            Verb::Keys(keys) => {
                let keys = keys.keys().filter_map(|sign| Key::new(*sign)).collect();
                out.push(Effect::Gather(Gather::Keys(keys)));
            }
            Verb::Digits { least, most, .. } => {
                out.push(Effect::Gather(Gather::Digits { least: *least, most: *most }));
            }
            Verb::Ask { ask, on, queue } => {
                let name = queue.as_ref().map(|queue| queue.name.as_str());
                let Some(query) = turn::query(*ask, &self.call.facts, name) else {
                    let go = on.get("refused").unwrap_or(&state.outcomes.error).clone();
                    return self.go(&go, Vec::new(), now, out);
                };
                self.call.asks += 1;
                self.call.pending = Some(self.call.asks);
                if !matches!(ask, Ask::Enqueue | Ask::Connect) {
                    self.call.answer_by = Some(turn::later(now, flow.limits.lookup_seconds, None));
                }
                let lang = turn::lang(&self.call.facts, &flow);
                out.push(Effect::Ask { ask: self.call.asks, query, lang });
            }
        }
    }

    /// What was asked and is not wanted any more.
    fn withdraw(&mut self, out: &mut Vec<Effect>) {
        self.call.answer_by = None;
        if let Some(ask) = self.call.pending.take() {
            out.push(Effect::Withdraw { ask });
        }
    }

    fn own_words(&self, state: &State, again: bool) -> Vec<Spoken> {
        let prompts = turn::said_now(&state.say, &state.schema, &self.call.facts);
        prompts
            .into_iter()
            .map(|say| {
                let spoken = self.spoken_prompt(&say.prompt, again);
                Spoken { lang: say.lang.clone().unwrap_or(spoken.lang), ..spoken }
            })
            .collect()
    }

    fn spoken_prompt(&self, prompt: &str, again: bool) -> Spoken {
        let mut args = Facts::new();
        for name in self.flow.prompts.arguments(prompt) {
            if let Some(value) = self.call.facts.get(name) {
                args.set(name, value.clone());
            }
        }
        Spoken { prompt: prompt.to_owned(), lang: turn::lang(&self.call.facts, &self.flow), again, args }
    }

    /// Says something, and listens when it has been said.
    fn speak(&mut self, prompts: Vec<Spoken>, now: Timestamp, out: &mut Vec<Effect>) {
        if prompts.is_empty() {
            if !self.call.speaking {
                self.listen(now);
            }
            return;
        }
        self.call.turn += 1;
        self.call.speaking = true;
        self.call.wake = Some(now.checked_add(LONGEST_SPEECH).unwrap_or(Timestamp::MAX));
        out.push(Effect::Say(Say { turn: self.call.turn, prompts, rate: self.call.rate }));
    }

    /// From now on silence counts.
    fn listen(&mut self, now: Timestamp) {
        self.call.speaking = false;
        let flow = self.here();
        let state = flow.state(self.at);
        let patience = turn::patience(&flow, &self.call.facts);
        let between = flow.limits.between_seconds;
        self.call.wake = match &state.verb {
            Verb::Digits { .. } if self.call.star || !self.call.digits.is_empty() => {
                Some(turn::later(now, between, patience))
            }
            Verb::Keys(_) | Verb::Digits { .. } => Some(turn::later(now, state.timeout_seconds, patience)),
            Verb::Ask { queue: Some(queue), .. } => Some(turn::later(now, queue.every_seconds, None)),
            Verb::Ask { .. } | Verb::Pass(_) | Verb::Hangup => None,
        };
    }

    fn hush(&mut self, out: &mut Vec<Effect>) {
        if self.call.speaking {
            self.call.speaking = false;
            out.push(Effect::Hush);
        }
    }

    fn spoken(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if matches!(self.flow.state(self.at).verb, Verb::Hangup | Verb::Pass(_)) {
            return self.hang_up(out);
        }
        self.listen(now);
    }

    fn hang_up(&mut self, out: &mut Vec<Effect>) {
        self.call.over = true;
        out.extend([Effect::Hangup, Effect::Over { keep_place: false }]);
    }

    fn hung_up(&mut self, out: &mut Vec<Effect>) {
        let keep_place = self.flow.state(self.at).outcomes.hang_up == HangUp::KeepPlace;
        if keep_place {
            self.answer_is_in();
        } else {
            self.withdraw(out);
        }
        self.call.over = true;
        out.push(Effect::Over { keep_place });
    }

    fn wake(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.call.answer_by.is_some_and(|by| by <= now) {
            let go = self.flow.state(self.at).outcomes.timeout.clone();
            return self.go(&go, Vec::new(), now, out);
        }
        if self.call.wake.is_none_or(|wake| wake > now) {
            return;
        }
        if self.call.speaking { self.spoken(now, out) } else { self.silence(now, out) }
    }

    fn answered(&mut self, answer: &Answer, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        let (asked, outcome, told) = answer.told();
        let way = match &state.verb {
            Verb::Ask { ask, on, .. } if *ask == asked => on.get(outcome),
            _ => None,
        };
        let Some(go) = way.filter(|_| turn::good(&flow, &told)) else { return self.failed(now, out) };
        self.answer_is_in();
        for fact in asked.replaces() {
            self.call.facts.remove(fact);
        }
        for (name, value) in told.iter() {
            self.call.facts.set(name, value.clone());
        }
        self.go(go, Vec::new(), now, out);
    }

    fn failed(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        self.answer_is_in();
        let go = self.flow.state(self.at).outcomes.error.clone();
        self.go(&go, Vec::new(), now, out);
    }

    const fn answer_is_in(&mut self) {
        self.call.pending = None;
        self.call.answer_by = None;
    }

    fn position(&mut self, place: u32, wait: Option<(u16, u16)>) {
        if !matches!(self.flow.state(self.at).verb, Verb::Ask { ask: Ask::Enqueue, .. }) {
            return;
        }
        for fact in TOLD_IN_QUEUE {
            self.call.facts.remove(fact);
        }
        let place = place.clamp(1, 100_000);
        self.call.facts.set("position", i64::from(place));
        if let Some(over) = over(place) {
            self.call.facts.set("position_over", i64::from(over));
        }
        tell_wait(wait, &mut self.call.facts);
    }

    fn needs(&mut self, needs: Accommodation) {
        if self.accommodation() == Accommodation::None {
            self.call.facts.set("accommodation", needs.as_str());
        }
    }

    fn resumed(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        self.answer_is_in();
        (self.call.speaking, self.call.star) = (false, false);
        self.once_more(now, out);
        self.begin(now, out);
    }
}

/// So many places are told as they are.
const NEAR: u32 = 20;

/// Of a place far back, a round number of people that is surely before it: tens up to a hundred, then hundreds. It is heard more
/// easily than the place itself, and is the same sentence for many: of two thousand who wait, each would have another one.
const fn over(place: u32) -> Option<u32> {
    if place <= NEAR {
        return None;
    }
    // All before it are one less than its place, and more than what is told.
    let fewer = place - 2;
    let step = if fewer < 100 { 10 } else { 100 };
    Some(fewer / step * step)
}

#[cfg(test)]
mod tests {
    use super::over;

    #[test]
    fn what_is_told_of_a_place_far_back_is_never_too_many() {
        assert_eq!(
            [1, 20, 21, 31, 32, 101, 102, 347, 2_000].map(over),
            [None, None, Some(10), Some(20), Some(30), Some(90), Some(100), Some(300), Some(1_900)]
        );
        assert!((21..3_000).all(|place| over(place).is_some_and(|over| over < place - 1)));
    }
}

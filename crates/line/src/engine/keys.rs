//! What the caller keys, and what is said to silence.

use super::Engine;
use crate::{
    contract::{Ask, ENTERED},
    event::{Effect, Key, Spoken},
    flow::{Miss, Patience, State, Then, Verb},
    guards::GuardOf,
    turn,
};
use facts::Value;
use jiff::Timestamp;

impl Engine {
    /// Nothing came for as long as the caller has.
    pub(super) fn silence(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        match &state.verb {
            Verb::Keys(_) => self.miss(&state.outcomes.no_input, true, now, out),
            Verb::Digits { least, .. } => {
                if self.call.star {
                    self.call.star = false;
                    self.then(&state.outcomes.repeat, now, out);
                } else if self.call.digits.is_empty() {
                    self.miss(&state.outcomes.no_input, true, now, out);
                } else if self.call.digits.len() >= *least {
                    self.keyed(now, out);
                } else {
                    self.unfinished(true, now, out);
                }
            }
            Verb::Ask { queue: Some(_), .. } => {
                let said = self.place_told(state);
                self.speak(said, now, out);
            }
            Verb::Ask { .. } | Verb::Pass(_) | Verb::Hangup => self.call.wake = None,
        }
    }

    /// What a caller in a queue is told, once the place is known.
    fn place_told(&self, state: &State) -> Vec<Spoken> {
        let Verb::Ask { queue: Some(queue), .. } = &state.verb else { return Vec::new() };
        if self.call.facts.get("position").is_none() {
            return Vec::new();
        }
        let schema = state.schema_of(GuardOf::QueueSay(0));
        let prompts = turn::said_now(&queue.say, schema, &self.call.facts);
        prompts.into_iter().map(|say| self.spoken_prompt(&say.prompt, false)).collect()
    }

    /// Nothing came, or nothing that fits: said, and asked again; elsewhere after the last try. Silence is not held against a
    /// caller who has no limit.
    fn miss(&mut self, miss: &Miss, silent: bool, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let unlimited = turn::patience(&flow, &self.call.facts) == Some(Patience::NoLimit);
        if !(silent && unlimited) {
            self.call.misses += 1;
            if self.call.misses >= miss.tries {
                return self.go(&miss.then, Vec::new(), now, out);
            }
        }
        let mut said = vec![self.spoken_prompt(&miss.say, self.call.misses > 1)];
        said.extend(self.own_words(flow.state(self.at), true));
        self.speak(said, now, out);
    }

    /// Some digits came, and not enough: they are kept.
    fn unfinished(&mut self, silent: bool, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        let unlimited = turn::patience(&flow, &self.call.facts) == Some(Patience::NoLimit);
        if !(silent && unlimited) {
            self.call.misses += 1;
            if self.call.misses >= state.outcomes.unfinished.tries {
                return self.go(&state.outcomes.unfinished.then, Vec::new(), now, out);
            }
        }
        let said = self.so_far(state);
        self.speak(said, now, out);
    }

    fn so_far(&self, state: &State) -> Vec<Spoken> {
        let Verb::Digits { least, .. } = &state.verb else { return Vec::new() };
        if self.call.digits.is_empty() {
            return Vec::new();
        }
        let mut said = self.spoken_prompt(&state.outcomes.unfinished.say, false);
        let missing = i64::try_from(least.saturating_sub(self.call.digits.len())).unwrap_or(0);
        said.args.set(ENTERED[0], self.call.digits.as_str());
        said.args.set(ENTERED[1], missing);
        vec![said]
    }

    /// What was said on the way here once more, in full, and what was keyed so far.
    pub(super) fn once_more(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        let mut said = self.call.heard.clone();
        said.extend(self.so_far(state));
        said.extend(self.place_told(state));
        self.speak(said, now, out);
    }

    fn then(&mut self, then: &Then, now: Timestamp, out: &mut Vec<Effect>) {
        match then {
            Then::Again => self.once_more(now, out),
            Then::Go(go) => self.go(go, Vec::new(), now, out),
        }
    }

    pub(super) fn key(&mut self, key: Key, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        match &state.verb {
            // Whoever talks has the keys to themselves, and goodbye is goodbye.
            Verb::Ask { ask: Ask::Connect, .. } | Verb::Hangup | Verb::Pass(_) => {}
            Verb::Digits { .. } => {
                self.hush(out);
                self.digit(key, state, now, out);
            }
            Verb::Keys(_) | Verb::Ask { .. } => {
                let option = state.verb.keys().and_then(|keys| keys.get(&key.sign()));
                if let Some(go) = option {
                    self.hush(out);
                    self.go(go, Vec::new(), now, out);
                } else if key == Key::OPERATOR {
                    self.hush(out);
                    self.then(&state.outcomes.operator, now, out);
                } else if key == Key::STAR || key == Key::SLOWER {
                    self.hush(out);
                    self.say_again(key, state, now, out);
                } else if matches!(state.verb, Verb::Keys(_)) {
                    self.hush(out);
                    self.miss(&state.outcomes.no_match, false, now, out);
                }
            }
        }
    }

    fn say_again(&mut self, key: Key, state: &State, now: Timestamp, out: &mut Vec<Effect>) {
        if key == Key::SLOWER {
            self.call.rate = self.call.rate.slower();
            return self.then(&state.outcomes.slower, now, out);
        }
        self.then(&state.outcomes.repeat, now, out);
    }

    fn digit(&mut self, key: Key, state: &State, now: Timestamp, out: &mut Vec<Effect>) {
        let Verb::Digits { least, most, .. } = &state.verb else { return };
        if std::mem::take(&mut self.call.star) {
            match key {
                Key::OPERATOR => self.then(&state.outcomes.operator, now, out),
                Key::SLOWER | Key::STAR => self.say_again(key, state, now, out),
                Key::POUND => {
                    self.call.digits.clear();
                    self.once_more(now, out);
                }
                _ => self.miss(&state.outcomes.no_match, false, now, out),
            }
            return;
        }
        match key {
            Key::STAR => self.call.star = true,
            Key::POUND if self.call.digits.is_empty() => {
                return self.miss(&state.outcomes.no_match, false, now, out);
            }
            Key::POUND if self.call.digits.len() >= *least => return self.keyed(now, out),
            Key::POUND => return self.unfinished(false, now, out),
            digit => self.call.digits.push(digit.sign()),
        }
        if self.call.digits.len() >= *most {
            return self.keyed(now, out);
        }
        self.listen(now);
    }

    /// All the digits are there.
    fn keyed(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        let flow = self.here();
        let state = flow.state(self.at);
        let Verb::Digits { into, next, .. } = &state.verb else { return };
        let digits = std::mem::take(&mut self.call.digits);
        let Some(text) = turn::keyed(&flow, into, &digits) else {
            return self.miss(&state.outcomes.no_match, false, now, out);
        };
        turn::set(&mut self.call.facts, into, Value::Text(text));
        let schema = state.schema_of(GuardOf::Branch(0));
        if let Some(go) = turn::branch(next, schema, &self.call.facts) {
            self.go(go, Vec::new(), now, out);
        }
    }
}

//! Example calls: what a caller does, and the states and words that should come of it.

use crate::{
    answer::{Answer, OwedHere},
    engine::{Engine, Given},
    event::{Effect, Event, Key},
    fault::{Fault, FaultKind, Warning, WarningKind},
    flow::Flow,
    sample::{Sample, SampleLine},
};
use domain::{remembered::Accommodation, text::Lang};
use facts::{Place, ReadProblem, place_of};
use jiff::{SignedDuration, Timestamp, Zoned};
use locale::Words;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
use toml::Spanned;

/// One file of example calls, with the invented agency that answers in them.
#[derive(Debug, Clone)]
pub struct Calls {
    file: String,
    text: String,
    sample: Sample,
    at: Timestamp,
    examples: Vec<Spanned<ExampleCall>>,
}

/// What became of a file of calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// How many calls were played.
    pub played: usize,
    /// What went otherwise than expected.
    pub faults: Vec<Fault>,
    /// The states that were entered.
    pub entered: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    at: Zoned,
    #[serde(default)]
    agency: Sample,
    #[serde(default)]
    call: Vec<Spanned<ExampleCall>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleCall {
    name: String,
    /// The language that this number chose before.
    lang: Option<Lang>,
    #[serde(default = "yes")]
    caller_known: bool,
    #[serde(default)]
    accommodation: Accommodation,
    line: Option<SampleLine>,
    /// What waits for whoever calls.
    owed: Option<OwedHere>,
    step: Vec<Spanned<Step>>,
}

const fn yes() -> bool {
    true
}

/// One thing that happens, and what should come of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Keys, one after the other.
    keys: Option<String>,
    /// Nothing is heard for as long as the line waits.
    #[serde(default)]
    silence: bool,
    #[serde(default)]
    hang_up: bool,
    /// Another node takes the call up.
    #[serde(default)]
    resume: bool,
    /// The place in the queue, and the wait that is likely.
    place: Option<u32>,
    wait: Option<(u16, u16)>,
    person: Option<PersonDoes>,
    #[serde(default)]
    lookups: Lookups,

    state: Option<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    silent_about: Vec<String>,
    asks: Option<String>,
    remembers: Option<Lang>,
    over: Option<bool>,
    keeps_place: Option<bool>,
}

/// What a person at the other end does.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PersonDoes {
    /// An operator is free for the caller.
    Answers,
    /// The queue takes nobody.
    Closes,
    /// The operator has talked and hung up.
    HangsUp,
    /// They never heard each other.
    Fails,
}

/// How what is looked up is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Lookups {
    #[default]
    Answer,
    Fail,
    Silent,
}

impl Calls {
    /// Reads a file of calls.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let what = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            let kind = ReadProblem::Toml(what).into();
            vec![Fault { file: file.to_owned(), place: place_of(text, at), kind }]
        })?;
        let Written { at, agency, call } = written;
        Ok(Self {
            file: file.to_owned(),
            text: text.to_owned(),
            sample: agency,
            at: at.timestamp(),
            examples: call,
        })
    }

    /// The invented agency of this file.
    pub const fn sample(&self) -> &Sample {
        &self.sample
    }

    /// When its calls are made.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Plays every call.
    pub fn play(&self, flow: &Arc<Flow>, words: &Words) -> Outcome {
        let mut outcome = Outcome { played: self.examples.len(), ..Outcome::default() };
        for call in &self.examples {
            let mut play = Play::begin(self, call.get_ref(), flow, words);
            for (n, step) in call.get_ref().step.iter().enumerate() {
                let wrong = play.step(step.get_ref());
                let place = place_of(&self.text, step.span().start);
                outcome.faults.extend(wrong.into_iter().map(|what| self.fault(call, n, place, what)));
            }
            outcome.entered.append(&mut play.entered);
        }
        outcome
    }

    fn fault(&self, call: &Spanned<ExampleCall>, step: usize, place: Place, what: String) -> Fault {
        let kind = FaultKind::Call { call: call.get_ref().name.clone(), step: step + 1, what };
        Fault { file: self.file.clone(), place, kind }
    }
}

impl Flow {
    /// The states that no example call entered.
    pub fn without_calls(&self, entered: &BTreeSet<String>) -> Vec<Warning> {
        let missing = self.states.iter().filter(|state| !entered.contains(&state.name));
        missing
            .map(|state| Warning {
                file: self.file.clone(),
                place: state.place,
                kind: WarningKind::StateWithoutCall(state.name.clone()),
            })
            .collect()
    }
}

/// A call under way.
struct Play<'c> {
    engine: Engine,
    words: &'c Words,
    sample: Sample,
    now: Timestamp,
    lookups: Lookups,
    entered: BTreeSet<String>,
    /// What was said, asked, remembered and ended in this step.
    said: String,
    asked: Vec<&'static str>,
    remembered: Option<Lang>,
    kept: Option<bool>,
    /// What happened before the first step counts for it.
    first: Option<Vec<Effect>>,
}

impl<'c> Play<'c> {
    fn begin(calls: &Calls, call: &ExampleCall, flow: &Arc<Flow>, words: &'c Words) -> Self {
        let given = Given {
            lang: call.lang.clone(),
            caller_known: call.caller_known,
            accommodation: call.accommodation,
        };
        let (engine, effects) = Engine::start(Arc::clone(flow), &given, calls.at);
        let mut sample = calls.sample.clone();
        if let Some(line) = &call.line {
            sample.line = line.clone();
        }
        sample.owed = call.owed.or(sample.owed);
        Self {
            engine,
            words,
            sample,
            now: calls.at,
            lookups: Lookups::Answer,
            entered: BTreeSet::new(),
            said: String::new(),
            asked: Vec::new(),
            remembered: None,
            kept: None,
            first: Some(effects),
        }
    }

    /// Plays one step; everything that went otherwise.
    fn step(&mut self, step: &Step) -> Vec<String> {
        self.said.clear();
        self.asked.clear();
        (self.remembered, self.kept) = (None, None);
        self.lookups = step.lookups;
        let mut wrong = Vec::new();
        if let Some(effects) = self.first.take() {
            self.follow(effects);
        }
        for sign in step.keys.iter().flat_map(|keys| keys.chars()) {
            match Key::new(sign) {
                Some(key) => self.happens(Event::Key(key)),
                None => wrong.push(format!("a telephone has no key {sign:?}")),
            }
        }
        if let Some(place) = step.place {
            self.happens(Event::Position { place, wait: step.wait });
        }
        if let Some(person) = step.person {
            let answer = match person {
                PersonDoes::Answers => Answer::Reached,
                PersonDoes::Closes => Answer::QueueClosed,
                PersonDoes::HangsUp => Answer::Talked,
                PersonDoes::Fails => Answer::NotConnected,
            };
            match self.engine.pending() {
                Some(ask) => self.happens(Event::Answered { ask, answer: Box::new(answer) }),
                None => wrong.push("nobody waits for a person here".to_owned()),
            }
        }
        if step.silence {
            match self.engine.next_wakeup() {
                Some(at) => {
                    self.now = self.now.max(at);
                    self.happens(Event::Wake);
                }
                None => wrong.push("silence has no end here: the line waits for something else".to_owned()),
            }
        }
        if step.resume {
            match self.taken_up() {
                Ok(()) => self.happens(Event::Resumed),
                Err(what) => wrong.push(what),
            }
        }
        if step.hang_up {
            self.happens(Event::HungUp);
        }
        self.compare(step, &mut wrong);
        wrong
    }

    /// The call as another node reads it.
    fn taken_up(&mut self) -> Result<(), String> {
        let written = serde_json::to_string(self.engine.call()).map_err(|error| error.to_string())?;
        let call = serde_json::from_str(&written).map_err(|error| error.to_string())?;
        let flow = Arc::clone(self.engine.flow());
        self.engine = Engine::resume(flow, call).map_err(|error| error.to_string())?;
        Ok(())
    }

    fn happens(&mut self, event: Event) {
        self.now += SignedDuration::from_millis(300);
        let effects = self.engine.handle(event, self.now);
        self.follow(effects);
    }

    /// Does what is to be done, until the call waits for the caller, a person or time.
    fn follow(&mut self, effects: Vec<Effect>) {
        let mut open = std::collections::VecDeque::from(effects);
        while let Some(effect) = open.pop_front() {
            let event = match effect {
                Effect::Entered(state) => {
                    self.entered.insert(state);
                    continue;
                }
                Effect::Say(say) => {
                    for spoken in &say.prompts {
                        let words = self.engine.flow().words(spoken, self.words, self.now);
                        if !self.said.is_empty() {
                            self.said.push(' ');
                        }
                        self.said.push_str(&words);
                    }
                    Event::Spoken { turn: say.turn }
                }
                Effect::Ask { ask, query, lang } => {
                    self.asked.push(query.ask().as_str());
                    match (self.lookups, self.sample.answer(&query, &lang, self.now)) {
                        (Lookups::Answer, Some(answer)) => Event::Answered { ask, answer: Box::new(answer) },
                        (Lookups::Fail, Some(_)) => Event::Failed { ask },
                        _ => continue,
                    }
                }
                Effect::Remember { lang } => {
                    self.remembered = Some(lang);
                    continue;
                }
                Effect::Over { keep_place } => {
                    self.kept = Some(keep_place);
                    continue;
                }
                Effect::Hush | Effect::Gather(_) | Effect::Withdraw { .. } | Effect::Hangup => continue,
            };
            open.extend(self.engine.handle(event, self.now));
        }
    }

    fn compare(&self, step: &Step, wrong: &mut Vec<String>) {
        let state = self.engine.state();
        if let Some(wanted) = step.state.as_ref().filter(|wanted| *wanted != state) {
            wrong.push(format!("the call is in state `{state}`, not `{wanted}`; heard was: {}", self.said));
        }
        for words in step.says.iter().filter(|words| !self.said.contains(*words)) {
            wrong.push(format!("{words:?} was not heard; heard was: {}", self.said));
        }
        for words in step.silent_about.iter().filter(|words| self.said.contains(*words)) {
            wrong.push(format!("{words:?} was heard: {}", self.said));
        }
        if let Some(wanted) = step.asks.as_ref().filter(|wanted| !self.asked.contains(&wanted.as_str())) {
            wrong.push(format!("`{wanted}` was not asked for, but: {}", self.asked.join(", ")));
        }
        if step.remembers.is_some() && step.remembers != self.remembered {
            wrong.push(format!("the language remembered is {:?}", self.remembered));
        }
        if step.over.is_some_and(|over| over != self.engine.is_over()) {
            let is = if self.engine.is_over() { "over" } else { "not over" };
            wrong.push(format!("the call is {is}"));
        }
        if step.keeps_place.is_some() && step.keeps_place != self.kept {
            wrong.push(format!("whether the place is kept came out as {:?}", self.kept));
        }
    }
}

//! A checked call flow.

use crate::{
    contract::Ask,
    event::Spoken,
    fault::{Fault, Warning},
    form::Form,
    prompts::Prompts,
};
use domain::text::Lang;
use facts::{Cell, Place, Schema, Value};
use jiff::Timestamp;
use locale::Words;
use std::collections::BTreeMap;

/// A call flow, checked as a whole. It never changes: share it in an `Arc`.
#[derive(Debug)]
pub struct Flow {
    pub(crate) file: String,
    pub(crate) hash: String,
    pub(crate) langs: Vec<Lang>,
    pub(crate) start: StateId,
    pub(crate) limits: Limits,
    pub(crate) patience: BTreeMap<String, Patience>,
    pub(crate) schema: Schema,
    pub(crate) forms: BTreeMap<String, Form>,
    /// Facts that are there from the first moment, beside those of every call.
    pub(crate) initial: BTreeMap<String, Value>,
    pub(crate) states: Vec<State>,
    pub(crate) prompts: Prompts,
}

/// The files a call flow is made of: each by the name that faults give it.
#[derive(Debug, Clone)]
pub struct Sources<'a> {
    /// The statechart.
    pub flow: (&'a str, &'a str),
    /// The prompts, by language.
    pub prompts: Vec<(Lang, &'a str, &'a str)>,
}

impl Flow {
    /// Reads and checks a call flow.
    ///
    /// `langs` are the languages it must speak; the first is used when nothing else is known. All faults are returned, in the
    /// order of the files. When the file is not TOML, or a state is written wrongly, the checks that build on it are left out.
    pub fn load(sources: &Sources<'_>, langs: &[Lang]) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        crate::load::load(sources, langs)
    }

    /// SHA-256 of the statechart and its prompts, in hexadecimal: a call goes on only with the flow it began with.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Its languages; the first is used when nothing else is known.
    pub fn langs(&self) -> &[Lang] {
        &self.langs
    }

    /// The names of its states, in the order of the file.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.states.iter().map(|state| state.name.as_str())
    }

    /// The names of the queues that callers can wait in, in the order of the file.
    pub fn queues(&self) -> impl Iterator<Item = &str> {
        self.states.iter().filter_map(|state| match &state.verb {
            Verb::Ask { queue: Some(queue), .. } => Some(queue.name.as_str()),
            _ => None,
        })
    }

    pub(crate) fn state(&self, id: StateId) -> &State {
        &self.states[id.0]
    }

    pub(crate) fn state_named(&self, name: &str) -> Option<StateId> {
        self.states.iter().position(|state| state.name == name).map(StateId)
    }
}

/// A state by its place in the list. Made only while loading, for states that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StateId(pub usize);

/// Times and numbers that hold for the whole flow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub timeout_seconds: i64,
    pub between_seconds: i64,
    pub lookup_seconds: i64,
    pub tries: i64,
}

/// What an accommodation does to time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// So many times as long.
    Times(i64),
    /// Silence is never a fault.
    NoLimit,
}

#[derive(Debug)]
pub(crate) struct State {
    pub name: String,
    /// Where it stands in the file, in bytes and as people count.
    pub at: usize,
    pub place: Place,
    pub clear: Vec<String>,
    pub set: Vec<Set>,
    pub remember: bool,
    pub say: Vec<SayIf>,
    pub verb: Verb,
    pub timeout_seconds: i64,
    pub outcomes: Outcomes,
    /// The facts as conditions here see them: those surely known are not optional.
    pub schema: Schema,
    /// The same behind the digits that were gathered, or while a place in the queue is told.
    pub schema_after: Schema,
}

#[derive(Debug)]
pub(crate) struct SayIf {
    pub prompt: String,
    pub when: Option<Cell>,
    /// Another language than the call's.
    pub lang: Option<Lang>,
    pub at: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Set {
    pub fact: String,
    pub to: SetTo,
}

#[derive(Debug, Clone)]
pub(crate) enum SetTo {
    Value(Value),
    /// The texts of these facts, one after the other.
    Join(Vec<String>),
}

/// Where a call goes on, and what is set on the way.
#[derive(Debug, Clone)]
pub(crate) struct Go {
    pub to: StateId,
    pub set: Vec<Set>,
}

#[derive(Debug)]
pub(crate) struct Branch {
    pub when: Option<Cell>,
    pub go: Go,
    pub at: usize,
}

#[derive(Debug)]
pub(crate) enum Verb {
    /// Nothing to wait for.
    Pass(Vec<Branch>),
    /// One key of a menu.
    Keys(BTreeMap<char, Go>),
    /// A row of digits.
    Digits { least: usize, most: usize, into: String, next: Vec<Branch> },
    /// Somebody else is asked.
    Ask { ask: Ask, on: BTreeMap<&'static str, Go>, queue: Option<Queue> },
    /// The end.
    Hangup,
}

/// Waiting in a queue.
#[derive(Debug)]
pub(crate) struct Queue {
    pub name: String,
    /// How often the caller is told the place.
    pub every_seconds: i64,
    pub say: Vec<SayIf>,
    pub keys: BTreeMap<char, Go>,
}

/// What happens when a state does not get what it waits for; total.
#[derive(Debug, Clone)]
pub(crate) struct Outcomes {
    pub no_input: Miss,
    pub no_match: Miss,
    pub unfinished: Miss,
    pub timeout: Go,
    pub error: Go,
    pub operator: Then,
    pub repeat: Then,
    pub slower: Then,
    pub hang_up: HangUp,
}

/// Said, and asked again; after so many tries the call goes elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Miss {
    pub say: String,
    pub say_at: usize,
    pub tries: i64,
    pub then: Go,
}

#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// Stay, and say it again.
    Again,
    Go(Go),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HangUp {
    End,
    KeepPlace,
}

impl Verb {
    /// The verb's options, where it has any.
    pub fn keys(&self) -> Option<&BTreeMap<char, Go>> {
        match self {
            Self::Keys(keys) => Some(keys),
            Self::Ask { queue: Some(queue), .. } => Some(&queue.keys),
            _ => None,
        }
    }
}

/// Prompts as words.
impl Flow {
    /// The words of a prompt, for a voice engine: no digits and no abbreviations are left in them. `words` are the house's own
    /// texts, for days and hours; `now` decides whether a year is said.
    pub fn words(&self, spoken: &Spoken, words: &Words, now: Timestamp) -> String {
        self.prompts.words(spoken, &self.forms, words.tongue(&spoken.lang), now)
    }

    /// Every prompt of every language that says the same to everybody: what can be made into sound before anybody calls.
    pub fn fixed(&self) -> Vec<Spoken> {
        self.prompts.fixed()
    }

    /// The text of a prompt, for those who read along.
    pub fn text(&self, spoken: &Spoken, words: &Words, now: Timestamp) -> String {
        self.prompts.text(spoken, &self.forms, words.tongue(&spoken.lang), now)
    }
}

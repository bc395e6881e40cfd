//! Which facts are surely known where: on every way that a call can come to a state.

use crate::{
    contract::{Ask, ENTERED, TOLD_IN_QUEUE, forgotten_with},
    fault::FaultKind,
    flow::{Go, Set, SetTo, State, StateId, Then, Verb},
    guards::{Guard, GuardOf},
    load::Reader,
    prompts::Prompts,
};
use domain::text::Lang;
use facts::Schema;
use std::collections::BTreeSet;

/// One way out of a state.
pub(crate) struct Edge<'s> {
    pub go: &'s Go,
    /// What the file calls it.
    pub name: &'static str,
    /// The facts that are known once it is taken.
    pub gives: Vec<&'s str>,
    /// The facts that no longer hold once it is taken.
    pub replaces: Vec<&'static str>,
    /// The branch of `next` that leads here.
    pub branch: Option<usize>,
    /// Whether a call can take it without anything from the caller, an operator or an answer that takes time.
    pub unasked: bool,
}

/// Every way out of a state.
pub(crate) fn edges(state: &State) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    let asked =
        |go, name| Edge { go, name, gives: Vec::new(), replaces: Vec::new(), branch: None, unasked: false };
    let outcomes = &state.outcomes;
    match &state.verb {
        Verb::Hangup => return edges,
        Verb::Pass(next) => {
            for (n, branch) in next.iter().enumerate() {
                edges.push(Edge { branch: Some(n), unasked: true, ..asked(&branch.go, "next") });
            }
            return edges;
        }
        Verb::Keys(keys) => edges.extend(keys.values().map(|go| asked(go, "keys"))),
        Verb::Digits { into, next, .. } => {
            for (n, branch) in next.iter().enumerate() {
                edges.push(Edge { branch: Some(n), gives: vec![into], ..asked(&branch.go, "next") });
            }
            edges.push(asked(&outcomes.unfinished.then, "unfinished"));
        }
        Verb::Ask { ask, on, queue } => {
            for (outcome, go) in on {
                let gives = ask.outcome(outcome).map_or(&[][..], |outcome| outcome.gives);
                // Being reached, and having talked, take an operator; all else may come at once.
                let unasked = !matches!((ask, *outcome), (Ask::Enqueue, "reached") | (Ask::Connect, "ended"));
                edges.push(Edge {
                    gives: gives.to_vec(),
                    replaces: ask.replaces(),
                    unasked,
                    ..asked(go, "on")
                });
            }
            edges.push(Edge { unasked: true, ..asked(&outcomes.error, "error") });
            if !matches!(ask, Ask::Enqueue | Ask::Connect) {
                edges.push(Edge { unasked: true, ..asked(&outcomes.timeout, "timeout") });
            }
            edges.extend(queue.iter().flat_map(|queue| queue.keys.values()).map(|go| asked(go, "keys")));
            if *ask == Ask::Connect {
                return edges;
            }
        }
    }
    if matches!(state.verb, Verb::Keys(_) | Verb::Digits { .. }) {
        edges.push(asked(&outcomes.no_input.then, "no_input"));
        edges.push(asked(&outcomes.no_match.then, "no_match"));
    }
    for (then, name) in
        [(&outcomes.operator, "operator"), (&outcomes.repeat, "repeat"), (&outcomes.slower, "slower")]
    {
        if let Then::Go(go) = then {
            edges.push(asked(go, name));
        }
    }
    edges
}

/// What is known inside each state, once its `clear` and `set` are done. `None` where no call comes.
pub(crate) struct Known(Vec<Option<BTreeSet<String>>>);

impl Known {
    pub fn reached(&self, id: StateId) -> bool {
        self.0[id.0].is_some()
    }

    pub fn inside(&self, id: StateId) -> impl Iterator<Item = &str> {
        self.0[id.0].iter().flatten().map(String::as_str)
    }

    fn has(&self, id: StateId, fact: &str) -> bool {
        self.0[id.0].as_ref().is_some_and(|known| known.contains(fact))
    }
}

fn learn(known: &mut BTreeSet<String>, sets: &[Set]) {
    for set in sets {
        change(known, &set.fact);
        known.insert(set.fact.clone());
    }
}

fn change(known: &mut BTreeSet<String>, fact: &str) {
    for forgotten in forgotten_with(fact) {
        known.remove(forgotten);
    }
}

fn enter(mut known: BTreeSet<String>, state: &State) -> BTreeSet<String> {
    for fact in &state.clear {
        known.remove(fact);
        change(&mut known, fact);
    }
    learn(&mut known, &state.set);
    if matches!(state.verb, Verb::Ask { ask: Ask::Enqueue, .. }) {
        for fact in TOLD_IN_QUEUE {
            known.remove(fact);
        }
    }
    known
}

fn ensured(guards: &[Guard<'_, '_>], state: StateId, of: GuardOf) -> BTreeSet<String> {
    let guard = guards.iter().find(|guard| guard.state == state && guard.of == of);
    guard.map(|guard| facts::ensured(guard.source())).unwrap_or_default()
}

/// What is known along one way out, before its own `set`.
fn along(
    known: &BTreeSet<String>,
    state: StateId,
    edge: &Edge<'_>,
    guards: &[Guard<'_, '_>],
) -> BTreeSet<String> {
    let mut along = known.clone();
    for fact in &edge.replaces {
        along.remove(*fact);
    }
    for fact in &edge.gives {
        change(&mut along, fact);
    }
    along.extend(edge.gives.iter().map(|fact| (*fact).to_owned()));
    if let Some(n) = edge.branch {
        along.extend(ensured(guards, state, GuardOf::Branch(n)));
    }
    along
}

pub(crate) fn known(states: &[State], start: StateId, given: &[&str], guards: &[Guard<'_, '_>]) -> Known {
    // What is known on arrival; it only shrinks, so this ends.
    let mut arriving: Vec<Option<BTreeSet<String>>> = states.iter().map(|_| None).collect();
    arriving[start.0] = Some(given.iter().map(|&fact| fact.to_owned()).collect());
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        let state = &states[id.0];
        let inside = enter(arriving[id.0].clone().unwrap_or_default(), state);
        for edge in edges(state) {
            let mut along = along(&inside, id, &edge, guards);
            learn(&mut along, &edge.go.set);
            let slot = &mut arriving[edge.go.to.0];
            let merged = slot.as_ref().map_or_else(|| along.clone(), |before| before & &along);
            if slot.as_ref() != Some(&merged) {
                *slot = Some(merged);
                open.push(edge.go.to);
            }
        }
    }
    Known(states.iter().zip(arriving).map(|(state, known)| known.map(|known| enter(known, state))).collect())
}

/// The prompts that a state says, with their places.
pub(crate) fn says(state: &State) -> Vec<(&str, usize)> {
    let mut said: Vec<(&str, usize)> = state.say.iter().map(|say| (say.prompt.as_str(), say.at)).collect();
    let outcomes = &state.outcomes;
    match &state.verb {
        Verb::Keys(_) => said.extend([&outcomes.no_input, &outcomes.no_match].map(miss)),
        Verb::Digits { .. } => {
            said.extend([&outcomes.no_input, &outcomes.no_match, &outcomes.unfinished].map(miss));
        }
        Verb::Ask { queue: Some(queue), .. } => {
            said.extend(queue.say.iter().map(|say| (say.prompt.as_str(), say.at)));
        }
        _ => {}
    }
    said
}

fn miss(miss: &crate::flow::Miss) -> (&str, usize) {
    (&miss.say, miss.say_at)
}

/// Whether a state can set a fact.
pub(crate) fn sets(state: &State, fact: &str) -> bool {
    let among = |sets: &[Set]| sets.iter().any(|set| set.fact == fact);
    let gathered = matches!(&state.verb, Verb::Digits { into, .. } if into == fact);
    gathered || among(&state.set) || edges(state).iter().any(|edge| among(&edge.go.set))
}

/// Whether everything that is needed and joined is known where that happens.
pub(crate) fn check(reader: &Reader<'_>, states: &[State], known: &Known, guards: &[Guard<'_, '_>]) {
    for (n, state) in states.iter().enumerate() {
        let id = StateId(n);
        if !known.reached(id) {
            continue;
        }
        if let Verb::Ask { ask, .. } = &state.verb {
            for fact in ask.needs().iter().filter(|fact| !known.has(id, fact)) {
                let (state_name, fact) = (state.name.clone(), (*fact).to_owned());
                reader.fault(state.at, FaultKind::Needs { state: state_name, fact });
            }
        }
        let joins = |sets: &[Set], known: &BTreeSet<String>| {
            for set in sets {
                let SetTo::Join(parts) = &set.to else { continue };
                for fact in parts.iter().filter(|fact| !known.contains(*fact)) {
                    let kind = FaultKind::Needs { state: state.name.clone(), fact: fact.clone() };
                    reader.fault(state.at, kind);
                }
            }
        };
        let inside: BTreeSet<String> = known.inside(id).map(str::to_owned).collect();
        joins(&state.set, &inside);
        for edge in edges(state) {
            joins(&edge.go.set, &along(&inside, id, &edge, guards));
        }
    }
}

/// Whether every prompt is there in every language, and what it uses is known where it is said.
pub(crate) fn check_prompts(
    reader: &Reader<'_>,
    states: &[State],
    known: &Known,
    prompts: &Prompts,
    (schema, langs): (&Schema, &[Lang]),
    guards: &[Guard<'_, '_>],
) {
    let mut missing = BTreeSet::new();
    for (n, state) in states.iter().enumerate() {
        let id = StateId(n);
        for (key, at) in says(state) {
            for lang in langs.iter().filter(|lang| !prompts.has(lang, key)) {
                if missing.insert((at, lang)) {
                    let (key, lang) = (key.to_owned(), lang.to_string());
                    reader.fault(at, FaultKind::MissingPrompt { key, lang });
                }
            }
        }
        if known.reached(id) {
            let inside: BTreeSet<String> = known.inside(id).map(str::to_owned).collect();
            check_arguments(reader, state, id, &inside, (prompts, schema), guards);
        }
    }
}

fn check_arguments(
    reader: &Reader<'_>,
    state: &State,
    id: StateId,
    inside: &BTreeSet<String>,
    (prompts, schema): (&Prompts, &Schema),
    guards: &[Guard<'_, '_>],
) {
    let check = |key: &str, at: usize, more: &BTreeSet<String>| {
        for argument in prompts.arguments(key) {
            // One that is no fact at all is reported where the prompt stands.
            let exists = schema.contains_key(argument) || ENTERED.contains(&argument);
            if exists && !inside.contains(argument) && !more.contains(argument) {
                let (key, argument) = (key.to_owned(), argument.to_owned());
                let kind = FaultKind::UnknownThere { key, argument, state: state.name.clone() };
                reader.fault(at, kind);
            }
        }
    };
    for (n, say) in state.say.iter().enumerate() {
        check(&say.prompt, say.at, &ensured(guards, id, GuardOf::Say(n)));
    }
    let nothing = BTreeSet::new();
    let outcomes = &state.outcomes;
    if matches!(state.verb, Verb::Keys(_) | Verb::Digits { .. }) {
        for miss in [&outcomes.no_input, &outcomes.no_match] {
            check(&miss.say, miss.say_at, &nothing);
        }
    }
    match &state.verb {
        Verb::Digits { .. } => {
            let entered = ENTERED.iter().map(|&name| name.to_owned()).collect();
            check(&outcomes.unfinished.say, outcomes.unfinished.say_at, &entered);
        }
        Verb::Ask { queue: Some(queue), .. } => {
            for (n, say) in queue.say.iter().enumerate() {
                let mut more = ensured(guards, id, GuardOf::QueueSay(n));
                more.insert("position".to_owned());
                check(&say.prompt, say.at, &more);
            }
        }
        _ => {}
    }
}

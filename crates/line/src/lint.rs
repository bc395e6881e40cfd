//! What must hold of the whole chart: every state is reached, none is a dead end, a person is never out of reach, and nobody is
//! hung up on for silence.

use crate::{
    contract::Ask,
    fault::FaultKind,
    flow::{State, StateId, Verb},
    known::{Edge, Known, edges},
    load::Reader,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn check(reader: &Reader<'_>, states: &[State], start: StateId, known: &Known) {
    debug_assert!(known.reached(start), "the start is reached");
    let ids = || (0..states.len()).map(StateId);
    let to_an_end =
        reaching(states, |state| matches!(state.verb, Verb::Hangup | Verb::Ask { ask: Ask::Connect, .. }));
    let to_a_person = reaching(states, |state| {
        matches!(state.verb, Verb::Ask { ask: Ask::Enqueue | Ask::Connect | Ask::OfferCallback, .. })
    });
    let mut without_a_person = BTreeSet::new();
    for id in ids() {
        let state = &states[id.0];
        if !known.reached(id) {
            reader.fault(state.at, FaultKind::Unreachable(state.name.clone()));
            continue;
        }
        if !to_an_end.contains(&id) {
            reader.fault(state.at, FaultKind::NoEnd(state.name.clone()));
        }
        let waits = !matches!(state.verb, Verb::Pass(_) | Verb::Hangup);
        if waits && !to_a_person.contains(&id) {
            reader.fault(state.at, FaultKind::NoPerson(state.name.clone()));
        }
        for edge in edges(state) {
            if edge.name == "operator"
                && !to_a_person.contains(&edge.go.to)
                && without_a_person.insert(edge.go.to)
            {
                reader.fault(state.at, FaultKind::NoPerson(states[edge.go.to.0].name.clone()));
            }
            let missed = ["no_input", "no_match", "unfinished", "timeout", "error"].contains(&edge.name);
            if missed && let Some(at) = unasked_hangup(states, edge.go.to) {
                let kind = FaultKind::EndsInHangup { state: state.name.clone(), outcome: edge.name, at };
                reader.fault(state.at, kind);
            }
        }
    }
    check_loops(reader, states);
}

/// The states from which one that fits can be reached, itself included.
fn reaching(states: &[State], fits: impl Fn(&State) -> bool) -> BTreeSet<StateId> {
    let mut back: BTreeMap<StateId, Vec<StateId>> = BTreeMap::new();
    for (n, state) in states.iter().enumerate() {
        for edge in edges(state) {
            back.entry(edge.go.to).or_default().push(StateId(n));
        }
    }
    let mut found: BTreeSet<StateId> =
        states.iter().enumerate().filter(|(_, state)| fits(state)).map(|(n, _)| StateId(n)).collect();
    let mut open: Vec<StateId> = found.iter().copied().collect();
    while let Some(id) = open.pop() {
        for from in back.get(&id).into_iter().flatten() {
            if found.insert(*from) {
                open.push(*from);
            }
        }
    }
    found
}

/// Where a call that goes on here is hung up without being asked anything more, if it can be.
fn unasked_hangup(states: &[State], from: StateId) -> Option<String> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        let state = &states[id.0];
        if matches!(state.verb, Verb::Hangup) {
            return Some(state.name.clone());
        }
        for next in unasked(state) {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    None
}

fn unasked(state: &State) -> impl Iterator<Item = StateId> {
    edges(state).into_iter().filter(|edge: &Edge<'_>| edge.unasked).map(|edge| edge.go.to)
}

/// Each loop of states that ask nothing, once.
fn check_loops(reader: &Reader<'_>, states: &[State]) {
    let mut done = BTreeSet::new();
    for first in (0..states.len()).map(StateId) {
        let mut path: Vec<StateId> = Vec::new();
        if let Some(found) = walk(states, first, &mut path, &mut done) {
            let names = found.iter().map(|id| states[id.0].name.clone()).collect();
            let at = found.first().map_or(0, |id| states[id.0].at);
            reader.fault(at, FaultKind::Loop(names));
        }
    }
}

/// Depth first along unasked ways, with a stack of its own: files can be long, and the machine's stack is not.
fn walk(
    states: &[State],
    first: StateId,
    path: &mut Vec<StateId>,
    done: &mut BTreeSet<StateId>,
) -> Option<Vec<StateId>> {
    let mut stack: Vec<(StateId, Vec<StateId>)> = Vec::new();
    if done.contains(&first) {
        return None;
    }
    path.push(first);
    stack.push((first, unasked(&states[first.0]).collect()));
    while let Some((id, left)) = stack.last_mut() {
        let Some(next) = left.pop() else {
            done.insert(*id);
            stack.pop();
            path.pop();
            continue;
        };
        if let Some(at) = path.iter().position(|on| *on == next) {
            let found = path[at..].to_vec();
            done.extend(path.iter().copied());
            return Some(found);
        }
        if !done.contains(&next) {
            path.push(next);
            stack.push((next, unasked(&states[next.0]).collect()));
        }
    }
    None
}

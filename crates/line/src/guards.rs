//! Conditions: compiled against what is known where each stands.

use crate::{
    fault::FaultKind,
    flow::{State, StateId, Verb},
    known::Known,
    load::Reader,
};
use facts::{Cell, Reach, Schema, reach};
use toml::{Spanned, de::DeValue};

/// A condition as it is written, until it is known what is known where it stands.
pub(crate) struct Guard<'t, 'a> {
    pub state: StateId,
    pub of: GuardOf,
    pub value: &'t Spanned<DeValue<'a>>,
}

/// What a condition is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GuardOf {
    Say(usize),
    QueueSay(usize),
    Branch(usize),
}

impl State {
    /// The facts as a condition of this state sees them.
    pub fn schema_of(&self, of: GuardOf) -> &Schema {
        match (of, &self.verb) {
            (GuardOf::Branch(_), Verb::Digits { .. }) | (GuardOf::QueueSay(_), _) => &self.schema_after,
            _ => &self.schema,
        }
    }
}

impl Guard<'_, '_> {
    pub fn source(&self) -> &str {
        self.value.get_ref().as_str().unwrap_or_default()
    }
}

/// Compiles every condition against what is known where it stands, and looks whether each branch can be taken.
pub(crate) fn compile(
    reader: &Reader<'_>,
    states: &mut [State],
    schema: &Schema,
    known: &Known,
    guards: Vec<Guard<'_, '_>>,
) {
    for (n, state) in states.iter_mut().enumerate() {
        state.schema = schema.clone();
        for fact in known.inside(StateId(n)) {
            if let Some(declared) = state.schema.get_mut(fact) {
                declared.optional = false;
            }
        }
        state.schema_after = state.schema.clone();
        let more = match &state.verb {
            Verb::Digits { into, .. } => into.as_str(),
            _ => "position",
        };
        if let Some(declared) = state.schema_after.get_mut(more) {
            declared.optional = false;
        }
    }
    for Guard { state, of, value } in guards {
        let state = &mut states[state.0];
        let Some(cell) = one(reader, value, state.schema_of(of)) else { continue };
        match (of, &mut state.verb) {
            (GuardOf::Say(n), _) => state.say[n].when = Some(cell),
            (GuardOf::QueueSay(n), Verb::Ask { queue: Some(queue), .. }) => queue.say[n].when = Some(cell),
            (GuardOf::Branch(n), Verb::Pass(next) | Verb::Digits { next, .. }) => next[n].when = Some(cell),
            _ => {}
        }
    }
    for state in states.iter() {
        let (Verb::Pass(next) | Verb::Digits { next, .. }) = &state.verb else { continue };
        let cells: Vec<Option<&Cell>> = next.iter().map(|branch| branch.when.as_ref()).collect();
        // A cell that was refused would look like a branch without a condition.
        if cells.iter().rev().skip(1).any(Option::is_none) {
            continue;
        }
        for (branch, found) in next.iter().zip(reach(state.schema_of(GuardOf::Branch(0)), &cells)) {
            if let Reach::No(why) = found {
                let ids: Vec<String> = (1..=next.len()).map(|n| format!("branch {n}")).collect();
                reader.fault(branch.at, FaultKind::Branch(why.named(&ids).to_string()));
            }
        }
    }
}

fn one(reader: &Reader<'_>, value: &Spanned<DeValue<'_>>, schema: &Schema) -> Option<Cell> {
    reader
        .cell(value, "when", schema)
        .map_err(|problems| {
            for (at, problem) in problems {
                reader.fault(at, FaultKind::Cell(problem));
            }
        })
        .ok()
}

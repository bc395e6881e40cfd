//! `[defaults]` and what states put in their place: what happens when a state does not get what it waits for.

use crate::{
    fault::FaultKind,
    flow::{Go, HangUp, Miss, Outcomes, Set, SetTo, StateId, Then},
    load::{Names, Node, Reader, ranged},
};
use facts::{Kind, ReadProblem, Value, check_value};
use toml::{Spanned, de::DeValue};

/// Every outcome that is not the one waited for.
pub(crate) const OUTCOMES: [&str; 9] =
    ["no_input", "no_match", "unfinished", "timeout", "error", "operator", "repeat", "slower", "hang_up"];

/// What every waiting state does unless it says otherwise.
#[derive(Debug)]
pub(crate) struct Defaults(pub Outcomes);

impl Defaults {
    /// The prompts said, and where they stand.
    pub fn says(&self) -> impl Iterator<Item = (&str, usize)> {
        let Outcomes { no_input, no_match, unfinished, .. } = &self.0;
        [no_input, no_match, unfinished].into_iter().map(|miss| (miss.say.as_str(), miss.say_at))
    }
}

pub(crate) fn read_defaults(node: &Node<'_, '_>, names: &Names<'_>, tries: i64) -> Option<Defaults> {
    node.only(&OUTCOMES);
    for name in OUTCOMES.iter().filter(|name| node.get(name).is_none()) {
        node.reader.fault(node.start, FaultKind::NoDefault(name));
    }
    let missing = |name| miss(node, name, names, tries);
    let (no_input, no_match, unfinished) = (missing("no_input"), missing("no_match"), missing("unfinished"));
    let (timeout, error) = (go_of(node, "timeout", names), go_of(node, "error", names));
    let then = |name| then(node, name, names);
    let (operator, repeat, slower) = (then("operator"), then("repeat"), then("slower"));
    let hang_up = hang_up(node);
    if let (Some(Then::Again), Some(value)) = (&operator, node.get("operator")) {
        node.reader.fault(value.span().start, FaultKind::OperatorAgain("[defaults]".to_owned()));
    }
    Some(Defaults(Outcomes {
        no_input: no_input?,
        no_match: no_match?,
        unfinished: unfinished?,
        timeout: timeout?,
        error: error?,
        operator: operator?,
        repeat: repeat?,
        slower: slower?,
        hang_up: hang_up?,
    }))
}

/// The outcomes of one state. `fits` says of each whether it can come about there.
pub(crate) fn read(
    node: &Node<'_, '_>,
    name: &str,
    defaults: &Defaults,
    names: &Names<'_>,
    tries: i64,
    fits: impl Fn(&str) -> bool,
    waits_for_a_person: bool,
) -> Outcomes {
    let mut outcomes = defaults.0.clone();
    for outcome in OUTCOMES.into_iter().filter(|outcome| node.get(outcome).is_some() && !fits(outcome)) {
        let (key, state) = (outcome.to_owned(), name.to_owned());
        let kind = FaultKind::NoEffect { key, state, why: "never comes to that" };
        node.reader.fault(node.key_start(outcome), kind);
    }
    for (outcome, slot) in [
        ("no_input", &mut outcomes.no_input),
        ("no_match", &mut outcomes.no_match),
        ("unfinished", &mut outcomes.unfinished),
    ] {
        if let Some(found) = miss(node, outcome, names, tries) {
            *slot = found;
        }
    }
    for (outcome, slot) in [("timeout", &mut outcomes.timeout), ("error", &mut outcomes.error)] {
        if let Some(found) = go_of(node, outcome, names) {
            *slot = found;
        }
    }
    for (outcome, slot) in [
        ("operator", &mut outcomes.operator),
        ("repeat", &mut outcomes.repeat),
        ("slower", &mut outcomes.slower),
    ] {
        let Some(found) = then(node, outcome, names) else { continue };
        if outcome == "operator" && matches!(found, Then::Again) && !waits_for_a_person {
            node.reader.fault(node.key_start(outcome), FaultKind::OperatorAgain(name.to_owned()));
        }
        *slot = found;
    }
    if let Some(found) = hang_up(node) {
        outcomes.hang_up = found;
    }
    outcomes
}

fn miss(node: &Node<'_, '_>, key: &'static str, names: &Names<'_>, tries: i64) -> Option<Miss> {
    let value = node.get(key)?;
    let miss = node.reader.table(value, key, format!("`{key}`"))?;
    miss.only(&["say", "then", "tries", "set"]);
    let say = miss.need_text("say");
    let say_at = miss.get("say").map_or(miss.start, |value| value.span().start);
    let tries = ranged(&miss, "tries", 2, 10).unwrap_or(tries);
    let to = miss.need("then").and_then(|value| state(node.reader, value, "then", names));
    let set = sets(&miss, names);
    Some(Miss { say: say?, say_at, tries, then: Go { to: to?, set } })
}

fn then(node: &Node<'_, '_>, key: &str, names: &Names<'_>) -> Option<Then> {
    let value = node.get(key)?;
    if value.get_ref().as_str() == Some("again") {
        return Some(Then::Again);
    }
    go(node.reader, value, key, names).map(Then::Go)
}

fn hang_up(node: &Node<'_, '_>) -> Option<HangUp> {
    let value = node.get("hang_up")?;
    match node.reader.text(value, "hang_up")?.as_str() {
        "end" => Some(HangUp::End),
        "keep-place" => Some(HangUp::KeepPlace),
        other => {
            let (key, found) = ("hang_up".to_owned(), other.to_owned());
            let allowed = vec!["end".to_owned(), "keep-place".to_owned()];
            node.reader.fault(value.span().start, ReadProblem::Word { key, allowed, found });
            None
        }
    }
}

fn go_of(node: &Node<'_, '_>, key: &str, names: &Names<'_>) -> Option<Go> {
    go(node.reader, node.get(key)?, key, names)
}

/// Where a call goes on: `"state"`, or `{ to = "state", set = { … } }`.
pub(crate) fn go(
    reader: &Reader<'_>,
    value: &Spanned<DeValue<'_>>,
    key: &str,
    names: &Names<'_>,
) -> Option<Go> {
    if let DeValue::Table(_) = value.get_ref() {
        let node = reader.table(value, key, format!("`{key}`"))?;
        node.only(&["to", "set"]);
        let to = node.need("to").and_then(|value| state(reader, value, "to", names));
        let set = sets(&node, names);
        return Some(Go { to: to?, set });
    }
    Some(Go { to: state(reader, value, key, names)?, set: Vec::new() })
}

/// A state by its name.
pub(crate) fn state(
    reader: &Reader<'_>,
    value: &Spanned<DeValue<'_>>,
    key: &str,
    names: &Names<'_>,
) -> Option<StateId> {
    let name = reader.text(value, key)?;
    let found = names.states.get(&name).copied();
    if found.is_none() {
        reader.fault(value.span().start, FaultKind::UnknownState(name));
    }
    found
}

/// A fact that a flow may set.
pub(crate) fn settable(reader: &Reader<'_>, name: &str, at: usize, names: &Names<'_>) -> bool {
    if names.declared.contains_key(name) || crate::contract::SETTABLE.contains(&name) {
        return true;
    }
    let name = name.to_owned();
    reader.fault(
        at,
        if names.schema.contains_key(&name) {
            FaultKind::GivenFact(name)
        } else {
            FaultKind::UnknownFact(name)
        },
    );
    false
}

/// `set = { fact = value }`; a value may be `{ join = ["one", "other"] }`.
pub(crate) fn sets(node: &Node<'_, '_>, names: &Names<'_>) -> Vec<Set> {
    let reader = node.reader;
    let Some(table) = node.get("set").and_then(|value| reader.table(value, "set", "`set`".to_owned())) else {
        return Vec::new();
    };
    let mut sets = Vec::new();
    for (key, value) in table.table {
        let fact = key.get_ref().to_string();
        if !settable(reader, &fact, key.span().start, names) {
            continue;
        }
        let at = value.span().start;
        let kind = names.schema.get(&fact).map_or(Kind::Text, |declared| declared.kind.clone());
        if let DeValue::Table(_) = value.get_ref() {
            let Some(joined) = reader.table(value, &fact, format!("`{fact}`")) else { continue };
            joined.only(&["join"]);
            let Some(parts) = joined.need("join").and_then(|value| reader.words(value, "join")) else {
                continue;
            };
            let texts =
                parts.iter().all(|part| match names.schema.get(part).map(|declared| &declared.kind) {
                    Some(Kind::Text | Kind::OneOf(_)) => true,
                    Some(_) => false,
                    None => {
                        reader.fault(at, FaultKind::UnknownFact(part.clone()));
                        true
                    }
                });
            if !texts || kind != Kind::Text {
                reader.wrong_type(value, &fact, "a text joined of facts that are texts");
            }
            sets.push(Set { fact, to: SetTo::Join(parts) });
            continue;
        }
        let Some(found) = reader.value(value, &fact) else { continue };
        if check_value(&fact, &kind, &found).is_err() {
            reader.fault(at, FaultKind::Value { fact: fact.clone(), want: kind, found: found.to_string() });
        } else if let (Some(form), Value::Text(text)) = (names.forms.get(&fact), &found)
            && !form.fits(text)
        {
            let (form, found) = (form.as_str(), text.clone());
            reader.fault(at, FaultKind::Form { fact: fact.clone(), form, found });
        }
        sets.push(Set { fact, to: SetTo::Value(found) });
    }
    sets
}

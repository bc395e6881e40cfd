//! Reading states: their verbs, ways on and conditions.

use crate::{
    contract::Ask,
    fault::FaultKind,
    flow::{Branch, Go, Limits, Queue, SayIf, State, StateId, Verb},
    form::Form,
    guards::{Guard, GuardOf},
    load::{Names, Node, Reader, ranged, timeout},
    outcomes::{self, Defaults, OUTCOMES, go, sets, settable},
};
use domain::text::Lang;
use facts::{Kind, ReadProblem, Schema, place_of};
use std::collections::BTreeMap;
use toml::{Spanned, de::DeValue};

const VERBS: [&str; 7] = ["gather", "lookup", "act", "offer_callback", "enqueue", "connect", "hangup"];
const OTHERS: [&str; 9] = ["about", "clear", "set", "remember", "say", "to", "next", "on", "timeout_seconds"];
/// The most options that a person can keep in mind.
const MOST_OPTIONS: usize = 4;

/// The states in the order of the file: name, place and value.
pub(crate) fn written<'t, 'a>(top: &Node<'t, 'a>) -> Vec<(String, usize, &'t Spanned<DeValue<'a>>)> {
    let Some(value) = top.need("state") else { return Vec::new() };
    let Some(node) = top.reader.table(value, "state", "[state]".to_owned()) else { return Vec::new() };
    let mut found: Vec<_> = node
        .table
        .iter()
        .map(|(name, value)| (name.get_ref().to_string(), name.span().start, value))
        .collect();
    found.sort_by_key(|(_, at, _)| *at);
    found
}

/// Reads one state. What could not be read is reported, and then there is none.
pub(crate) fn read<'t, 'a>(
    node: &Node<'t, 'a>,
    id: StateId,
    name: &str,
    defaults: &Defaults,
    names: &Names<'_>,
    limits: &Limits,
    guards: &mut Vec<Guard<'t, 'a>>,
) -> Option<State> {
    let reader = node.reader;
    node.only(&[&OTHERS[..], &VERBS, &OUTCOMES].concat());
    if let Some(value) = node.get("about") {
        reader.text(value, "about");
    }
    let mut verbs = VERBS.iter().filter(|verb| node.get(verb).is_some());
    let verb = verbs.next().copied();
    if let (Some(one), Some(other)) = (verb, verbs.next()) {
        let at = node.key_start(other);
        reader.fault(at, FaultKind::TwoVerbs { state: name.to_owned(), one, other });
        return None;
    }
    let clear = read_clear(node, names);
    let set = sets(node, names);
    let remember = match node.get("remember") {
        Some(value) => match reader.text(value, "remember").as_deref() {
            Some("lang") | None => true,
            Some(other) => {
                let (key, found) = ("remember".to_owned(), other.to_owned());
                let word = ReadProblem::Word { key, allowed: vec!["lang".to_owned()], found };
                reader.fault(value.span().start, word);
                false
            }
        },
        None => false,
    };
    let say = read_say(node, id, GuardOf::Say, names, guards);
    let verb = match verb {
        None => {
            let branches = read_next(node, id, names, guards);
            if branches.is_none() && node.get("to").is_none() && node.get("next").is_none() {
                reader.fault(node.start, FaultKind::DeadEnd(name.to_owned()));
            }
            only_effect(node, name, &["on", "timeout_seconds"], "waits for nothing");
            Verb::Pass(branches?)
        }
        Some("gather") => {
            only_effect(node, name, &["on"], "asks nobody but the caller");
            read_gather(node, id, name, names, guards)?
        }
        Some("hangup") => {
            only_effect(node, name, &["to", "next", "on", "timeout_seconds"], "ends the call");
            let value = node.need("hangup")?;
            if reader.bool(value, "hangup")? { Verb::Hangup } else { return None }
        }
        Some(asked) => {
            only_effect(node, name, &["to", "next", "timeout_seconds"], "goes on by `on`");
            read_ask(node, id, name, asked, names, guards)?
        }
    };
    let timeout_seconds = timeout(node).unwrap_or(limits.timeout_seconds);
    let waits_for_a_person =
        matches!(verb, Verb::Ask { ask: Ask::Enqueue | Ask::Connect | Ask::OfferCallback, .. });
    let outcomes = outcomes::read(
        node,
        name,
        defaults,
        names,
        limits.tries,
        |outcome| can_come_to(&verb, outcome),
        waits_for_a_person,
    );
    Some(State {
        name: name.to_owned(),
        at: node.start,
        place: place_of(reader.text, node.start),
        clear,
        set,
        remember,
        say,
        verb,
        timeout_seconds,
        outcomes,
        schema: Schema::new(),
        schema_after: Schema::new(),
    })
}

/// Whether a state with this verb can come to an outcome.
fn can_come_to(verb: &Verb, outcome: &str) -> bool {
    match (verb, outcome) {
        (Verb::Pass(_) | Verb::Hangup, _) | (Verb::Ask { .. }, "no_input" | "no_match" | "unfinished") => {
            false
        }
        (Verb::Keys(_), outcome) => !["unfinished", "timeout", "error"].contains(&outcome),
        (Verb::Digits { .. }, outcome) => !["timeout", "error"].contains(&outcome),
        (Verb::Ask { ask: Ask::Enqueue, .. }, outcome) => outcome != "timeout",
        // Whoever talks has the keys to themselves.
        (Verb::Ask { ask: Ask::Connect, .. }, outcome) => ["error", "hang_up"].contains(&outcome),
        (Verb::Ask { .. }, _) => true,
    }
}

fn only_effect(node: &Node<'_, '_>, state: &str, keys: &[&str], why: &'static str) {
    for key in keys.iter().filter(|key| node.get(key).is_some()) {
        let kind = FaultKind::NoEffect { key: (*key).to_owned(), state: state.to_owned(), why };
        node.reader.fault(node.key_start(key), kind);
    }
}

fn read_clear(node: &Node<'_, '_>, names: &Names<'_>) -> Vec<String> {
    let Some(value) = node.get("clear") else { return Vec::new() };
    let words = node.reader.words(value, "clear").unwrap_or_default();
    words.into_iter().filter(|fact| settable(node.reader, fact, value.span().start, names)).collect()
}

/// `say = ["key", { prompt = "key", when = "…" }]`, or one of them alone.
fn read_say<'t, 'a>(
    node: &Node<'t, 'a>,
    id: StateId,
    of: fn(usize) -> GuardOf,
    names: &Names<'_>,
    guards: &mut Vec<Guard<'t, 'a>>,
) -> Vec<SayIf> {
    let reader = node.reader;
    let Some(value) = node.get("say") else { return Vec::new() };
    let elements: Vec<&Spanned<DeValue<'a>>> = match value.get_ref() {
        DeValue::Array(elements) => elements.iter().collect(),
        _ => vec![value],
    };
    let mut say = Vec::new();
    for element in elements {
        let at = element.span().start;
        let mut lang = None;
        let read = if let DeValue::Table(_) = element.get_ref() {
            reader.table(element, "say", "`say`".to_owned()).and_then(|node| {
                node.only(&["prompt", "when", "lang"]);
                if let Some(value) = node.get("when")
                    && reader.text(value, "when").is_some()
                {
                    guards.push(Guard { state: id, of: of(say.len()), value });
                }
                if let Some(value) = node.get("lang") {
                    lang = read_lang(reader, value, names);
                }
                node.need_text("prompt")
            })
        } else {
            reader.text(element, "say")
        };
        if let Some(prompt) = read {
            say.push(SayIf { prompt, when: None, lang, at });
        }
    }
    say
}

/// One of the flow's languages.
fn read_lang(reader: &Reader<'_>, value: &Spanned<DeValue<'_>>, names: &Names<'_>) -> Option<Lang> {
    let found = reader.text(value, "lang")?;
    let allowed = match names.schema.get("lang").map(|declared| &declared.kind) {
        Some(Kind::OneOf(langs)) => langs.clone(),
        _ => Vec::new(),
    };
    if allowed.contains(&found) {
        return found.parse().ok();
    }
    reader.fault(value.span().start, ReadProblem::Word { key: "lang".to_owned(), allowed, found });
    None
}

/// `to = "state"`, or `[[state.x.next]]` with `when` and `to`.
fn read_next<'t, 'a>(
    node: &Node<'t, 'a>,
    id: StateId,
    names: &Names<'_>,
    guards: &mut Vec<Guard<'t, 'a>>,
) -> Option<Vec<Branch>> {
    let reader = node.reader;
    if let Some(value) = node.get("to") {
        only_effect(node, "", &["next"], "has `to` already");
        let go = go(reader, value, "to", names)?;
        return Some(vec![Branch { when: None, go, at: value.span().start }]);
    }
    node.get("next")?;
    let mut branches = Vec::new();
    let nodes = node.tables("next");
    let last = nodes.len().saturating_sub(1);
    if nodes.is_empty() {
        reader.fault(node.key_start("next"), FaultKind::NoLastBranch);
        return None;
    }
    let mut good = true;
    for (n, branch) in nodes.iter().enumerate() {
        branch.only(&["when", "to", "set"]);
        let to = branch.need("to").and_then(|value| outcomes::state(reader, value, "to", names));
        let set = sets(branch, names);
        match branch.get("when") {
            Some(value) if n == last => {
                reader.fault(value.span().start, FaultKind::NoLastBranch);
                good = false;
            }
            Some(value) => {
                good &= reader.text(value, "when").is_some();
                guards.push(Guard { state: id, of: GuardOf::Branch(n), value });
            }
            None if n < last => {
                reader.fault(
                    branch.start,
                    FaultKind::Branch("it has no `when`, and others follow it".to_owned()),
                );
                good = false;
            }
            None => {}
        }
        match to {
            Some(to) => branches.push(Branch { when: None, go: Go { to, set }, at: branch.start }),
            None => good = false,
        }
    }
    good.then_some(branches)
}

fn read_gather<'t, 'a>(
    node: &Node<'t, 'a>,
    id: StateId,
    name: &str,
    names: &Names<'_>,
    guards: &mut Vec<Guard<'t, 'a>>,
) -> Option<Verb> {
    let reader = node.reader;
    let value = node.need("gather")?;
    let gather = reader.table(value, "gather", "`gather`".to_owned())?;
    gather.only(&["keys", "digits", "least", "into"]);
    match (gather.get("keys"), gather.get("digits")) {
        (Some(value), None) => {
            only_effect(node, name, &["to", "next"], "goes on by its keys");
            for key in ["least", "into"].into_iter().filter(|key| gather.get(key).is_some()) {
                reader.fault(gather.key_start(key), FaultKind::Gather);
            }
            read_keys(reader, value, name, names).map(Verb::Keys)
        }
        (None, Some(_)) => {
            let most = usize::try_from(ranged(&gather, "digits", 1, 20)?).ok()?;
            let least = match gather.get("least") {
                Some(_) => usize::try_from(ranged(&gather, "least", 1, i64::try_from(most).ok()?)?).ok()?,
                None => most,
            };
            let into = gather.need_text("into");
            let into_at = gather.get("into").map_or(gather.start, |value| value.span().start);
            let next = read_next(node, id, names, guards);
            if node.get("to").is_none() && node.get("next").is_none() {
                reader.fault(node.start, FaultKind::DeadEnd(name.to_owned()));
            }
            let into = into?;
            if !settable(reader, &into, into_at, names) {
                return None;
            }
            if let Some(why) = why_not_digits(&into, least, most, names) {
                reader.fault(into_at, FaultKind::Into { fact: into, why });
                return None;
            }
            Some(Verb::Digits { least, most, into, next: next? })
        }
        _ => {
            reader.fault(value.span().start, FaultKind::Gather);
            None
        }
    }
}

/// Why a fact cannot hold so many digits.
fn why_not_digits(fact: &str, least: usize, most: usize, names: &Names<'_>) -> Option<String> {
    let form = names.forms.get(fact).copied();
    let exactly = |wanted: usize, what: &str| {
        (least != wanted || most != wanted).then(|| format!("takes exactly {wanted}: {what}"))
    };
    match (names.schema.get(fact).map(|declared| &declared.kind), form) {
        (Some(Kind::Text), Some(Form::Date)) => exactly(8, "month, day and year"),
        (Some(Kind::Text), Some(Form::InquiryNumber)) => exactly(8, "an inquiry number"),
        (Some(Kind::Text), Some(Form::Zip)) => exactly(5, "a ZIP code"),
        (Some(Kind::Text), Some(form)) if form.can_be_keyed() => None,
        (Some(Kind::Text), _) => Some("is not of a form that can be keyed; give it a `say`".to_owned()),
        _ => Some("is not a text".to_owned()),
    }
}

fn read_keys(
    reader: &Reader<'_>,
    value: &Spanned<DeValue<'_>>,
    name: &str,
    names: &Names<'_>,
) -> Option<BTreeMap<char, Go>> {
    let node = reader.table(value, "keys", "`keys`".to_owned())?;
    let mut keys = BTreeMap::new();
    let mut good = true;
    for (key, value) in node.table {
        let mut signs = key.get_ref().chars();
        let (Some(sign @ '1'..='8'), None) = (signs.next(), signs.next()) else {
            reader.fault(key.span().start, FaultKind::Option(key.get_ref().to_string()));
            good = false;
            continue;
        };
        match go(reader, value, key.get_ref(), names) {
            Some(go) => {
                keys.insert(sign, go);
            }
            None => good = false,
        }
    }
    if node.table.len() > MOST_OPTIONS {
        let (found, most) = (node.table.len(), MOST_OPTIONS);
        reader.fault(value.span().start, FaultKind::TooManyOptions { state: name.to_owned(), found, most });
        good = false;
    }
    if node.table.is_empty() {
        reader.fault(value.span().start, FaultKind::Gather);
        good = false;
    }
    good.then_some(keys)
}

fn read_ask<'t, 'a>(
    node: &Node<'t, 'a>,
    id: StateId,
    name: &str,
    verb: &str,
    names: &Names<'_>,
    guards: &mut Vec<Guard<'t, 'a>>,
) -> Option<Verb> {
    let reader = node.reader;
    let value = node.get(verb)?;
    let mut queue = None;
    let ask = match verb {
        "lookup" => named(reader, value, verb, &Ask::LOOKUPS)?,
        "act" => named(reader, value, verb, &Ask::ACTS)?,
        "enqueue" => {
            let node = reader.table(value, verb, "`enqueue`".to_owned())?;
            node.only(&["queue", "every_seconds", "say", "keys"]);
            let name_of = node.need_text("queue");
            let every_seconds = ranged(&node, "every_seconds", 15, 600).unwrap_or(60);
            let say = read_say(&node, id, GuardOf::QueueSay, names, guards);
            let keys = match node.get("keys") {
                Some(value) => read_keys(reader, value, name, names)?,
                None => BTreeMap::new(),
            };
            queue = Some(Queue { name: name_of?, every_seconds, say, keys });
            Ask::Enqueue
        }
        _ => {
            if !reader.bool(value, verb)? {
                reader.wrong_type(value, verb, "true");
            }
            if verb == "connect" { Ask::Connect } else { Ask::OfferCallback }
        }
    };
    let on = node.need("on").and_then(|value| reader.table(value, "on", "`on`".to_owned()))?;
    let wanted: Vec<String> = ask.outcomes().iter().map(|outcome| outcome.name.to_owned()).collect();
    let found: Vec<String> = on.table.keys().map(|key| key.get_ref().to_string()).collect();
    if found.len() != wanted.len() || !wanted.iter().all(|name| found.contains(name)) {
        reader.fault(node.key_start("on"), FaultKind::Outcomes(wanted));
        return None;
    }
    let mut ways = BTreeMap::new();
    for outcome in ask.outcomes() {
        let value = on.get(outcome.name)?;
        ways.insert(outcome.name, go(reader, value, outcome.name, names)?);
    }
    Some(Verb::Ask { ask, on: ways, queue })
}

fn named(reader: &Reader<'_>, value: &Spanned<DeValue<'_>>, verb: &str, all: &[Ask]) -> Option<Ask> {
    let found = reader.text(value, verb)?;
    let ask = all.iter().find(|ask| ask.as_str() == found).copied();
    if ask.is_none() {
        let allowed = all.iter().map(|ask| ask.as_str().to_owned()).collect();
        reader.fault(value.span().start, ReadProblem::Word { key: verb.to_owned(), allowed, found });
    }
    ask
}

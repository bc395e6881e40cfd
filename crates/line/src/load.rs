//! From files to a checked call flow.

use crate::{
    contract::{self, ACCOMMODATIONS, GIVEN},
    fault::{Fault, FaultKind, Warning, WarningKind},
    flow::{Flow, Limits, Patience, Sources, State, StateId},
    form::Form,
    guards::{self as guarding, Guard},
    known, lint,
    outcomes::{self, Defaults},
    prompts::Prompts,
    states,
};
use domain::text::Lang;
use facts::{Kind, ReadProblem, Schema, Value, check_value, place_of};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

pub(crate) type Reader<'a> = facts::Reader<'a, FaultKind>;
pub(crate) type Node<'t, 'a> = facts::Node<'t, 'a, FaultKind>;

/// The shortest silence that can be held against a caller: time to put the telephone down and find a paper.
pub(crate) const SHORTEST_TIMEOUT: i64 = 10;

/// What states are read with.
pub(crate) struct Names<'n> {
    pub states: &'n BTreeMap<String, StateId>,
    pub schema: &'n Schema,
    pub forms: &'n BTreeMap<String, Form>,
    /// The facts that the file declares.
    pub declared: &'n BTreeMap<String, usize>,
}

pub(crate) fn load(sources: &Sources<'_>, langs: &[Lang]) -> Result<(Flow, Vec<Warning>), Vec<Fault>> {
    let (file, text) = sources.flow;
    let reader = Reader::new(file, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().map_or(text.len(), |span| span.start);
            reader.fault(at, ReadProblem::Toml(error.message().to_owned()));
        }
        return Err(reader.into_faults());
    }
    let top =
        Node { reader: &reader, table: document.get_ref(), start: 0, within: "the call flow".to_owned() };
    top.only(&["format", "start", "limits", "patience", "defaults", "facts", "state"]);
    if let Some(value) = top.need("format")
        && reader.int(value, "format").is_some_and(|format| format != 1)
    {
        reader.fault(value.span().start, FaultKind::Format);
    }

    let (mut schema, mut forms) = contract::schema(langs);
    let (declared, initial) = read_facts(&top, &mut schema, &mut forms);
    let limits = read_limits(&top);
    let patience = read_patience(&top);

    let mut prompt_faults = Vec::new();
    let prompts = Prompts::read(&sources.prompts, langs, &mut prompt_faults);

    // Names first, for states name each other.
    let written = states::written(&top);
    let ids: BTreeMap<String, StateId> =
        written.iter().enumerate().map(|(n, (name, ..))| (name.clone(), StateId(n))).collect();
    let names = Names { states: &ids, schema: &schema, forms: &forms, declared: &declared };
    let start = top.need("start").and_then(|value| outcomes::state(&reader, value, "start", &names));
    let defaults = top
        .need("defaults")
        .and_then(|value| reader.table(value, "defaults", "[defaults]".to_owned()))
        .and_then(|node| outcomes::read_defaults(&node, &names, limits.tries));

    let mut states = Vec::new();
    let mut guards = Vec::new();
    if let Some(defaults) = &defaults {
        for (n, (name, at, value)) in written.iter().enumerate() {
            let Some(node) = reader.table(value, name, format!("state `{name}`")) else { continue };
            let node = Node { start: *at, ..node };
            states.extend(states::read(&node, StateId(n), name, defaults, &names, &limits, &mut guards));
        }
    }
    let whole = reader.count() == 0 && states.len() == written.len();
    let mut warnings = Vec::new();
    if whole && let Some(start) = start {
        // A file of prompts that cannot be read would make every prompt seem to be missing.
        let readable = prompt_faults.is_empty().then_some(&prompts);
        check(&reader, &mut states, start, guards, &schema, &initial, readable, langs);
        warnings = look(&reader, &states, &declared, &prompts, defaults.as_ref());
    }
    if prompt_faults.is_empty() {
        for (key, arguments, file, place) in prompts.all() {
            let strange = arguments.iter().filter(|name| {
                !schema.contains_key(name.as_str()) && !contract::ENTERED.contains(&name.as_str())
            });
            prompt_faults.extend(strange.map(|argument| Fault {
                file: file.to_owned(),
                place,
                kind: FaultKind::UnknownArgument { key: key.to_owned(), argument: argument.clone() },
            }));
        }
        prompts.try_out(&schema, &forms, &mut prompt_faults);
    }

    let mut faults = reader.into_faults();
    faults.extend(prompt_faults);
    let (Some(start), true) = (start, faults.is_empty()) else {
        if faults.is_empty() {
            // A file without states has no start that is one of them; said for completeness only.
            let place = place_of(text, 0);
            faults.push(Fault {
                file: file.to_owned(),
                place,
                kind: FaultKind::UnknownState("start".into()),
            });
        }
        return Err(faults);
    };
    let hash = hash(sources);
    let flow = Flow {
        file: file.to_owned(),
        hash,
        langs: langs.to_vec(),
        start,
        limits,
        patience,
        schema,
        forms,
        initial,
        states,
        prompts,
    };
    Ok((flow, warnings))
}

/// The checks that need every state.
#[expect(clippy::too_many_arguments, reason = "the parts of a flow that is not one yet")]
fn check<'t>(
    reader: &Reader<'t>,
    states: &mut [State],
    start: StateId,
    guards: Vec<Guard<'_, 't>>,
    schema: &Schema,
    initial: &BTreeMap<String, Value>,
    prompts: Option<&Prompts>,
    langs: &[Lang],
) {
    let from_the_first: Vec<&str> = GIVEN.into_iter().chain(initial.keys().map(String::as_str)).collect();
    let known = known::known(states, start, &from_the_first, &guards);
    known::check(reader, states, &known, &guards);
    if let Some(prompts) = prompts {
        known::check_prompts(reader, states, &known, prompts, (schema, langs), &guards);
    }
    guarding::compile(reader, states, schema, &known, guards);
    lint::check(reader, states, start, &known);
}

fn look(
    reader: &Reader<'_>,
    states: &[State],
    declared: &BTreeMap<String, usize>,
    prompts: &Prompts,
    defaults: Option<&Defaults>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (name, at) in declared {
        if !states.iter().any(|state| known::sets(state, name)) {
            let place = place_of(reader.text, *at);
            let kind = WarningKind::UnusedFact(name.clone());
            warnings.push(Warning { file: reader.file.to_owned(), place, kind });
        }
    }
    let said: Vec<&str> = states
        .iter()
        .flat_map(known::says)
        .chain(defaults.into_iter().flat_map(Defaults::says))
        .map(|(prompt, _)| prompt)
        .collect();
    for (key, _, file, place) in prompts.all().filter(|(key, ..)| !said.contains(key)) {
        let kind = WarningKind::UnusedPrompt(key.to_owned());
        warnings.push(Warning { file: file.to_owned(), place, kind });
    }
    warnings
}

/// `[facts]`: those of the file beside those of the contract, where each stands, and what some are at first.
fn read_facts(
    top: &Node<'_, '_>,
    schema: &mut Schema,
    forms: &mut BTreeMap<String, Form>,
) -> (BTreeMap<String, usize>, BTreeMap<String, Value>) {
    let reader = top.reader;
    let mut initial = BTreeMap::new();
    let Some(value) = top.get("facts") else { return (BTreeMap::new(), initial) };
    let Some(node) = reader.table(value, "facts", "[facts]".to_owned()) else {
        return (BTreeMap::new(), initial);
    };
    let (own, places) = node.schema(true, &["say", "start"]);
    for (name, mut declared) in own {
        let at = places.get(&name).copied().unwrap_or(node.start);
        if schema.contains_key(&name) {
            reader.fault(at, FaultKind::FactTaken(name));
            continue;
        }
        let fact = node.get(&name).and_then(|value| reader.table(value, &name, format!("the fact `{name}`")));
        if let Some(value) = fact.as_ref().and_then(|fact| fact.get("say")) {
            match reader.text(value, "say").map(|word| (Form::from_code(&word), word)) {
                Some((Some(_), _)) if declared.kind != Kind::Text => {
                    reader.fault(value.span().start, FaultKind::SayOfOther);
                }
                Some((Some(form), _)) => {
                    forms.insert(name.clone(), form);
                }
                Some((None, found)) => {
                    let allowed = Form::ALL.map(|form| form.as_str().to_owned()).to_vec();
                    let word = ReadProblem::Word { key: "say".to_owned(), allowed, found };
                    reader.fault(value.span().start, word);
                }
                None => {}
            }
        } else if declared.kind == Kind::Text {
            forms.insert(name.clone(), Form::Text);
        }
        declared.optional = true;
        if let Some(value) = fact.as_ref().and_then(|fact| fact.get("start"))
            && let Some(first) = reader.value(value, "start")
        {
            if check_value(&name, &declared.kind, &first).is_err() {
                let (want, found) = (declared.kind.clone(), first.to_string());
                reader.fault(value.span().start, FaultKind::Value { fact: name.clone(), want, found });
            } else if let (Some(form), Value::Text(text)) = (forms.get(&name), &first)
                && !form.fits(text)
            {
                let kind = FaultKind::Form { fact: name.clone(), form: form.as_str(), found: text.clone() };
                reader.fault(value.span().start, kind);
            }
            initial.insert(name.clone(), first);
        }
        schema.insert(name, declared);
    }
    (places, initial)
}

fn read_limits(top: &Node<'_, '_>) -> Limits {
    let reader = top.reader;
    let mut limits = Limits { timeout_seconds: 12, between_seconds: 4, lookup_seconds: 10, tries: 3 };
    let Some(node) = top.get("limits").and_then(|value| reader.table(value, "limits", "[limits]".to_owned()))
    else {
        return limits;
    };
    node.only(&["timeout_seconds", "between_seconds", "lookup_seconds", "tries"]);
    if let Some(seconds) = timeout(&node) {
        limits.timeout_seconds = seconds;
    }
    for (key, least, most, slot) in [
        ("between_seconds", 2, 60, &mut limits.between_seconds),
        ("lookup_seconds", 2, 60, &mut limits.lookup_seconds),
        ("tries", 2, 10, &mut limits.tries),
    ] {
        if let Some(found) = ranged(&node, key, least, most) {
            *slot = found;
        }
    }
    limits
}

/// A whole number of a key that may be there, within bounds.
pub(crate) fn ranged(node: &Node<'_, '_>, key: &str, least: i64, most: i64) -> Option<i64> {
    let value = node.get(key)?;
    let found = node.reader.int(value, key)?;
    if (least..=most).contains(&found) {
        return Some(found);
    }
    node.reader.fault(value.span().start, FaultKind::Range { key: key.to_owned(), least, most });
    None
}

/// `timeout_seconds`, which is never short.
pub(crate) fn timeout(node: &Node<'_, '_>) -> Option<i64> {
    let key = "timeout_seconds";
    let value = node.get(key)?;
    let found = node.reader.int(value, key)?;
    if found < SHORTEST_TIMEOUT {
        let kind = FaultKind::ShortTimeout { key: key.to_owned(), found, least: SHORTEST_TIMEOUT };
        node.reader.fault(value.span().start, kind);
        return None;
    }
    ranged(node, key, SHORTEST_TIMEOUT, 600)
}

/// `[patience]`: every accommodation but `none` must say what it does.
fn read_patience(top: &Node<'_, '_>) -> BTreeMap<String, Patience> {
    let reader = top.reader;
    let mut patience = BTreeMap::new();
    let Some(node) =
        top.need("patience").and_then(|value| reader.table(value, "patience", "[patience]".to_owned()))
    else {
        return patience;
    };
    let needing: Vec<&'static str> = ACCOMMODATIONS.into_iter().filter(|word| *word != "none").collect();
    node.only(&needing);
    for word in needing {
        let Some(value) = node.need(word) else { continue };
        let found = match value.get_ref() {
            DeValue::String(text) if text == "no-limit" => Some(Patience::NoLimit),
            DeValue::Integer(_) => ranged(&node, word, 2, 10).map(Patience::Times),
            _ => {
                reader.wrong_type(value, word, "\"no-limit\" or so many times as long");
                None
            }
        };
        patience.extend(found.map(|found| (word.to_owned(), found)));
    }
    patience
}

fn hash(sources: &Sources<'_>) -> String {
    let mut sha = Sha256::new();
    let mut part = |text: &str| {
        sha.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        sha.update(text.as_bytes());
    };
    part(sources.flow.1);
    for (lang, _, text) in &sources.prompts {
        part(lang.as_str());
        part(text);
    }
    hex::encode(sha.finalize())
}

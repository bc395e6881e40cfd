//! From a file's text to a checked policy.

use crate::{
    fault::{Fault, FaultKind, Warning, WarningKind},
    policy::{Policy, Row},
};
use domain::decision::DecisionKind;
use domain::text::{Lang, Text};
use facts::{
    Cell, Facts, LIMIT, Reach, ReadProblem, Schema, Value, bind, check_facts, check_value, place_of, reach,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

type Reader<'a> = facts::Reader<'a, FaultKind>;
type Node<'t, 'a> = facts::Node<'t, 'a, FaultKind>;

/// A row as far as it could be read, with its places.
struct Draft {
    id: String,
    start: usize,
    id_at: usize,
    when_at: usize,
    /// `Ok(None)` is a row without condition; `Err` a cell that could not be used.
    when: Result<Option<Cell>, ()>,
    then: BTreeMap<String, Value>,
    why: Text,
    change: Option<Text>,
    staff: Option<String>,
    cite: String,
}

struct Example {
    name: String,
    facts: Facts,
    expect: String,
    expect_at: usize,
    /// Whether its facts fit the schema.
    good: bool,
}

/// See [`Policy::load`].
pub(crate) fn load(file: &str, text: &str, langs: &[Lang]) -> Result<(Policy, Vec<Warning>), Vec<Fault>> {
    let reader = Reader::new(file, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().map_or(text.len(), |span| span.start);
            reader.fault(at, ReadProblem::Toml(error.message().to_owned()));
        }
        return Err(reader.into_faults());
    }
    let top = Node { reader: &reader, table: document.get_ref(), start: 0, within: "the table".to_owned() };
    top.only(&["policy", "version", "effective", "hit", "facts", "outcomes", "row", "example"]);
    let kind = read_kind(&top);
    let version = top.need_text("version");
    let effective = read_date(&top);
    read_hit(&top);

    let before = reader.count();
    let (facts, fact_places) = read_schema(&top, "facts", true);
    let facts_good = reader.count() == before;
    let (outcomes, _) = read_schema(&top, "outcomes", false);
    let outcomes_good = reader.count() == before;

    let rows = read_rows(&top, facts_good.then_some(&facts), outcomes_good.then_some(&outcomes), langs);
    let examples = read_examples(&top, facts_good.then_some(&facts));
    let mut warnings = Vec::new();
    let mut warn =
        |at, kind| warnings.push(Warning { file: file.to_owned(), place: place_of(text, at), kind });

    // Reachability and examples mean something only when every cell could be read.
    let cells: Option<Vec<Option<&Cell>>> =
        rows.iter().map(|row| row.when.as_ref().ok().map(Option::as_ref)).collect();
    if let Some(cells) = cells.filter(|_| facts_good) {
        for (row, reach) in rows.iter().zip(check_reach(&reader, &facts, &rows, &cells)) {
            if reach == Reach::TooMany {
                warn(row.id_at, WarningKind::Undecided { row: row.id.clone(), limit: LIMIT });
            }
        }
        for example in examples.iter().filter(|example| example.good && !rows.is_empty()) {
            run_example(&reader, &facts, &rows, &cells, example);
        }
        for (name, at) in fact_places {
            if !cells.iter().flatten().any(|cell| cell.facts.contains(&name)) {
                warn(at, WarningKind::UnusedFact { fact: name });
            }
        }
    }
    for row in rows.iter().filter(|row| !examples.iter().any(|example| example.expect == row.id)) {
        warn(row.id_at, WarningKind::RowWithoutExample { row: row.id.clone() });
    }
    warnings.sort_by_key(|warning| warning.place);

    let (Some(kind), Some(version), Some(effective), 0) = (kind, version, effective, reader.count()) else {
        return Err(reader.into_faults());
    };
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    let rows = rows.into_iter().filter_map(Draft::finish).collect();
    Ok((Policy { kind, version, effective, hash, text: text.into(), facts, outcomes, rows }, warnings))
}

impl Draft {
    fn finish(self) -> Option<Row> {
        let Self { id, when, then, why, change, staff, cite, .. } = self;
        Some(Row { id, when: when.ok()?, then, why, change, staff, cite })
    }
}

fn read_kind(top: &Node<'_, '_>) -> Option<DecisionKind> {
    let word = top.need_text("policy")?;
    let kind = DecisionKind::ALL.into_iter().find(|kind| kind.as_str() == word);
    if kind.is_none() {
        let allowed = DecisionKind::ALL.map(|kind| kind.as_str().to_owned()).to_vec();
        wrong_word(top, "policy", allowed, word);
    }
    kind
}

/// Only the first hit counts. The key is there so that a table says so, and so that another way of reading
/// tables could be told from this one.
fn read_hit(top: &Node<'_, '_>) {
    if let Some(word) = top.need_text("hit")
        && word != "first"
    {
        wrong_word(top, "hit", vec!["first".to_owned()], word);
    }
}

fn wrong_word(top: &Node<'_, '_>, key: &str, allowed: Vec<String>, found: String) {
    let at = top.get(key).map_or(top.start, |value| value.span().start);
    top.reader.fault(at, ReadProblem::Word { key: key.to_owned(), allowed, found });
}

pub(crate) fn read_date<K: From<ReadProblem>>(top: &facts::Node<'_, '_, K>) -> Option<Date> {
    let value = top.need("effective")?;
    let date = match value.get_ref() {
        DeValue::Datetime(found) if found.time.is_none() && found.offset.is_none() => found.date,
        _ => None,
    };
    let date = date.and_then(|date| {
        let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
        Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
    });
    if date.is_none() {
        top.reader.wrong_type(value, "effective", "a date such as 2026-11-01, without quotes");
    }
    date
}

pub(crate) fn read_schema<K: From<ReadProblem>>(
    top: &facts::Node<'_, '_, K>,
    key: &'static str,
    for_facts: bool,
) -> (Schema, BTreeMap<String, usize>) {
    top.need(key)
        .and_then(|value| top.reader.table(value, key, format!("[{key}]")))
        .map(|node| node.schema(for_facts, &[]))
        .unwrap_or_default()
}

fn read_rows(
    top: &Node<'_, '_>,
    facts: Option<&Schema>,
    outcomes: Option<&Schema>,
    langs: &[Lang],
) -> Vec<Draft> {
    let reader = top.reader;
    let mut rows: Vec<Draft> = Vec::new();
    let nodes = top.tables("row");
    if nodes.is_empty() {
        reader.fault(top.key_start("row"), FaultKind::NoRows);
    }
    for mut node in nodes {
        let id = node.need_text("id").unwrap_or_default();
        if !id.is_empty() {
            node.within = format!("row `{id}`");
        }
        node.only(&["id", "when", "then", "why", "change", "staff", "cite"]);
        let id_at = node.get("id").map_or(node.start, |value| value.span().start);
        if let Some(first) = rows.iter().find(|row| row.id == id && !id.is_empty()) {
            let line = place_of(reader.text, first.id_at).line;
            reader.fault(id_at, ReadProblem::Duplicate { what: "row", id: id.clone(), line });
        }
        node.need("why");
        rows.push(Draft {
            start: node.start,
            id_at,
            when_at: node.get("when").map_or(id_at, |value| value.span().start),
            when: read_cell(&node, &id, facts),
            then: read_then(&node, &id, outcomes),
            why: node.sentence("why", langs).unwrap_or_default(),
            change: node.sentence("change", langs),
            staff: node.may_text("staff"),
            cite: node.need_text("cite").unwrap_or_default(),
            id,
        });
    }
    rows
}

fn read_cell(node: &Node<'_, '_>, row: &str, facts: Option<&Schema>) -> Result<Option<Cell>, ()> {
    let Some(value) = node.get("when") else { return Ok(None) };
    // Without a good schema every name would be reported as unknown.
    let facts = facts.ok_or_else(|| drop(node.reader.text(value, "when")))?;
    let cell = node.reader.cell(value, "when", facts).map_err(|faults| {
        for (at, problem) in faults {
            node.reader.fault(at, FaultKind::Cell { row: row.to_owned(), problem });
        }
    })?;
    Ok(if cell.source.trim() == "true" { None } else { Some(cell) })
}

fn read_then(node: &Node<'_, '_>, row: &str, outcomes: Option<&Schema>) -> BTreeMap<String, Value> {
    let reader = node.reader;
    let mut then = BTreeMap::new();
    let Some(value) = node.need("then") else { return then };
    let Some(table) = reader.table(value, "then", format!("`then` of row `{row}`")) else { return then };
    for (key, value) in table.table {
        let name = key.get_ref().to_string();
        let Some(found) = reader.value(value, &name) else { continue };
        match outcomes.map(|outcomes| outcomes.get(&name)) {
            Some(None) => {
                let kind = FaultKind::UnknownOutcome { row: row.to_owned(), name: name.clone() };
                reader.fault(key.span().start, kind);
            }
            Some(Some(declared)) if check_value(&name, &declared.kind, &found).is_err() => {
                let (want, found) = (declared.kind.clone(), found.to_string());
                let kind = FaultKind::Outcome { row: row.to_owned(), name: name.clone(), want, found };
                reader.fault(value.span().start, kind);
            }
            _ => {}
        }
        then.insert(name, found);
    }
    for (name, declared) in outcomes.into_iter().flatten() {
        if !declared.optional && !table.table.contains_key(name.as_str()) {
            let kind = FaultKind::MissingOutcome { row: row.to_owned(), name: name.clone() };
            reader.fault(node.key_start("then"), kind);
        }
    }
    then
}

fn read_examples(top: &Node<'_, '_>, facts: Option<&Schema>) -> Vec<Example> {
    let reader = top.reader;
    let nodes = top.tables("example");
    if nodes.is_empty() {
        reader.fault(top.key_start("example"), FaultKind::NoExamples);
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut examples = Vec::new();
    for mut node in nodes {
        let name = node.need_text("name").unwrap_or_default();
        if !name.is_empty() {
            node.within = format!("example `{name}`");
            let at = node.get("name").map_or(node.start, |value| value.span().start);
            if let Some(&first) = names.get(&name) {
                let line = place_of(reader.text, first).line;
                reader.fault(at, ReadProblem::Duplicate { what: "example", id: name.clone(), line });
            }
            names.entry(name.clone()).or_insert(at);
        }
        node.only(&["name", "given", "expect"]);
        let before = reader.count();
        let given = read_given(&node, &name, facts);
        let good = reader.count() == before && facts.is_some();
        let expect = node.need_text("expect");
        let expect_at = node.get("expect").map_or(node.start, |value| value.span().start);
        if let Some(expect) = expect {
            examples.push(Example { name, facts: given, expect, expect_at, good });
        }
    }
    examples
}

fn read_given(node: &Node<'_, '_>, example: &str, schema: Option<&Schema>) -> Facts {
    let reader = node.reader;
    let mut facts = Facts::new();
    let Some(value) = node.need("given") else { return facts };
    let Some(table) = reader.table(value, "given", format!("`given` of example `{example}`")) else {
        return facts;
    };
    for (key, value) in table.table {
        if let Some(found) = reader.value(value, key.get_ref()) {
            facts.set(key.get_ref().to_string(), found);
        } else if let Some(declared) = schema.and_then(|schema| schema.get(key.get_ref().as_ref())) {
            // Already reported; without a value it would be reported as missing too.
            facts.set(key.get_ref().to_string(), any_of(&declared.kind));
        }
    }
    for problem in schema.map(|schema| check_facts(schema, &facts)).unwrap_or_default() {
        use facts::FactFault as F;
        let at = match &problem {
            F::Unknown { name } => table.key_start(name),
            F::WrongType { name, .. } | F::OutOfSet { name, .. } | F::OutOfRange { name, .. } => {
                table.get(name).map_or(table.start, |value| value.span().start)
            }
            F::Missing { .. } | F::Undecided { .. } => node.key_start("given"),
        };
        reader.fault(at, FaultKind::ExampleFacts { example: example.to_owned(), problem });
    }
    facts
}

fn any_of(kind: &facts::Kind) -> Value {
    use facts::Kind;
    match kind {
        Kind::Bool => Value::Bool(false),
        Kind::Int { min, .. } => Value::Int(*min),
        Kind::Text => Value::Text(String::new()),
        Kind::OneOf(words) => Value::Text(words.first().cloned().unwrap_or_default()),
        Kind::List(_) => Value::List(Vec::new()),
    }
}

fn check_reach(reader: &Reader<'_>, facts: &Schema, rows: &[Draft], cells: &[Option<&Cell>]) -> Vec<Reach> {
    if let Some(last) = rows.last().filter(|row| matches!(row.when, Ok(Some(_)))) {
        reader.fault(last.when_at, FaultKind::NoDefault { row: last.id.clone() });
    }
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let reaches = reach(facts, cells);
    for (row, reach) in rows.iter().zip(&reaches) {
        if let Reach::No(why) = reach {
            let at = if row.when_at == row.id_at { row.start } else { row.when_at };
            let because = why.clone().named(&ids);
            reader.fault(at, FaultKind::Unreachable { row: row.id.clone(), because });
        }
    }
    reaches
}

fn run_example(
    reader: &Reader<'_>,
    facts: &Schema,
    rows: &[Draft],
    cells: &[Option<&Cell>],
    example: &Example,
) {
    let Example { name, facts: given, expect, expect_at, .. } = example;
    let Some(expected) = rows.iter().position(|row| row.id == *expect) else {
        let kind = FaultKind::ExampleRow { example: name.clone(), expected: expect.clone() };
        return reader.fault(*expect_at, kind);
    };
    let context = bind(facts, given);
    for (index, (row, cell)) in rows.iter().zip(cells).enumerate() {
        match cell.map_or(Ok(true), |cell| cell.holds(&context)) {
            Ok(false) => {}
            Ok(true) if index == expected => return,
            Ok(true) => {
                let because = if index < expected {
                    format!("it comes first, and {}", said(cells[index], given, true))
                } else {
                    format!(
                        "the condition of `{expect}` does not hold: {}",
                        said(cells[expected], given, false)
                    )
                };
                let (example, expected, fired) = (name.clone(), expect.clone(), row.id.clone());
                return reader
                    .fault(*expect_at, FaultKind::ExampleFails { example, expected, fired, because });
            }
            Err(problem) => {
                let problem = facts::FactFault::Undecided { row: row.id.clone(), problem };
                return reader.fault(*expect_at, FaultKind::ExampleFacts { example: name.clone(), problem });
            }
        }
    }
}

/// What a row saw: its condition and the facts in it.
fn said(cell: Option<&Cell>, given: &Facts, holds: bool) -> String {
    let Some(cell) = cell else { return "it has no condition".to_owned() };
    let facts: Vec<String> = cell
        .facts
        .iter()
        .map(|name| {
            given
                .get(name)
                .map_or_else(|| format!("{name} is not known"), |value| format!("{name} = {value}"))
        })
        .collect();
    let verb = if holds { "its condition holds" } else { "it asks" };
    format!("{verb} `{}`, with {}", cell.source.trim(), facts.join(", "))
}

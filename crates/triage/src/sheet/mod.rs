//! A table's text taken apart, so that single rows and examples can be shown and written, whatever faults they have.
//!
//! The text stays the truth: each change answers with a new text in which everything else is as its author wrote it, comments
//! included.

mod write;

pub use write::{ExampleText, RowText};

use crate::load::{read_date, read_schema};
use domain::text::{Lang, Text};
use facts::{ReadProblem, Reader, Schema, Value, place_of};
use jiff::civil::Date;
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A table's text, taken apart.
#[derive(Debug, Clone)]
pub struct Sheet {
    text: String,
    version: Option<Spanned<String>>,
    effective: Option<(Range<usize>, Option<Date>)>,
    facts: Schema,
    outcomes: Schema,
    rows: Vec<SheetRow>,
    examples: Vec<SheetExample>,
}

/// Why a text cannot be taken apart. It can still be written as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// It is no TOML.
    #[error("the text is not TOML")]
    NotToml,
    /// Rows or examples do not stand under headers of their own.
    #[error("rows and examples must stand under [[row]] and [[example]]")]
    NoHeaders,
}

/// One value under a name, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetValue {
    /// The name.
    pub name: String,
    /// As it is written, in TOML.
    pub raw: String,
    /// What it is, where it is something that a fact can be.
    pub value: Option<Value>,
}

impl SheetValue {
    /// As people read it: a word without its quotes.
    pub fn plain(&self) -> String {
        match &self.value {
            Some(Value::Text(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => self.raw.clone(),
        }
    }
}

/// Where a block stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    /// From the comment above it.
    lead: usize,
    /// From its header to its last line, without the empty lines behind it.
    body: Range<usize>,
    /// Where the next one begins.
    end: usize,
    /// Its first and last line, from 1, with the comment above it.
    lines: (usize, usize),
}

/// A row as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its id.
    pub id: String,
    /// The condition; empty for the default.
    pub when: String,
    /// The outcome.
    pub then: Vec<SheetValue>,
    /// The sentence for the person.
    pub why: Text,
    /// What would change it.
    pub change: Text,
    /// The hint for the officer.
    pub staff: String,
    /// The citation.
    pub cite: String,
    block: Block,
}

/// An example as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetExample {
    /// Its name.
    pub name: String,
    /// The facts.
    pub given: Vec<SheetValue>,
    /// The row it expects.
    pub expect: String,
    block: Block,
}

/// A part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetPart {
    /// What stands outside rows and examples.
    Head,
    /// A row, from 0.
    Row(usize),
    /// An example, from 0.
    Example(usize),
}

impl Sheet {
    /// Takes a text apart.
    ///
    /// # Errors
    /// [`SheetFault`].
    pub fn read(text: &str) -> Result<Self, SheetFault> {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(SheetFault::NotToml);
        }
        let top = document.get_ref();
        let reader: Reader<'_, ReadProblem> = Reader::new("", text);
        let node = facts::Node { reader: &reader, table: top, start: 0, within: String::new() };
        let (facts, _) = read_schema(&node, "facts", true);
        let (outcomes, _) = read_schema(&node, "outcomes", false);
        let effective = node.get("effective").map(|value| (value.span(), read_date(&node)));
        let version = node.get("version").and_then(|value| {
            let DeValue::String(text) = value.get_ref() else { return None };
            Some(Spanned::new(value.span(), text.to_string()))
        });
        let (rows, examples) = (tables(top, "row"), tables(top, "example"));
        if rows.iter().chain(&examples).any(|(span, _)| !text[span.start..].starts_with("[[")) {
            return Err(SheetFault::NoHeaders);
        }
        let mut starts: Vec<usize> = rows.iter().chain(&examples).map(|(span, _)| span.start).collect();
        starts.extend(other_headers(top, text));
        starts.sort_unstable();
        let block = |span: &Range<usize>| block_of(text, span.start, &starts);
        let rows = rows.iter().map(|(span, table)| row_of(text, table, block(span))).collect();
        let examples = examples
            .iter()
            .map(|(span, table)| SheetExample {
                name: text_of(table, "name"),
                given: values_of(text, table, "given"),
                expect: text_of(table, "expect"),
                block: block(span),
            })
            .collect();
        Ok(Self { text: text.to_owned(), version, effective, facts, outcomes, rows, examples })
    }

    /// What the version is called.
    pub fn version(&self) -> Option<&str> {
        self.version.as_ref().map(|version| version.get_ref().as_str())
    }

    /// The first day on which it holds.
    pub fn effective(&self) -> Option<Date> {
        self.effective.as_ref().and_then(|(_, date)| *date)
    }

    /// The facts, as far as they are declared well.
    pub const fn facts(&self) -> &Schema {
        &self.facts
    }

    /// The outcomes, as far as they are declared well.
    pub const fn outcomes(&self) -> &Schema {
        &self.outcomes
    }

    /// The rows, in their order.
    pub fn rows(&self) -> &[SheetRow] {
        &self.rows
    }

    /// The examples, in their order.
    pub fn examples(&self) -> &[SheetExample] {
        &self.examples
    }

    /// Which part a line (from 1) is in.
    pub fn part_at(&self, line: usize) -> SheetPart {
        let here = |block: &Block| (block.lines.0..=block.lines.1).contains(&line);
        let row = self.rows.iter().position(|row| here(&row.block)).map(SheetPart::Row);
        let example = || self.examples.iter().position(|one| here(&one.block)).map(SheetPart::Example);
        row.or_else(example).unwrap_or(SheetPart::Head)
    }
}

/// The tables of an array of tables.
fn tables<'t, 'a>(top: &'t DeTable<'a>, key: &str) -> Vec<(Range<usize>, &'t DeTable<'a>)> {
    let Some(DeValue::Array(elements)) = top.get(key).map(Spanned::get_ref) else { return Vec::new() };
    let table = |element: &'t Spanned<DeValue<'a>>| match element.get_ref() {
        DeValue::Table(table) => Some((element.span(), table)),
        _ => None,
    };
    elements.iter().filter_map(table).collect()
}

/// Where tables begin that are no rows and no examples.
fn other_headers<'t>(top: &'t DeTable<'_>, text: &'t str) -> impl Iterator<Item = usize> + 't {
    let others = top.iter().filter(|(key, _)| !["row", "example"].contains(&key.get_ref().as_ref()));
    let with_inner = others.flat_map(|(_, value)| {
        let inner = match value.get_ref() {
            DeValue::Table(table) => table.iter().map(|(_, value)| value.span().start).collect(),
            _ => Vec::new(),
        };
        std::iter::once(value.span().start).chain(inner)
    });
    with_inner.filter(|start| {
        let line = text[..*start].rfind('\n').map_or(0, |at| at + 1);
        text[line..*start].trim().is_empty() && text[*start..].starts_with('[')
    })
}

fn block_of(text: &str, start: usize, starts: &[usize]) -> Block {
    let next = starts.iter().find(|other| **other > start);
    let end = next.map_or(text.len(), |next| lead_of(text, *next));
    let body = start..start + text[start..end].trim_end().len();
    let lead = lead_of(text, start);
    let lines = (place_of(text, lead).line, place_of(text, body.end).line);
    Block { lead, body, end, lines }
}

/// Where the comment directly above a header begins; the header's line if there is none.
fn lead_of(text: &str, header: usize) -> usize {
    let mut lead = text[..header].rfind('\n').map_or(0, |at| at + 1);
    while let Some(before) = text[..lead].strip_suffix('\n') {
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if !text[line..lead].trim_start().starts_with('#') {
            break;
        }
        lead = line;
    }
    lead
}

fn row_of(text: &str, table: &DeTable<'_>, block: Block) -> SheetRow {
    SheetRow {
        id: text_of(table, "id"),
        when: text_of(table, "when"),
        then: values_of(text, table, "then"),
        why: sentence_of(table, "why"),
        change: sentence_of(table, "change"),
        staff: text_of(table, "staff"),
        cite: text_of(table, "cite"),
        block,
    }
}

fn text_of(table: &DeTable<'_>, key: &str) -> String {
    match table.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(text)) => text.to_string(),
        _ => String::new(),
    }
}

fn values_of(text: &str, table: &DeTable<'_>, key: &str) -> Vec<SheetValue> {
    let Some(DeValue::Table(values)) = table.get(key).map(Spanned::get_ref) else { return Vec::new() };
    let reader: Reader<'_, ReadProblem> = Reader::new("", text);
    let one = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = name.get_ref();
        SheetValue {
            name: name.to_string(),
            raw: text.get(value.span()).unwrap_or_default().to_owned(),
            value: reader.value(value, name),
        }
    };
    values.iter().map(one).collect()
}

fn sentence_of(table: &DeTable<'_>, key: &str) -> Text {
    let Some(DeValue::Table(values)) = table.get(key).map(Spanned::get_ref) else { return Text::default() };
    Text::new(values.iter().filter_map(|(lang, value)| {
        let lang: Lang = lang.get_ref().parse().ok()?;
        match value.get_ref() {
            DeValue::String(text) => Some((lang, text.to_string())),
            _ => None,
        }
    }))
}

#[cfg(test)]
mod tests;

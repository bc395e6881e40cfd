//! Reading TOML values with their places; every mismatch is a fault, and reading goes on.

use crate::{
    cell::Cell,
    place::{Fault, offset_in_string, place_of},
    problem::{CellProblem, ReadProblem},
    schema::{Declared, GREATEST, Kind, LEAST, Schema},
    value::Value,
};
use domain::text::{Lang, Text};
use std::{cell::RefCell, collections::BTreeMap};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Words that CEL reads otherwise, or that would puzzle the reader of a condition.
const TAKEN: &[&str] = &[
    "all",
    "as",
    "bool",
    "break",
    "bytes",
    "const",
    "contains",
    "continue",
    "double",
    "duration",
    "dyn",
    "else",
    "exists",
    "exists_one",
    "false",
    "filter",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "int",
    "known",
    "let",
    "list",
    "loop",
    "map",
    "matches",
    "namespace",
    "null",
    "null_type",
    "optional",
    "optional_type",
    "package",
    "return",
    "size",
    "string",
    "timestamp",
    "true",
    "type",
    "uint",
    "var",
    "void",
    "while",
];

/// The file under way and the faults found so far.
#[derive(Debug)]
pub struct Reader<'a, K> {
    /// The file's name, as faults give it.
    pub file: &'a str,
    /// What is in it.
    pub text: &'a str,
    faults: RefCell<Vec<Fault<K>>>,
}

impl<'a, K: From<ReadProblem>> Reader<'a, K> {
    /// Begins with a file.
    pub const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: RefCell::new(Vec::new()) }
    }

    /// Notes a fault at a byte offset.
    pub fn fault(&self, offset: usize, kind: impl Into<K>) {
        let place = place_of(self.text, offset);
        self.faults.borrow_mut().push(Fault { file: self.file.to_owned(), place, kind: kind.into() });
    }

    /// How many faults there are so far: to see whether a part was read without any.
    pub fn count(&self) -> usize {
        self.faults.borrow().len()
    }

    /// All faults, in the order of the file.
    pub fn into_faults(self) -> Vec<Fault<K>> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.place);
        faults
    }

    /// A value as a table, called `within` in messages.
    pub fn table<'t>(
        &'t self,
        value: &'t Spanned<DeValue<'a>>,
        key: &str,
        within: String,
    ) -> Option<Node<'t, 'a, K>> {
        if let DeValue::Table(table) = value.get_ref() {
            Some(Node { reader: self, table, start: value.span().start, within })
        } else {
            self.wrong_type(value, key, "a table");
            None
        }
    }

    /// Notes that a value is of another type than its key takes.
    pub fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, want: &'static str) {
        let found = type_name(value.get_ref());
        self.fault(value.span().start, ReadProblem::WrongType { key: key.to_owned(), want, found });
    }

    /// A value as a text that says something.
    pub fn text(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.fault(value.span().start, ReadProblem::Blank { key: key.to_owned() });
                None
            }
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.wrong_type(value, key, "a text");
                None
            }
        }
    }

    /// A value as true or false.
    pub fn bool(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<bool> {
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_type(value, key, "true or false");
        None
    }

    /// A value as a whole number.
    pub fn int(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<i64> {
        let found = whole(value.get_ref());
        if found.is_none() {
            self.wrong_type(value, key, "a whole number of at most 64 bits");
        }
        found
    }

    /// A value as a fact or an outcome could be.
    pub fn value(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Value> {
        let found = match value.get_ref() {
            DeValue::Boolean(flag) => Some(Value::Bool(*flag)),
            DeValue::String(text) => Some(Value::Text(text.to_string())),
            DeValue::Integer(_) => whole(value.get_ref()).map(Value::Int),
            DeValue::Array(_) => words(value.get_ref()).map(Value::List),
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(
                value,
                key,
                "true, false, a whole number of at most 64 bits, a text or a list of texts",
            );
        }
        found
    }

    /// A value as a condition; each problem of it with its place in the file, for the caller to report.
    pub fn cell(
        &self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        schema: &Schema,
    ) -> Result<Cell, Vec<(usize, CellProblem)>> {
        let source = self.text(value, key).ok_or_else(Vec::new)?;
        Cell::compile(&source, schema).map_err(|faults| {
            let place = |at| offset_in_string(self.text, value.span(), &source, at);
            faults.into_iter().map(|fault| (place(fault.at), fault.problem)).collect()
        })
    }

    /// A list of texts.
    pub fn words(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Vec<String>> {
        let found = words(value.get_ref());
        if found.is_none() {
            self.wrong_type(value, key, "a list of texts");
        }
        found
    }
}

fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    let DeValue::Array(elements) = value else { return None };
    let texts = elements.iter().map(|element| match element.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect()
}

fn whole(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
        _ => None,
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) if whole(value).is_none() => "a number beyond that",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) if words(value).is_none() => "a list of other things",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A TOML table being read.
#[derive(Debug)]
pub struct Node<'t, 'a, K> {
    /// The file it is in.
    pub reader: &'t Reader<'a, K>,
    /// What is in it.
    pub table: &'t DeTable<'a>,
    /// Where it begins, in bytes.
    pub start: usize,
    /// What faults call it.
    pub within: String,
}

impl<'t, 'a, K: From<ReadProblem>> Node<'t, 'a, K> {
    /// Reports every key that is not allowed here.
    pub fn only(&self, allowed: &[&str]) {
        for key in self.table.keys().filter(|key| !allowed.contains(&key.get_ref().as_ref())) {
            let kind = ReadProblem::UnknownKey {
                key: key.get_ref().to_string(),
                within: self.within.clone(),
                allowed: allowed.iter().map(|&word| word.to_owned()).collect(),
            };
            self.reader.fault(key.span().start, kind);
        }
    }

    /// A value that may be there.
    pub fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// Where a key stands, or the table if it is not there.
    pub fn key_start(&self, key: &str) -> usize {
        self.table.get_key_value(key).map_or(self.start, |(key, _)| key.span().start)
    }

    /// A value that must be there.
    pub fn need(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'a>>> {
        let found = self.get(key);
        if found.is_none() {
            self.reader.fault(self.start, ReadProblem::MissingKey { key, within: self.within.clone() });
        }
        found
    }

    /// A text that must be there and say something.
    pub fn need_text(&self, key: &'static str) -> Option<String> {
        self.need(key).and_then(|value| self.reader.text(value, key))
    }

    /// A text that may be left out.
    pub fn may_text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(|value| self.reader.text(value, key))
    }

    /// The tables of `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Node<'t, 'a, K>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(elements) = value.get_ref() else {
            self.reader.wrong_type(value, key, "a list of tables");
            return Vec::new();
        };
        let named =
            |(index, element)| self.reader.table(element, key, format!("[[{key}]] number {}", index + 1));
        elements.iter().enumerate().filter_map(named).collect()
    }

    /// A sentence in every language of `langs`.
    pub fn sentence(&self, key: &'static str, langs: &[Lang]) -> Option<Text> {
        let value = self.get(key)?;
        let node = self.reader.table(value, key, format!("`{key}`"))?;
        let mut by_lang = Vec::new();
        for (lang, value) in node.table {
            if let Ok(tag) = lang.get_ref().parse::<Lang>() {
                // A blank is reported here, and kept so that it is not reported as missing too.
                let text = node.reader.text(value, &format!("{key}.{tag}"));
                by_lang.push((tag, text.unwrap_or_else(|| "?".to_owned())));
            } else {
                let found = lang.get_ref().to_string();
                node.reader.fault(lang.span().start, ReadProblem::Language { found });
            }
        }
        let text = Text::new(by_lang);
        for lang in text.missing(langs) {
            let kind = ReadProblem::MissingLanguage { key, lang: lang.to_string() };
            self.reader.fault(self.key_start(key), kind);
        }
        Some(text)
    }

    /// `[facts]` or `[outcomes]`: the schema and where each name stands. `also` are further keys that a declaration
    /// may hold; whoever allows them reads them.
    pub fn schema(&self, for_facts: bool, also: &[&str]) -> (Schema, BTreeMap<String, usize>) {
        let (mut schema, mut places) = (Schema::new(), BTreeMap::new());
        for (name, value) in self.table {
            let at = name.span().start;
            let name = name.get_ref().to_string();
            if !is_name(&name) {
                self.reader.fault(at, ReadProblem::Name { name: name.clone() });
            }
            let what = if for_facts { "fact" } else { "outcome" };
            let Some(node) = self.reader.table(value, &name, format!("the {what} `{name}`")) else {
                continue;
            };
            // A table of its own (`[facts.x]`) has its span at the header; the name is the better place.
            let node = Node { start: at, ..node };
            let about = if for_facts { node.need_text("about") } else { node.may_text("about") };
            let optional =
                node.get("optional").and_then(|value| self.reader.bool(value, "optional")).unwrap_or(false);
            if let Some(kind) = node.kind(&name, for_facts, also) {
                schema.insert(name.clone(), Declared { kind, about: about.unwrap_or_default(), optional });
                places.insert(name, at);
            }
        }
        (schema, places)
    }

    fn kind(&self, name: &str, for_facts: bool, also: &[&str]) -> Option<Kind> {
        let set = self.get("one-of").map(|value| self.set(name, value));
        let word = match (self.get("type"), &set) {
            (None, Some(_)) => "one-of".to_owned(),
            (Some(value), _) => self.reader.text(value, "type")?,
            (None, None) => {
                self.need("type");
                return None;
            }
        };
        let common = ["type", "about", "optional"];
        let (kind, more): (_, &[&str]) = match word.as_str() {
            "bool" => (Kind::Bool, &[]),
            "int" => {
                let bound = |key, otherwise| {
                    self.get(key).map_or(Some(otherwise), |value| self.reader.int(value, key))
                };
                let (min, max) = (bound("min", LEAST)?, bound("max", GREATEST)?);
                if min > max {
                    self.reader.fault(self.start, ReadProblem::Bounds { min, max });
                }
                (Kind::Int { min, max }, &["min", "max"])
            }
            "text" => (Kind::Text, &[]),
            "one-of" if self.get("type").is_none() => (Kind::OneOf(set??), &["one-of"]),
            "list" if for_facts => (Kind::List(set.flatten()), &["one-of"]),
            _ => {
                let lists: &[&str] = if for_facts { &["list"] } else { &[] };
                let allowed =
                    ["bool", "int", "text"].iter().chain(lists).map(|&word| word.to_owned()).collect();
                let at = self.get("type").map_or(self.start, |value| value.span().start);
                self.reader.fault(at, ReadProblem::Word { key: "type".to_owned(), allowed, found: word });
                return None;
            }
        };
        self.only(&[&common, more, also].concat());
        Some(kind)
    }

    /// The words of a set; at least one, none twice.
    fn set(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let words = self.reader.words(value, "one-of")?;
        let twice = words.iter().enumerate().any(|(at, word)| words[..at].contains(word));
        let problem = match (words.is_empty(), twice) {
            (true, _) => "is empty",
            (_, true) => "names a word twice",
            _ => return Some(words),
        };
        self.reader.fault(value.span().start, ReadProblem::Set { name: name.to_owned(), problem });
        None
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= 60
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !TAKEN.contains(&name)
}

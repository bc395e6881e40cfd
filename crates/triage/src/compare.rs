//! What is different between two versions of a table, as people see it: rows, examples, and words.

use crate::sheet::{Sheet, SheetExample, SheetRow, SheetValue};
use domain::text::{Lang, Text};
use facts::{Declared, Schema};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Did {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It says the same at another place in the order.
    Moved,
}

impl Did {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// What a field of something says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The condition of a row.
    When,
    /// The outcome of a row.
    Then,
    /// The sentence for the person.
    Why,
    /// What would change it.
    Change,
    /// The hint for the officer.
    Staff,
    /// The citation.
    Cite,
    /// The facts of an example.
    Given,
    /// The row an example expects.
    Expect,
    /// How a fact or an outcome is declared.
    Declared,
}

impl Field {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::Then => "then",
            Self::Why => "why",
            Self::Change => "change",
            Self::Staff => "staff",
            Self::Cite => "cite",
            Self::Given => "given",
            Self::Expect => "expect",
            Self::Declared => "declared",
        }
    }
}

/// One field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// In which language, if it is in several.
    pub lang: Option<Lang>,
    /// What it said; empty when it said nothing.
    pub old: String,
    /// What it says.
    pub new: String,
}

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartChange {
    /// The row's id, the example's name, the fact or the outcome.
    pub name: String,
    /// What happened to it.
    pub did: Did,
    /// Is it also at another place in the order?
    pub moved: bool,
    /// Which fields say something else.
    pub fields: Vec<FieldChange>,
}

/// What is different between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Facts and outcomes.
    pub schema: Vec<PartChange>,
    /// Rows: those of the new version in its order, then those that are gone.
    pub rows: Vec<PartChange>,
    /// Examples, likewise.
    pub examples: Vec<PartChange>,
}

impl Comparison {
    /// Is nothing different? Comments, blanks, the version's name and its day do not count.
    pub const fn is_empty(&self) -> bool {
        self.schema.is_empty() && self.rows.is_empty() && self.examples.is_empty()
    }
}

/// Compares two versions.
pub fn compare(old: &Sheet, new: &Sheet) -> Comparison {
    let mut schema = declared(old.facts(), new.facts());
    schema.extend(declared(old.outcomes(), new.outcomes()));
    Comparison {
        schema,
        rows: parts(old.rows(), new.rows(), |row| &row.id, row_fields),
        examples: parts(old.examples(), new.examples(), |one| &one.name, example_fields),
    }
}

fn declared(old: &Schema, new: &Schema) -> Vec<PartChange> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let says = |declared: Option<&Declared>| {
        declared.map_or_else(String::new, |one| {
            let optional = if one.optional { "; may be unknown" } else { "" };
            format!("{}{optional}; {}", one.kind, one.about)
        })
    };
    let change = |name: &String| {
        let (before, now) = (old.get(name), new.get(name));
        let did = match (before, now) {
            (None, _) => Did::Added,
            (_, None) => Did::Removed,
            (before, now) if before == now => return None,
            _ => Did::Changed,
        };
        let field = FieldChange { field: Field::Declared, lang: None, old: says(before), new: says(now) };
        Some(PartChange { name: name.clone(), did, moved: false, fields: vec![field] })
    };
    names.into_iter().filter_map(change).collect()
}

fn parts<T>(
    old: &[T],
    new: &[T],
    name: impl Fn(&T) -> &String,
    fields: impl Fn(Option<&T>, Option<&T>) -> Vec<FieldChange>,
) -> Vec<PartChange> {
    let find = |all: &'_ [T], wanted: &String| all.iter().position(|one| name(one) == wanted);
    let names = |all: &[T], others: &[T]| -> Vec<String> {
        all.iter().map(|one| name(one).clone()).filter(|one| find(others, one).is_some()).collect()
    };
    let (before, now) = (names(old, new), names(new, old));
    let in_order: BTreeSet<usize> = common(&before, &now).into_iter().map(|(_, at)| at).collect();
    let stays =
        |wanted: &String| now.iter().position(|one| one == wanted).is_some_and(|at| in_order.contains(&at));
    let mut changes = Vec::new();
    for part in new {
        let wanted = name(part);
        let was = find(old, wanted).and_then(|at| old.get(at));
        let fields = fields(was, Some(part));
        let moved = was.is_some() && !stays(wanted);
        let did = match was {
            None => Did::Added,
            Some(_) if !fields.is_empty() => Did::Changed,
            Some(_) if moved => Did::Moved,
            Some(_) => continue,
        };
        changes.push(PartChange { name: wanted.clone(), did, moved, fields });
    }
    let gone = old.iter().filter(|part| find(new, name(part)).is_none());
    changes.extend(gone.map(|part| PartChange {
        name: name(part).clone(),
        did: Did::Removed,
        moved: false,
        fields: fields(Some(part), None),
    }));
    changes
}

fn values(values: &[SheetValue]) -> String {
    let mut said: Vec<String> = values.iter().map(|one| format!("{} = {}", one.name, one.plain())).collect();
    said.sort();
    said.join(", ")
}

/// Everything that a part says, by field and language.
type Said = BTreeMap<(Field, Option<Lang>), String>;

fn fields(old: Option<Said>, new: Option<Said>) -> Vec<FieldChange> {
    let (mut old, mut new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let keys: BTreeSet<(Field, Option<Lang>)> = old.keys().chain(new.keys()).cloned().collect();
    let changes = keys.into_iter().map(|key| {
        let (old, new) = (old.remove(&key).unwrap_or_default(), new.remove(&key).unwrap_or_default());
        FieldChange { field: key.0, lang: key.1, old, new }
    });
    changes.filter(|change| change.old != change.new).collect()
}

fn row_says(row: &SheetRow) -> Said {
    let mut said = Said::from([
        ((Field::When, None), row.when.trim().to_owned()),
        ((Field::Then, None), values(&row.then)),
        ((Field::Staff, None), row.staff.clone()),
        ((Field::Cite, None), row.cite.clone()),
    ]);
    let sentences: [(Field, &Text); 2] = [(Field::Why, &row.why), (Field::Change, &row.change)];
    for (field, text) in sentences {
        said.extend(text.langs().map(|lang| ((field, Some(lang.clone())), text.in_lang(lang).to_owned())));
    }
    said
}

fn row_fields(old: Option<&SheetRow>, new: Option<&SheetRow>) -> Vec<FieldChange> {
    fields(old.map(row_says), new.map(row_says))
}

fn example_says(example: &SheetExample) -> Said {
    Said::from([
        ((Field::Given, None), values(&example.given)),
        ((Field::Expect, None), example.expect.clone()),
    ])
}

fn example_fields(old: Option<&SheetExample>, new: Option<&SheetExample>) -> Vec<FieldChange> {
    fields(old.map(example_says), new.map(example_says))
}

/// Words that stayed, that went, that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// Only in the old text.
    Gone,
    /// Only in the new text.
    New,
}

/// What has more pairs than this is not compared one by one: it counts as wholly other.
const MOST_PAIRS: usize = 1_000_000;

/// Two texts as one, run by run: what stayed, what went, what came.
pub fn words(old: &str, new: &str) -> Vec<(Mark, String)> {
    let (before, now): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let mut runs: Vec<(Mark, Vec<&str>)> = Vec::new();
    let pairs = common(&before, &now);
    let (mut left, mut right) = (0, 0);
    for (one, other) in pairs.into_iter().chain([(before.len(), now.len())]) {
        run(&mut runs, Mark::Gone, &before[left..one]);
        run(&mut runs, Mark::New, &now[right..other]);
        run(&mut runs, Mark::Same, before.get(one..=one).unwrap_or_default());
        (left, right) = (one + 1, other + 1);
    }
    runs.into_iter().map(|(mark, words)| (mark, words.join(" "))).collect()
}

/// Two texts as one, line by line: what stayed, what went, what came.
pub fn lines<'a>(old: &'a str, new: &'a str) -> Vec<(Mark, &'a str)> {
    let (before, now): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    // What is the same at both ends is most of it, and need not be paired.
    let same: fn(&(&&str, &&str)) -> bool = |(one, other)| one == other;
    let head = before.iter().zip(&now).take_while(same).count();
    let (left, right) = (&before[head..], &now[head..]);
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(same).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
    let mut all: Vec<(Mark, &str)> = before[..head].iter().map(|line| (Mark::Same, *line)).collect();
    let (mut one, mut other) = (0, 0);
    for (a, b) in common(left, right).into_iter().chain([(left.len(), right.len())]) {
        all.extend(left[one..a].iter().map(|line| (Mark::Gone, *line)));
        all.extend(right[other..b].iter().map(|line| (Mark::New, *line)));
        all.extend(left.get(a).map(|line| (Mark::Same, *line)));
        (one, other) = (a + 1, b + 1);
    }
    all.extend(before[before.len() - tail..].iter().map(|line| (Mark::Same, *line)));
    all
}

fn run<'a>(runs: &mut Vec<(Mark, Vec<&'a str>)>, mark: Mark, words: &[&'a str]) {
    match runs.last_mut() {
        _ if words.is_empty() => {}
        Some((last, run)) if *last == mark => run.extend(words),
        _ => runs.push((mark, words.to_vec())),
    }
}

/// A longest run of pairs, in order, of what is the same in both.
fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            longest[one * width + other] = if old[one] == new[other] {
                longest[(one + 1) * width + other + 1] + 1
            } else {
                longest[(one + 1) * width + other].max(longest[one * width + other + 1])
            };
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < old.len() && other < new.len() {
        if old[one] == new[other] {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if longest[(one + 1) * width + other] >= longest[one * width + other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests;

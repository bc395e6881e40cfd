//! A checked policy and its answer.

use crate::fault::{Fault, Warning};
use domain::decision::DecisionKind;
use domain::text::{Lang, Text};
use facts::{Cell, Context, FactFault, Facts, Schema, Value, bind, check_facts};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// One version of one decision table, checked. It recommends; people decide.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(crate) kind: DecisionKind,
    pub(crate) version: String,
    pub(crate) effective: Date,
    pub(crate) hash: String,
    pub(crate) text: Arc<str>,
    pub(crate) facts: Schema,
    pub(crate) outcomes: Schema,
    pub(crate) rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) id: String,
    /// `None` is the row that always fires.
    pub(crate) when: Option<Cell>,
    pub(crate) then: BTreeMap<String, Value>,
    pub(crate) why: Text,
    pub(crate) change: Option<Text>,
    pub(crate) staff: Option<String>,
    pub(crate) cite: String,
}

impl Row {
    /// The row's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The condition as written; `None` for the default.
    pub fn when(&self) -> Option<&str> {
        self.when.as_ref().map(|cell| cell.source.as_str())
    }

    /// What the row recommends.
    pub const fn then(&self) -> &BTreeMap<String, Value> {
        &self.then
    }

    /// The sentence for the person.
    pub const fn why(&self) -> &Text {
        &self.why
    }
}

/// What a policy answers, with everything that a decision journals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Which decision it is for.
    pub policy: DecisionKind,
    /// The version of the table.
    pub version: String,
    /// SHA-256 of the table's text, in hexadecimal: the same hash is the same table, byte for byte.
    pub hash: String,
    /// The row that fired.
    pub row: String,
    /// What it recommends.
    pub outcome: BTreeMap<String, Value>,
    /// Why, for the person.
    pub why: Text,
    /// What would change it, for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Text>,
    /// A note for the officer; never shown to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// The rule behind the row.
    pub cite: String,
    /// Every row tried, in order; the last one fired.
    pub tried: Vec<Tried>,
}

/// One row that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The row.
    pub id: String,
    /// Whether it fired.
    pub fired: bool,
    /// The facts its condition names and their values; `None` for an optional fact that is not known.
    pub facts: BTreeMap<String, Option<Value>>,
}

impl Policy {
    /// Reads and checks a table.
    ///
    /// `file` is the name used in messages, `langs` the languages that every sentence for the person must be
    /// in. The faults are all that were found, in the order of the file. When the text is not TOML, when a
    /// fact is declared wrongly or when a cell is wrong, the checks that build on it are left out.
    pub fn load(file: &str, text: &str, langs: &[Lang]) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        crate::load::load(file, text, langs)
    }

    /// Which decision it recommends.
    pub const fn kind(&self) -> DecisionKind {
        self.kind
    }

    /// The version, as its author named it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first day on which it holds.
    pub const fn effective(&self) -> Date {
        self.effective
    }

    /// SHA-256 of the file's text, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The facts it needs.
    pub const fn facts(&self) -> &Schema {
        &self.facts
    }

    /// What it may recommend.
    pub const fn outcomes(&self) -> &Schema {
        &self.outcomes
    }

    /// Its rows, in the order in which they are tried.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Every fault of these facts; empty when the policy can be asked.
    pub fn check(&self, facts: &Facts) -> Vec<FactFault> {
        check_facts(&self.facts, facts)
    }

    /// Of these facts those that the policy declares, so that several policies can be asked with the same ones.
    #[must_use]
    pub fn only_its(&self, facts: &Facts) -> Facts {
        let declared = facts.iter().filter(|(name, _)| self.facts.contains_key(*name));
        declared.map(|(name, value)| (name, value.clone())).collect()
    }

    /// What the policy recommends: the first row whose condition holds.
    ///
    /// The facts are checked against the schema before any row is tried; the first fault is returned, and
    /// [`Policy::check`] has them all.
    pub fn recommend(&self, facts: &Facts) -> Result<Recommendation, FactFault> {
        if let Some(fault) = self.check(facts).into_iter().next() {
            return Err(fault);
        }
        let context = bind(&self.facts, facts);
        let mut tried = Vec::new();
        for row in &self.rows {
            let fired = row.holds(&context)?;
            tried.push(row.tried(fired, facts));
            if fired {
                return Ok(Recommendation {
                    policy: self.kind,
                    version: self.version.clone(),
                    hash: self.hash.clone(),
                    row: row.id.clone(),
                    outcome: row.then.clone(),
                    why: row.why.clone(),
                    change: row.change.clone(),
                    staff: row.staff.clone(),
                    cite: row.cite.clone(),
                    tried,
                });
            }
        }
        // The load refuses a table without a default, so that this is said for completeness only.
        let row = self.rows.last().map_or_else(String::new, |row| row.id.clone());
        Err(FactFault::Undecided { row, problem: "no row fired".to_owned() })
    }
}

impl Row {
    /// Whether the row fires on facts that were checked.
    pub(crate) fn holds(&self, facts: &Context<'_, '_>) -> Result<bool, FactFault> {
        self.when.as_ref().map_or(Ok(true), |cell| {
            cell.holds(facts).map_err(|problem| FactFault::Undecided { row: self.id.clone(), problem })
        })
    }

    pub(crate) fn tried(&self, fired: bool, facts: &Facts) -> Tried {
        let names = self.when.iter().flat_map(|cell| &cell.facts);
        let seen = names.map(|name| (name.clone(), facts.get(name).cloned())).collect();
        Tried { id: self.id.clone(), fired, facts: seen }
    }
}

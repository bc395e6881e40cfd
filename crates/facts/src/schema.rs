//! The schema of a table: which facts there are, what each may be, and the check that comes before any rule.
//!
//! In CEL `error || true` is `true`, so a missing fact would be masked wherever the other side holds. Facts
//! are therefore checked here, whole, before a single cell is evaluated.

use crate::value::{Facts, Value};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The least whole number a fact may have when its schema sets no `min`.
pub const LEAST: i64 = -1_000_000_000;
/// The greatest whole number a fact may have when its schema sets no `max`.
pub const GREATEST: i64 = 1_000_000_000;

/// What a fact or an outcome may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A whole number from `min` to `max`, both included.
    Int {
        /// The least allowed.
        min: i64,
        /// The greatest allowed.
        max: i64,
    },
    /// Any text.
    Text,
    /// One of these texts and no other.
    OneOf(Vec<String>),
    /// A list of texts; where a set is given, each element is one of it.
    List(Option<Vec<String>>),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("true or false"),
            Self::Int { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Text => f.write_str("a text"),
            Self::OneOf(set) => write!(f, "one of {set:?}"),
            Self::List(None) => f.write_str("a list of texts"),
            Self::List(Some(set)) => write!(f, "a list of texts from {set:?}"),
        }
    }
}

/// One fact (or one outcome) as the table declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// What it may be.
    pub kind: Kind,
    /// What it means, with its unit; for whoever writes rules or supplies facts. Empty only for an outcome.
    pub about: String,
    /// Whether it may be left out. A rule may look at an optional fact only behind `known(fact)`.
    pub optional: bool,
}

/// The schema: every fact by name.
pub type Schema = BTreeMap<String, Declared>;

/// Why a policy cannot be asked with these facts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum FactFault {
    /// A fact that the table needs was not given.
    #[error("the fact `{name}` is missing")]
    Missing {
        /// The fact.
        name: String,
    },
    /// A fact was given that the table does not know.
    #[error("`{name}` is not a fact of this table")]
    Unknown {
        /// What was given.
        name: String,
    },
    /// A fact has a value of another type.
    #[error("the fact `{name}` must be {want}, not {found}")]
    WrongType {
        /// The fact.
        name: String,
        /// What it may be.
        want: Kind,
        /// What was given.
        found: Value,
    },
    /// A text, or an element of a list, is not of the declared set.
    #[error("the fact `{name}` must be {want}, and {found:?} is not")]
    OutOfSet {
        /// The fact.
        name: String,
        /// What it may be.
        want: Kind,
        /// The text outside the set.
        found: String,
    },
    /// A number is below `min` or above `max`.
    #[error("the fact `{name}` must be {want}, not {found}")]
    OutOfRange {
        /// The fact.
        name: String,
        /// What it may be.
        want: Kind,
        /// What was given.
        found: i64,
    },
    /// The facts are good, and yet a row could not be decided. The checks at load rule this out; if it
    /// happens all the same it is said, never taken for "did not fire".
    #[error("row `{row}` could not be decided: {problem}")]
    Undecided {
        /// The row.
        row: String,
        /// What the evaluator said.
        problem: String,
    },
}

/// Checks one value against what is declared.
pub fn check_value(name: &str, kind: &Kind, value: &Value) -> Result<(), FactFault> {
    let name = || name.to_owned();
    let out_of = |set: &[String], text: &String| {
        if set.contains(text) {
            Ok(())
        } else {
            Err(FactFault::OutOfSet { name: name(), want: kind.clone(), found: text.clone() })
        }
    };
    match (kind, value) {
        (Kind::Bool, Value::Bool(_)) | (Kind::Text, Value::Text(_)) | (Kind::List(None), Value::List(_)) => {
            Ok(())
        }
        (Kind::Int { min, max }, Value::Int(i)) if (min..=max).contains(&i) => Ok(()),
        (Kind::Int { .. }, Value::Int(i)) => {
            Err(FactFault::OutOfRange { name: name(), want: kind.clone(), found: *i })
        }
        (Kind::OneOf(set), Value::Text(text)) => out_of(set, text),
        (Kind::List(Some(set)), Value::List(words)) => words.iter().try_for_each(|word| out_of(set, word)),
        _ => Err(FactFault::WrongType { name: name(), want: kind.clone(), found: value.clone() }),
    }
}

/// Every fault of these facts, unknown ones last, each group by name.
pub fn check_facts(schema: &Schema, facts: &Facts) -> Vec<FactFault> {
    let declared = schema.iter().filter_map(|(name, declared)| match facts.get(name) {
        Some(value) => check_value(name, &declared.kind, value).err(),
        None if declared.optional => None,
        None => Some(FactFault::Missing { name: name.clone() }),
    });
    let unknown = facts
        .iter()
        .filter(|(name, _)| !schema.contains_key(*name))
        .map(|(name, _)| FactFault::Unknown { name: name.to_owned() });
    declared.chain(unknown).collect()
}

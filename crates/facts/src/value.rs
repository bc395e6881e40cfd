//! What a fact or an outcome can be.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// One value: a fact's, or one cell of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number. Its unit is in the fact's name or its `about`.
    Int(i64),
    /// A word or a code.
    Text(String),
    /// Words or codes; the order carries no meaning.
    List(Vec<String>),
}

/// As a rule would write it: `true`, `15`, `"passport"`, `["a", "b"]`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => b.fmt(f),
            Self::Int(i) => i.fmt(f),
            Self::Text(t) => write!(f, "{t:?}"),
            Self::List(words) => write!(f, "{words:?}"),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<String>> for Value {
    fn from(value: Vec<String>) -> Self {
        Self::List(value)
    }
}

/// What is known about one matter when it is triaged: the name of each fact and its value.
///
/// Facts are journaled with the decision and shown to staff. Give codes, counts and flags, never a name, a
/// number or a text that identifies a person. An optional fact that is not known is simply left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<String, Value>);

impl Facts {
    /// No facts yet.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// These facts and one more; a fact named twice keeps the later value.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// Sets one fact; a fact named twice keeps the later value.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
    }

    /// Forgets a fact: it is not known any more.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The value of a fact, if it is known.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Every known fact, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Facts {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(facts: I) -> Self {
        Self(facts.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

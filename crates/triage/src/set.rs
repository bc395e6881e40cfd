//! Several versions of one policy, and what a new one would have changed.

use crate::policy::Policy;
use domain::decision::DecisionKind;
use facts::{FactFault, Facts, Value};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The versions of one policy, by the day from which each holds.
#[derive(Debug, Clone)]
pub struct PolicySet {
    kind: DecisionKind,
    by_date: BTreeMap<Date, Policy>,
}

/// Why policies do not make a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetFault {
    /// There are none.
    #[error("there is no policy at all")]
    Empty,
    /// They recommend different decisions.
    #[error("version {version} recommends the {found}, the others the {kind}")]
    Kind {
        /// What the first one recommends.
        kind: DecisionKind,
        /// What this one recommends.
        found: DecisionKind,
        /// Its version.
        version: String,
    },
    /// Two hold from the same day.
    #[error("versions {first} and {second} both hold from {date}")]
    SameDay {
        /// The day.
        date: Date,
        /// One version.
        first: String,
        /// The other.
        second: String,
    },
    /// Two have the same version, so that a journaled decision would not say which.
    #[error("two tables are both version {version}")]
    SameVersion {
        /// The version.
        version: String,
    },
}

impl PolicySet {
    /// A set of versions, in any order.
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Result<Self, SetFault> {
        let mut policies = policies.into_iter();
        let first = policies.next().ok_or(SetFault::Empty)?;
        let mut set = Self { kind: first.kind, by_date: BTreeMap::from([(first.effective, first)]) };
        for policy in policies {
            set.add(policy)?;
        }
        Ok(set)
    }

    /// Adds a version.
    pub fn add(&mut self, policy: Policy) -> Result<(), SetFault> {
        if policy.kind != self.kind {
            return Err(SetFault::Kind { kind: self.kind, found: policy.kind, version: policy.version });
        }
        if self.by_date.values().any(|other| other.version == policy.version) {
            return Err(SetFault::SameVersion { version: policy.version });
        }
        if let Some(other) = self.by_date.get(&policy.effective) {
            return Err(SetFault::SameDay {
                date: policy.effective,
                first: other.version.clone(),
                second: policy.version,
            });
        }
        self.by_date.insert(policy.effective, policy);
        Ok(())
    }

    /// Which decision the set recommends.
    pub const fn kind(&self) -> DecisionKind {
        self.kind
    }

    /// The version that holds on a day: the latest whose date is not after it. `None` before the first.
    ///
    /// The day is the agency's own (the civil date where the decision is made), not UTC's.
    pub fn in_force(&self, on: Date) -> Option<&Policy> {
        self.by_date.range(..=on).next_back().map(|(_, policy)| policy)
    }

    /// Every version, earliest first.
    pub fn versions(&self) -> impl Iterator<Item = &Policy> {
        self.by_date.values()
    }
}

/// What a policy said to some facts, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// A row fired.
    Recommended {
        /// The row.
        row: String,
        /// What it recommends.
        outcome: BTreeMap<String, Value>,
    },
    /// The policy could not be asked with these facts.
    Refused {
        /// Everything wrong with them.
        faults: Vec<FactFault>,
    },
}

/// One matter on which two policies differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which of the facts given, from 0.
    pub at: usize,
    /// What the old policy says.
    pub old: Answer,
    /// What the new one says.
    pub new: Answer,
}

impl Changed {
    /// Whether the person would notice. Otherwise the same outcome comes from a row of another name.
    pub fn outcome_differs(&self) -> bool {
        match (&self.old, &self.new) {
            (Answer::Recommended { outcome: old, .. }, Answer::Recommended { outcome: new, .. }) => {
                old != new
            }
            (Answer::Refused { .. }, Answer::Refused { .. }) => false,
            _ => true,
        }
    }
}

/// A dry run: every matter on which the two policies differ in row, outcome or whether they can be asked.
pub fn difference(old: &Policy, new: &Policy, facts: &[Facts]) -> Vec<Changed> {
    facts
        .iter()
        .enumerate()
        .map(|(at, facts)| Changed { at, old: answer(old, facts), new: answer(new, facts) })
        .filter(|changed| changed.old != changed.new)
        .collect()
}

fn answer(policy: &Policy, facts: &Facts) -> Answer {
    let faults = policy.check(facts);
    if !faults.is_empty() {
        return Answer::Refused { faults };
    }
    match policy.recommend(facts) {
        Ok(said) => Answer::Recommended { row: said.row, outcome: said.outcome },
        Err(fault) => Answer::Refused { faults: vec![fault] },
    }
}

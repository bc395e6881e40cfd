//! A dry run: what another version would have recommended for matters that there were.

use crate::policy::Policy;
use facts::{FactFault, Facts, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

impl Answer {
    /// What is recommended, in short: `visit` where there is one outcome, `urgency = "today"; …` where there are several. None
    /// when the policy could not be asked.
    pub fn says(&self) -> Option<String> {
        let Self::Recommended { outcome, .. } = self else { return None };
        let mut said = outcome.iter();
        Some(match (said.next(), said.len()) {
            (Some((_, Value::Text(text))), 0) => text.clone(),
            (Some((name, value)), 0) => format!("{name} = {value}"),
            _ => {
                outcome.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("; ")
            }
        })
    }

    /// The row that fired.
    pub fn row(&self) -> Option<&str> {
        match self {
            Self::Recommended { row, .. } => Some(row),
            Self::Refused { .. } => None,
        }
    }
}

/// A matter for which something else would be recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// Which of the matters, from 0.
    pub at: usize,
    /// What the old version says.
    pub old: Answer,
    /// What the new one says.
    pub new: Answer,
}

/// What another version would have done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// How many matters were looked at.
    pub looked: usize,
    /// How many, by what the old version says and what the new one says ([`Answer::says`]).
    pub by_outcome: BTreeMap<(Option<String>, Option<String>), usize>,
    /// How often each row fires, in the old version and in the new one.
    pub rows: BTreeMap<String, (usize, usize)>,
    /// Same outcome, by a row of another name: nobody would notice.
    pub other_row: usize,
    /// Every matter for which something else would be recommended, in their order.
    pub turned: Vec<Turned>,
}

/// What a policy says to facts, of which only those that it declares are given to it.
pub fn answer(policy: &Policy, facts: &Facts) -> Answer {
    let facts = policy.only_its(facts);
    let faults = policy.check(&facts);
    if !faults.is_empty() {
        return Answer::Refused { faults };
    }
    match policy.recommend(&facts) {
        Ok(said) => Answer::Recommended { row: said.row, outcome: said.outcome },
        Err(fault) => Answer::Refused { faults: vec![fault] },
    }
}

impl Effect {
    /// Looks at one more matter.
    pub fn look(&mut self, old: &Policy, new: &Policy, facts: &Facts) {
        let (before, now) = (answer(old, facts), answer(new, facts));
        *self.by_outcome.entry((before.says(), now.says())).or_default() += 1;
        if let Some(row) = before.row() {
            self.rows.entry(row.to_owned()).or_default().0 += 1;
        }
        if let Some(row) = now.row() {
            self.rows.entry(row.to_owned()).or_default().1 += 1;
        }
        if before.says() != now.says() {
            self.turned.push(Turned { at: self.looked, old: before, new: now });
        } else if before.row() != now.row() {
            self.other_row += 1;
        }
        self.looked += 1;
    }
}

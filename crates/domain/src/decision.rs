//! Decisions: what a named person decided, on which recommendation, and how it is told.
//!
//! Three are recorded for each inquiry (urgency, need, fit) because three different people answer for
//! them; one flag would hide who.

use crate::{
    actor::Actor,
    ids::{Chance, DecisionId},
    text::Text,
    urgency::Urgency,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// How soon must it be dealt with?
    Urgency,
    /// What does the matter need: a visit, the mail, a talk?
    Need,
    /// Which office, which time?
    Fit,
}

impl DecisionKind {
    /// All three, in the order in which they are decided.
    pub const ALL: [Self; 3] = [Self::Urgency, Self::Need, Self::Fit];

    /// The stable name, as in policy files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Urgency => "urgency",
            Self::Need => "need",
            Self::Fit => "fit",
        }
    }
}

impl std::fmt::Display for DecisionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the matter needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// An in-person visit.
    Visit,
    /// The agency mails what is needed: no visit.
    Mail,
    /// It was settled by talking.
    Phone,
    /// Papers are missing; the place is kept until they are there.
    Papers,
    /// It cannot be done here; the sentence says what can.
    Elsewhere,
}

impl Need {
    /// Every need.
    pub const ALL: [Self; 5] = [Self::Visit, Self::Mail, Self::Phone, Self::Papers, Self::Elsewhere];

    /// The stable name, as in the policy's outcomes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Papers => "papers",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.as_str() == s)
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// How soon.
    Urgency(Urgency),
    /// What is needed.
    Need(Need),
    /// Where and when: `true` when it is the office that serves the person's address.
    Fit {
        /// Is it the serving office?
        serving_office: bool,
    },
}

impl Outcome {
    /// Which of the three decisions this belongs to.
    pub const fn kind(self) -> DecisionKind {
        match self {
            Self::Urgency(_) => DecisionKind::Urgency,
            Self::Need(_) => DecisionKind::Need,
            Self::Fit { .. } => DecisionKind::Fit,
        }
    }
}

/// One row of the policy as it was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriedRow {
    /// The row.
    pub id: String,
    /// Did it fire?
    pub fired: bool,
    /// The facts it looked at, with their values then.
    pub facts: BTreeMap<String, serde_json::Value>,
}

/// The recommendation a decision was made on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleCited {
    /// Which policy.
    pub policy: String,
    /// Which version of it.
    pub version: String,
    /// SHA-256 of the policy file, so that the very text can be found again.
    pub hash: String,
    /// The row that fired.
    pub row: String,
    /// What the row rests on.
    pub cite: Option<String>,
    /// What it recommended, by outcome name.
    pub outcome: BTreeMap<String, serde_json::Value>,
    /// Every row tried, in order.
    pub tried: Vec<TriedRow>,
}

/// One recorded decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Which decision.
    pub id: DecisionId,
    /// What was decided.
    pub outcome: Outcome,
    /// Who decided. For an automatic urgency, the rule itself (`Actor::System`).
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// On which recommendation.
    pub rule: RuleCited,
    /// Why it differs from the recommendation, in the decider's words; required when it does.
    pub because: Option<String>,
    /// What the person reads.
    pub sentence: Text,
    /// What would change it.
    pub change: Option<Text>,
}

/// A decision that has not been recorded yet: what the desk hands to a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Deciding {
    /// On which recommendation.
    pub rule: RuleCited,
    /// Why it differs from it, if it does.
    pub because: Option<String>,
    /// What the person reads.
    pub sentence: Text,
    /// What would change it.
    pub change: Option<Text>,
}

impl Deciding {
    /// Records it.
    pub fn record(self, outcome: Outcome, by: Actor, at: Timestamp, chance: &Chance) -> Decision {
        Decision {
            id: DecisionId::new(at, chance),
            outcome,
            by,
            at,
            rule: self.rule,
            because: self.because,
            sentence: self.sentence,
            change: self.change,
        }
    }
}

//! The agency's rules of closings.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The rules of closings. In data, each as it is where nothing is written:
///
/// ```toml
/// [closing]
/// second_person_above = 20
/// plan_minutes = 60
/// choose_hours = 72
/// undo_minutes = 60
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClosingRules {
    /// A closing that concerns more visits than this is carried out by another person than the one who planned it.
    pub second_person_above: u16,
    /// How long a plan holds its places.
    pub plan_minutes: u16,
    /// How long people may choose after they were told.
    pub choose_hours: u16,
    /// How long a closing can be undone.
    pub undo_minutes: u16,
}

impl Default for ClosingRules {
    fn default() -> Self {
        Self { second_person_above: 20, plan_minutes: 60, choose_hours: 72, undo_minutes: 60 }
    }
}

impl ClosingRules {
    /// How long a plan holds its places.
    pub fn plan(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.plan_minutes))
    }

    /// How long people may choose.
    pub fn choose(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.choose_hours))
    }

    /// How long it can be undone.
    pub fn undo(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.undo_minutes))
    }
}

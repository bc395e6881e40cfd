//! A caller's turn.

use super::{OwedCall, WaitRules};
use crate::{codes::ReasonCode, urgency::Urgency};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A caller's turn: the smaller comes first, whenever one looks. A score of minutes waited plus minutes of priority grows
/// equally fast for everybody, so its order is that of the time they asked, less those minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Turn {
    /// 0 for an urgent caller with a deadline, before all others; 1 for everybody else.
    pub band: u8,
    /// In band 0 the deadline; in band 1 the time they first asked, less the minutes of priority.
    pub at: Timestamp,
}

impl OwedCall {
    /// The turn of whoever rings because of it: that of having asked when it was promised.
    pub(super) fn turn(&self, rules: &WaitRules) -> Turn {
        Turn::of(self.promised, self.urgency, None, rules)
    }
}

impl Turn {
    /// The turn of whoever first asked then.
    pub fn of(
        first_asked: Timestamp,
        urgency: Urgency,
        reason: Option<&ReasonCode>,
        rules: &WaitRules,
    ) -> Self {
        if let Some(within) = rules.urgent_within(urgency) {
            return Self { band: 0, at: first_asked.saturating_add(within).unwrap_or(first_asked) };
        }
        let ahead = rules.priority(reason);
        Self { band: 1, at: first_asked.saturating_sub(ahead).unwrap_or(first_asked) }
    }
}

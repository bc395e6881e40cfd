//! How soon a matter must be dealt with.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How soon a matter must be dealt with. What it means in hours or days is data: see
/// [`CallbackRules`](crate::calendar::windows::CallbackRules) and [`Wish`](crate::slots::Wish).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// First.
    Urgent,
    /// In its turn.
    Regular,
}

impl Urgency {
    /// Both, most urgent first.
    pub const ALL: [Self; 2] = [Self::Urgent, Self::Regular];

    /// The name used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Regular => "regular",
        }
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

//! From whom an inquiry is kept: from staff who are too near to it, and, where its person is protected, from everybody who was
//! not given the right to see such people.
//!
//! Both are facts of the inquiry. What follows from them is decided in [`crate::access::can`] alone.

use crate::{codes::ClassCode, ids::StaffId, notice::Carrier};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a member of staff is too near to an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictWhy {
    /// It is their own matter.
    Own,
    /// It is a relative's.
    Relative,
    /// It is somebody's whom they know.
    Acquaintance,
    /// Whoever supervises them says so, for another reason.
    Other,
}

impl ConflictWhy {
    /// Every one, in the order a form shows them.
    pub const ALL: [Self; 4] = [Self::Own, Self::Relative, Self::Acquaintance, Self::Other];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Relative => "relative",
            Self::Acquaintance => "acquaintance",
            Self::Other => "other",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == s)
    }
}

/// Why a conflict is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LiftWhy {
    /// It was said by mistake.
    Mistake,
    /// It was so, and is so no longer.
    Past,
}

impl LiftWhy {
    /// Every one, in the order a form shows them.
    pub const ALL: [Self; 2] = [Self::Mistake, Self::Past];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::Past => "past",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == s)
    }
}

/// A member of staff who has nothing to do with an inquiry any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Who.
    pub staff: StaffId,
    /// Why.
    pub why: ConflictWhy,
    /// Since when.
    pub at: Timestamp,
}

/// That the person of an inquiry is protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    /// By which of the agency's classes.
    pub class: ClassCode,
    /// Since when.
    pub at: Timestamp,
    /// The ways of writing to them that are safe. By no other are they written to.
    #[serde(default)]
    pub safe: BTreeSet<Carrier>,
}

/// From whom an inquiry is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guard {
    /// Staff who are too near to it, in the order in which that was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// That its person is protected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protected: Option<Protected>,
}

impl Guard {
    /// Is it kept from nobody?
    pub const fn is_open(&self) -> bool {
        self.conflicts.is_empty() && self.protected.is_none()
    }

    /// May the person be told something by this way? Whoever is protected is never told by a call.
    pub fn is_safe(&self, by: Carrier) -> bool {
        self.protected.as_ref().is_none_or(|protected| by != Carrier::Call && protected.safe.contains(&by))
    }

    /// That of a member of staff, if they are too near to it.
    pub fn conflict(&self, staff: StaffId) -> Option<&Conflict> {
        self.conflicts.iter().find(|conflict| conflict.staff == staff)
    }
}

//! Who a place is kept for, and the key under which it is claimed.

use crate::codes::{OfficeCode, ServiceCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Who a place is kept for. Places move between pools only by a recorded act, never by being short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pool {
    /// Booked by an officer.
    Officer,
    /// Booked after an online request.
    Online,
    /// Booked by the person, where an office still offers it.
    SelfScheduled,
    /// Kept for visits without booking.
    WalkInReserve,
    /// Kept for emergencies.
    EmergencyReserve,
}

impl Pool {
    /// Every pool, in order.
    pub const ALL: [Self; 5] =
        [Self::Officer, Self::Online, Self::SelfScheduled, Self::WalkInReserve, Self::EmergencyReserve];

    /// The name used in data and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Online => "online",
            Self::SelfScheduled => "self-scheduled",
            Self::WalkInReserve => "walk-in-reserve",
            Self::EmergencyReserve => "emergency-reserve",
        }
    }
}

impl fmt::Display for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name is not one of [`Pool::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no pool {0:?}")]
pub struct UnknownPool(pub String);

impl std::str::FromStr for Pool {
    type Err = UnknownPool;
    fn from_str(s: &str) -> Result<Self, UnknownPool> {
        let unknown = || UnknownPool(s.chars().take(40).collect());
        Self::ALL.into_iter().find(|pool| pool.as_str() == s).ok_or_else(unknown)
    }
}

/// How many visits at once, by pool; a pool that is not named has none. In data:
/// `capacity = { officer = 2, emergency-reserve = 1 }`.
pub type Capacity = BTreeMap<Pool, u32>;

/// One place to claim. Claims of one change are locked in the order of their keys, so that two changes never
/// wait for each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotKey {
    /// Where.
    pub office: OfficeCode,
    /// What for.
    pub service: ServiceCode,
    /// When it begins.
    pub start: Timestamp,
    /// Whom it is kept for.
    pub pool: Pool,
}

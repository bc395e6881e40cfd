//! A node of the line: one process that holds calls, and how long it is known to be there.

use crate::ids::NodeId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// One process that holds calls. It says again and again that it is there; when it stops saying so, its calls are gone
/// with it, and whoever notices first keeps its callers' places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNode {
    /// Which process: a new identifier at every start, so that a process never mistakes another's calls for its own.
    pub id: NodeId,
    /// How many times the record has been written.
    pub version: u64,
    /// Until when it is taken to be there.
    pub until: Timestamp,
}

impl LineNode {
    /// How long a node is taken to be there after it said so.
    pub const LEASE: SignedDuration = SignedDuration::from_secs(15);

    /// A node that has started.
    pub fn begin(id: NodeId, now: Timestamp) -> Self {
        Self { id, version: 1, until: now.saturating_add(Self::LEASE).unwrap_or(now) }
    }

    /// The node, which is still there.
    #[must_use]
    pub fn again(&self, now: Timestamp) -> Self {
        Self { version: self.version + 1, ..Self::begin(self.id, now) }
    }

    /// Is it taken to be gone?
    pub fn is_lost(&self, now: Timestamp) -> bool {
        self.until <= now
    }
}

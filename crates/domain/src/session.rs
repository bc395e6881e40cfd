//! A member of staff's signed-in session.

use crate::ids::{SessionId, StaffId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A signed-in session. The browser holds a random token; the store only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Which session.
    pub id: SessionId,
    /// How many times the record has been written.
    pub version: u64,
    /// Whose.
    pub staff: StaffId,
    /// SHA-256 of the browser's token, hexadecimal.
    pub token_hash: String,
    /// When they signed in.
    pub since: Timestamp,
    /// When the session was last used (to the minute, so that reading a page is not a write).
    pub used: Timestamp,
    /// When it ends whatever happens.
    pub until: Timestamp,
}

/// How long a session lasts without use.
pub const IDLE_MINUTES: i64 = 60;

/// How long a session lasts at most: a shift.
pub const LONGEST_HOURS: i64 = 12;

impl Session {
    /// Is it still good?
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.until && now.duration_since(self.used).as_mins() < IDLE_MINUTES
    }
}

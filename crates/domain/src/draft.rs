//! A request form that has not been sent yet: saved as the person goes, so that nothing typed is lost.

use crate::{ids::DraftId, pii::Pii, text::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A saved form. The person's browser holds a random token; the store only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which draft.
    pub id: DraftId,
    /// How many times the record has been written.
    pub version: u64,
    /// SHA-256 of the token, hexadecimal.
    pub token_hash: String,
    /// The language the person fills it in.
    pub lang: Lang,
    /// What was typed, by field name, as typed: validation happens when it is read.
    pub fields: Pii<BTreeMap<String, Vec<String>>>,
    /// When it was last saved.
    pub saved: Timestamp,
}

/// How long an unsent form is kept after it was last saved.
pub const KEPT_DAYS: i64 = 7;

impl Draft {
    /// Is it still kept?
    pub fn is_live(&self, now: Timestamp) -> bool {
        now.duration_since(self.saved).as_hours() < KEPT_DAYS * 24
    }
}

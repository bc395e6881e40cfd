//! An entry, before and after it stands in the journal.

use super::{Happened, Seq};
use crate::{actor::Actor, ids::InquiryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which inquiry it is about, if about one.
    pub inquiry: Option<InquiryId>,
    /// What happened.
    pub happened: Happened,
}

/// An entry as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its place.
    pub seq: Seq,
    /// When the command was given.
    pub at: Timestamp,
    /// Who gave it.
    pub actor: Actor,
    /// What happened, to which inquiry.
    #[serde(flatten)]
    pub entry: Entry,
    /// SHA-256 over the previous hash and this entry (hex), see `store::chain`.
    pub hash: String,
}

//! Time at an office that takes no visits, whatever its schedule says.

use crate::{codes::OfficeCode, text::Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Time at an office that takes no visits, because the office closes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shut {
    /// Which office.
    pub office: OfficeCode,
    /// From when (inclusive).
    pub from: Timestamp,
    /// Until when (exclusive).
    pub until: Timestamp,
    /// Why, as people are told.
    pub why: Text,
}

impl Shut {
    /// Does a place lie in it, or reach into it?
    pub fn touches(&self, office: &OfficeCode, start: Timestamp, end: Timestamp) -> bool {
        self.office == *office && start < self.until && self.from < end
    }
}

//! Which office a code in a ZIP table means: an office, or the one that took over from it.

use crate::{fault::Place, offices::Office, overlay::Retired};
use domain::codes::OfficeCode;
use std::collections::HashMap;

/// What a code means.
pub(crate) enum Lead {
    /// The office at this place in the list.
    Office(usize),
    /// A retired office that nobody takes over from: noted, and said once for all its rows.
    Orphan,
    /// No office.
    Unknown,
}

/// The codes of all offices, open and retired.
#[derive(Default)]
pub(crate) struct Leads {
    by_code: HashMap<String, usize>,
    orphans: HashMap<String, Option<(Place, u32)>>,
}

impl Leads {
    pub(crate) fn new(offices: &[Office], retired: &[Retired]) -> Self {
        let mut by_code: HashMap<String, usize> =
            offices.iter().enumerate().map(|(n, office)| (office.code.to_string(), n)).collect();
        let mut orphans = HashMap::new();
        for gone in retired {
            let code = gone.office.code.to_string();
            match gone.successor.as_ref().and_then(|code| by_code.get(code.as_str())).copied() {
                Some(at) => _ = by_code.insert(code, at),
                None => _ = orphans.insert(code, None),
            }
        }
        Self { by_code, orphans }
    }

    /// What the code of a row means.
    pub(crate) fn to(&mut self, code: &str, at: impl FnOnce() -> Place) -> Lead {
        if let Some(office) = self.by_code.get(code) {
            return Lead::Office(*office);
        }
        match self.orphans.get_mut(code) {
            Some(Some((_, rows))) => *rows += 1,
            Some(first @ None) => *first = Some((at(), 1)),
            None => return Lead::Unknown,
        }
        Lead::Orphan
    }

    /// How many rows lead to this retired office, and the first of them.
    pub(crate) fn orphaned(&self, code: &OfficeCode) -> Option<&(Place, u32)> {
        self.orphans.get(code.as_str())?.as_ref()
    }
}

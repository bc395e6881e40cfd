//! Cases are imported from a file, all or none.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    case::Case,
    change::{Change, Write},
    journal::Happened,
};
use sha2::{Digest, Sha256};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedCases {
    /// How many cases the file has.
    pub count: u32,
}

impl Desk {
    /// Puts the cases of a checked file into the store in one commit: half an import would be a lie. A file that was imported
    /// before is imported again when it is asked for under another key: another may have come in between.
    ///
    /// # Errors
    /// [`DeskError::Denied`], or when the store fails.
    pub async fn import_cases(&self, caller: &Caller, cases: Vec<Case>) -> Result<ImportedCases, DeskError> {
        caller.may(Action::Import, None)?;
        let count = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        let text = serde_json::to_vec(&cases)
            .map_err(|source| store::StoreError::Unreadable { record: "case", source })?;
        let hash = hex::encode(Sha256::digest(&text));
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            change.writes.extend(cases.iter().cloned().map(|case| Write::Case(Box::new(case))));
            change.note(None, Happened::CasesImported { count, hash: hash.clone() });
            change.answer = serde_json::json!({ "count": count });
            Ok(change)
        })
        .await?;
        Ok(ImportedCases { count })
    }
}

//! Cases are imported from a file, all or none.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    case::Case,
    change::{Change, Write},
    journal::Happened,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportedCases {
    /// How many cases the file has.
    pub count: u32,
    /// Those nobody knew.
    pub new: u32,
    /// Those that were known, and are told otherwise now.
    pub changed: u32,
}

impl Desk {
    /// What importing these cases would do; writes nothing.
    ///
    /// # Errors
    /// [`DeskError::Denied`], or when the store fails.
    pub async fn plan_cases(&self, caller: &Caller, cases: &[Case]) -> Result<ImportedCases, DeskError> {
        caller.may(Action::Import, None)?;
        let mut plan =
            ImportedCases { count: u32::try_from(cases.len()).unwrap_or(u32::MAX), new: 0, changed: 0 };
        for case in cases {
            match self.store.case(&case.receipt).await? {
                None => plan.new += 1,
                Some(known) => plan.changed += u32::from(known != *case),
            }
        }
        Ok(plan)
    }

    /// Puts the cases of a checked file into the store in one commit: half an import would be a lie. A file of which
    /// everything is known already is not written again; one that another import has overtaken is.
    ///
    /// # Errors
    /// [`DeskError::Denied`], or when the store fails.
    pub async fn import_cases(&self, caller: &Caller, cases: Vec<Case>) -> Result<ImportedCases, DeskError> {
        let plan = self.plan_cases(caller, &cases).await?;
        let ImportedCases { count, .. } = plan;
        let text = serde_json::to_vec(&cases)
            .map_err(|source| store::StoreError::Unreadable { record: "case", source })?;
        let hash = hex::encode(Sha256::digest(&text));
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                if plan.new + plan.changed > 0 {
                    change.writes.extend(cases.iter().cloned().map(|case| Write::Case(Box::new(case))));
                    change.note(None, Happened::CasesImported { count, hash: hash.clone() });
                }
                change.answer = serde_json::json!({ "imported": plan });
                Ok(change)
            })
            .await?;
        Ok(ImportedCases::deserialize(&done.answer["imported"]).unwrap_or(plan))
    }
}

//! When offices and the line are closed.

use super::import_table::{Run, TableFile, TableReport};
use crate::{Caller, Desk, DeskError};
use domain::imported::Table;

impl Desk {
    /// Imports holidays: rules in place of the pack's (TOML), or single days beside them (CSV).
    ///
    /// What was promised for a day that is closed now stays promised; the report names it.
    /// The same file again does nothing.
    ///
    /// # Errors
    /// [`DeskError::Import`] with one sentence for each fault, `FILE:LINE: …`; [`DeskError::Denied`].
    pub async fn import_holidays(
        &self,
        caller: &Caller,
        file: &TableFile,
        run: Run,
    ) -> Result<TableReport, DeskError> {
        self.import_table(caller, Table::Holidays, file, run).await
    }
}

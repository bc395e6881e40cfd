//! Which office serves which ZIP code, in the columns that USCIS publishes.

use super::import_table::{Run, TableFile, TableReport};
use crate::{Caller, Desk, DeskError};
use domain::imported::Table;

impl Desk {
    /// Imports a table from ZIP code to office.
    ///
    /// Inquiries stay with their offices; the report names those whose address another serves now, for `change office`.
    /// The same file again does nothing.
    ///
    /// # Errors
    /// [`DeskError::Import`] with one sentence for each fault, `FILE:LINE: …`; [`DeskError::Denied`].
    pub async fn import_zips(
        &self,
        caller: &Caller,
        file: &TableFile,
        run: Run,
    ) -> Result<TableReport, DeskError> {
        self.import_table(caller, Table::Zips, file, run).await
    }
}

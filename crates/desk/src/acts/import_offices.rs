//! Where the offices are: some added, some changed, some retired.

use super::import_table::{Run, TableFile, TableReport};
use crate::{Caller, Desk, DeskError};
use domain::imported::Table;

impl Desk {
    /// Imports a list of offices: adds and changes those it names, and retires those it says are retired.
    ///
    /// A retired office is known still, has no places, and its ZIP codes lead to its successor. What is booked there stays.
    /// The same file again does nothing.
    ///
    /// # Errors
    /// [`DeskError::Import`] with one sentence for each fault, `FILE:LINE: …`; [`DeskError::Denied`].
    pub async fn import_offices(
        &self,
        caller: &Caller,
        file: &TableFile,
        run: Run,
    ) -> Result<TableReport, DeskError> {
        self.import_table(caller, Table::Offices, file, run).await
    }
}

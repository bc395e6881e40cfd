//! What the agency's own record says.

use crate::{Desk, DeskError};
use cases::Seen;
use domain::case::ReceiptNumber;
use jiff::Timestamp;

impl Desk {
    /// The case with this receipt number, if the source knows it.
    ///
    /// # Errors
    /// [`DeskError::CaseSource`] when the source does not answer: the person is told so, and what to do next.
    pub async fn look_up_case(
        &self,
        receipt: &ReceiptNumber,
        now: Timestamp,
    ) -> Result<Option<Seen>, DeskError> {
        Ok(self.cases.find(receipt, now).await?)
    }
}

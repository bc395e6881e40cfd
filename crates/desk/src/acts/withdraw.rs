//! The person withdraws the inquiry.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Withdraws the inquiry; whatever was promised is given back.
    ///
    /// # Errors
    /// As [`Inquiry::withdraw`].
    pub async fn withdraw(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| Ok(inquiry.withdraw(caller.now)?)).await
    }
}

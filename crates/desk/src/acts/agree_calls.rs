//! The person agrees on their page to be told by an automated voice that calls, or wants no more such calls.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry, refusal::Refusal};

impl Desk {
    /// Turns calls that tell what is new in this inquiry on or off.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person; [`Refusal::NotOffered`] to whoever is protected, or wants nothing left on a
    /// machine: who or what picks up is not known before it is said who calls.
    pub async fn agree_calls(
        &self,
        caller: &Caller,
        id: InquiryId,
        agreed: bool,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            if agreed && (inquiry.guard.protected.is_some() || inquiry.reach.no_message) {
                return Err(Refusal::NotOffered.into());
            }
            Ok(inquiry.agree_calls(agreed))
        })
        .await
    }
}

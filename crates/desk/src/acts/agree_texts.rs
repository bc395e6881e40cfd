//! The person agrees to text messages on their page, or wants no more of them.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry, phone::PhoneNumber, refusal::Refusal};

impl Desk {
    /// Turns text messages about this inquiry on or off.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person; [`Refusal::NotOffered`] to whoever is protected, and where the number
    /// has said that it wants none: only from there it can be taken back.
    pub async fn agree_texts(
        &self,
        caller: &Caller,
        id: InquiryId,
        agreed: bool,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            // Where they are written to is changed with somebody who has made sure who they are.
            let kept = inquiry.guard.protected.is_some();
            if kept || (agreed && self.wants_no_texts(&inquiry.reach.phone).await?) {
                return Err(Refusal::NotOffered.into());
            }
            Ok(inquiry.agree_texts(agreed))
        })
        .await
    }

    /// Has somebody written STOP from this number, and not START since?
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn wants_no_texts(&self, number: &PhoneNumber) -> Result<bool, DeskError> {
        Ok(self.store.texts_stopped(&self.links.phone_key(number)).await?.is_some())
    }
}

//! The person agrees to text messages on their page, or wants no more of them.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Turns text messages about this inquiry on or off.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person.
    pub async fn agree_texts(
        &self,
        caller: &Caller,
        id: InquiryId,
        agreed: bool,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| Ok(inquiry.agree_texts(agreed))).await
    }
}

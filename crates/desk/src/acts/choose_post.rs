//! The person says where letters go, or that none should.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry, person::PostAddress, pii::Pii, refusal::Refusal};

impl Desk {
    /// Sets the address for letters about this inquiry, or takes it away.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person; [`Refusal::NotOffered`] to whoever is protected.
    pub async fn choose_post(
        &self,
        caller: &Caller,
        id: InquiryId,
        to: Option<Pii<PostAddress>>,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            // Where they are written to is changed with somebody who has made sure who they are.
            if inquiry.guard.protected.is_some() {
                return Err(Refusal::NotOffered.into());
            }
            Ok(inquiry.choose_post(to.clone()))
        })
        .await
    }
}

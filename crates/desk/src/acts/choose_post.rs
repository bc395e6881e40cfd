//! The person says where letters go, or that none should.

use crate::{Caller, Desk, DeskError};
use domain::{ids::InquiryId, inquiry::Inquiry, person::PostAddress, pii::Pii};

impl Desk {
    /// Sets the address for letters about this inquiry, or takes it away.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person.
    pub async fn choose_post(
        &self,
        caller: &Caller,
        id: InquiryId,
        to: Option<Pii<PostAddress>>,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| Ok(inquiry.choose_post(to.clone()))).await
    }
}

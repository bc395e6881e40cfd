//! Another office than the one that serves the person's address, with a reason.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, codes::OfficeCode, ids::InquiryId, inquiry::Inquiry, refusal::Refusal};

impl Desk {
    /// Changes the office that an inquiry belongs to.
    ///
    /// # Errors
    /// [`Refusal::NoSuchOffice`], and as [`Inquiry::change_office`].
    pub async fn change_office(
        &self,
        caller: &Caller,
        id: InquiryId,
        to: &OfficeCode,
        because: &str,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::ChangeOffice)?;
            caller.staff()?;
            // A retired office is known, and nobody is sent there.
            self.pack.office(to).filter(|_| self.pack.retired(to).is_none()).ok_or(Refusal::NoSuchOffice)?;
            Ok(inquiry.change_office(to.clone(), because, caller.now)?)
        })
        .await
    }
}

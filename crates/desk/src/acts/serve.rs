//! A person was served.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Records that the person was served, which closes the inquiry.
    ///
    /// # Errors
    /// As [`Inquiry::serve`].
    pub async fn serve(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::RunDay, inquiry)?;
            Ok(inquiry.serve(caller.now)?)
        })
        .await
    }
}

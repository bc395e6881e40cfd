//! Somebody who was set aside is back in the line.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Puts somebody back into the line, at their old turn.
    ///
    /// # Errors
    /// As [`Inquiry::back_in_line`].
    pub async fn back_in_line(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::RunDay, inquiry)?;
            Ok(inquiry.back_in_line()?)
        })
        .await
    }
}

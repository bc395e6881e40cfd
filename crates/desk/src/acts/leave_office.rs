//! Somebody left before they were served.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Records that somebody left before they were served. They are given another time.
    ///
    /// # Errors
    /// As [`Inquiry::left`].
    pub async fn leave_office(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::RunDay, inquiry)?;
            Ok(inquiry.left(self.look_by(inquiry.urgency, caller.now), caller.now)?)
        })
        .await
    }
}

//! The callback is given back; the inquiry stays, at its place.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Gives the callback back.
    ///
    /// # Errors
    /// As [`Inquiry::cancel_callback`].
    pub async fn cancel_callback(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::PromiseCallback)?;
            Ok(inquiry.cancel_callback(self.look_by(inquiry.urgency, caller.now), caller.now)?)
        })
        .await
    }
}

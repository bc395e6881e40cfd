//! An appointment is cancelled. What was decided stands: the person may take another time.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Cancels the appointment.
    ///
    /// # Errors
    /// As [`Inquiry::cancel_appointment`].
    pub async fn cancel_appointment(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::Book)?;
            let by = self.look_by(inquiry.urgency, caller.now);
            Ok(inquiry.cancel_appointment(&caller.actor(), by, caller.now)?)
        })
        .await
    }
}

//! The officer dials.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// The officer begins to call. The person's page says so from this moment.
    ///
    /// # Errors
    /// As [`Inquiry::start_call`].
    pub async fn start_call(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        let officer = caller.staff()?.id;
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::CallPerson, inquiry)?;
            Ok(inquiry.start_call(officer, caller.now)?)
        })
        .await
    }
}

//! A clerk calls a ticket to a counter.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Calls a person who has checked in.
    ///
    /// # Errors
    /// As [`Inquiry::call_ticket`].
    pub async fn call_ticket(
        &self,
        caller: &Caller,
        id: InquiryId,
        counter: &str,
    ) -> Result<Inquiry, DeskError> {
        let counter: String = counter.trim().chars().take(20).collect();
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::RunDay, inquiry)?;
            Ok(inquiry.call_ticket(&counter, caller.now)?)
        })
        .await
    }
}

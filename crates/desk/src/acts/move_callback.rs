//! The promised window moves.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};
use jiff::Timestamp;

impl Desk {
    /// Moves the callback to the window that begins at `start`.
    ///
    /// # Errors
    /// [`domain::refusal::Refusal::NotOffered`], [`domain::refusal::Refusal::WindowFull`], and as [`Inquiry::move_callback`].
    pub async fn move_callback(
        &self,
        caller: &Caller,
        id: InquiryId,
        start: Timestamp,
    ) -> Result<Inquiry, DeskError> {
        let limit = self.pack.line().visits.reschedule_at_most;
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::PromiseCallback)?;
            // The officer who held it may not be free then; whoever is on duty takes it.
            let promise = self.promise_in(inquiry, start, None, caller.now).await?;
            Ok(inquiry.move_callback(promise, limit, caller.now)?)
        })
        .await
    }
}

//! A call is promised, by an officer or by the person's own choice of window.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::{CallbackId, InquiryId, StaffId},
    inquiry::Inquiry,
};
use jiff::Timestamp;

impl Desk {
    /// Promises a call in the window that begins at `start`; `owner` keeps a stretch of that officer's time.
    ///
    /// # Errors
    /// [`domain::refusal::Refusal::NotOffered`], [`domain::refusal::Refusal::WindowFull`], and as [`Inquiry::promise`].
    pub async fn promise_callback(
        &self,
        caller: &Caller,
        id: InquiryId,
        start: Timestamp,
        owner: Option<StaffId>,
    ) -> Result<Inquiry, DeskError> {
        let callback = CallbackId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::PromiseCallback)?;
            let promise = self.promise_in(inquiry, start, owner, caller.now).await?;
            Ok(inquiry.promise(callback, promise, caller.actor(), caller.now)?)
        })
        .await
    }
}

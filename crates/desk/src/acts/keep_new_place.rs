//! The person chooses after their office closed the day: they keep the new place, or would rather be called. Another place is
//! a move like any other.

use crate::{Caller, Desk, DeskError};
use domain::{
    delegate::DelegateAct,
    ids::{CallbackId, InquiryId},
    inquiry::Inquiry,
};
use jiff::Timestamp;

impl Desk {
    /// The person keeps the new place.
    ///
    /// # Errors
    /// As [`Inquiry::keep_new_place`].
    pub async fn keep_new_place(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Visit)?;
            Ok(inquiry.keep_new_place(caller.now)?)
        })
        .await
    }

    /// The person wants a call in the window that begins at `start`, instead of the new place.
    ///
    /// # Errors
    /// As [`Inquiry::call_instead`]; whatever says that the window cannot be had.
    pub async fn call_instead(
        &self,
        caller: &Caller,
        id: InquiryId,
        start: Timestamp,
    ) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        let callback = CallbackId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Call)?;
            let promise = self.promise_in(inquiry, start, None, caller.now).await?;
            Ok(inquiry.call_instead(callback, promise, caller.actor(), caller.now)?)
        })
        .await
    }
}

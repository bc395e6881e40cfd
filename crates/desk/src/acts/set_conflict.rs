//! A member of staff is too near to an inquiry: they say so themselves, or whoever supervises them does.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    guard::ConflictWhy,
    ids::{InquiryId, StaffId},
    inquiry::Inquiry,
    refusal::Refusal,
};

impl Desk {
    /// From now on this member of staff has nothing to do with the inquiry: to them it does not exist. What they held of it is
    /// anybody's. Whoever says it of themselves needs no more than to see it.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for somebody who is no member of staff; as [`Inquiry::set_conflict`].
    pub async fn set_conflict(
        &self,
        caller: &Caller,
        id: InquiryId,
        of: StaffId,
        why: ConflictWhy,
    ) -> Result<Inquiry, DeskError> {
        let own = caller.staff()?.id == of;
        self.act_on(caller, id, async |inquiry| {
            let action = if own { Action::ReadInquiry } else { Action::RunConflicts };
            caller.may_with(inquiry, action)?;
            self.store.staff(of).await?.ok_or(Refusal::NotOffered)?;
            Ok(inquiry.set_conflict(of, why, caller.now)?)
        })
        .await
    }
}

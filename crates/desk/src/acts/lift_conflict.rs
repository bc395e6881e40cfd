//! A member of staff may have to do with an inquiry again.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    guard::LiftWhy,
    ids::{InquiryId, StaffId},
    inquiry::Inquiry,
};

impl Desk {
    /// Whoever runs the queues says that this member of staff is not, or no longer, too near to the inquiry: somebody else
    /// than they, since to them it does not exist.
    ///
    /// # Errors
    /// As [`Inquiry::lift_conflict`].
    pub async fn lift_conflict(
        &self,
        caller: &Caller,
        id: InquiryId,
        of: StaffId,
        why: LiftWhy,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::RunConflicts)?;
            Ok(inquiry.lift_conflict(of, why, &caller.actor())?)
        })
        .await
    }
}

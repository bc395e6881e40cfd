//! The person of an inquiry is protected: from then on only staff with the right to see such people have to do with it.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, can},
    actor::Right,
    codes::ClassCode,
    ids::{InquiryId, StaffId},
    inquiry::{Inquiry, Stage},
    notice::Carrier,
    refusal::Refusal,
};
use std::collections::BTreeSet;

impl Desk {
    /// Says that the person is protected by a class of the agency, and by which ways it is safe to write to them. A call that somebody
    /// holds who may not see such people goes to whoever may.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for a class that the agency has not; as [`Inquiry::protect`].
    pub async fn protect(
        &self,
        caller: &Caller,
        id: InquiryId,
        class: &ClassCode,
        safe: &BTreeSet<Carrier>,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::Protect)?;
            caller.staff()?;
            self.pack.agency().protected(class).ok_or(Refusal::NotOffered)?;
            let loses = self.unsighted(inquiry).await?;
            Ok(inquiry.protect(class.clone(), safe.clone(), loses, caller.now)?)
        })
        .await
    }

    /// Says that the person is not protected, or not any more.
    ///
    /// # Errors
    /// As [`Inquiry::unprotect`].
    pub async fn unprotect(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::Unprotect)?;
            caller.staff()?;
            Ok(inquiry.unprotect()?)
        })
        .await
    }

    /// Whoever holds or makes the promised call, unless they may see protected people.
    async fn unsighted(&self, inquiry: &Inquiry) -> Result<Option<StaffId>, DeskError> {
        let holder = match &inquiry.stage {
            Stage::Promised(callback) => callback.owner,
            Stage::Calling { officer, .. } => Some(*officer),
            _ => None,
        };
        let Some(holder) = holder else { return Ok(None) };
        let staff = self.store.staff(holder).await?;
        let sees = |staff: &domain::actor::Staff| {
            staff.has(Right::Protected) && can(staff, Action::ReadInquiry, inquiry).is_ok()
        };
        Ok(Some(holder).filter(|_| !staff.as_ref().is_some_and(sees)))
    }
}

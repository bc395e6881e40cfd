//! The person could come earlier, or does not want to any more: they say so themselves, or a member of staff notes it for them.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    access::Action,
    earlier::{Noted, SaidBy, Wish},
    ids::InquiryId,
    inquiry::Inquiry,
    refusal::Refusal,
};

impl Desk {
    /// The person asks for an earlier place at the office where they come. Whoever notes it for them says how they said so.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where the agency keeps nothing back for it; [`Refusal::ReasonNeeded`] for staff who do not say how they
    /// know; as [`Inquiry::ask_earlier`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn ask_earlier(
        &self,
        caller: &Caller,
        id: InquiryId,
        wish: &Wish,
        said: Option<SaidBy>,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::AskEarlier)?;
            let noted = match (&caller.who, said) {
                (Who::Staff(_), None) => return Err(Refusal::ReasonNeeded.into()),
                (Who::Staff(_), Some(said)) => Some(Noted { by: caller.actor(), at: caller.now, said }),
                _ => None,
            };
            let here = inquiry.could_come_earlier().filter(|_| self.offers_earlier());
            let office = here.and_then(|here| self.pack.office(here.office)).ok_or(Refusal::NotOffered)?;
            let today = office.zone().date(caller.now);
            Ok(inquiry.ask_earlier(wish.clone(), noted, today, caller.now)?)
        })
        .await
    }

    /// The person does not want to come earlier any more.
    ///
    /// # Errors
    /// As [`Inquiry::stop_earlier`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn stop_earlier(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::AskEarlier)?;
            Ok(inquiry.stop_earlier(caller.now)?)
        })
        .await
    }

    /// Can people ask to come earlier?
    pub fn offers_earlier(&self) -> bool {
        self.pack.line().visits.earlier.is_some()
    }
}

//! Somebody acts for the person of an inquiry no more.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    access::Action,
    delegate::{DelegateEndWhy, OnWord},
    ids::InquiryId,
    inquiry::Inquiry,
    refusal::Refusal,
};

impl Desk {
    /// Ends a delegate: by the person or their representative on the inquiry's page, by staff on the word of one of them, or by the
    /// delegate. Their link, and every page that it opened, opens nothing from then on.
    ///
    /// # Errors
    /// [`Refusal::NotDelegated`] for one delegate who would end another; [`Refusal::ReasonNeeded`] for staff who do not say on whose
    /// word; as [`Inquiry::end_delegate`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn end_delegate(
        &self,
        caller: &Caller,
        id: InquiryId,
        nth: u8,
        word: Option<OnWord>,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            let why = match caller.who {
                Who::Staff(_) => {
                    caller.may_with(inquiry, Action::TakeDown)?;
                    DelegateEndWhy::Staff(word.ok_or(Refusal::ReasonNeeded)?)
                }
                Who::Delegate(own, one) if own == id && one == nth => DelegateEndWhy::Delegate,
                _ => Self::own(caller, id).map(|()| DelegateEndWhy::Person)?,
            };
            Ok(inquiry.end_delegate(nth, why, caller.now)?)
        })
        .await
    }
}

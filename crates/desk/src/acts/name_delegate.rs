//! Somebody is let act for the person of an inquiry, and told where.

use crate::{Caller, Desk, DeskError, Who, commit::Done};
use domain::{
    access::Action,
    delegate::{DelegateReach, DelegateRules, NewDelegate, OnWord},
    ids::InquiryId,
    inquiry::Inquiry,
    refusal::Refusal,
};

impl Desk {
    /// What the agency allows of delegates; nothing where it has none.
    pub fn delegate_rules(&self) -> Option<&DelegateRules> {
        self.pack.agency().delegates.as_ref()
    }

    /// On whose word staff change who acts for the person; nobody's where it is the person or their representative who does.
    pub(super) fn on_word(
        caller: &Caller,
        before: &Inquiry,
        word: Option<OnWord>,
    ) -> Result<Option<OnWord>, DeskError> {
        match caller.who {
            Who::Staff(_) => {
                caller.may_with(before, Action::TakeDown)?;
                Ok(Some(word.ok_or(Refusal::ReasonNeeded)?))
            }
            _ => Self::own(caller, before.id).map(|()| None),
        }
    }

    /// Lets somebody act for the person: by the person or their representative, on the inquiry's page, or by staff on the word of
    /// one of them. The delegate gets a link of their own, and the person is told that there is one.
    ///
    /// # Errors
    /// [`Refusal::NotDelegated`] for a delegate, who names nobody; [`Refusal::ReasonNeeded`] for staff who do not say on whose word;
    /// [`Refusal::DelegateUnreachable`]; as [`Inquiry::name_delegate`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn name_delegate(
        &self,
        caller: &Caller,
        id: InquiryId,
        new: &NewDelegate,
        word: Option<OnWord>,
    ) -> Result<Inquiry, DeskError> {
        self.act(caller, async || {
            let before = self.load(id).await?;
            let word = Self::on_word(caller, &before, word)?;
            let step = before.name_delegate(new.clone(), self.delegate_rules(), word, caller.now)?;
            self.reaches(&new.reach).await?;
            caller.wants(&before)?;
            let after = step.inquiry.clone();
            let mut change = self.change_of(caller, step)?;
            if let Some(named) = after.delegates.last() {
                self.send_delegate_link(&mut change, &after, named)?;
            }
            change.answer = serde_json::json!({ "done": Done::of(&after) });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }

    /// Can a link be sent there?
    pub(super) async fn reaches(&self, reach: &DelegateReach) -> Result<(), DeskError> {
        if let DelegateReach::Text(number) = reach
            && (!self.offers_texts() || self.wants_no_texts(number).await?)
        {
            return Err(Refusal::DelegateUnreachable.into());
        }
        Ok(())
    }
}

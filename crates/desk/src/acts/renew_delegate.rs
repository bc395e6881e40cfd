//! Whoever acts for the person of an inquiry is sent a new link, also with another last day.

use crate::{Caller, Desk, DeskError, commit::Done};
use domain::{delegate::OnWord, ids::InquiryId, inquiry::Inquiry};
use jiff::civil::Date;

impl Desk {
    /// Sends a delegate a new link, and sets their last day if one is said. Whatever the link before opened is shut from then on. By
    /// whoever names delegates: the person or their representative, or staff on the word of one of them.
    ///
    /// # Errors
    /// [`domain::refusal::Refusal::NotDelegated`] for a delegate; [`domain::refusal::Refusal::ReasonNeeded`] for staff who do not say on whose word;
    /// [`domain::refusal::Refusal::DelegateUnreachable`]; as [`Inquiry::renew_delegate`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn renew_delegate(
        &self,
        caller: &Caller,
        id: InquiryId,
        nth: u8,
        last_day: Option<Date>,
        word: Option<OnWord>,
    ) -> Result<Inquiry, DeskError> {
        self.act(caller, async || {
            let before = self.load(id).await?;
            let word = Self::on_word(caller, &before, word)?;
            let step = before.renew_delegate(nth, last_day, self.delegate_rules(), word, caller.now)?;
            caller.wants(&before)?;
            let after = step.inquiry.clone();
            let mut change = self.change_of(caller, step)?;
            if let Some(renewed) = after.delegate(nth) {
                self.reaches(&renewed.reach).await?;
                self.send_delegate_link(&mut change, &after, renewed)?;
            }
            change.answer = serde_json::json!({ "done": Done::of(&after) });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }
}

//! What was recorded of a person is corrected: by themselves, or by a member of staff on their word.

use crate::{Caller, Desk, DeskError, Who, commit::Done};
use domain::{
    access::Action,
    earlier::SaidBy,
    ids::InquiryId,
    inquiry::{Correction, Inquiry},
    notice::NoticeKind,
    refusal::Refusal,
};

impl Desk {
    /// Writes down how it should read. Where the person is reached elsewhere by it, where they were reached before is told so, in a
    /// message that opens nothing, and a new address for e-mail gets a link that works: those that went out before do no more.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] for staff who do not say how the person said so; as [`Inquiry::correct`];
    /// [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn correct_recorded(
        &self,
        caller: &Caller,
        id: InquiryId,
        correction: &Correction,
        said: Option<SaidBy>,
    ) -> Result<Inquiry, DeskError> {
        self.act(caller, async || {
            let before = self.load(id).await?;
            caller.may_with(&before, Action::TakeDown)?;
            let noted = match (&caller.who, said) {
                (Who::Person(_) | Who::Delegate(..), _) => None,
                (_, None) => return Err(Refusal::ReasonNeeded.into()),
                (_, said) => said,
            };
            if let Who::Delegate(..) = caller.who {
                before.may_correct_as_delegate(correction)?;
            }
            let step = before.correct(correction, noted, caller.now)?;
            caller.wants(&before)?;
            let after = step.inquiry.clone();
            let mut change = self.change_of(caller, step)?;
            if after.links_from != before.links_from {
                self.announce(&mut change, &before, &[NoticeKind::ContactChanged])?;
            }
            if after.reach.email != before.reach.email {
                let mut there = after.clone();
                (there.reach.texts, there.reach.post) = (false, None);
                self.announce(&mut change, &there, &[NoticeKind::LinkResent])?;
            }
            change.answer = serde_json::json!({ "done": Done::of(&after) });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }
}

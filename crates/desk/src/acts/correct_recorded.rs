//! The person corrects what was recorded of them.

use crate::{Caller, Desk, DeskError, commit::Done};
use domain::{
    ids::InquiryId,
    inquiry::{Correction, Inquiry},
    notice::NoticeKind,
};

impl Desk {
    /// Writes down how it should read. Where the person is reached elsewhere by it, where they were reached before is told so, in a
    /// message that opens nothing, and a new address for e-mail gets a link that works: those that went out before do no more.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for anybody but the person; as [`Inquiry::correct`].
    pub async fn correct_recorded(
        &self,
        caller: &Caller,
        id: InquiryId,
        correction: &Correction,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act(caller, async || {
            let before = self.load(id).await?;
            let step = before.correct(correction, caller.now)?;
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

//! What was recorded of a person is corrected: by themselves, or by a member of staff on their word.

use crate::{Caller, Desk, DeskError, Who, commit::Done};
use domain::{
    access::Action,
    earlier::SaidBy,
    ids::InquiryId,
    inquiry::{Correction, Home, Inquiry},
    notice::NoticeKind,
    pii::Pii,
    refusal::Refusal,
};
use pack::Zip;

impl Desk {
    /// Where somebody lives by that ZIP code, with the office that serves it and its zone. Where they live stays what it is, the office
    /// too that was chosen for them instead.
    ///
    /// # Errors
    /// [`Refusal::NoOfficeForZip`].
    pub fn home(&self, inquiry: &Inquiry, zip: &Pii<String>) -> Result<Home, Refusal> {
        let recorded = Correction::of(inquiry).home;
        if *zip == recorded.zip {
            return Ok(recorded);
        }
        let read: Zip = zip.reveal().parse().map_err(|_| Refusal::NoOfficeForZip)?;
        let serving = self.pack.office_for_zip(read).ok_or(Refusal::NoOfficeForZip)?.office;
        // Who reads times by another clock than their office's chose that themselves.
        let by_office =
            self.pack.office(&inquiry.office).is_none_or(|office| *office.zone() == recorded.zone);
        let zone = if by_office { serving.zone().clone() } else { recorded.zone };
        Ok(Home { zip: Pii::new(read.as_str().to_owned()), office: serving.code.clone(), zone })
    }

    /// Writes down how it should read. Where the person is reached elsewhere by it, where they were reached before is told so, in a
    /// message that opens nothing, and a new address for e-mail gets a link that works: those that went out before do no more.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] for staff who do not say how the person said so; as [`Self::home`], as [`Inquiry::correct`];
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
            let home = self.home(&before, &correction.home.zip)?;
            let correction = Correction { home, ..correction.clone() };
            let step = before.correct(&correction, noted, caller.now)?;
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

//! Everything that is held about a person, for the person who asks for it.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    call_record::CallRecord,
    change::Change,
    ids::InquiryId,
    inquiry::Inquiry,
    journal::{Happened, Written},
    notice::Notice,
    person::Person,
};
use serde::Serialize;
use store::Calls;

/// So many calls of one inquiry at most: more than anybody has made.
const MOST_CALLS: u32 = 500;

/// Everything that is held about a person.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// The person.
    pub person: Person,
    /// Each of their inquiries, oldest first.
    pub inquiries: Vec<HeldInquiry>,
}

/// Everything that is held about one inquiry.
#[derive(Debug, Clone, Serialize)]
pub struct HeldInquiry {
    /// The inquiry.
    pub inquiry: Inquiry,
    /// Every message about it.
    pub notices: Vec<Notice>,
    /// Every call about it.
    pub calls: Vec<CallRecord>,
    /// What happened, and who read it.
    pub story: Vec<Written>,
}

impl Desk {
    /// Everything that is held about the person whose inquiry this is. That it was given out is journalled with each of their
    /// inquiries.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] or [`DeskError::Denied`] for whoever does not keep the records.
    pub async fn export_person(&self, caller: &Caller, of: InquiryId) -> Result<Held, DeskError> {
        caller.may(Action::KeepRecords, None)?;
        let inquiry = self.load(of).await?;
        let person = self.store.person(inquiry.person).await?.ok_or(DeskError::NotFound)?;
        let all = self.store.inquiries_of(inquiry.person).await?;
        // All of it or nothing: what is kept from whoever asks is given out by a colleague.
        all.iter().try_for_each(|one| caller.may(Action::KeepRecords, one))?;
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            for one in &all {
                change.note(Some(one.id), Happened::Exported);
            }
            Ok(change)
        })
        .await?;
        let mut inquiries = Vec::new();
        for inquiry in all {
            inquiries.push(HeldInquiry {
                notices: self.store.notices(inquiry.id).await?,
                calls: self.store.call_records(&Calls::Inquiry(inquiry.id), MOST_CALLS).await?,
                story: self.store.story(inquiry.id).await?,
                inquiry,
            });
        }
        Ok(Held { person, inquiries })
    }
}

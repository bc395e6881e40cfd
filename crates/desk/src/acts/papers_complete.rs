//! The papers are there, says the person or an officer.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// The papers are there: the inquiry goes back to its place.
    ///
    /// # Errors
    /// As [`Inquiry::papers_complete`].
    pub async fn papers_complete(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::AskPapers)?;
            Ok(inquiry.papers_complete(caller.now)?)
        })
        .await
    }
}

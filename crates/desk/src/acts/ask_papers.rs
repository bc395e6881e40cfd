//! An officer asks for missing papers; the inquiry keeps its place.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, codes::ItemCode, ids::InquiryId, inquiry::Inquiry};

impl Desk {
    /// Asks for missing papers.
    ///
    /// # Errors
    /// As [`Inquiry::ask_papers`].
    pub async fn ask_papers(
        &self,
        caller: &Caller,
        id: InquiryId,
        missing: Vec<ItemCode>,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::AskPapers)?;
            Ok(inquiry.ask_papers(missing.clone(), caller.now)?)
        })
        .await
    }
}

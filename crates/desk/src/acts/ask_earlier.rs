//! The person could come earlier, or does not want to any more.

use crate::{Caller, Desk, DeskError};
use domain::{earlier::Wish, ids::InquiryId, inquiry::Inquiry, refusal::Refusal};

impl Desk {
    /// The person asks for an earlier place at the office where they come.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where the agency keeps nothing back for it; as [`Inquiry::ask_earlier`].
    pub async fn ask_earlier(
        &self,
        caller: &Caller,
        id: InquiryId,
        wish: &Wish,
    ) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            let here = inquiry.could_come_earlier().filter(|_| self.offers_earlier());
            let office = here.and_then(|here| self.pack.office(here.office)).ok_or(Refusal::NotOffered)?;
            Ok(inquiry.ask_earlier(wish.clone(), office.zone().date(caller.now), caller.now)?)
        })
        .await
    }

    /// The person does not want to come earlier any more.
    ///
    /// # Errors
    /// As [`Inquiry::stop_earlier`].
    pub async fn stop_earlier(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| Ok(inquiry.stop_earlier(caller.now)?)).await
    }

    /// Can people ask to come earlier?
    pub fn offers_earlier(&self) -> bool {
        self.pack.line().visits.earlier.is_some()
    }
}

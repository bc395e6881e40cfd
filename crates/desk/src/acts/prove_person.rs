//! A person proves that an inquiry is theirs by what only they know: its number and their date of birth.

use crate::{Desk, DeskError, alike::nothing_no_sooner};
use domain::{ids::InquiryId, number::InquiryNumber, pii::Pii};
use jiff::{Timestamp, civil::Date};

impl Desk {
    /// The token that opens the inquiry, if there is one with this number and its person was born on that day. Whoever asks
    /// counts the tries and answers alike whether the number exists or not. Reading the page is journalled when it is opened.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn prove_person(
        &self,
        number: InquiryNumber,
        born: &Pii<Date>,
        now: Timestamp,
    ) -> Result<Option<String>, DeskError> {
        Ok(self.proven(number, born).await?.map(|inquiry| self.links.sign_here(inquiry, now)))
    }

    /// The inquiry with this number, if its person was born on that day. That it is not takes as long whether there is one or not.
    pub(crate) async fn proven(
        &self,
        number: InquiryNumber,
        born: &Pii<Date>,
    ) -> Result<Option<InquiryId>, DeskError> {
        nothing_no_sooner(async {
            let Some(inquiry) = self.store.inquiry_numbered(number).await? else { return Ok(None) };
            let person = self.store.person(inquiry.person).await?;
            Ok(person.filter(|person| person.born == *born).map(|_| inquiry.id))
        })
        .await
    }
}

//! What the agency's own record says.

use crate::{Caller, Desk, DeskError, token_hash};
use cases::Seen;
use domain::{
    case::ReceiptNumber,
    change::{Change, IdempotencyKey},
    journal::{Happened, ReadWhat},
};
use jiff::Timestamp;

impl Desk {
    /// The case with this receipt number, if the source knows it: for whoever has the number, of whom nothing is known here,
    /// and for whoever has opened the inquiry that names it, which is journalled.
    ///
    /// # Errors
    /// [`DeskError::CaseSource`] when the source does not answer: the person is told so, and what to do next.
    pub async fn look_up_case(
        &self,
        receipt: &ReceiptNumber,
        now: Timestamp,
    ) -> Result<Option<Seen>, DeskError> {
        Ok(self.cases.find(receipt, now).await?)
    }

    /// The same for a member of staff who asks by the number alone. That they read a case is journalled, once an hour for
    /// each; which one is not, for a receipt number points at a person.
    ///
    /// # Errors
    /// As [`Desk::look_up_case`]; [`DeskError::NotFound`] for whoever is no member of staff.
    pub async fn read_case(
        &self,
        caller: &Caller,
        receipt: &ReceiptNumber,
    ) -> Result<Option<Seen>, DeskError> {
        let staff = caller.staff()?.id;
        let Some(seen) = self.look_up_case(receipt, caller.now).await? else { return Ok(None) };
        let hour = caller.now.as_second() / 3600;
        let key = token_hash(&format!("{}:{staff}:{hour}", receipt.as_str()));
        let once = caller.under(IdempotencyKey::of("read-case", key));
        // Reading the same case again and again must not wait for the writer.
        if self.store.answered(&once.key, &once.actor()).await?.is_some() {
            return Ok(Some(seen));
        }
        self.act(&once, async || {
            let mut change = Change::new(once.command());
            change.note(None, Happened::Read { what: ReadWhat::CaseStatus });
            Ok(change)
        })
        .await?;
        Ok(Some(seen))
    }
}

//! A person asks to have everything about them erased; a records officer takes it on.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    erasure::{ErasureAsked, reason},
    ids::InquiryId,
    journal::Happened,
};

impl Desk {
    /// Asks for everything about the person whose inquiry this is to be erased. Somebody else must agree.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`]; [`DeskError::Records`] when it could not be erased as things stand, or has
    /// been asked for already.
    pub async fn ask_erasure(&self, caller: &Caller, of: InquiryId, why: &str) -> Result<(), DeskError> {
        caller.may(Action::KeepRecords, None)?;
        let asked = ErasureAsked { by: caller.staff()?.id, at: caller.now, reason: reason(why)? };
        self.act(caller, async || {
            let inquiry = self.load(of).await?;
            let person = self.store.person(inquiry.person).await?.ok_or(DeskError::NotFound)?;
            let all = self.store.inquiries_of(person.id).await?;
            all.iter().try_for_each(|one| caller.may(Action::KeepRecords, one))?;
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Person(Box::new(person.ask_erasure(asked.clone(), &all)?)));
            for one in &all {
                change.note(Some(one.id), Happened::ErasureAsked);
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

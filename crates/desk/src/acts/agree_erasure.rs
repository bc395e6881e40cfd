//! Somebody else than who asked agrees that everything about a person is erased, or declines.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::PersonId,
    journal::Happened,
};

impl Desk {
    /// Erases everything about the person: each of their inquiries, and the record of who they are.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`]; [`DeskError::Records`] when nobody asked, the same one asked, or it cannot
    /// be erased as things stand.
    pub async fn agree_erasure(&self, caller: &Caller, of: PersonId) -> Result<(), DeskError> {
        caller.may(Action::AgreeErasure, None)?;
        let by = caller.staff()?.id;
        self.act(caller, async || {
            let person = self.store.person(of).await?.ok_or(DeskError::NotFound)?;
            let all = self.store.inquiries_of(person.id).await?;
            all.iter().try_for_each(|one| caller.may(Action::AgreeErasure, one))?;
            let why = person.agree(by, &all)?;
            let mut change = Change::new(caller.command());
            self.erase(&mut change, &all, Some(&person), &why).await?;
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Nothing is erased, and the request is over. Whoever asked may take it back so.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`]; [`DeskError::Records`] when nobody asked.
    pub async fn decline_erasure(&self, caller: &Caller, of: PersonId) -> Result<(), DeskError> {
        caller.may(Action::AgreeErasure, None)?;
        self.act(caller, async || {
            let person = self.store.person(of).await?.ok_or(DeskError::NotFound)?;
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Person(Box::new(person.decline_erasure()?)));
            for one in self.store.inquiries_of(person.id).await? {
                caller.may(Action::AgreeErasure, &one)?;
                change.note(Some(one.id), Happened::ErasureDeclined);
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

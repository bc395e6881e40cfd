//! Auditors look for something in the journal.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, journal::Seq};
use store::{Found, Sought, search};

/// How many entries one page has.
const PAGE: usize = 100;

impl Desk {
    /// Entries of the journal before `before`, the newest first.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] or [`DeskError::Denied`] for whoever may not see the journal.
    pub async fn search_journal(
        &self,
        caller: &Caller,
        sought: &Sought,
        before: Option<Seq>,
    ) -> Result<Found, DeskError> {
        caller.may(Action::SeeJournal, None)?;
        Ok(search(&*self.store, sought, before, PAGE).await?)
    }
}

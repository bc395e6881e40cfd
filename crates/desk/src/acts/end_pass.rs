//! A program, or a calendar, is let in no longer.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Write},
    ids::PassId,
    journal::Happened,
    pass::{Pass, PassFor},
};

impl Desk {
    /// The calendar's address that the caller has, if there is one.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever can have none.
    pub async fn own_calendar(&self, caller: &Caller) -> Result<Option<Pass>, DeskError> {
        let of = caller.pass_of()?;
        let mut all = self.store.passes_of(of).await?;
        all.retain(|pass| pass.what == PassFor::Calendar && pass.is_live(caller.now));
        Ok(all.pop())
    }

    /// Ends one of the caller's own passes. What is over already stays over.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever can have none.
    pub async fn end_pass(&self, caller: &Caller, id: PassId) -> Result<(), DeskError> {
        self.end_passes(caller, |pass| pass.id == id).await
    }

    /// Ends the caller's own calendar.
    ///
    /// # Errors
    /// As [`Desk::end_pass`].
    pub async fn end_calendar(&self, caller: &Caller) -> Result<(), DeskError> {
        self.end_passes(caller, |pass| pass.what == PassFor::Calendar).await
    }

    async fn end_passes(
        &self,
        caller: &Caller,
        which: impl Fn(&Pass) -> bool + Send + Sync,
    ) -> Result<(), DeskError> {
        let of = caller.pass_of()?;
        let which = &which;
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            for pass in self.store.passes_of(of).await?.into_iter().filter(which) {
                change.writes.push(Write::EndPass(pass.id));
                change.note(of.inquiry(), Happened::PassEnded { pass: pass.id, what: pass.what });
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

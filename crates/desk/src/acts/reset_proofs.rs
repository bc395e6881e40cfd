//! An administrator takes away all second proofs of somebody who cannot get in any more.

use super::Ending;
use crate::{Caller, Desk, DeskError, ProofRefused};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::StaffId,
    journal::Happened,
    second::{Proofs, ResetWhy},
};

impl Desk {
    /// Takes away all second proofs of a member of staff, and ends the sessions of their browsers. They sign in with their
    /// password and must set up another proof before anything else.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] or [`DeskError::Denied`] for whoever may not run accounts; [`ProofRefused::SignInFirst`] for
    /// one's own: those are taken away where they are listed.
    pub async fn reset_proofs(&self, caller: &Caller, of: StaffId, why: ResetWhy) -> Result<(), DeskError> {
        caller.may(Action::RunAccounts, None)?;
        if caller.staff().is_ok_and(|staff| staff.id == of) {
            return Err(ProofRefused::SignInFirst.into());
        }
        self.act(caller, async || {
            self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            let before = self.proofs(of).await?;
            let none = Proofs { owed: true, version: before.version + 1, ..Proofs::none(of) };
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Proofs(Box::new(none)));
            change.note(None, Happened::ProofsReset { of, why });
            self.end_with(&mut change, of, Ending::Browsers, caller.now).await?;
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

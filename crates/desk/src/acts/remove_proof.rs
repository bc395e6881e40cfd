//! A member of staff takes one of their own proofs away.

use super::add_proof::changeable;
use crate::{Caller, Desk, DeskError, ProofRefused};
use domain::{
    change::{Change, Write},
    journal::Happened,
    second::Removed,
    session::Session,
};

impl Desk {
    /// Takes a proof away. What is not there stays away.
    ///
    /// # Errors
    /// [`ProofRefused::Needed`] for the last one of whoever must have one; [`ProofRefused::SignInFirst`].
    pub async fn remove_proof(
        &self,
        caller: &Caller,
        session: &Session,
        which: &Removed,
    ) -> Result<(), DeskError> {
        let staff = caller.staff()?;
        self.act(caller, async || {
            let session = self.own_session(caller, session).await?;
            let mut proofs = changeable(self.store.proofs(staff.id).await?, &session)?.next();
            let mut change = Change::new(caller.command());
            if proofs.remove(which) {
                if !proofs.any() && self.second.of(staff) {
                    return Err(ProofRefused::Needed.into());
                }
                change.writes.push(Write::Proofs(Box::new(proofs)));
                change.note(None, Happened::ProofRemoved { kind: which.kind() });
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

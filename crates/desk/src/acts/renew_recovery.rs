//! A member of staff makes new recovery codes; the old ones are void.

use super::add_proof::changeable;
use crate::{Caller, Desk, DeskError, ProofRefused};
use domain::{
    change::{Change, Write},
    journal::Happened,
    session::Session,
};

impl Desk {
    /// Makes new recovery codes. Only this answer has them, and no repeat of it.
    ///
    /// # Errors
    /// [`ProofRefused::Needed`] for whoever has no proof that they could stand for; [`ProofRefused::SignInFirst`].
    pub async fn renew_recovery(&self, caller: &Caller, session: &Session) -> Result<Vec<String>, DeskError> {
        let staff = caller.staff()?.id;
        let recovery = self.new_recovery(staff);
        let done = self
            .act(caller, async || {
                let session = self.own_session(caller, session).await?;
                let mut proofs = changeable(self.store.proofs(staff).await?, &session)?.next();
                if !proofs.any() {
                    return Err(ProofRefused::Needed.into());
                }
                proofs.recovery.clone_from(&recovery.hashes);
                let mut change = Change::new(caller.command());
                change.writes.push(Write::Proofs(Box::new(proofs)));
                change.note(None, Happened::RecoveryMade);
                Ok(change)
            })
            .await?;
        Ok(if done.repeated { Vec::new() } else { recovery.codes })
    }
}

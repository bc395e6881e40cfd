//! A member of staff proves anew who they are, so that dangerous acts go on.

use crate::{Caller, Desk, DeskError, Given};
use domain::{
    change::{Change, Write},
    journal::Happened,
    session::Session,
};

impl Desk {
    /// Has this session's user proved who they are lately enough for a dangerous act?
    pub fn is_fresh(&self, caller: &Caller, session: &Session) -> bool {
        session.is_fresh(self.sessions.fresh_minutes, caller.now)
    }

    /// Notes that the session's user has just proved who they are: by their password, which the caller has verified, or by a
    /// second proof, which is used up by it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when the session has ended meanwhile, or is not the caller's; what is wrong with the proof.
    pub async fn prove_anew(
        &self,
        caller: &Caller,
        session: &Session,
        given: Option<&Given>,
    ) -> Result<(), DeskError> {
        let staff = caller.staff()?;
        self.act(caller, async || {
            let mut proved = self.own_session(caller, session).await?;
            proved.version += 1;
            proved.used = caller.now;
            proved.browser.proved = Some(caller.now);
            let mut change = Change::new(caller.command());
            if let Some(given) = given {
                let mut proofs = self.proofs(staff.id).await?.next();
                self.take(staff, &mut proofs, given, caller.now)?;
                change.writes.push(Write::Proofs(Box::new(proofs)));
            }
            change.writes.push(Write::Session(Box::new(proved)));
            change.note(None, Happened::ProvedAnew);
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

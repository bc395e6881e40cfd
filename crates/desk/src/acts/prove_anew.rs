//! A member of staff proves anew who they are, so that dangerous acts go on.

use crate::{Caller, Desk, DeskError};
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

    /// Notes that the session's user has just proved who they are. The caller has verified it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when the session has ended meanwhile, or is not the caller's.
    pub async fn prove_anew(&self, caller: &Caller, session: &Session) -> Result<(), DeskError> {
        let staff = caller.staff()?.id;
        self.act(caller, async || {
            let known = self.store.session(&session.token_hash).await?;
            let known = known.filter(|known| known.staff == staff && known.is_live(caller.now));
            let mut proved = known.ok_or(DeskError::NotFound)?;
            proved.version += 1;
            proved.used = caller.now;
            proved.browser.proved = Some(caller.now);
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Session(Box::new(proved)));
            change.note(None, Happened::ProvedAnew);
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

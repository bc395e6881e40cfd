//! A member of staff ends a program's token.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Write},
    ids::SessionId,
    journal::Happened,
    session::Session,
};

impl Desk {
    /// The tokens of the calling member of staff that are good now, oldest first. Their browsers' sessions are not among
    /// them.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever is no member of staff.
    pub async fn own_tokens(&self, caller: &Caller) -> Result<Vec<Session>, DeskError> {
        let mut all = self.store.sessions_of(caller.staff()?.id.into()).await?;
        all.retain(|session| session.program.is_some() && session.is_live(caller.now));
        Ok(all)
    }

    /// Ends one of the caller's own tokens at once.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when there is no such token, or it is somebody else's.
    pub async fn revoke_token(&self, caller: &Caller, token: SessionId) -> Result<(), DeskError> {
        self.act(caller, async || {
            if !self.own_tokens(caller).await?.iter().any(|session| session.id == token) {
                return Err(DeskError::NotFound);
            }
            let mut change = Change::new(caller.command());
            change.writes.push(Write::EndSession(token));
            change.note(None, Happened::TokenRevoked { token });
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

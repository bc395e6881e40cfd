//! An administrator lets a program act for themselves or for an account that nobody works under, and sees which there are.

use super::{CreateToken, NewToken};
use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::StaffId,
    session::{Session, SessionsOf},
};

impl Desk {
    /// Every program's token that is good now, whosever, the one that ends first at the head.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] or [`DeskError::Denied`] for whoever may not run accounts.
    pub async fn programs(&self, caller: &Caller) -> Result<Vec<Session>, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let mut all = self.store.sessions_of(SessionsOf::Programs).await?;
        all.retain(|session| session.is_live(caller.now));
        all.sort_by_key(|session| (session.until, session.id));
        Ok(all)
    }

    /// Makes a token for a program that acts for this account.
    ///
    /// # Errors
    /// As [`domain::account::may_let_in`] and [`Desk::create_token`]; [`DeskError::Denied`] for whoever may not run accounts.
    pub async fn lend_token(
        &self,
        caller: &Caller,
        of: StaffId,
        ask: &CreateToken,
    ) -> Result<NewToken, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        self.let_in(caller, Some(of), ask).await
    }
}

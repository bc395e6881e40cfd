//! Somebody chooses another password for themselves.

use super::Ending;
use crate::{Caller, Desk, DeskError};
use domain::{
    account::AccountRefused,
    actor::{PasswordHash, Staff},
    change::{Change, Write},
    ids::SessionId,
    journal::Happened,
};

impl Desk {
    /// Takes the password that somebody chose, and signs out every browser but this one. Programs that somebody else
    /// let act for the account while it had no owner do so no more. The caller has looked at the password
    /// ([`domain::account::password_fault`]) and hashed it.
    ///
    /// # Errors
    /// [`AccountRefused::Provider`] for whoever has none here; [`DeskError::Denied`] for whoever is no member of staff.
    pub async fn choose_password(
        &self,
        caller: &Caller,
        here: SessionId,
        chosen: &PasswordHash,
    ) -> Result<(), DeskError> {
        let of = caller.staff()?.id;
        self.act(caller, async || {
            let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            if before.is_federated() {
                return Err(AccountRefused::Provider.into());
            }
            let mut change = Change::new(caller.command());
            change.note(None, Happened::PasswordChosen);
            self.end_with(&mut change, of, Ending::Others(here), caller.now).await?;
            let version = before.version + 1;
            let after = Staff { version, password: chosen.clone(), first_password: None, ..before };
            change.writes.push(Write::Staff(Box::new(after)));
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

//! An administrator lets a program be told again what happened.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    hook::Hook,
    journal::{Happened, Seq},
};
use std::collections::BTreeMap;

impl Desk {
    /// Programs that are told what happens, by name, and the place of the journal's last entry.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn hooks(&self, caller: &Caller) -> Result<(BTreeMap<String, Hook>, Seq), DeskError> {
        caller.may(Action::RunHooks, None)?;
        Ok((self.store.hooks().await?, self.store.journal_end().await?))
    }

    /// Tells one of them again of everything after a place of the journal, also when it had been stopped. A place behind the
    /// journal's end is its end: only what is new is told then.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when there is none of that name; [`DeskError::Denied`].
    pub async fn rewind_hook(&self, caller: &Caller, name: &str, after: Seq) -> Result<(), DeskError> {
        self.act(caller, async || {
            let (hooks, end) = self.hooks(caller).await?;
            if !hooks.contains_key(name) {
                return Err(DeskError::NotFound);
            }
            let after = after.min(end);
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Hook { name: name.to_owned(), after });
            change.note(None, Happened::HookRewound { hook: name.to_owned(), after });
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

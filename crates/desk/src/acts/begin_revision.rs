//! A draft is begun with what another version says: the one in force, or an older one to go back to.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, Subject},
};
use jiff::civil::Date;
use triage::Sheet;

impl Desk {
    /// Begins a draft. Of a policy it is called after the day, and would be in force from the next.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when there is no such version; [`DeskError::Policy`]; [`DeskError::Denied`].
    pub async fn begin_revision(
        &self,
        caller: &Caller,
        of: &Subject,
        from: &str,
    ) -> Result<Revision, DeskError> {
        let id = RevisionId::new(caller.now, &self.dice.chance());
        let today = self.today(caller.now);
        let done = self
            .act(caller, async || {
                caller.may(Action::WritePolicies, None)?;
                let text = match of {
                    Subject::Policy(kind) => {
                        let set = self.pack.policies(*kind);
                        let policy = set.and_then(|set| set.version(from)).ok_or(DeskError::NotFound)?;
                        let name = self.free_name(of, today).await?;
                        named(policy.text(), &name, today)
                    }
                    Subject::File(file) => self.file_version(caller, file, from).await?,
                };
                let (draft, happened) =
                    Revision::begin(id, of.clone(), from.to_owned(), text, caller.actor(), caller.now)?;
                Ok(Self::revised(caller, draft, Some(happened)))
            })
            .await?;
        self.answered_revision(&done).await
    }
}

/// The text under a name. What cannot be taken apart stays as it is, and is named by its author.
fn named(text: &str, name: &str, today: Date) -> String {
    let Ok(sheet) = Sheet::read(text) else { return text.to_owned() };
    let named = sheet.with_version(name);
    let from = today.tomorrow().unwrap_or(today);
    Sheet::read(&named).map_or(named.clone(), |sheet| sheet.with_effective(from))
}

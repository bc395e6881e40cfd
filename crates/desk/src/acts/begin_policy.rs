//! A draft of a policy is begun with what another version says: the one in force, or an older one to go back to.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, decision::DecisionKind, ids::RevisionId, revision::Revision};
use triage::Sheet;

/// So many versions of one day are told apart by a number behind it.
const MOST_OF_A_DAY: u32 = 200;

impl Desk {
    /// Begins a draft. It is called after the day, and would be in force from the next.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when there is no such version; [`DeskError::Policy`]; [`DeskError::Denied`].
    pub async fn begin_policy(
        &self,
        caller: &Caller,
        kind: DecisionKind,
        from: &str,
    ) -> Result<Revision, DeskError> {
        let id = RevisionId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                caller.may(Action::WritePolicies, None)?;
                let policy =
                    self.pack.policies(kind).and_then(|set| set.version(from)).ok_or(DeskError::NotFound)?;
                let text = self.fresh_name(kind, policy.text(), caller).await?;
                let (draft, happened) =
                    Revision::begin(id, kind, from.to_owned(), text, caller.actor(), caller.now)?;
                Ok(Self::revised(caller, draft, Some(happened)))
            })
            .await?;
        self.answered_revision(&done).await
    }

    /// The text under a name that nobody has. What cannot be taken apart stays as it is, and is named by its author.
    async fn fresh_name(&self, kind: DecisionKind, text: &str, caller: &Caller) -> Result<String, DeskError> {
        let Ok(sheet) = Sheet::read(text) else { return Ok(text.to_owned()) };
        let today = self.today(caller.now);
        let mut name = today.to_string();
        for n in 2..=MOST_OF_A_DAY {
            if !self.name_is_taken(kind, &name, None).await? {
                break;
            }
            name = format!("{today}-{n}");
        }
        let named = sheet.with_version(&name);
        let from = today.tomorrow().unwrap_or(today);
        Ok(Sheet::read(&named).map_or(named.clone(), |sheet| sheet.with_effective(from)))
    }
}

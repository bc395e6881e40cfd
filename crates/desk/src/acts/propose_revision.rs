//! A draft is proposed: from now on it waits for another person.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, RevisionRefused, Starts},
};

/// What is proposed of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    /// What the version is to be called.
    pub name: String,
    /// From when.
    pub starts: Starts,
    /// Why.
    pub because: Option<String>,
}

impl Desk {
    /// Proposes a draft, from a day on or at once. The name and the first day of a policy are written into its text. `seen` is the record's version that
    /// whoever proposes it had before them.
    ///
    /// # Errors
    /// [`DeskError::Policy`] with why not; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn propose_revision(
        &self,
        caller: &Caller,
        id: RevisionId,
        seen: u64,
        ask: &Propose,
    ) -> Result<Revision, DeskError> {
        let today = self.today(caller.now);
        let day = match ask.starts {
            Starts::On { day } => day,
            Starts::Now => today,
        };
        let done = self
            .act(caller, async || {
                caller.may(Action::WritePolicies, None)?;
                let draft = self.revision(caller, id).await?;
                if draft.version != seen {
                    return Err(RevisionRefused::Stale.into());
                }
                let named = self.named(&draft, Some(&ask.name), day, caller.now).await?;
                if self.is_unchanged(&draft.subject, &named.text, day, today).await? {
                    return Err(RevisionRefused::Unchanged.into());
                }
                let (starts, because) = (ask.starts, ask.because.clone());
                let (next, happened) =
                    draft.propose(named, starts, because, today, caller.actor(), caller.now)?;
                Ok(Self::revised(caller, next, Some(happened)))
            })
            .await?;
        self.answered_revision(&done).await
    }
}

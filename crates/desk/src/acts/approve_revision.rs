//! Another person approves a proposed version: it is in force from its day on, on every node.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, RevisionRefused},
};

impl Desk {
    /// Approves a proposal. It is judged once more: the pack may be another than when it was proposed. `seen` is the record's
    /// version that whoever approves it had before them.
    ///
    /// # Errors
    /// [`DeskError::Policy`] with why not; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn approve_revision(
        &self,
        caller: &Caller,
        id: RevisionId,
        seen: u64,
    ) -> Result<Revision, DeskError> {
        let today = self.today(caller.now);
        let done = self
            .act(caller, async || {
                caller.may(Action::ApprovePolicies, None)?;
                let proposal = self.revision(caller, id).await?;
                if proposal.version != seen {
                    return Err(RevisionRefused::Stale.into());
                }
                let day = proposal.would_start(today).ok_or(RevisionRefused::WrongStage)?;
                // Whoever may not is told so before anything is judged.
                if !proposal.is_second(&caller.actor()) {
                    return Err(RevisionRefused::SecondPerson.into());
                }
                let named = self.named(&proposal, None, day, caller.now).await?;
                let (next, happened) = proposal.approve(named, today, caller.actor(), caller.now)?;
                Ok(Self::revised(caller, next, Some(happened)))
            })
            .await?;
        self.answered_revision(&done).await
    }
}

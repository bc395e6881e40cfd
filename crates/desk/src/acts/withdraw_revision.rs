//! Back: an approved version before its day, a proposal to a draft, a draft to nothing.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    journal::Happened,
    revision::{Revision, RevisionRefused},
};

impl Desk {
    /// Takes an approved version back before its day.
    ///
    /// # Errors
    /// [`DeskError::Policy`] from its day on; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn withdraw_revision(&self, caller: &Caller, id: RevisionId) -> Result<Revision, DeskError> {
        let today = self.today(caller.now);
        let turn = |revision: &Revision| revision.withdraw(today, caller.actor(), caller.now);
        self.turn_revision(caller, id, Action::ApprovePolicies, turn).await
    }

    /// Makes a draft of a proposal again.
    ///
    /// # Errors
    /// [`DeskError::Policy`] when it is none; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn take_revision_back(&self, caller: &Caller, id: RevisionId) -> Result<Revision, DeskError> {
        self.turn_revision(caller, id, Action::WritePolicies, Revision::take_back).await
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// [`DeskError::Policy`] when it is none; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn drop_revision(&self, caller: &Caller, id: RevisionId) -> Result<Revision, DeskError> {
        let turn = |revision: &Revision| revision.give_up(caller.actor(), caller.now);
        self.turn_revision(caller, id, Action::WritePolicies, turn).await
    }

    async fn turn_revision(
        &self,
        caller: &Caller,
        id: RevisionId,
        action: Action,
        turn: impl Fn(&Revision) -> Result<(Revision, Happened), RevisionRefused> + Send + Sync,
    ) -> Result<Revision, DeskError> {
        let turn = &turn;
        let done = self
            .act(caller, async || {
                caller.may(action, None)?;
                let (next, happened) = turn(&self.revision(caller, id).await?)?;
                Ok(Self::revised(caller, next, Some(happened)))
            })
            .await?;
        self.answered_revision(&done).await
    }
}

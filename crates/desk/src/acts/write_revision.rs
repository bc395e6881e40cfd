//! A draft is written anew, with faults or without.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, RevisionRefused},
};

impl Desk {
    /// Writes a draft. `seen` is the record's version that its writer had before them: what somebody else wrote meanwhile is
    /// never written over.
    ///
    /// # Errors
    /// [`DeskError::Policy`] with why not; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn write_revision(
        &self,
        caller: &Caller,
        id: RevisionId,
        seen: u64,
        text: &str,
    ) -> Result<Revision, DeskError> {
        let done = self
            .act(caller, async || {
                caller.may(Action::WritePolicies, None)?;
                let draft = self.revision(caller, id).await?;
                if draft.version != seen {
                    return Err(RevisionRefused::Stale.into());
                }
                let next = draft.write(text.to_owned(), caller.actor(), caller.now)?;
                Ok(Self::revised(caller, next, None))
            })
            .await?;
        self.answered_revision(&done).await
    }
}

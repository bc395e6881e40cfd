//! Load, decide, commit, decide again when stale.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    change::{Change, Step},
    ids::InquiryId,
    inquiry::Inquiry,
};
use store::{CommitError, Committed, Conflict};

/// How often an act decides again. Each time somebody else's change went through, so this many losses in a row mean
/// real crowding.
const TRIES: usize = 8;

impl Desk {
    /// Runs an act: answers a repeat as before, else decides and commits, again and again while what it
    /// decided on moves under it.
    pub(crate) async fn act<F>(&self, caller: &Caller, mut decide: F) -> Result<Committed, DeskError>
    where
        F: AsyncFnMut() -> Result<Change, DeskError>,
    {
        if let Some(done) = self.store.answered(&caller.key, &caller.actor()).await? {
            return Ok(done);
        }
        let mut last = DeskError::Contended;
        for _ in 0..TRIES {
            let change = decide().await?;
            match self.store.commit(change).await {
                Ok(done) => return Ok(done),
                // These are decided again: the reads behind the decision are old. When they stay full or
                // taken, the rules refuse by themselves on the fresh reads.
                Err(CommitError::Conflict(
                    conflict @ (Conflict::Stale { .. }
                    | Conflict::Full { .. }
                    | Conflict::Overlap { .. }
                    | Conflict::NotHeld { .. }
                    | Conflict::LiveInquiry { .. }
                    | Conflict::NumberInUse
                    | Conflict::PersonKnown),
                )) => last = conflict.into(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(last)
    }

    /// An act on one inquiry: loads it, lets `decide` make a step, adds the notices the step asks for.
    pub(crate) async fn act_on<F>(
        &self,
        caller: &Caller,
        id: InquiryId,
        mut decide: F,
    ) -> Result<Inquiry, DeskError>
    where
        F: AsyncFnMut(&Inquiry) -> Result<Step, DeskError>,
    {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let step = decide(&inquiry).await?;
            self.change_of(caller, step)
        })
        .await?;
        self.load(id).await
    }

    /// The change that a step makes, with its notices.
    pub(crate) fn change_of(&self, caller: &Caller, step: Step) -> Result<Change, DeskError> {
        let mut change = Change::new(caller.command());
        let after = step.inquiry.clone();
        let announce = change.step(step);
        self.announce(&mut change, &after, &announce)?;
        Ok(change)
    }

    /// Loads an inquiry.
    pub(crate) async fn load(&self, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.store.inquiry(id).await?.ok_or(DeskError::NotFound)
    }

    /// Loads an inquiry for its own person; anybody else may not know that it is there.
    pub(crate) fn own(caller: &Caller, id: InquiryId) -> Result<(), DeskError> {
        match caller.who {
            Who::Person(own) if own == id => Ok(()),
            _ => Err(DeskError::NotFound),
        }
    }
}

//! Who is there: on duty on the line, or signed in.

use crate::{Desk, DeskError};
use domain::{
    actor::Staff,
    ids::StaffId,
    wait::{Status, Unready},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

impl Desk {
    /// The officers who are there at `now`: on duty on the line, with their browser at hand, or signed in with one that is in use.
    /// Whoever pauses, or speaks with somebody, is there.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn officers_here(&self, now: Timestamp) -> Result<Vec<Staff>, DeskError> {
        let on_duty = self.on_duty(now).await?;
        let mut here = Vec::new();
        for officer in self.officers().await? {
            if on_duty.contains(&officer.id) || self.is_signed_in(officer.id, now).await? {
                here.push(officer);
            }
        }
        Ok(here)
    }

    /// Is this member of staff there?
    pub(crate) async fn is_here(&self, staff: StaffId, now: Timestamp) -> Result<bool, DeskError> {
        let operator = self.store.operator(staff).await?;
        let on_duty = operator.is_some_and(|operator| is_at_hand(&operator.settled(now).status));
        Ok(on_duty || self.is_signed_in(staff, now).await?)
    }

    async fn on_duty(&self, now: Timestamp) -> Result<BTreeSet<StaffId>, DeskError> {
        let operators = self.store.operators().await?;
        let at_hand = operators.iter().filter(|operator| is_at_hand(&operator.settled(now).status));
        Ok(at_hand.map(|operator| operator.id).collect())
    }

    /// Signed in with a browser that is in use: a program that acts for somebody says nothing of where they are.
    async fn is_signed_in(&self, staff: StaffId, now: Timestamp) -> Result<bool, DeskError> {
        let sessions = self.store.sessions_of(staff.into()).await?;
        Ok(sessions.iter().any(|session| session.program.is_none() && session.is_live(now)))
    }
}

/// Whose browser was lost, or who let it ring, may have gone without a word.
const fn is_at_hand(status: &Status) -> bool {
    !matches!(status, Status::Off | Status::NotReady { why: Unready::Lost | Unready::Unanswered, .. })
}

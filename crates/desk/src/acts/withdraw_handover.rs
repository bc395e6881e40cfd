//! A proposed handover is taken back, or declined.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    handover::Handover,
    ids::HandoverId,
};

impl Desk {
    /// Takes a handover back that nobody has approved, or declines it.
    ///
    /// # Errors
    /// [`DeskError::Handover`] with why not; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn withdraw_handover(&self, caller: &Caller, id: HandoverId) -> Result<Handover, DeskError> {
        let done = self
            .act(caller, async || {
                caller.may(Action::GivePromise, None)?;
                let (next, happened) = self.load_handover(id).await?.withdraw(caller.actor(), caller.now)?;
                let mut change = Change::new(caller.command());
                change.note(None, happened);
                change.writes.push(Write::Handover(Box::new(next)));
                change.answer = serde_json::json!({ "handover": id });
                Ok(change)
            })
            .await?;
        self.answered_handover(&done).await
    }
}

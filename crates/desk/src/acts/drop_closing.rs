//! A planned closing is given up.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    closing::Closing,
    ids::ClosingId,
};

impl Desk {
    /// Gives a plan up. Nothing has happened to anybody; the places that are held run out by themselves.
    ///
    /// # Errors
    /// [`DeskError::Closing`] once it is carried out; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn drop_closing(&self, caller: &Caller, id: ClosingId) -> Result<Closing, DeskError> {
        let done = self
            .act(caller, async || {
                let closing = self.load_closing(id).await?;
                caller.may(Action::CloseDay, Some(&closing.office))?;
                let (next, happened) = closing.give_up(caller.now)?;
                let mut change = Change::new(caller.command());
                change.note(None, happened);
                change.writes.push(Write::Closing(Box::new(next)));
                change.answer = serde_json::json!({ "closing": id });
                Ok(change)
            })
            .await?;
        self.answered_closing(&done).await
    }
}

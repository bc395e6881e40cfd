//! A planned closing is carried out, or undone: from that moment on a job goes from one person to the next.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, JobKind, NewJob, Write},
    closing::Closing,
    ids::ClosingId,
    journal::Happened,
};

impl Desk {
    /// Carries a plan out: from now on the time takes no visits, and people are moved and told.
    ///
    /// # Errors
    /// [`DeskError::Closing`] with why not; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn close_day(&self, caller: &Caller, id: ClosingId) -> Result<Closing, DeskError> {
        self.turn_closing(caller, id, |closing| Ok(closing.begin(caller.actor(), caller.now)?)).await
    }

    /// Opens the time again: whoever has not chosen otherwise goes back to their old place, and is told.
    ///
    /// # Errors
    /// [`DeskError::Closing`] once the time for it is over; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn undo_closing(&self, caller: &Caller, id: ClosingId) -> Result<Closing, DeskError> {
        let rules = self.pack.line().closing;
        self.turn_closing(caller, id, |closing| Ok(closing.undo(rules, caller.now)?)).await
    }

    async fn turn_closing(
        &self,
        caller: &Caller,
        id: ClosingId,
        turn: impl Fn(&Closing) -> Result<(Closing, Happened), DeskError> + Send + Sync,
    ) -> Result<Closing, DeskError> {
        let turn = &turn;
        let done = self
            .act(caller, async || {
                let closing = self.load_closing(id).await?;
                caller.may(Action::CloseDay, Some(&closing.office))?;
                let (next, happened) = turn(&closing)?;
                let mut change = Change::new(caller.command());
                change.note(None, happened);
                change.jobs.push(NewJob::new(JobKind::CloseDay { closing: id }, caller.now));
                change.writes.push(Write::Closing(Box::new(next)));
                change.answer = serde_json::json!({ "closing": id });
                Ok(change)
            })
            .await?;
        self.answered_closing(&done).await
    }
}

//! A callback's window has ended: was the promise kept?

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Finish},
    ids::{CallbackId, InquiryId},
    refusal::Refusal,
};

impl Desk {
    /// Looks at a callback whose window has ended, and makes a broken promise visible.
    pub(crate) async fn watch_callback(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut change = match inquiry.break_promise(callback, caller.now) {
                Ok(step) => self.change_of(caller, step)?,
                // It was kept, given back, moved or is under way: nothing to tell.
                Err(Refusal::WrongStage { .. } | Refusal::Closed | Refusal::NotOffered) => {
                    Change::new(caller.command())
                }
                Err(refusal) => return Err(refusal.into()),
            };
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

//! A callback's window has ended, or the time of another call: was the promise kept?

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

    /// Looks at a callback that should have been tried again, and gives it to whoever is on duty when it was not.
    pub(crate) async fn watch_again(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut change = match inquiry.retry_late(callback, caller.now) {
                Ok(step) => self.change_of(caller, step)?,
                // It was tried, moved or given back meanwhile, or is anybody's already.
                Err(
                    Refusal::WrongStage { .. }
                    | Refusal::Closed
                    | Refusal::NotOffered
                    | Refusal::TooSoon { .. },
                ) => Change::new(caller.command()),
                Err(refusal) => return Err(refusal.into()),
            };
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

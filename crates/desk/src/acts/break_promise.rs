//! A callback's window has ended, or the time of another call: was the promise kept?

use crate::{Caller, Desk, DeskError};
use domain::{
    callback::CallOutcome,
    change::{Change, Finish, Step},
    ids::{CallbackId, InquiryId},
    inquiry::Inquiry,
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
        self.look_at(caller, finish, id, |inquiry| inquiry.break_promise(callback, caller.now)).await
    }

    /// Looks at a callback that should have been tried again, and gives it to whoever is on duty when it was not.
    pub(crate) async fn watch_again(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        if self.load(id).await?.left_call().is_some() {
            return self.lose_call(caller, finish, id, callback).await;
        }
        self.look_at(caller, finish, id, |inquiry| match inquiry.retry_late(callback, caller.now) {
            // It was put off meanwhile.
            Err(Refusal::TooSoon { .. }) => Err(Refusal::NotOffered),
            looked => looked,
        })
        .await
    }

    /// Nobody has said how the call ended whose officer makes none any more: it is owed again, as one that failed on our side.
    async fn lose_call(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let same = inquiry.callback().is_some_and(|owed| owed.id == callback);
            let mut change = match inquiry.left_call().filter(|_| same) {
                Some(officer) => {
                    let lost = CallOutcome::LineFault;
                    let step = self.call_ended(&inquiry, officer, None, lost, caller.now).await?;
                    self.change_of(caller, step)?
                }
                None => Change::new(caller.command()),
            };
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Does what a look finds to do, and ends the job. What was kept, given back, moved or is under way meanwhile needs
    /// nothing.
    async fn look_at(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        look: impl Fn(&Inquiry) -> Result<Step, Refusal> + Sync,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut change = match look(&inquiry) {
                Ok(step) => self.change_of(caller, step)?,
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

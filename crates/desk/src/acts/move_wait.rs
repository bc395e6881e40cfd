//! Whoever runs the wait moves somebody who waits to another queue.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    codes::{PassCode, QueueCode},
    ids::WaitId,
    wait::{Refused, WaitingCaller},
};

impl Desk {
    /// Moves somebody who waits, or whose place is kept, to another queue, at the place of when they first asked.
    ///
    /// # Errors
    /// As [`WaitingCaller::move_to`]; [`Refused::NoSuchWord`] for a queue that the agency does not have;
    /// [`DeskError::Denied`]; [`DeskError::NotFound`].
    pub async fn move_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        queue: &QueueCode,
        why: Option<&PassCode>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let by = caller.staff()?.id;
            if !self.queues().contains(queue) {
                // Somebody who is moved to what nobody serves would wait for ever.
                return Err(Refused::NoSuchWord.into());
            }
            let wait = self.load_wait(id).await?;
            Ok(Self::wait_change(caller, wait.move_to(queue, by, why, self.wait_rules(), caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

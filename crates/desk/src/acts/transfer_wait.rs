//! An operator passes a caller on.

use crate::{Caller, Desk, DeskError};
use domain::{
    codes::{QueueCode, ReasonCode},
    ids::WaitId,
    wait::{Refused, WaitingCaller},
};

impl Desk {
    /// Passes the caller on to another queue, at the place of when they first asked.
    ///
    /// # Errors
    /// As [`WaitingCaller::transfer`].
    pub async fn transfer_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        queue: &QueueCode,
        reason: Option<&ReasonCode>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            let (queue, reason) = (queue.clone(), reason.cloned());
            let step = wait.transfer(&operator, queue, reason, self.wait_rules(), caller.now)?;
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_wait(id).await
    }
}

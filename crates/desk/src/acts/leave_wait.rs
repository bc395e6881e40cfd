//! A wait ends without a talk.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::WaitId,
    wait::{How, WaitingCaller},
};

impl Desk {
    /// The caller hung up or does not want to be called back, the call was lost for good, or the line closed. An operator
    /// who was being rung for them is ready as long as before.
    ///
    /// # Errors
    /// As [`WaitingCaller::leave`].
    pub async fn leave_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        how: How,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let wait = self.load_wait(id).await?;
            let operator = self.operator_of(&wait).await?;
            let step = wait.leave(operator.as_ref(), how, self.wait_rules(), caller.now)?;
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_wait(id).await
    }
}

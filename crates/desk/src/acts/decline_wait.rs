//! An operator declines a caller who was offered.

use crate::{Caller, Desk, DeskError};
use domain::{
    ids::{StaffId, WaitId},
    wait::WaitingCaller,
};

impl Desk {
    /// The caller is where they were, and the operator ready again in a while.
    ///
    /// # Errors
    /// As [`WaitingCaller::decline`].
    pub async fn decline_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        operator: StaffId,
        grant: u64,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let (wait, operator) = (self.load_wait(id).await?, self.load_operator(operator).await?);
            Ok(Self::wait_change(caller, wait.decline(&operator, grant, self.wait_rules(), caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

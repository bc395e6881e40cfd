//! An operator takes a caller who was offered.

use crate::{Caller, Desk, DeskError};
use domain::{
    ids::{NodeId, StaffId, WaitId},
    wait::WaitingCaller,
};

impl Desk {
    /// The operator takes the call that was offered under this number. Whoever was to be called back is called from `node`
    /// now; see [`Desk::call_back_ended`].
    ///
    /// # Errors
    /// As [`WaitingCaller::accept`].
    pub async fn accept_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        operator: StaffId,
        grant: u64,
        node: Option<NodeId>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let (wait, operator) = (self.load_wait(id).await?, self.load_operator(operator).await?);
            Ok(Self::wait_change(caller, wait.accept(&operator, grant, node, caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

//! An operator says how a call ended.

use crate::{Caller, Desk, DeskError};
use domain::{
    codes::DispositionCode,
    ids::{StaffId, WaitId},
    wait::WaitingCaller,
};

impl Desk {
    /// Notes how the call ended, during it or while wrapping up. Ready is another act: see [`Desk::set_operator_state`].
    ///
    /// # Errors
    /// As [`WaitingCaller::dispose`].
    pub async fn dispose_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        operator: StaffId,
        disposition: &DispositionCode,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let wait = self.load_wait(id).await?;
            Ok(Self::wait_change(caller, wait.dispose(operator, disposition.clone(), self.wait_rules())?))
        })
        .await?;
        self.load_wait(id).await
    }
}

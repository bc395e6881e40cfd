//! An operator needs more time for wrapping up.

use crate::{Caller, Desk, DeskError};
use domain::{ids::StaffId, wait::Operator};

impl Desk {
    /// More time for wrapping up, by what the pack says, up to what it says.
    ///
    /// # Errors
    /// As [`Operator::extend_wrap_up`].
    pub async fn extend_wrap_up(&self, caller: &Caller, operator: StaffId) -> Result<Operator, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let operator = self.load_operator(operator).await?;
            Ok(Self::wait_change(caller, operator.extend_wrap_up(self.wait_rules(), caller.now)?))
        })
        .await?;
        self.load_operator(operator).await
    }
}

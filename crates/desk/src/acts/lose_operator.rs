//! An operator's browser is gone.

use crate::{Caller, Desk, DeskError};
use domain::{change::Change, ids::StaffId, wait::Operator};

impl Desk {
    /// The operator is not ready until they say so; a caller they had is where they were. Nothing is done about an operator
    /// who is off.
    ///
    /// # Errors
    /// [`DeskError::Store`]; [`DeskError::NotFound`] when they were never on duty.
    pub async fn lose_operator(&self, caller: &Caller, id: StaffId) -> Result<Operator, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, id)?;
            let operator = self.load_operator(id).await?;
            if operator.status == domain::wait::Status::Off {
                return Ok(Change::new(caller.command()));
            }
            let step = match operator.status.caller() {
                Some(wait) => self.load_wait(wait).await?.cut_off(&operator, caller.now)?,
                None => operator.lost(caller.now)?,
            };
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_operator(id).await
    }
}

//! What came of passing a caller on to a line outside.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::WaitId,
    wait::{OutsideEnd, WaitingCaller},
};

impl Desk {
    /// Somebody answered there, and the wait is over; or nobody did, and the caller is due again at the same turn.
    ///
    /// # Errors
    /// As [`WaitingCaller::outside_ended`].
    pub async fn end_outside(
        &self,
        caller: &Caller,
        id: WaitId,
        end: OutsideEnd,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let wait = self.load_wait(id).await?;
            Ok(Self::wait_change(caller, wait.outside_ended(end, caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

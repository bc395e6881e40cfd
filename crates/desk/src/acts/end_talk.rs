//! A talk is over.

use crate::{Caller, Desk, DeskError};
use domain::{ids::WaitId, wait::WaitingCaller};

impl Desk {
    /// The talk is over, and the operator wraps up, for as long as the pack says.
    ///
    /// # Errors
    /// As [`WaitingCaller::end_talk`].
    pub async fn end_talk(&self, caller: &Caller, id: WaitId) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(domain::wait::Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            Ok(Self::wait_change(caller, wait.end_talk(&operator, self.wait_rules(), caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

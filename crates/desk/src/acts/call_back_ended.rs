//! Somebody whose place came up was called back.

use crate::{Caller, Desk, DeskError};
use domain::{
    callback::CallOutcome,
    ids::WaitId,
    wait::{Refused, WaitingCaller},
};

impl Desk {
    /// They were reached, and speak with the operator; or they were not, and are called again later while the pack says
    /// so.
    ///
    /// # Errors
    /// As [`WaitingCaller::reached`] and [`WaitingCaller::missed`].
    pub async fn call_back_ended(
        &self,
        caller: &Caller,
        id: WaitId,
        outcome: CallOutcome,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            let step = match outcome {
                CallOutcome::Reached => wait.reached(caller.now),
                missed => wait.missed(&operator, missed, self.wait_rules(), caller.now),
            };
            Ok(Self::wait_change(caller, step?))
        })
        .await?;
        self.load_wait(id).await
    }
}

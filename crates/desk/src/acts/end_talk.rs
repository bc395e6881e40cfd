//! A talk is over.

use crate::{Caller, Desk, DeskError};
use domain::{ids::WaitId, wait::WaitingCaller};

impl Desk {
    /// The talk is over, and the operator wraps up, for as long as the pack says. `held` is for how many seconds the caller held while
    /// an operator had them, in all their talks; none when whoever says that it is over does not know.
    ///
    /// # Errors
    /// As [`WaitingCaller::end_talk`].
    pub async fn end_talk(
        &self,
        caller: &Caller,
        id: WaitId,
        held: Option<u32>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(domain::wait::Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            let wait = wait.has_held(held);
            Ok(Self::wait_change(caller, wait.end_talk(&operator, self.wait_rules(), caller.now)?))
        })
        .await?;
        self.load_wait(id).await
    }
}

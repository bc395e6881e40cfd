//! An operator takes a caller who was offered.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::Write,
    ids::{NodeId, StaffId, WaitId},
    mark::{Mark, MarkedWay},
    wait::{State, WaitingCaller},
};

impl Desk {
    /// The operator takes the call that was offered under this number. Whoever was to be called back is called from `node`
    /// now; see [`Desk::call_back_ended`]. An officer who takes somebody whom a promised call has missed makes that call by it; what
    /// came of it they say in the inquiry.
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
            let step = wait.accept(&operator, grant, node, caller.now)?;
            let calls = matches!(step.caller.as_ref().map(|wait| &wait.state), Some(State::Calling { .. }));
            let mut change = self.take_owed(caller, &wait, caller.now).await?;
            change.wait(step);
            change.answer = serde_json::json!({ "wait": id });
            if calls {
                let code = self.links.call_mark(id.uuid(), wait.tried.len() + 1);
                change.writes.push(Write::Mark(Mark { code, way: MarkedWay::Call, at: caller.now }));
            }
            Ok(change)
        })
        .await?;
        self.load_wait(id).await
    }
}

//! An operator is ready, not ready, or off.

use super::take_only::skills;
use crate::{Caller, Desk, DeskError};
use domain::{
    ids::{NodeId, StaffId},
    wait::{Choice, Operator, Status},
};

/// What an operator chooses, and where they are.
#[derive(Debug, Clone)]
pub struct OperatorState {
    /// What.
    pub choice: Choice,
    /// The process that their browser is connected to; none when they can be reached from every process.
    pub node: Option<NodeId>,
}

impl Desk {
    /// Ready, not ready or off, at once or once the call is over. What an operator speaks and takes is as their
    /// account says now.
    ///
    /// # Errors
    /// As [`Operator::choose`]; [`DeskError::NotFound`] when there is no such member of staff.
    pub async fn set_operator_state(
        &self,
        caller: &Caller,
        operator: StaffId,
        state: &OperatorState,
    ) -> Result<Operator, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let staff = self.store.staff(operator).await?.ok_or(DeskError::NotFound)?;
            let known = self.store.operator(operator).await?.unwrap_or_else(|| Operator::new(operator));
            let skills = skills(&staff);
            let node = state.node.filter(|_| state.choice != Choice::Off);
            let mut step =
                known.choose(state.choice.clone(), Some((skills, node)), self.wait_rules(), caller.now)?;
            let off = |operator: &Operator| operator.status == Status::Off;
            let begins_or_ends = off(&known) || step.operator.as_ref().is_some_and(off);
            let last = step.operator.as_ref().filter(|_| begins_or_ends).and_then(Operator::last_with);
            if let Some(last) = last
                && let Some(wait) = self.store.wait(last).await?
            {
                step = step.with_time_in(&wait);
            }
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_operator(operator).await
    }
}

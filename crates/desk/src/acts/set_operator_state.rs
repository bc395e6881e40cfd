//! An operator is ready, not ready, or off.

use crate::{Caller, Desk, DeskError};
use domain::{
    codes::{QueueCode, ReasonCode},
    ids::{NodeId, StaffId},
    wait::{Choice, Operator, Skills},
};
use std::collections::BTreeSet;

/// What an operator chooses, and where they are.
#[derive(Debug, Clone)]
pub struct OperatorState {
    /// What.
    pub choice: Choice,
    /// The process that their browser is connected to; none when they can be reached from every process.
    pub node: Option<NodeId>,
    /// The queues they serve; none: as before.
    pub queues: Option<BTreeSet<QueueCode>>,
    /// What they deal with; none: as before.
    pub reasons: Option<BTreeSet<ReasonCode>>,
}

impl Desk {
    /// Ready, not ready or off, at once or once the call is over. Which languages an operator speaks is as their
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
            let skills = Skills {
                queues: state.queues.clone().unwrap_or_else(|| known.skills.queues.clone()),
                langs: staff.langs.into_iter().collect(),
                reasons: state.reasons.clone().unwrap_or_else(|| known.skills.reasons.clone()),
            };
            let node = state.node.filter(|_| state.choice != Choice::Off);
            let step =
                known.choose(state.choice.clone(), Some((skills, node)), self.wait_rules(), caller.now)?;
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_operator(operator).await
    }
}

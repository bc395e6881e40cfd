//! An operator asks a colleague while a caller holds; the colleague speaks with both, or takes the caller over.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::Change,
    ids::{StaffId, WaitId},
    wait::{Operator, Refused, WaitStep, WaitingCaller},
};

/// What becomes of a caller of whom a colleague is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consultation {
    /// The colleague is called.
    Asks,
    /// They speak with both.
    Confers,
    /// They take the caller over.
    TakesOver,
}

impl Desk {
    /// Writes what becomes of it. Whoever is asked is offered nobody else until it is over.
    ///
    /// # Errors
    /// As [`WaitingCaller::consult`], [`WaitingCaller::confer`] and [`WaitingCaller::hand_over`].
    pub async fn consult_colleague(
        &self,
        caller: &Caller,
        id: WaitId,
        colleague: StaffId,
        what: Consultation,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let known = self.store.operator(colleague).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            // An officer who never was an operator can be asked as well.
            let colleague = known.unwrap_or_else(|| Operator::new(colleague));
            let steps: Vec<WaitStep> = match what {
                Consultation::Asks => vec![wait.consult(&operator, &colleague, caller.now)?],
                Consultation::Confers => vec![wait.confer(&operator, &colleague)?],
                Consultation::TakesOver => {
                    wait.hand_over(&operator, &colleague, self.wait_rules(), caller.now)?.into()
                }
            };
            let mut change = Change::new(caller.command());
            for step in steps {
                change.wait(step);
            }
            Ok(change)
        })
        .await?;
        self.load_wait(id).await
    }
}

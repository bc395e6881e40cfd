//! Grants that nobody answered run out.

use crate::{Caller, Desk, DeskError, waits::Granted};
use domain::{
    access::Action,
    wait::{State, WaitingCaller},
};

impl Desk {
    /// Ends the grants that have run out: their callers are where they were, their operators not ready until they say so.
    /// Says which those were. One that was answered in the same moment is left as it is.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn expire_grants(&self, caller: &Caller) -> Result<Vec<Granted>, DeskError> {
        caller.may(Action::RunWait, None)?;
        let mut ended = Vec::new();
        for wait in self.all_waits().await? {
            let Some(granted) = run_out(&wait, caller) else { continue };
            let key =
                domain::change::IdempotencyKey::of("expire-grant", format!("{}:{}", wait.id, granted.grant));
            let one = caller.under(key);
            let done = self
                .act(&one, async || {
                    let wait = self.load_wait(granted.caller).await?;
                    let operator = self.load_operator(granted.operator).await?;
                    Ok(Self::wait_change(&one, wait.expire(&operator, one.now)?))
                })
                .await;
            match done {
                Ok(done) if !done.repeated => ended.push(granted),
                // Another node, or the operator, was first.
                Ok(_) | Err(DeskError::Wait(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(ended)
    }
}

fn run_out(wait: &WaitingCaller, caller: &Caller) -> Option<Granted> {
    match &wait.state {
        State::Offered { grant, .. } if grant.until <= caller.now => Some(Granted {
            caller: wait.id,
            operator: grant.operator,
            grant: grant.number,
            until: grant.until,
        }),
        _ => None,
    }
}

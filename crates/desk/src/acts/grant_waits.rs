//! Those who wait are offered to operators who are ready.

use crate::{Caller, Desk, DeskError, waits::Granted};
use domain::{
    access::Action,
    change::Change,
    wait::{Operator, State, WaitingCaller, match_up},
};
use std::collections::HashMap;

/// How many grants one commit gives: the next ones come with the next.
const MOST: usize = 32;

impl Desk {
    /// Offers everybody whose turn it is to an operator, and says to whom. Several nodes may do this at once: whoever is
    /// second finds the records moved on, and decides again. Costs two reads when there is nobody to offer.
    ///
    /// # Errors
    /// [`DeskError::Contended`] when others kept granting meanwhile; [`DeskError::Store`].
    pub async fn grant_waits(&self, caller: &Caller) -> Result<Vec<Granted>, DeskError> {
        caller.may(Action::RunWait, None)?;
        if self.offers(caller).await?.is_empty() {
            return Ok(Vec::new());
        }
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let mut granted = Vec::new();
                for (wait, operator) in self.offers(caller).await? {
                    let step = wait.offer(&operator, self.wait_rules(), caller.now)?;
                    if let Some(State::Offered { grant, .. }) = step.caller.as_ref().map(|wait| &wait.state) {
                        granted.push(Granted {
                            caller: wait.id,
                            operator: operator.id,
                            grant: grant.number,
                            until: grant.until,
                        });
                    }
                    change.wait(step);
                }
                change.answer = serde_json::json!({ "granted": granted });
                Ok(change)
            })
            .await?;
        Ok(serde_json::from_value(done.answer["granted"].clone()).unwrap_or_default())
    }

    /// Whom to offer to whom now.
    async fn offers(&self, caller: &Caller) -> Result<Vec<(WaitingCaller, Operator)>, DeskError> {
        let operators = self.store.operators().await?;
        let is_ready = |operator: &Operator| operator.settled(caller.now).status.as_str() == "ready";
        if !operators.iter().any(is_ready) {
            return Ok(Vec::new());
        }
        let hours = self.call_hours();
        let mut callers = self.all_waits().await?;
        // Nobody's telephone rings at night: a place that comes up then is kept until the morning.
        callers.retain(|wait| hours.allow(wait, caller.now));
        let matches = match_up(&callers, &operators, self.wait_rules(), caller.now);
        let mut callers: HashMap<_, _> = callers.into_iter().map(|wait| (wait.id, wait)).collect();
        let mut operators: HashMap<_, _> = operators.into_iter().map(|o| (o.id, o)).collect();
        let both = matches
            .into_iter()
            .take(MOST)
            .filter_map(|m| Some((callers.remove(&m.caller)?, operators.remove(&m.operator)?)));
        Ok(both.collect())
    }
}

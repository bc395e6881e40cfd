//! Those who wait are offered to operators who are ready.

use crate::{Caller, Desk, DeskError, waits::Granted};
use domain::{
    access::{Action, sees},
    change::Change,
    wait::{Apart, Match, Operator, State, WaitingCaller, match_up},
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
        let mut callers = self.all_waits().await?;
        // Nobody's telephone rings at night: a place that comes up then is kept until the morning.
        callers.retain(|wait| self.may_be_called(wait, caller.now));
        let mut apart = Apart::new();
        let matches = loop {
            let matches = match_up(&callers, &operators, &apart, self.wait_rules(), caller.now);
            let wrong = self.kept_apart(&callers, &operators, &matches).await?;
            if wrong.is_empty() {
                break matches;
            }
            // It ends: what is found is no match any more, and there are only so many pairs.
            apart.extend(wrong);
        };
        let mut callers: HashMap<_, _> = callers.into_iter().map(|wait| (wait.id, wait)).collect();
        let mut operators: HashMap<_, _> = operators.into_iter().map(|o| (o.id, o)).collect();
        let both = matches
            .into_iter()
            .take(MOST)
            .filter_map(|m| Some((callers.remove(&m.caller)?, operators.remove(&m.operator)?)));
        Ok(both.collect())
    }

    /// Whom those who are matched may not come to, since what they call about is kept from them; nothing where every match is
    /// right. Only what is matched is looked at: few are kept from anybody.
    ///
    /// Where nobody on duty has the right to see a protected person, whoever answers hears them out and is shown nothing:
    /// nobody waits for a right that nobody there has. Whoever is too near to somebody never gets their call.
    async fn kept_apart(
        &self,
        callers: &[WaitingCaller],
        operators: &[Operator],
        matches: &[Match],
    ) -> Result<Apart, DeskError> {
        let mut apart = Apart::new();
        for m in matches.iter().take(MOST) {
            let Some(wait) = callers.iter().find(|wait| wait.id == m.caller) else { continue };
            let about = wait.inquiry.or_else(|| wait.owed.as_ref().map(|owed| owed.inquiry));
            let Some(about) = about else { continue };
            let Some(inquiry) = self.store.inquiry(about).await? else { continue };
            if inquiry.guard.is_open() {
                continue;
            }
            let mut blind = Vec::new();
            for operator in operators {
                if !self.store.staff(operator.id).await?.is_some_and(|staff| sees(&staff, &inquiry)) {
                    blind.push(operator.id);
                }
            }
            if blind.len() == operators.len() {
                blind.retain(|operator| inquiry.guard.conflict(*operator).is_some());
            }
            if blind.contains(&m.operator) {
                apart.extend(blind.into_iter().map(|operator| Match { caller: wait.id, operator }));
            }
        }
        Ok(apart)
    }
}

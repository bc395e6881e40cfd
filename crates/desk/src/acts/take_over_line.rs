//! A process that held calls is gone: its callers keep their places.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, IdempotencyKey, Write},
    ids::NodeId,
    journal::Happened,
    wait::Operator,
};
use std::collections::HashSet;
use store::{Calls, Waits};

/// How many callers one commit moves.
const AT_ONCE: u32 = 200;

impl Desk {
    /// Keeps the places of everybody whose process is taken to be gone, and frees the operators that were connected to it.
    /// Says how many callers those were. Several nodes may do this at once; each caller is moved once.
    ///
    /// # Errors
    /// [`DeskError::Contended`]; [`DeskError::Store`].
    pub async fn take_over_line(&self, caller: &Caller) -> Result<u32, DeskError> {
        caller.may(Action::RunWait, None)?;
        let mut moved = 0;
        for node in self.store.line_nodes().await?.into_iter().filter(|node| node.is_lost(caller.now)) {
            while self.end_calls(caller, node.id).await? {}
            loop {
                let part = self.take_over_part(caller, node.id).await?;
                moved += part.callers;
                if part.is_last {
                    break;
                }
            }
        }
        Ok(moved)
    }

    /// Ends the records of the calls it held, and says in them why; whether there may be more.
    async fn end_calls(&self, caller: &Caller, node: NodeId) -> Result<bool, DeskError> {
        let which = Calls::Node(node);
        let first = self.store.call_records(&which, 1).await?;
        let Some(first) = first.first() else { return Ok(false) };
        let one =
            caller.under(IdempotencyKey::of("end-calls", format!("{node}:{}.{}", first.id, first.version)));
        let done = self
            .act(&one, async || {
                let mut change = Change::new(one.command());
                let calls = self.store.call_records(&which, AT_ONCE).await?;
                for call in &calls {
                    let lost = call.node_lost(one.now);
                    if let Some(happened) = lost.happened() {
                        change.note(lost.inquiry, happened);
                    }
                    change.writes.push(Write::CallRecord(Box::new(lost)));
                }
                change.answer = serde_json::json!({ "more": calls.len() == AT_ONCE as usize });
                Ok(change)
            })
            .await?;
        Ok(done.answer["more"].as_bool().unwrap_or(false))
    }

    async fn take_over_part(&self, caller: &Caller, node: NodeId) -> Result<Part, DeskError> {
        let first = self.store.waits(&Waits::Node(node), 1).await?;
        // Each part is a command of its own, named by whom it begins with.
        let begins = first.first().map_or_else(String::new, |wait| format!(":{}.{}", wait.id, wait.version));
        let key = IdempotencyKey::of("take-over", format!("{node}{begins}"));
        let one = caller.under(key);
        let done = self
            .act(&one, async || {
                let mut change = Change::new(one.command());
                let mut touched = HashSet::new();
                let waits = self.store.waits(&Waits::Node(node), AT_ONCE).await?;
                let is_last = waits.len() < AT_ONCE as usize;
                let mut callers = 0_u32;
                for wait in waits {
                    let operator = self.operator_of(&wait).await?;
                    touched.extend(operator.as_ref().map(|operator| operator.id));
                    change.wait(wait.node_lost(operator.as_ref(), self.wait_rules(), one.now)?);
                    callers += 1;
                }
                if is_last {
                    for operator in self.store.operators().await? {
                        if operator.node == Some(node) && !touched.contains(&operator.id) {
                            self.lose(&one, &mut change, &operator).await?;
                        }
                    }
                    change.writes.push(Write::EndNode(node));
                }
                change.note(None, Happened::NodeLost { node, callers });
                change.answer = serde_json::json!({ "callers": callers, "last": is_last });
                Ok(change)
            })
            .await?;
        let callers = if done.repeated { 0 } else { done.answer["callers"].as_u64().unwrap_or(0) };
        Ok(Part {
            callers: u32::try_from(callers).unwrap_or(u32::MAX),
            is_last: done.answer["last"].as_bool().unwrap_or(true),
        })
    }

    /// An operator who was connected to it, and whose caller, if they have one, is not on its line.
    async fn lose(&self, caller: &Caller, change: &mut Change, operator: &Operator) -> Result<(), DeskError> {
        let step = match operator.status.caller() {
            Some(wait) => self.load_wait(wait).await?.cut_off(operator, caller.now)?,
            None => operator.lost(caller.now)?,
        };
        change.wait(step);
        Ok(())
    }
}

/// What one commit moved.
struct Part {
    callers: u32,
    is_last: bool,
}

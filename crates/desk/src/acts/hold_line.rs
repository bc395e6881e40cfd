//! A process says that it holds calls.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::NodeId,
    wait::LineNode,
};

impl Desk {
    /// A process that has started and will hold calls: before the first caller joins from it.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn begin_line(&self, caller: &Caller) -> Result<LineNode, DeskError> {
        caller.may(Action::RunWait, None)?;
        let node = LineNode::begin(NodeId::new(caller.now, &self.dice.chance()), caller.now);
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Node(node.clone()));
            Ok(change)
        })
        .await?;
        Ok(node)
    }

    /// It is still there. To be said a few times within [`LineNode::LEASE`].
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when it was taken to be gone: its callers' places are kept by others, and it must end the
    /// calls it still has and begin anew.
    pub async fn hold_line(&self, caller: &Caller, node: &LineNode) -> Result<LineNode, DeskError> {
        caller.may(Action::RunWait, None)?;
        let again = node.again(caller.now);
        self.act(caller, async || {
            let known = self.store.line_nodes().await?;
            // By name and version: a store may keep its end less finely than the clock tells it.
            if !known.iter().any(|known| (known.id, known.version) == (node.id, node.version)) {
                return Err(DeskError::NotFound);
            }
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Node(again.clone()));
            Ok(change)
        })
        .await?;
        Ok(again)
    }
}

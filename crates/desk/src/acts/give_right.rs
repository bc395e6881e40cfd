//! An administrator gives a member of staff a right on top of their roles, or takes it away.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, Denied},
    actor::{Right, Staff},
    change::{Change, Write},
    ids::StaffId,
    journal::Happened,
};

impl Desk {
    /// Gives the right, or takes it away. Nothing happens where it is so already.
    ///
    /// # Errors
    /// [`DeskError::Denied`] for whoever does not run accounts, and to oneself; [`DeskError::NotFound`].
    pub async fn give_right(
        &self,
        caller: &Caller,
        of: StaffId,
        right: Right,
        given: bool,
    ) -> Result<(), DeskError> {
        caller.may(Action::RunAccounts, None)?;
        if caller.staff()?.id == of {
            return Err(Denied::Role.into());
        }
        self.act(caller, async || {
            let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            let mut change = Change::new(caller.command());
            if before.has(right) == given {
                return Ok(change);
            }
            let mut after = Staff { version: before.version + 1, ..before };
            if given {
                after.rights.insert(right);
                change.note(None, Happened::RightGiven { of, right });
            } else {
                after.rights.remove(&right);
                change.note(None, Happened::RightTaken { of, right });
            }
            change.writes.push(Write::Staff(Box::new(after)));
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

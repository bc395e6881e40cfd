//! An administrator closes the account of somebody who works here no longer, and opens it again.

use super::Ending;
use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    account::may_rule,
    actor::{Role, Staff},
    change::{Change, Write},
    ids::StaffId,
    journal::Happened,
    pass::PassOf,
};
use jiff::Timestamp;

impl Desk {
    /// Closes an account: nobody signs in with it, what acts for it ends at once, and the promised calls that it holds go to whoever
    /// is on duty. Nothing happens where it is closed.
    ///
    /// # Errors
    /// As [`may_rule`]; [`domain::account::AccountRefused::ReasonNeeded`] where calls go to others without a reason;
    /// [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn close_account(&self, caller: &Caller, of: StaffId, because: &str) -> Result<(), DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let who = caller.staff()?.id;
        self.act(caller, async || {
            let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            may_rule(who, &before)?;
            let mut change = Change::new(caller.command());
            if !before.active {
                return Ok(change);
            }
            if before.is(Role::Administrator) {
                self.stays_administrator(&mut change, who).await?;
            }
            self.leave_calls(&mut change, caller, of, because).await?;
            change.note(None, Happened::AccountClosed { of });
            self.end_all_of(&mut change, of, caller.now).await?;
            let closed = Staff { version: before.version + 1, active: false, ..before };
            change.writes.push(Write::Staff(Box::new(closed)));
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Opens an account again, with its roles, its rights and its password as they were. Nothing happens where it is open.
    ///
    /// # Errors
    /// As [`may_rule`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn open_account(&self, caller: &Caller, of: StaffId) -> Result<(), DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let who = caller.staff()?.id;
        self.act(caller, async || {
            let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            may_rule(who, &before)?;
            let mut change = Change::new(caller.command());
            if before.active {
                return Ok(change);
            }
            change.note(None, Happened::AccountOpened { of });
            let open = Staff { version: before.version + 1, active: true, ..before };
            change.writes.push(Write::Staff(Box::new(open)));
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Everything ends that acts for somebody: browsers, programs, calendars.
    pub(crate) async fn end_all_of(
        &self,
        change: &mut Change,
        of: StaffId,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        self.end_with(change, of, Ending::All, now).await?;
        for pass in self.store.passes_of(PassOf::Staff(of)).await? {
            change.writes.push(Write::EndPass(pass.id));
            change.note(None, Happened::PassEnded { pass: pass.id, what: pass.what });
        }
        Ok(())
    }
}

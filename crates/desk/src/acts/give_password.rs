//! An administrator gives a first password to somebody who has forgotten theirs.

use super::{Ending, make_account::Made};
use crate::{Caller, Desk, DeskError, proofs::in_groups};
use domain::{
    access::Action,
    account::{AccountRefused, FIRST_PASSWORD_HOURS, may_rule},
    actor::{PasswordHash, Staff},
    change::{Change, Write},
    ids::StaffId,
    journal::Happened,
    pii::Pii,
};
use jiff::SignedDuration;

impl Desk {
    /// A password that nobody has seen yet: eighty bits of chance in letters that are not taken for each other.
    pub fn new_password(&self) -> Pii<String> {
        in_groups(&self.dice.secret::<10>()).into()
    }

    /// Sixteen bytes that no other password was hashed with.
    pub fn salt(&self) -> [u8; 16] {
        self.dice.secret()
    }

    /// Gives an account another password, with which they choose their own within [`FIRST_PASSWORD_HOURS`]. Their browsers are
    /// signed out; a second proof stays.
    ///
    /// # Errors
    /// As [`may_rule`]; [`AccountRefused::Closed`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn give_password(
        &self,
        caller: &Caller,
        of: StaffId,
        first: &PasswordHash,
    ) -> Result<Made, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let who = caller.staff()?.id;
        let done = self
            .act(caller, async || {
                let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
                may_rule(who, &before)?;
                if !before.active {
                    return Err(AccountRefused::Closed.into());
                }
                let mut change = Change::new(caller.command());
                change.note(None, Happened::PasswordGiven { of });
                self.end_with(&mut change, of, Ending::Browsers, caller.now).await?;
                let until = caller.now + SignedDuration::from_hours(FIRST_PASSWORD_HOURS);
                let version = before.version + 1;
                let after = Staff { version, password: first.clone(), first_password: Some(until), ..before };
                change.writes.push(Write::Staff(Box::new(after)));
                Ok(change)
            })
            .await?;
        let staff = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
        Ok(Made { staff, repeated: done.repeated })
    }
}

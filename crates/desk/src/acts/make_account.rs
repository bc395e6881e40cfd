//! An administrator makes an account for somebody who comes to work here.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    account::{Account, AccountRefused, FIRST_PASSWORD_HOURS},
    actor::{PasswordHash, Staff},
    change::{Change, Write},
    codes::OfficeCode,
    ids::StaffId,
    journal::Happened,
};
use jiff::SignedDuration;

impl Desk {
    /// Makes an account. Its password is one that somebody else gave: with it they choose their own, within
    /// [`FIRST_PASSWORD_HOURS`].
    ///
    /// # Errors
    /// [`AccountRefused::Unfit`], [`AccountRefused::NameTaken`], [`AccountRefused::NoSuchOffice`]; [`DeskError::Denied`].
    pub async fn make_account(
        &self,
        caller: &Caller,
        account: &Account,
        first: &PasswordHash,
    ) -> Result<Made, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let id = StaffId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                self.fits(account)?;
                if self.store.staff_named(&account.sign_in).await?.is_some() {
                    return Err(AccountRefused::NameTaken.into());
                }
                let mut change = Change::new(caller.command());
                let until = caller.now + SignedDuration::from_hours(FIRST_PASSWORD_HOURS);
                let staff = Staff { first_password: Some(until), ..account.over(None, id, first.clone()) };
                change.note(None, Happened::AccountMade { of: id, roles: staff.roles.clone() });
                change.note(None, Happened::PasswordGiven { of: id });
                change.writes.push(Write::Staff(Box::new(staff)));
                Ok(change)
            })
            .await?;
        let staff = self.store.staff_named(&account.sign_in).await?.ok_or(DeskError::NotFound)?;
        Ok(Made { staff, repeated: done.repeated })
    }

    /// Does it fit, as it stands and to what the agency has?
    pub(crate) fn fits(&self, account: &Account) -> Result<(), DeskError> {
        if !account.faults().is_empty() {
            return Err(AccountRefused::Unfit.into());
        }
        match &account.office {
            Some(office) if !self.works_at(office) => Err(AccountRefused::NoSuchOffice.into()),
            _ => Ok(()),
        }
    }

    /// Is it an office at which somebody can work?
    pub(crate) fn works_at(&self, office: &OfficeCode) -> bool {
        self.pack.office(office).is_some() && self.pack.retired(office).is_none()
    }
}

/// An account that has been made, or given a first password.
#[derive(Debug, Clone)]
pub struct Made {
    /// Whose.
    pub staff: Staff,
    /// It was done before by the same command: the password of that time is the one that opens it.
    pub repeated: bool,
}

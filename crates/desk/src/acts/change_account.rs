//! An administrator writes an account anew: a name, roles, an office, languages, what calls are theirs.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, Denied},
    account::{Account, AccountRefused},
    actor::{Role, Staff},
    callback::GivenWhy,
    change::{Change, Write},
    ids::StaffId,
    inquiry::{Giving, Inquiry, Stage},
    journal::Happened,
};
use jiff::SignedDuration;
use store::{List, Page};

/// So long a call goes on whose officer makes none any more, until somebody has said how it ended.
const LEFT_FOR: SignedDuration = SignedDuration::from_mins(30);
/// So many calls are read at once.
const AT_ONCE: u32 = 200;

impl Desk {
    /// Changes an account. Who is an officer no longer holds no calls any more: they go to whoever is on duty, in the same commit.
    ///
    /// # Errors
    /// As [`Desk::make_account`] and [`Account::may_replace`]; [`AccountRefused::ReasonNeeded`] where calls go to others without a
    /// reason; [`DeskError::Contended`] when the record is none of the versions that the caller wants; [`DeskError::NotFound`].
    pub async fn change_account(
        &self,
        caller: &Caller,
        of: StaffId,
        account: &Account,
        because: &str,
    ) -> Result<Staff, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        let who = caller.staff()?.id;
        self.act(caller, async || {
            let before = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
            if caller.only.versions.as_ref().is_some_and(|wanted| !wanted.contains(&before.version)) {
                return Err(DeskError::Contended);
            }
            account.may_replace(who, &before)?;
            self.fits(account)?;
            let named = self.store.staff_named(&account.sign_in).await?;
            if named.is_some_and(|named| named.id != of) {
                return Err(AccountRefused::NameTaken.into());
            }
            let mut change = Change::new(caller.command());
            let after = account.over(Some(&before), of, before.password.clone());
            if (Staff { version: before.version, ..after.clone() }) == before {
                return Ok(change);
            }
            if before.is(Role::Administrator) && !after.is(Role::Administrator) {
                self.stays_administrator(&mut change, who).await?;
            }
            if before.is(Role::Officer) && !after.is(Role::Officer) {
                self.leave_calls(&mut change, caller, of, because).await?;
            }
            change.note(None, Happened::AccountChanged { of, roles: after.roles.clone() });
            change.writes.push(Write::Staff(Box::new(after)));
            Ok(change)
        })
        .await?;
        self.store.staff(of).await?.ok_or(DeskError::NotFound)
    }

    /// Whoever takes the role from another administrator has it still when that is written: of two who take it from each other at
    /// once, one is too late. Their own record goes into the same commit, so that both cannot be written.
    pub(crate) async fn stays_administrator(
        &self,
        change: &mut Change,
        who: StaffId,
    ) -> Result<(), DeskError> {
        let own = self.store.staff(who).await?.ok_or(DeskError::NotFound)?;
        if !own.active {
            return Err(Denied::Inactive.into());
        }
        if !own.is(Role::Administrator) {
            return Err(Denied::Role.into());
        }
        change.writes.push(Write::Staff(Box::new(Staff { version: own.version + 1, ..own })));
        Ok(())
    }

    /// The promised calls that somebody holds go to whoever is on duty. One that they are making goes on: whoever is on duty says how
    /// it ended.
    pub(crate) async fn leave_calls(
        &self,
        change: &mut Change,
        caller: &Caller,
        of: StaffId,
        because: &str,
    ) -> Result<(), DeskError> {
        let calls = Self::calls_held(&self.store, of, caller.now).await?;
        let makes = !self.calls_made(of).await?.is_empty();
        if (makes || !calls.is_empty()) && because.trim().is_empty() {
            return Err(AccountRefused::ReasonNeeded.into());
        }
        for (inquiry, _) in &calls {
            change.step(inquiry.give_callback(
                Giving::Anybody,
                because.trim(),
                caller.actor(),
                caller.now,
            )?);
        }
        self.leave_calls_made(change, caller, of, (because, None)).await
    }

    /// The calls that somebody is making, who makes none any more, go on without them.
    pub(crate) async fn leave_calls_made(
        &self,
        change: &mut Change,
        caller: &Caller,
        of: StaffId,
        because: (&str, Option<GivenWhy>),
    ) -> Result<(), DeskError> {
        let look = caller.now.saturating_add(LEFT_FOR).unwrap_or(caller.now);
        for inquiry in self.calls_made(of).await? {
            change.step(inquiry.leave_call(of, because, caller.actor(), look, caller.now)?);
        }
        Ok(())
    }

    /// The calls that somebody is making.
    async fn calls_made(&self, of: StaffId) -> Result<Vec<Inquiry>, DeskError> {
        let list = List::Stage { stage: "calling".to_owned() };
        let (mut found, mut page) = (Vec::new(), Page::first(AT_ONCE));
        loop {
            let part = self.store.list(&list, page).await?;
            page.offset += AT_ONCE;
            found.extend(part.rows.into_iter().filter(|inquiry| {
                matches!(inquiry.stage, Stage::Calling { officer, .. } if officer == of)
                    && inquiry.left_call().is_none()
            }));
            if !part.more {
                return Ok(found);
            }
        }
    }

    /// How many promised calls somebody holds or is making, who would hold and make none any more.
    ///
    /// # Errors
    /// [`DeskError::Denied`] for whoever does not run accounts.
    pub async fn calls_of(&self, caller: &Caller, of: StaffId) -> Result<usize, DeskError> {
        caller.may(Action::RunAccounts, None)?;
        Ok(Self::calls_held(&self.store, of, caller.now).await?.len() + self.calls_made(of).await?.len())
    }
}

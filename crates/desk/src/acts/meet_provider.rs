//! Whoever signs in at the agency's own provider has an account here: made, kept up to date, and closed by what the provider says.

use crate::{Caller, Desk, DeskError};
use domain::{
    account::Account,
    actor::{PasswordHash, Role, Staff},
    callback::GivenWhy,
    change::{Change, Write},
    codes::OfficeCode,
    federated::{Federated, FederatedKey},
    ids::StaffId,
    journal::Happened,
    text::Lang,
};

/// Why a call that is being made goes on without its officer.
const NO_LONGER: (&str, Option<GivenWhy>) = ("", Some(GivenWhy::NoLonger));

/// Somebody as the provider tells of them, in our own words.
#[derive(Debug, Clone)]
pub struct Told {
    /// By what they are known again.
    pub key: FederatedKey,
    /// What they sign in as, in lower case.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// What they do; at least one.
    pub roles: Vec<domain::actor::Role>,
    /// Where they work.
    pub office: Option<OfficeCode>,
    /// Languages they speak with people.
    pub langs: Vec<Lang>,
}

/// Why somebody whom the provider knows gets no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotMet {
    /// An account of this installation's own has the name.
    #[error("another account has this sign-in name")]
    NameTaken,
    /// The agency has no such office.
    #[error("there is no such office")]
    NoOffice,
}

impl Desk {
    /// The account of somebody who has signed in at the provider, made or brought up to date. The caller has verified what
    /// the provider says.
    ///
    /// # Errors
    /// [`NotMet`]; [`DeskError::NotFound`] for whoever is no part of the system.
    pub async fn meet(&self, caller: &Caller, told: &Told) -> Result<Staff, DeskError> {
        caller.is_system()?;
        if let Some(office) = &told.office
            && (self.pack.office(office).is_none() || self.pack.retired(office).is_some())
        {
            return Err(NotMet::NoOffice.into());
        }
        let id = StaffId::new(caller.now, &self.dice.chance());
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let named = self.store.staff_named(&told.sign_in).await?;
            match self.store.staff_federated(&told.key).await? {
                None if named.is_some() => return Err(NotMet::NameTaken.into()),
                None => {
                    change.writes.push(Write::Staff(Box::new(told.over(None, id))));
                    change.writes.push(Write::Federated(Federated { key: told.key.clone(), staff: id }));
                    change.note(None, Happened::AccountMade { of: id, roles: told.roles.clone() });
                }
                Some(old) => {
                    let mut new = told.over(Some(&old), old.id);
                    // Their name there may have become another's here: then they keep the one they had.
                    if named.is_some_and(|named| named.id != old.id) {
                        new.sign_in.clone_from(&old.sign_in);
                    }
                    if old.is(Role::Officer) && !new.is(Role::Officer) {
                        self.leave_calls_made(&mut change, caller, old.id, NO_LONGER).await?;
                    }
                    if (Staff { version: old.version, ..new.clone() }) != old {
                        change.note(None, Happened::AccountChanged { of: old.id, roles: told.roles.clone() });
                        change.writes.push(Write::Staff(Box::new(new)));
                    }
                }
            }
            Ok(change)
        })
        .await?;
        self.store.staff_federated(&told.key).await?.ok_or(DeskError::NotFound)
    }

    /// Closes the account of somebody who has no role here any more, and ends what acts for it. Nothing happens where there is none.
    ///
    /// # Errors
    /// As [`Desk::meet`].
    pub async fn part_from(&self, caller: &Caller, key: &FederatedKey) -> Result<(), DeskError> {
        caller.is_system()?;
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let Some(old) = self.store.staff_federated(key).await?.filter(|staff| staff.active) else {
                return Ok(change);
            };
            let of = old.id;
            self.leave_calls_made(&mut change, caller, of, NO_LONGER).await?;
            change.note(None, Happened::AccountClosed { of });
            self.end_all_of(&mut change, of, caller.now).await?;
            let closed = Staff { version: old.version + 1, active: false, ..old };
            change.writes.push(Write::Staff(Box::new(closed)));
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Ends the browsers' sessions of somebody who has signed out at the provider: one, or all that began there.
    ///
    /// # Errors
    /// As [`Desk::meet`].
    pub async fn signed_out_there(
        &self,
        caller: &Caller,
        key: &FederatedKey,
        session: Option<&str>,
    ) -> Result<(), DeskError> {
        caller.is_system()?;
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let Some(staff) = self.store.staff_federated(key).await? else { return Ok(change) };
            for one in self.store.sessions_of(staff.id.into()).await? {
                let there = one.browser.provider.as_deref();
                if there.is_some_and(|there| session.is_none_or(|session| session == there)) {
                    change.writes.push(Write::EndSession(one.id));
                    change.note(None, Happened::SessionEnded { session: one.id, of: staff.id });
                }
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

impl Told {
    fn over(&self, old: Option<&Staff>, id: StaffId) -> Staff {
        let account = Account {
            sign_in: self.sign_in.clone(),
            name: self.name.clone(),
            roles: self.roles.clone(),
            office: self.office.clone(),
            langs: self.langs.clone(),
            takes: None,
        };
        account.over(old, id, PasswordHash::provider())
    }
}

//! Accounts at the desks: what fits, who may change what of them, and what a password must be.

use crate::{
    actor::{PasswordHash, Role, Staff, Takes},
    codes::OfficeCode,
    ids::StaffId,
    text::Lang,
};
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// The fewest characters of a password (NIST SP 800-63B-4, 3.1.1.2: fifteen where it is the only factor).
pub const SHORTEST_PASSWORD: usize = 15;
/// The most, so that hashing stays bounded.
pub const LONGEST_PASSWORD: usize = 200;
/// So many different characters are the least: a row of one letter is as long as anybody likes.
const LEAST_DIFFERENT: usize = 6;
/// A password that somebody else gave opens the door for so many hours, to choosing one's own.
pub const FIRST_PASSWORD_HOURS: i64 = 72;

/// Somebody's account as it is written down, beside their password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What they type to sign in; lower case.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// Where they work.
    pub office: Option<OfficeCode>,
    /// Languages they speak with people.
    pub langs: Vec<Lang>,
    /// What calls they take; none: as it was.
    pub takes: Option<Takes>,
}

/// What does not fit in an account, whatever else the agency has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    /// The name they would sign in with.
    #[error("sign_in: 2 to 60 letters, digits, or . - _ @ +")]
    SignIn,
    /// Their name.
    #[error("name: 1 to 100 characters")]
    Name,
    /// They would do nothing.
    #[error("roles: at least one")]
    NoRole,
    /// They would work at a counter that is nowhere.
    #[error("office: clerks and office managers work at one")]
    NoOffice,
}

/// Why an account is not made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefused {
    /// Another account has the name.
    #[error("another account has this sign-in name")]
    NameTaken,
    /// The agency has no such office.
    #[error("there is no such office")]
    NoSuchOffice,
    /// Nobody gives themselves roles, closes their own account or gives themselves a first password.
    #[error("nobody changes this of their own account")]
    Own,
    /// It is kept where they sign in.
    #[error("the agency's provider says this of them")]
    Provider,
    /// It does not fit ([`Account::faults`]).
    #[error("the account does not fit")]
    Unfit,
    /// The account is closed.
    #[error("the account is closed")]
    Closed,
    /// The first password was not used in time.
    #[error("the first password is too old")]
    FirstTooOld,
    /// Somebody works under this account: nobody else lets a program act in their name.
    #[error("somebody works under this account")]
    Theirs,
    /// They hold promised calls, and no reason is given why these go to others.
    #[error("say why their calls go to others")]
    ReasonNeeded,
}

impl Account {
    /// What does not fit in it.
    pub fn faults(&self) -> Vec<AccountFault> {
        let mut wrong = Vec::new();
        let good = |c: char| c.is_ascii_alphanumeric() || ".-_@+".contains(c);
        if !(2..=60).contains(&self.sign_in.len()) || !self.sign_in.chars().all(good) {
            wrong.push(AccountFault::SignIn);
        }
        if self.name.is_empty() || self.name.chars().count() > 100 || self.name.chars().any(char::is_control)
        {
            wrong.push(AccountFault::Name);
        }
        if self.roles.is_empty() {
            wrong.push(AccountFault::NoRole);
        }
        let at_an_office = self.roles.iter().any(|role| matches!(role, Role::Clerk | Role::OfficeManager));
        if at_an_office && self.office.is_none() {
            wrong.push(AccountFault::NoOffice);
        }
        wrong
    }

    /// The record that this makes of what is known: with this password, and open.
    pub fn over(&self, old: Option<&Staff>, id: StaffId, password: PasswordHash) -> Staff {
        Staff {
            id,
            version: old.map_or(1, |old| old.version + 1),
            sign_in: self.sign_in.clone(),
            name: self.name.clone(),
            roles: self.roles.clone(),
            office: self.office.clone(),
            langs: self.langs.clone(),
            first_password: old.filter(|old| old.password == password).and_then(|old| old.first_password),
            password,
            active: true,
            rights: old.map(|old| old.rights.clone()).unwrap_or_default(),
            roster: old.and_then(|old| old.roster.clone()),
            planned_before: old.and_then(|old| old.planned_before.clone()),
            takes: self.takes.clone().or_else(|| old.map(|old| old.takes.clone())).unwrap_or_default(),
        }
    }

    /// May whoever runs accounts write this over the account?
    ///
    /// # Errors
    /// [`AccountRefused::Closed`]; [`AccountRefused::Provider`] where the provider says something else of them;
    /// [`AccountRefused::Own`] where one would give oneself other roles or another office: so nobody raises themselves, and the
    /// last administrator stays one.
    pub fn may_replace(&self, who: StaffId, before: &Staff) -> Result<(), AccountRefused> {
        if !before.active {
            return Err(AccountRefused::Closed);
        }
        let roles = |roles: &[Role]| roles.iter().copied().collect::<BTreeSet<_>>();
        let langs = |langs: &[Lang]| langs.iter().cloned().collect::<BTreeSet<_>>();
        let powers = roles(&self.roles) == roles(&before.roles) && self.office == before.office;
        let told = self.sign_in == before.sign_in
            && self.name == before.name
            && langs(&self.langs) == langs(&before.langs);
        if before.is_federated() && !(powers && told) {
            return Err(AccountRefused::Provider);
        }
        if who == before.id && !powers {
            return Err(AccountRefused::Own);
        }
        Ok(())
    }
}

/// May whoever runs accounts close this one, open it again, or give it a first password?
///
/// # Errors
/// [`AccountRefused::Own`]; [`AccountRefused::Provider`].
pub fn may_rule(who: StaffId, of: &Staff) -> Result<(), AccountRefused> {
    if who == of.id {
        return Err(AccountRefused::Own);
    }
    if of.is_federated() { Err(AccountRefused::Provider) } else { Ok(()) }
}

/// May whoever runs accounts let a program act for this one? For themselves, and for an account under which nobody works: one whose
/// own password nobody has chosen. So no program acts in the name of somebody who did not let it in.
///
/// # Errors
/// [`AccountRefused::Closed`]; [`AccountRefused::Theirs`].
pub fn may_let_in(who: StaffId, of: &Staff) -> Result<(), AccountRefused> {
    if !of.active {
        return Err(AccountRefused::Closed);
    }
    if who == of.id || of.first_password.is_some() { Ok(()) } else { Err(AccountRefused::Theirs) }
}

/// What is wrong with a password that somebody chose (NIST SP 800-63B-4, 3.1.1.2: long, and nothing that is expected of them; no
/// rules on what signs it has).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Too few characters.
    TooShort,
    /// Too many.
    TooLong,
    /// Too few different ones.
    Simple,
    /// What they sign in with is in it.
    Named,
}

/// What is wrong with this password for this account, if anything is.
pub fn password_fault(password: &str, sign_in: &str) -> Option<PasswordFault> {
    let count = password.chars().count();
    if count < SHORTEST_PASSWORD {
        return Some(PasswordFault::TooShort);
    }
    if count > LONGEST_PASSWORD {
        return Some(PasswordFault::TooLong);
    }
    let lower = password.to_lowercase();
    if lower.chars().collect::<BTreeSet<_>>().len() < LEAST_DIFFERENT {
        return Some(PasswordFault::Simple);
    }
    (sign_in.len() > 3 && lower.contains(sign_in)).then_some(PasswordFault::Named)
}

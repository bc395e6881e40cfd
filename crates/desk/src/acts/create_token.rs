//! A member of staff lets a program act for them.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    account::may_let_in,
    actor::Staff,
    change::{Change, Write},
    ids::{SessionId, StaffId},
    journal::Happened,
    session::{Program, Scope, Session},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long a program's token may last at most, in days of 24 hours: a year, then somebody looks at it again.
pub const LONGEST_TOKEN_DAYS: i64 = 366;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// What the token is to be.
#[derive(Debug, Clone)]
pub struct CreateToken {
    /// What its owner calls it: 1 to 80 characters.
    pub name: String,
    /// What it may do of what its owner may do; at least one.
    pub scopes: BTreeSet<Scope>,
    /// When it ends: after now, and at most [`LONGEST_TOKEN_DAYS`] later.
    pub until: Timestamp,
    /// The token that asks for it, when a program does: it gives nothing that it does not have, and no longer.
    pub within: Option<Session>,
}

/// A token that there is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    /// Which.
    pub id: SessionId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// The token itself. Only the first answer has it: nobody keeps it, and a repeat cannot say it again.
    #[serde(skip)]
    pub token: Option<String>,
}

/// Why a token is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TokenRefused {
    /// The name is empty or too long.
    #[error("a token's name has 1 to 80 characters")]
    Name,
    /// It could do nothing.
    #[error("a token needs a scope")]
    NoScope,
    /// It would end before it begins, or last too long.
    #[error("a token ends after now and within a year")]
    Until,
    /// A token asks for more than it may do itself, or for longer than it lasts.
    #[error("a token cannot give what it does not have")]
    Beyond,
}

impl CreateToken {
    /// Can this token be made at `now`?
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: Timestamp) -> Result<(), TokenRefused> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(TokenRefused::Name);
        }
        if self.scopes.is_empty() {
            return Err(TokenRefused::NoScope);
        }
        let longest = SignedDuration::from_hours(24 * LONGEST_TOKEN_DAYS);
        if self.until <= now || self.until.duration_since(now) > longest {
            return Err(TokenRefused::Until);
        }
        if let Some(session) = &self.within
            && let Some(program) = &session.program
            && (!self.scopes.is_subset(&program.scopes) || self.until > session.until)
        {
            return Err(TokenRefused::Beyond);
        }
        Ok(())
    }
}

impl Desk {
    /// Makes a token for a program that acts for the calling member of staff.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever is no member of staff, and for a token that [`CreateToken::check`] refuses: whoever
    /// asks checks first, and says why.
    pub async fn create_token(&self, caller: &Caller, ask: &CreateToken) -> Result<NewToken, DeskError> {
        self.let_in(caller, None, ask).await
    }

    /// Makes it for the calling member of staff, or for another account.
    pub(super) async fn let_in(
        &self,
        caller: &Caller,
        of: Option<StaffId>,
        ask: &CreateToken,
    ) -> Result<NewToken, DeskError> {
        let by = caller.staff()?.id;
        let other = of.filter(|of| *of != by);
        let token = self.dice.token();
        let new = NewToken {
            id: SessionId::new(caller.now, &self.dice.chance()),
            name: ask.name.trim().to_owned(),
            scopes: ask.scopes.clone(),
            since: caller.now,
            until: ask.until,
            token: None,
        };
        let done = self
            .act(caller, async || {
                ask.check(caller.now).map_err(|_| DeskError::NotFound)?;
                let mut change = Change::new(caller.command());
                if let Some(of) = other {
                    let staff = self.store.staff(of).await?.ok_or(DeskError::NotFound)?;
                    may_let_in(by, &staff)?;
                    // Written as it is: whoever chooses its password meanwhile is not overlooked.
                    let version = staff.version + 1;
                    change.writes.push(Write::Staff(Box::new(Staff { version, ..staff })));
                }
                change.writes.push(Write::Session(Box::new(Session {
                    id: new.id,
                    version: 1,
                    staff: other.unwrap_or(by),
                    token_hash: token_hash(&token),
                    since: new.since,
                    used: new.since,
                    until: new.until,
                    program: Some(Program {
                        name: new.name.clone(),
                        scopes: new.scopes.clone(),
                        by: Some(by),
                    }),
                    browser: domain::session::Browser::default(),
                })));
                let (token, scopes, until) = (new.id, new.scopes.clone(), new.until);
                let happened = match other {
                    None => Happened::TokenCreated { token, scopes, until },
                    Some(of) => Happened::TokenLent { token, of, scopes, until },
                };
                change.note(None, happened);
                change.answer = serde_json::json!({ "token": new });
                Ok(change)
            })
            .await?;
        let made = NewToken::deserialize(&done.answer["token"])
            .map_err(|source| store::StoreError::Unreadable { record: "command", source })?;
        Ok(NewToken { token: (!done.repeated).then_some(token), ..made })
    }
}

//! Sessions are looked at and ended from elsewhere: by their user, or by an administrator.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::{SessionId, StaffId},
    journal::Happened,
    session::Session,
};
use jiff::Timestamp;

/// Which sessions of a member of staff are to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// This one, a browser's or a program's.
    One(SessionId),
    /// Every browser's: programs go on.
    Browsers,
    /// Every browser's but this one: programs go on.
    OtherBrowsers(SessionId),
    /// Every browser's but this one, and every program's that somebody else let in: the account has an owner now.
    Others(SessionId),
    /// All, programs' included.
    All,
}

impl Ending {
    fn takes(self, session: &Session) -> bool {
        match self {
            Self::One(id) => session.id == id,
            Self::Browsers => session.program.is_none(),
            Self::OtherBrowsers(id) => session.program.is_none() && session.id != id,
            Self::Others(id) => match &session.program {
                Some(program) => program.by.is_some_and(|by| by != session.staff),
                None => session.id != id,
            },
            Self::All => true,
        }
    }
}

impl Desk {
    /// The sessions of a member of staff that are good now, browsers' and programs', oldest first.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] or [`DeskError::Denied`] for whoever is neither that member nor may run accounts.
    pub async fn live_sessions(&self, caller: &Caller, of: StaffId) -> Result<Vec<Session>, DeskError> {
        if caller.staff()?.id != of {
            caller.may(Action::RunAccounts, None)?;
        }
        let mut all = self.store.sessions_of(of.into()).await?;
        all.retain(|session| session.is_live(caller.now));
        Ok(all)
    }

    /// Ends sessions of a member of staff at once. What is over already stays over.
    ///
    /// # Errors
    /// As [`Desk::live_sessions`].
    pub async fn end_sessions(&self, caller: &Caller, of: StaffId, which: Ending) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let live = self.live_sessions(caller, of).await?;
            Self::end_of(&mut change, &live, which);
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// The same as a part of an act whose right to do so is another.
    pub(crate) async fn end_with(
        &self,
        change: &mut Change,
        of: StaffId,
        which: Ending,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let mut live = self.store.sessions_of(of.into()).await?;
        live.retain(|session| session.is_live(now));
        Self::end_of(change, &live, which);
        Ok(())
    }

    fn end_of(change: &mut Change, live: &[Session], which: Ending) {
        for session in live.iter().filter(|session| which.takes(session)) {
            change.writes.push(Write::EndSession(session.id));
            let happened = match session.program {
                Some(_) => Happened::TokenRevoked { token: session.id },
                None => Happened::SessionEnded { session: session.id, of: session.staff },
            };
            change.note(None, happened);
        }
    }
}

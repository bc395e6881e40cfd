//! Staff sign in and out.

use crate::{Caller, Desk, DeskError, Who, token_hash};
use domain::{
    actor::Staff,
    browser::Device,
    change::{Change, IdempotencyKey, Write},
    ids::SessionId,
    journal::Happened,
    session::{Browser, Session},
};
use jiff::{SignedDuration, Timestamp};

/// A session that has just begun.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who signed in.
    pub staff: Staff,
    /// What the browser keeps.
    pub token: String,
    /// When the session ends whatever happens.
    pub until: Timestamp,
}

/// What is known of the browser that somebody signs in with.
#[derive(Debug, Clone, Default)]
pub struct Entrance {
    /// What it says it is.
    pub device: Option<Device>,
    /// The network it comes from, as tries are counted.
    pub network: Option<String>,
}

impl Desk {
    /// Begins a session for a member of staff whose password the caller has verified.
    ///
    /// # Errors
    /// [`DeskError::WrongSignIn`] for an account that may not sign in.
    pub async fn sign_in(
        &self,
        caller: &Caller,
        staff: &Staff,
        from: &Entrance,
    ) -> Result<SignedIn, DeskError> {
        if !staff.active {
            return Err(DeskError::WrongSignIn);
        }
        let token = self.dice.token();
        let caller = Caller { who: Who::Staff(Box::new(staff.clone())), ..caller.clone() };
        let until = caller.now + SignedDuration::from_hours(self.sessions.longest_hours.into());
        let session = Session {
            id: SessionId::new(caller.now, &self.dice.chance()),
            version: 1,
            staff: staff.id,
            token_hash: token_hash(&token),
            since: caller.now,
            used: caller.now,
            until,
            program: None,
            browser: Browser {
                device: from.device,
                network: from.network.as_deref().map(|network| self.links.network_key(network)),
                proved: None,
                idle_minutes: Some(self.sessions.idle_minutes),
            },
        };
        self.act(&caller, async || {
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Session(Box::new(session.clone())));
            change.note(None, Happened::SignedIn);
            Ok(change)
        })
        .await?;
        Ok(SignedIn { staff: staff.clone(), token, until })
    }

    /// The member of staff whose session this token is, if it is good at `now`. Its last use is kept to the
    /// minute.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn staff_of(&self, token: &str, now: Timestamp) -> Result<Option<(Staff, Session)>, DeskError> {
        let hash = token_hash(token);
        let known = self.store.session_with_staff(&hash).await?;
        let Some((session, staff)) = known.filter(|(session, staff)| session.is_live(now) && staff.active)
        else {
            return Ok(None);
        };
        if now.duration_since(session.used).as_mins() >= 1 {
            let minute = now.as_second() / 60;
            let key = IdempotencyKey::of("session", format!("{}:{minute}", session.id));
            let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, now);
            let mut used = session.clone();
            used.version += 1;
            used.used = now;
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Session(Box::new(used)));
            // Two pages loaded at once both want to note the use; one of them is enough.
            if let Err(error) = self.commit(change).await
                && !matches!(error, store::CommitError::Conflict(_))
            {
                return Err(error.into());
            }
        }
        Ok(Some((staff, session)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn sign_out(&self, caller: &Caller, session: &Session) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            change.writes.push(Write::EndSession(session.id));
            change.note(None, Happened::SignedOut);
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

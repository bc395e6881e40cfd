//! Staff sign in and out.

use crate::{Caller, Desk, DeskError, Given, ProofRefused, Who, token_hash};
use domain::{
    account::AccountRefused,
    actor::Staff,
    browser::Device,
    change::{Change, IdempotencyKey, Write},
    ids::SessionId,
    journal::Happened,
    second::{ProofKind, Proofs},
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
    /// The proof that was given beside the password, or instead of it.
    pub proof: Option<Given>,
    /// They signed in at the agency's own provider: by what the session there is known again.
    pub provider: Option<String>,
}

impl Desk {
    /// Begins a session for a member of staff whose password the caller has verified, or who gives a passkey. A second proof is
    /// used up by it.
    ///
    /// # Errors
    /// [`DeskError::WrongSignIn`] for an account that may not sign in; [`AccountRefused::FirstTooOld`]; [`ProofRefused::Needed`] for one with a second proof when
    /// none was given, and what else is wrong with it.
    pub async fn sign_in(
        &self,
        caller: &Caller,
        staff: &Staff,
        from: &Entrance,
    ) -> Result<SignedIn, DeskError> {
        if !staff.active {
            return Err(DeskError::WrongSignIn);
        }
        if staff.first_password.is_some_and(|until| until <= caller.now) {
            return Err(AccountRefused::FirstTooOld.into());
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
                with: None,
                provider: from.provider.clone(),
                must_enrol: false,
                idle_minutes: Some(self.sessions.idle_minutes),
            },
        };
        let done = self
            .act(&caller, async || {
                let mut proofs = self.proofs(staff.id).await?.next();
                let with = self.proved_by(staff, &mut proofs, from, caller.now)?;
                let mut session = session.clone();
                session.browser.with = with;
                session.browser.must_enrol = with.is_none() && (proofs.owed || self.second.of(staff));
                let mut change = Change::new(caller.command());
                if from.provider.is_none() && with.is_some() {
                    change.writes.push(Write::Proofs(Box::new(proofs)));
                }
                change.writes.push(Write::Session(Box::new(session)));
                change.note(None, Happened::SignedIn { with });
                Ok(change)
            })
            .await?;
        if done.repeated {
            // The session of that time has a token that nobody knows any more.
            return Err(ProofRefused::Used.into());
        }
        Ok(SignedIn { staff: staff.clone(), token, until })
    }

    /// The second proof that somebody gives, taken; none from whoever has none.
    fn proved_by(
        &self,
        staff: &Staff,
        proofs: &mut Proofs,
        from: &Entrance,
        now: Timestamp,
    ) -> Result<Option<ProofKind>, ProofRefused> {
        match &from.proof {
            // Their provider asks for what it wants, and for nothing that is kept here.
            _ if from.provider.is_some() => Ok(Some(ProofKind::Provider)),
            Some(given) => Ok(Some(self.take(staff, proofs, given, now)?)),
            None if proofs.any() => Err(ProofRefused::Needed),
            None => Ok(None),
        }
    }

    /// Notes that somebody had the password of a member of staff and not their second proof.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn note_refused_proof(&self, caller: &Caller, of: &Staff) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            change.note(None, Happened::SecondRefused { of: of.id });
            Ok(change)
        })
        .await?;
        Ok(())
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

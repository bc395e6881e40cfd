//! A member of staff sets up an app or a passkey to prove who they are with.

use crate::{Caller, Desk, DeskError, ProofRefused, Registration};
use domain::{
    change::{Change, Write},
    journal::Happened,
    second::{CodeApp, MOST_PASSKEYS, Passkey, ProofKind, Proofs},
    session::Session,
};
use store::StoreError;

/// The longest name of a passkey, in characters.
const LONGEST_NAME: usize = 60;

/// What is set up.
#[derive(Debug, Clone)]
pub enum NewProof {
    /// An app, which shows that it has the secret by its first code.
    App {
        /// The secret, as it was sealed when it was shown.
        sealed: String,
        /// The first code.
        code: String,
    },
    /// A passkey.
    Passkey {
        /// What its owner calls it; shortened when it is too long.
        name: String,
        /// What the browser says.
        made: Box<Registration>,
    },
}

/// The proofs of whoever asks, if this session may change them: what is there already is shown first, so that a password alone
/// adds nothing to it.
pub(crate) fn changeable(proofs: Option<Proofs>, session: &Session) -> Result<Proofs, ProofRefused> {
    let proofs = proofs.unwrap_or_else(|| Proofs::none(session.staff));
    if proofs.any() && session.browser.with.is_none() { Err(ProofRefused::SignInFirst) } else { Ok(proofs) }
}

impl Desk {
    /// The proofs of a member of staff; none is an empty record.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn proofs(&self, staff: domain::ids::StaffId) -> Result<Proofs, StoreError> {
        Ok(self.store.proofs(staff).await?.unwrap_or_else(|| Proofs::none(staff)))
    }

    /// Sets up a proof. With the first one come recovery codes; only this answer has them, and no repeat of it.
    ///
    /// # Errors
    /// [`ProofRefused`]; [`DeskError::NotFound`] when the session has ended meanwhile.
    pub async fn add_proof(
        &self,
        caller: &Caller,
        session: &Session,
        new: &NewProof,
    ) -> Result<Vec<String>, DeskError> {
        let staff = caller.staff()?.id;
        let recovery = self.new_recovery(staff);
        let done = self
            .act(caller, async || {
                let mut session = self.own_session(caller, session).await?;
                let mut proofs = changeable(self.store.proofs(staff).await?, &session)?.next();
                let first = proofs.recovery.is_empty();
                let kind = self.set_up(caller, &mut proofs, new)?;
                proofs.owed = false;
                if first {
                    proofs.recovery.clone_from(&recovery.hashes);
                }
                session.version += 1;
                session.browser.must_enrol = false;
                session.browser.with = Some(kind);
                session.browser.proved = Some(caller.now);
                let mut change = Change::new(caller.command());
                change.writes = vec![Write::Proofs(Box::new(proofs)), Write::Session(Box::new(session))];
                change.note(None, Happened::ProofAdded { kind });
                if first {
                    change.note(None, Happened::RecoveryMade);
                }
                change.answer = serde_json::json!({ "recovery": first });
                Ok(change)
            })
            .await?;
        let shown = !done.repeated && done.answer["recovery"] == true;
        Ok(if shown { recovery.codes } else { Vec::new() })
    }

    /// The caller's session as it is now.
    pub(crate) async fn own_session(&self, caller: &Caller, session: &Session) -> Result<Session, DeskError> {
        let staff = caller.staff()?.id;
        let known = self.store.session(&session.token_hash).await?;
        known.filter(|known| known.staff == staff && known.is_live(caller.now)).ok_or(DeskError::NotFound)
    }

    fn set_up(
        &self,
        caller: &Caller,
        proofs: &mut Proofs,
        new: &NewProof,
    ) -> Result<ProofKind, ProofRefused> {
        match new {
            NewProof::App { sealed, code } => {
                let step = self.step_of(proofs.staff, sealed, code, caller.now).ok_or(ProofRefused::Wrong)?;
                proofs.app = Some(CodeApp { sealed: sealed.clone(), since: caller.now, step });
                Ok(ProofKind::App)
            }
            NewProof::Passkey { name, made } => {
                let challenge = made.challenge().ok_or(ProofRefused::Wrong)?;
                if !self.links.opens_challenge(&challenge, caller.now) {
                    return Err(ProofRefused::Old);
                }
                let (id, key, count) = made.verify().ok_or(ProofRefused::Wrong)?;
                if proofs.passkeys.len() >= MOST_PASSKEYS || proofs.passkey(&id).is_some() {
                    return Err(ProofRefused::NoRoom);
                }
                let name = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
                proofs.passkeys.push(Passkey { id, name, key, count, since: caller.now, used: None });
                Ok(ProofKind::Passkey)
            }
        }
    }
}

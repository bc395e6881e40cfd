//! What a member of staff proves with beside their password, or instead of it: codes of an app, recovery codes, passkeys.

mod passkey;
mod stamps;
mod totp;

pub use passkey::{Assertion, Registration, Relying};
pub use totp::{SECRET, base32, code};

use crate::{Desk, links::Links};
use domain::{
    actor::Staff,
    ids::StaffId,
    second::{ProofKind, Proofs, RECOVERY_CODES},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What somebody gives as a proof.
#[derive(Clone)]
pub enum Given {
    /// A code as it was typed: an app's, or a recovery code.
    Code(String),
    /// What a browser answered for a passkey.
    Passkey(Box<Assertion>),
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Given(code)",
            Self::Passkey(_) => "Given(passkey)",
        })
    }
}

impl Given {
    /// Is it written as an app writes its codes? Those are short enough to be guessed; the others are not.
    pub fn can_be_guessed(&self) -> bool {
        matches!(self, Self::Code(text) if totp::written(text).is_some())
    }
}

/// Why a proof is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ProofRefused {
    /// A second proof is needed and none was given.
    #[error("a second proof is needed")]
    Needed,
    /// It is not theirs, or not right.
    #[error("this proof does not fit")]
    Wrong,
    /// The code was taken before.
    #[error("this code was used before")]
    Used,
    /// It was asked for too long ago.
    #[error("this proof was asked for too long ago")]
    Old,
    /// They have as many passkeys as one may have, or this one already.
    #[error("there is no room for this passkey, or it is there already")]
    NoRoom,
    /// Whoever is signed in with a password alone cannot add to proofs that are there.
    #[error("sign in with the proof that is there first")]
    SignInFirst,
}

impl ProofRefused {
    /// Every refusal.
    pub const ALL: [Self; 6] =
        [Self::Needed, Self::Wrong, Self::Used, Self::Old, Self::NoRoom, Self::SignInFirst];

    /// The stable name, under which texts say what helps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Wrong => "wrong",
            Self::Used => "used",
            Self::Old => "old",
            Self::NoRoom => "no-room",
            Self::SignInFirst => "sign-in-first",
        }
    }
}

/// New recovery codes: as they are written down, and their hashes.
pub(crate) struct Recovery {
    pub(crate) codes: Vec<String>,
    pub(crate) hashes: BTreeSet<String>,
}

impl Desk {
    /// A new secret for an app: in the letters that people type, and sealed for this member of staff.
    pub fn new_app(&self, staff: StaffId) -> Option<(String, String)> {
        let secret = self.dice.secret::<SECRET>();
        let sealed = self.links.seal(self.dice.secret(), &about(staff), &secret)?;
        Some((base32(&secret), sealed))
    }

    /// The letters of a secret that was sealed for this member of staff and is not in use yet.
    pub fn app_letters(&self, staff: StaffId, sealed: &str) -> Option<String> {
        Some(base32(&self.links.unseal(&about(staff), sealed)?))
    }

    /// The step of which this is the code, with the secret that is sealed.
    pub(crate) fn step_of(&self, staff: StaffId, sealed: &str, typed: &str, now: Timestamp) -> Option<u64> {
        totp::step_of(&self.links.unseal(&about(staff), sealed)?, typed, now)
    }

    /// Recovery codes that nobody has seen yet.
    pub(crate) fn new_recovery(&self, staff: StaffId) -> Recovery {
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| in_groups(&self.dice.secret::<10>())).collect();
        let hashes = codes.iter().map(|code| recovery_hash(&self.links, staff, code)).collect();
        Recovery { codes, hashes }
    }

    /// Takes a proof out of what a member of staff has, if it is right.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn take(
        &self,
        staff: &Staff,
        proofs: &mut Proofs,
        given: &Given,
        now: Timestamp,
    ) -> Result<ProofKind, ProofRefused> {
        match given {
            Given::Code(typed) if given.can_be_guessed() => {
                let app = proofs.app.as_ref().ok_or(ProofRefused::Wrong)?;
                let step = self.step_of(staff.id, &app.sealed, typed, now).ok_or(ProofRefused::Wrong)?;
                if proofs.take_step(step) { Ok(ProofKind::App) } else { Err(ProofRefused::Used) }
            }
            Given::Code(typed) => {
                let hash = recovery_hash(&self.links, staff.id, typed);
                if proofs.take_recovery(&hash) { Ok(ProofKind::Recovery) } else { Err(ProofRefused::Wrong) }
            }
            Given::Passkey(said) => {
                if !self.links.opens_challenge(said.challenge().ok_or(ProofRefused::Wrong)?.as_str(), now) {
                    return Err(ProofRefused::Old);
                }
                let key = proofs.passkey(&said.id).ok_or(ProofRefused::Wrong)?;
                let count = said.verify(&key.key).ok_or(ProofRefused::Wrong)?;
                let taken = proofs.take_passkey(&said.id, count, now);
                if taken { Ok(ProofKind::Passkey) } else { Err(ProofRefused::Wrong) }
            }
        }
    }
}

/// Chance as people copy it: sixteen letters and digits in groups of four.
pub(crate) fn in_groups(chance: &[u8; 10]) -> String {
    let letters = base32(chance).to_lowercase();
    let groups: Vec<&str> = (0..4).map(|n| &letters[n * 4..n * 4 + 4]).collect();
    groups.join("-")
}

/// What an app's secret is sealed to: it opens for nobody else.
fn about(staff: StaffId) -> String {
    format!("app of {staff}")
}

/// The hash of a recovery code as it was typed, with whatever was between its letters. Codes have eighty bits of chance, so
/// that a fast hash under the installation's key keeps them.
fn recovery_hash(links: &Links, staff: StaffId, typed: &str) -> String {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    hex::encode(links.stamp("anteroom recovery code 1", &[&staff.to_string(), &letters.to_lowercase()]))
}

#[cfg(test)]
mod tests;

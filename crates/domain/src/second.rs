//! What proves who a member of staff is beside their password, or instead of it.
//!
//! None of it can be used by whoever reads it: the secret of an app is sealed, recovery codes are kept as hashes, and of a
//! passkey there is the public half only.

use crate::{
    actor::{Role, Staff},
    ids::StaffId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// How many recovery codes one gets at once.
pub const RECOVERY_CODES: usize = 10;

/// How many passkeys one may have.
pub const MOST_PASSKEYS: usize = 10;

/// A kind of proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofKind {
    /// A code that an app shows (RFC 6238).
    App,
    /// A passkey (`WebAuthn`).
    Passkey,
    /// One of the codes for the day on which the others are lost.
    Recovery,
    /// What the agency's own provider asks, which is its own affair.
    Provider,
}

impl ProofKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Passkey => "passkey",
            Self::Recovery => "recovery",
            Self::Provider => "provider",
        }
    }
}

/// Why an administrator takes away somebody's proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResetWhy {
    /// The device is lost or broken.
    Lost,
    /// The device is in somebody else's hands.
    Stolen,
    /// They have another device, and not the old one any more.
    Replaced,
    /// They tried and cannot get in.
    LockedOut,
}

impl ResetWhy {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Lost, Self::Stolen, Self::Replaced, Self::LockedOut];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Stolen => "stolen",
            Self::Replaced => "replaced",
            Self::LockedOut => "locked-out",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == s)
    }
}

/// Which members of staff must have a second proof.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Required(pub BTreeSet<Role>);

impl Required {
    /// Everybody.
    pub fn everybody() -> Self {
        Self(Role::ALL.into())
    }

    /// Must this one?
    pub fn of(&self, staff: &Staff) -> bool {
        staff.roles.iter().any(|role| self.0.contains(role))
    }
}

/// The proofs of one member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// Whose.
    pub staff: StaffId,
    /// How many times the record has been written.
    pub version: u64,
    /// The app that shows codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<CodeApp>,
    /// The passkeys, oldest first.
    #[serde(default)]
    pub passkeys: Vec<Passkey>,
    /// The hashes of the recovery codes that have not been used.
    #[serde(default)]
    pub recovery: BTreeSet<String>,
    /// An administrator took them away: they must set up another before they work on.
    #[serde(default)]
    pub owed: bool,
}

/// An app that shows codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeApp {
    /// Its secret, sealed under the installation's key.
    pub sealed: String,
    /// Since when.
    pub since: Timestamp,
    /// The time step of the last code that was taken: neither it nor an earlier one is taken again.
    pub step: u64,
}

impl fmt::Debug for CodeApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeApp(since {})", self.since)
    }
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// What the authenticator knows it by (base64url).
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The public key (`SubjectPublicKeyInfo`, base64url).
    pub key: String,
    /// How often the authenticator says that it was used; many always say 0.
    pub count: u32,
    /// Since when.
    pub since: Timestamp,
    /// When it was used last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Timestamp>,
}

impl Proofs {
    /// None yet.
    pub const fn none(staff: StaffId) -> Self {
        Self { staff, version: 0, app: None, passkeys: Vec::new(), recovery: BTreeSet::new(), owed: false }
    }

    /// Is there any beside the recovery codes, which stand for another and are none by themselves?
    pub const fn any(&self) -> bool {
        self.app.is_some() || !self.passkeys.is_empty()
    }

    /// The next version of this record.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }

    /// Takes a code of the app for this step, unless it or a later one was taken before.
    pub const fn take_step(&mut self, step: u64) -> bool {
        match &mut self.app {
            Some(app) if app.step < step => {
                app.step = step;
                true
            }
            _ => false,
        }
    }

    /// Takes a recovery code by its hash. Each opens once.
    pub fn take_recovery(&mut self, hash: &str) -> bool {
        self.recovery.remove(hash)
    }

    /// The passkey that an authenticator knows by this.
    pub fn passkey(&self, id: &str) -> Option<&Passkey> {
        self.passkeys.iter().find(|key| key.id == id)
    }

    /// Notes a use of a passkey. A count that does not grow, from an authenticator that counts, means that there are two of it:
    /// then it is not taken.
    pub fn take_passkey(&mut self, id: &str, count: u32, now: Timestamp) -> bool {
        let Some(key) = self.passkeys.iter_mut().find(|key| key.id == id) else { return false };
        let grows = count > key.count || (count == 0 && key.count == 0);
        if grows {
            key.count = count;
            key.used = Some(now);
        }
        grows
    }

    /// Takes a proof away. The last one takes the recovery codes with it: they stand for nothing then.
    pub fn remove(&mut self, which: &Removed) -> bool {
        let before = (self.app.is_some(), self.passkeys.len());
        match which {
            Removed::App => self.app = None,
            Removed::Passkey(id) => self.passkeys.retain(|key| key.id != *id),
        }
        if !self.any() {
            self.recovery.clear();
        }
        before != (self.app.is_some(), self.passkeys.len())
    }
}

/// Which proof is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removed {
    /// The app.
    App,
    /// The passkey that the authenticator knows by this.
    Passkey(String),
}

impl Removed {
    /// Its kind.
    pub const fn kind(&self) -> ProofKind {
        match self {
            Self::App => ProofKind::App,
            Self::Passkey(_) => ProofKind::Passkey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proofs() -> Proofs {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut proofs = Proofs::none(StaffId::new(now, &[0; 10]));
        proofs.app = Some(CodeApp { sealed: "s".into(), since: now, step: 10 });
        proofs.recovery.insert("r".into());
        let key = |id: &str, count| Passkey {
            id: id.into(),
            name: "Phone".into(),
            key: "k".into(),
            count,
            since: now,
            used: None,
        };
        proofs.passkeys = vec![key("a", 0), key("b", 7)];
        proofs
    }

    #[test]
    fn a_code_is_taken_once_and_no_earlier_one_after_it() {
        let mut proofs = proofs();
        assert!(!proofs.take_step(9) && !proofs.take_step(10) && proofs.take_step(12));
        assert!(!proofs.take_step(11) && !proofs.take_step(12) && proofs.take_step(13));
        assert!(proofs.take_recovery("r") && !proofs.take_recovery("r"));
    }

    #[test]
    fn a_passkey_that_counts_must_count_on() {
        let now: Timestamp = "2026-11-23T13:00:00Z".parse().unwrap();
        let mut proofs = proofs();
        assert!(
            proofs.take_passkey("a", 0, now) && proofs.take_passkey("a", 0, now),
            "this one does not count"
        );
        assert!(!proofs.take_passkey("b", 7, now) && !proofs.take_passkey("b", 0, now));
        assert!(proofs.take_passkey("b", 8, now) && !proofs.take_passkey("c", 1, now));
        assert_eq!(proofs.passkey("b").unwrap().used, Some(now));
    }

    #[test]
    fn recovery_codes_go_with_the_last_proof() {
        let mut proofs = proofs();
        assert!(proofs.remove(&Removed::App) && !proofs.remove(&Removed::App));
        assert!(proofs.remove(&Removed::Passkey("a".into())) && proofs.any() && !proofs.recovery.is_empty());
        assert!(proofs.remove(&Removed::Passkey("b".into())) && !proofs.any() && proofs.recovery.is_empty());
    }
}

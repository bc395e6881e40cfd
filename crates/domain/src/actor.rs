//! Who does something.

use crate::{
    codes::{OfficeCode, QueueCode, ReasonCode},
    ids::StaffId,
    roster::{PlannedBefore, Roster},
    text::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who gave a command. It stands in every journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "kebab-case")]
pub enum Actor {
    /// The person whose inquiry it is (or who is about to have one), by signed link or second proof.
    Person,
    /// Somebody whom the person's representative let act for them. Who, the inquiry says.
    Delegate {
        /// Their number in the inquiry.
        nth: u8,
    },
    /// A member of staff. The name is kept as it was then: people leave, the journal stays readable.
    Staff {
        /// Which member.
        id: StaffId,
        /// Their name at that time.
        name: String,
    },
    /// A part of the system acting on its own (a sweep, an importer), by name.
    System {
        /// Which part.
        part: String,
    },
}

impl Actor {
    /// A part of the system.
    pub fn system(part: &str) -> Self {
        Self::System { part: part.to_owned() }
    }

    /// The member of staff, if it is one.
    pub const fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Staff { id, .. } => Some(*id),
            Self::Person | Self::Delegate { .. } | Self::System { .. } => None,
        }
    }

    /// Is it the person, or whoever acts for them? Then the rules for what people do alone hold.
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Person | Self::Delegate { .. })
    }

    /// Is it the same person? A member of staff stays the same when their name changes.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Staff { id, .. }, Self::Staff { id: other, .. }) => id == other,
            _ => self == other,
        }
    }
}

/// What a member of staff does all day. One person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Tier 1.
    Operator,
    /// Tier 2: calls back, decides, books.
    Officer,
    /// At an office's counter.
    Clerk,
    /// Runs an office.
    OfficeManager,
    /// Runs the queues.
    Supervisor,
    /// Writes policy.
    Analyst,
    /// Runs the installation.
    Administrator,
    /// Reads the journal.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Operator,
        Self::Officer,
        Self::Clerk,
        Self::OfficeManager,
        Self::Supervisor,
        Self::Analyst,
        Self::Administrator,
        Self::Auditor,
    ];

    /// The stable name of the role, as in files and keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Officer => "officer",
            Self::Clerk => "clerk",
            Self::OfficeManager => "office-manager",
            Self::Supervisor => "supervisor",
            Self::Analyst => "analyst",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }
}

/// No such role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a role; the roles are operator, officer, clerk, office-manager, supervisor, analyst, administrator and auditor"
)]
pub struct RoleError(pub String);

impl std::str::FromStr for Role {
    type Err = RoleError;
    fn from_str(s: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|r| r.as_str() == s).ok_or_else(|| RoleError(s.chars().take(40).collect()))
    }
}

/// What a member of staff may do or see on top of their roles, given to them by an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// See inquiries of people who are protected.
    Protected,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 1] = [Self::Protected];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Protected => "protected",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.as_str() == s)
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Which member.
    pub id: StaffId,
    /// How many times the record has been written.
    pub version: u64,
    /// What they type to sign in; lower case.
    pub sign_in: String,
    /// Their name, as colleagues and the journal know them.
    pub name: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// The office they work at, if they work at one.
    pub office: Option<OfficeCode>,
    /// Languages they speak with people.
    pub langs: Vec<Lang>,
    /// Argon2 hash in PHC form; never shown.
    pub password: PasswordHash,
    /// May they sign in?
    pub active: bool,
    /// What they may on top of their roles.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rights: BTreeSet<Right>,
    /// When they work; none: whenever calls are promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<Roster>,
    /// What was planned for them until the roster was planned last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_before: Option<PlannedBefore>,
    /// What calls of the line they take.
    #[serde(default, skip_serializing_if = "Takes::is_all")]
    pub takes: Takes,
    /// Somebody else gave them their password: it opens the door until then, and only to choosing their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_password: Option<Timestamp>,
}

/// What calls of the line somebody takes, beside the languages they speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Takes {
    /// From these queues; none: from all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub queues: BTreeSet<QueueCode>,
    /// For these reasons, where the caller's is known; none: for all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reasons: BTreeSet<ReasonCode>,
}

impl Takes {
    /// Do they take every call?
    pub fn is_all(&self) -> bool {
        self.queues.is_empty() && self.reasons.is_empty()
    }
}

/// A password's hash (PHC string). Never printed: a hash invites guessing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

impl PasswordHash {
    /// What stands in the place of a password for whoever signs in at the agency's own provider: no password fits it.
    pub fn provider() -> Self {
        Self("provider".to_owned())
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

impl Staff {
    /// This member as an actor.
    pub fn actor(&self) -> Actor {
        Actor::Staff { id: self.id, name: self.name.clone() }
    }

    /// Do they sign in at the agency's own provider, and only there?
    pub fn is_federated(&self) -> bool {
        self.password == PasswordHash::provider()
    }

    /// Were they given this right?
    pub fn has(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Do they have this role?
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

//! A pass: it opens one thing to whatever program holds its token, without a sign-in.

use crate::ids::{InquiryId, PassId, StaffId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whose pass it is: of the person of one inquiry, or of a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassOf {
    /// Of the person whose inquiry this is.
    Inquiry(InquiryId),
    /// Of this member of staff.
    Staff(StaffId),
}

impl PassOf {
    /// The bare identifier of either.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Inquiry(id) => id.uuid(),
            Self::Staff(id) => id.uuid(),
        }
    }

    /// The inquiry, if it is one's.
    pub const fn inquiry(self) -> Option<InquiryId> {
        match self {
            Self::Inquiry(id) => Some(id),
            Self::Staff(_) => None,
        }
    }
}

/// What a pass opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassFor {
    /// Everything that the person can read and do on their page, for a program of theirs.
    Program,
    /// The calendar of what is promised, to be read and no more.
    Calendar,
}

impl PassFor {
    /// Its stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Calendar => "calendar",
        }
    }

    /// How long it is good: an hour for what can do something; for a calendar a year, then somebody looks at it again.
    pub const fn lasts(self) -> SignedDuration {
        match self {
            Self::Program => SignedDuration::from_hours(1),
            Self::Calendar => SignedDuration::from_hours(24 * 366),
        }
    }
}

/// A pass. It never changes: it is made, and ends. Its holder has a random token; the store only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Which.
    pub id: PassId,
    /// SHA-256 of the token, hexadecimal.
    pub token_hash: String,
    /// Whose.
    pub of: PassOf,
    /// What it opens.
    pub what: PassFor,
    /// When it was made.
    pub since: Timestamp,
    /// When it ends whatever happens.
    pub until: Timestamp,
}

impl Pass {
    /// A pass as of now.
    pub fn begin(id: PassId, token_hash: String, of: PassOf, what: PassFor, now: Timestamp) -> Self {
        let until = now.saturating_add(what.lasts()).unwrap_or(Timestamp::MAX);
        Self { id, token_hash, of, what, since: now, until }
    }

    /// Is it good at `now`?
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_to_the_second_and_says_whose_it_is() {
        let now: Timestamp = "2026-11-27T18:00:00Z".parse().unwrap();
        let id = InquiryId::new(now, &[1; 10]);
        let of = PassOf::Inquiry(id);
        let pass = Pass::begin(PassId::new(now, &[2; 10]), "hash".to_owned(), of, PassFor::Program, now);
        assert!(pass.is_live(now) && pass.is_live(now + SignedDuration::from_mins(59)));
        assert!(!pass.is_live(now + SignedDuration::from_mins(60)));
        assert_eq!(pass.of.uuid(), id.uuid());
        let text = serde_json::to_string(&pass).unwrap();
        assert_eq!(serde_json::from_str::<Pass>(&text).unwrap(), pass, "{text}");
    }
}

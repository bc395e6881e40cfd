//! A member of staff's signed-in session.

use crate::{
    browser::Device,
    ids::{SessionId, StaffId},
    second::ProofKind,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A signed-in session. The browser holds a random token; the store only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Which session.
    pub id: SessionId,
    /// How many times the record has been written.
    pub version: u64,
    /// Whose.
    pub staff: StaffId,
    /// SHA-256 of the browser's token, hexadecimal.
    pub token_hash: String,
    /// When they signed in.
    pub since: Timestamp,
    /// When the session was last used (to the minute, so that reading a page is not a write).
    pub used: Timestamp,
    /// When it ends whatever happens.
    pub until: Timestamp,
    /// Set when a program holds the token, not a browser: an API token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<Program>,
    /// Of a browser's session: how it began and under which limits.
    #[serde(default)]
    pub browser: Browser,
}

/// How a browser's session began, and under which limits. What is left out was not known when it began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Browser {
    /// Which browser on which system, as far as a person wants to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// From which network, under the installation's key: two can be compared, and none can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// When its user last proved who they are, if that was after signing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proved: Option<Timestamp>,
    /// With what its user proved who they are, beside the password or instead of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<ProofKind>,
    /// It began at the agency's own provider: by what the session there is known again, empty when it has no name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// A second proof is required of its user, and they have none yet: until they have, it opens nothing else.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub must_enrol: bool,
    /// How many minutes it lasts without use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_minutes: Option<u16>,
}

/// How long sessions last, as an installation is told. What is under way keeps the limits it began under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// So many minutes without use.
    pub idle_minutes: u16,
    /// So many hours at most.
    pub longest_hours: u16,
    /// For so many minutes after a proof, dangerous acts ask for no further one.
    pub fresh_minutes: u16,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle_minutes: IDLE_MINUTES, longest_hours: LONGEST_HOURS, fresh_minutes: FRESH_MINUTES }
    }
}

/// A program that acts for a member of staff: within their roles, and within its scopes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// What its owner calls it.
    pub name: String,
    /// What it may do of what its member of staff may do.
    pub scopes: BTreeSet<Scope>,
    /// Who let it in: its member of staff, or whoever runs accounts. None: it was not written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffId>,
}

/// Whose sessions are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionsOf {
    /// A member of staff's: their browsers' and their programs'.
    Staff(StaffId),
    /// Everybody's programs'.
    Programs,
}

impl From<StaffId> for SessionsOf {
    fn from(staff: StaffId) -> Self {
        Self::Staff(staff)
    }
}

/// What a program may do. A program never may more than the member of staff it acts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Read inquiries and lists.
    Read,
    /// Take requests for a person.
    Request,
    /// Decide, promise, call, book: what operators and officers do.
    Work,
    /// Check in, call, serve: what an office does.
    Day,
    /// Read the journal.
    Journal,
    /// Import data.
    Import,
    /// Draft versions of policies and of the pack's files, and propose them.
    Policies,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 7] =
        [Self::Read, Self::Request, Self::Work, Self::Day, Self::Journal, Self::Import, Self::Policies];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Request => "request",
            Self::Work => "work",
            Self::Day => "day",
            Self::Journal => "journal",
            Self::Import => "import",
            Self::Policies => "policies",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == s)
    }
}

/// Whoever runs a program's token is warned so many days of 24 hours before it ends.
pub const ENDS_SOON_DAYS: i64 = 14;

/// How long a session lasts without use, unless the installation says otherwise (NIST SP 800-63B-4, 2.2.3: at most an hour).
pub const IDLE_MINUTES: u16 = 60;

/// How long a session lasts at most, unless the installation says otherwise: a shift.
pub const LONGEST_HOURS: u16 = 12;

/// How long a proof counts for dangerous acts, unless the installation says otherwise.
pub const FRESH_MINUTES: u16 = 15;

impl Session {
    /// When it ends if it is not used again. A program's token has no idle limit: programs sleep.
    pub fn ends(&self) -> Timestamp {
        if self.program.is_some() {
            return self.until;
        }
        self.used
            .checked_add(SignedDuration::from_mins(self.browser.idle_minutes.unwrap_or(IDLE_MINUTES).into()))
            .map_or(self.until, |idle| idle.min(self.until))
    }

    /// Is it still good?
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.ends()
    }

    /// Is it a program's, and so near its end that somebody should see to the next one?
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        let left = self.until.duration_since(now);
        self.program.is_some() && self.is_live(now) && left <= SignedDuration::from_hours(24 * ENDS_SOON_DAYS)
    }

    /// Has its user proved who they are within so many minutes?
    pub fn is_fresh(&self, minutes: u16, now: Timestamp) -> bool {
        let proved = self.browser.proved.unwrap_or(self.since);
        now.duration_since(proved) < SignedDuration::from_mins(minutes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{SessionId, StaffId};

    #[test]
    fn a_browser_idles_out_and_a_program_does_not() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut session = Session {
            id: SessionId::new(now, &[0; 10]),
            version: 1,
            staff: StaffId::new(now, &[0; 10]),
            token_hash: "h".into(),
            since: now,
            used: now,
            until: now + SignedDuration::from_hours(12),
            program: None,
            browser: Browser::default(),
        };
        let hours = |n| now + SignedDuration::from_hours(n);
        assert!(session.is_live(now) && !session.is_live(hours(1)));
        session.used = hours(11) + SignedDuration::from_mins(30);
        assert!(!session.is_live(hours(12)), "a shift is the longest");
        session.used = now;
        session.browser.idle_minutes = Some(20);
        let minutes = |n| now + SignedDuration::from_mins(n);
        assert!(session.is_live(minutes(19)) && !session.is_live(minutes(20)), "as short as it was told");
        assert!(session.is_fresh(15, minutes(14)) && !session.is_fresh(15, minutes(15)));
        session.browser.proved = Some(minutes(10));
        assert!(session.is_fresh(15, minutes(24)) && !session.is_fresh(15, minutes(25)));
        assert!(!session.ends_soon(now), "a browser's end is no surprise");
        session.program =
            Some(Program { name: "nightly export".into(), scopes: [Scope::Read].into(), by: None });
        session.used = now;
        assert!(session.is_live(hours(11)) && !session.is_live(hours(12)));
        session.until = now + SignedDuration::from_hours(24 * 15);
        assert!(!session.ends_soon(now) && session.ends_soon(hours(24)) && !session.ends_soon(session.until));
    }
}

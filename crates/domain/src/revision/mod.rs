//! A version of a policy, or of a file of the agency pack, that is made at the desk: drafted, judged, proposed, approved by another
//! person, in force from a day on.
//!
//! What it says is what would stand in the pack; whether that is good is not judged here. Days are the agency's own.

mod subject;

pub use subject::{NoPackFile, NoSubject, PackFile, Subject};

use crate::{actor::Actor, ids::RevisionId, journal::Happened};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 200_000;
/// The longest reason, in characters.
pub const LONGEST_BECAUSE: usize = 500;
/// The longest name of a version, in characters.
pub const LONGEST_NAME: usize = 40;

/// From when it is to be in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "kebab-case")]
pub enum Starts {
    /// From the beginning of this day of the agency.
    On {
        /// Which.
        day: Date,
    },
    /// From the moment at which it is approved.
    Now,
}

/// What somebody proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// From when.
    pub starts: Starts,
    /// Why; always there where it starts at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum RevisionStage {
    /// It is being written.
    Draft,
    /// It waits for another person.
    Proposed {
        /// What is proposed.
        proposal: Proposal,
    },
    /// It is in force from its day on.
    Approved {
        /// What was proposed.
        proposal: Proposal,
        /// Who approved it.
        by: Actor,
        /// When.
        at: Timestamp,
        /// The first day on which it is in force.
        from: Date,
    },
    /// It was approved, and taken back before its day.
    Withdrawn {
        /// What was proposed.
        proposal: Proposal,
        /// Who withdrew it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// The draft was given up.
    Dropped {
        /// Who gave it up.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}

impl RevisionStage {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed { .. } => "proposed",
            Self::Approved { .. } => "approved",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Dropped { .. } => "dropped",
        }
    }
}

/// What became of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevisionDid {
    /// A draft was begun.
    Begun,
    /// The draft was proposed.
    Proposed,
    /// The proposal is a draft again.
    TakenBack,
    /// Another person approved it: it is in force from its day on.
    Approved,
    /// It was taken back before its day.
    Withdrawn,
    /// The draft was given up.
    Dropped,
}

/// A version that is made at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Which.
    pub id: RevisionId,
    /// How many times the record has been written.
    pub version: u64,
    /// Of what: `policy` or `file`.
    #[serde(flatten)]
    pub subject: Subject,
    /// The version from which it began.
    pub began: String,
    /// What it says, as it would stand in the pack.
    pub text: String,
    /// What the version is called, once it is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Everybody who wrote it, each once.
    pub authors: Vec<Actor>,
    /// When it was begun.
    pub at: Timestamp,
    /// When it was last written.
    pub saved: Timestamp,
    /// How far it is.
    pub stage: RevisionStage,
}

/// What was read and judged of a text that is proposed or approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The text, with its first day written into it.
    pub text: String,
    /// What the version is called.
    pub name: String,
    /// SHA-256 of the text, hexadecimal.
    pub hash: String,
}

/// Why it cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevisionRefused {
    /// It is at another stage than this can be done at.
    #[error("it has moved on")]
    WrongStage,
    /// Somebody else wrote it meanwhile.
    #[error("it was written meanwhile")]
    Stale,
    /// The text is too long.
    #[error("the text is too long")]
    LongText,
    /// What was typed cannot be put into the text.
    #[error("this cannot be put into the table")]
    Unreadable,
    /// What has faults cannot be proposed.
    #[error("it has {n} faults")]
    Faults {
        /// How many.
        n: usize,
    },
    /// It says the same as the version in force.
    #[error("nothing is changed")]
    Unchanged,
    /// The version's name is no name.
    #[error("the version must be 1 to {LONGEST_NAME} letters, digits, points and dashes")]
    Name,
    /// Another version has the name.
    #[error("another version is called so")]
    NameInUse,
    /// The day is not in the future.
    #[error("the day has come")]
    Passed,
    /// What starts at once needs a reason.
    #[error("what starts at once needs a reason")]
    NoReason,
    /// The reason is too long.
    #[error("the reason is too long")]
    LongReason,
    /// Whoever wrote or proposed it does not approve it.
    #[error("another person must approve it")]
    SecondPerson,
    /// It is in force already.
    #[error("it is in force")]
    InForce,
}

impl RevisionRefused {
    /// The stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongStage => "wrong-stage",
            Self::Stale => "stale",
            Self::LongText => "long-text",
            Self::Unreadable => "unreadable",
            Self::Faults { .. } => "faults",
            Self::Unchanged => "unchanged",
            Self::Name => "name",
            Self::NameInUse => "name-in-use",
            Self::Passed => "passed",
            Self::NoReason => "no-reason",
            Self::LongReason => "long-reason",
            Self::SecondPerson => "second-person",
            Self::InForce => "in-force",
        }
    }
}

/// Is it a name of a version? It goes into addresses and the journal.
pub fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

impl Revision {
    /// Begins a draft with the text of another version.
    ///
    /// # Errors
    /// [`RevisionRefused::LongText`].
    pub fn begin(
        id: RevisionId,
        subject: Subject,
        began: String,
        text: String,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), RevisionRefused> {
        fits(&text)?;
        let (authors, stage) = (vec![by], RevisionStage::Draft);
        let draft =
            Self { id, version: 1, subject, began, text, name: None, authors, at: now, saved: now, stage };
        let happened = draft.did(RevisionDid::Begun, None, None);
        Ok((draft, happened))
    }

    fn did(&self, did: RevisionDid, from: Option<Date>, hash: Option<String>) -> Happened {
        let (revision, version) = (self.id, self.name.clone());
        match self.subject.clone() {
            Subject::Policy(policy) => Happened::PolicyRevised { revision, policy, did, version, from, hash },
            Subject::File(file) => Happened::FileRevised { revision, file, did, version, from, hash },
        }
    }

    fn next(&self, stage: RevisionStage) -> Self {
        Self { version: self.version + 1, stage, ..self.clone() }
    }

    /// Writes it anew. A draft is saved often, and each time by people who can be asked: only what becomes of it is journalled.
    ///
    /// # Errors
    /// [`RevisionRefused`].
    pub fn write(&self, text: String, by: Actor, now: Timestamp) -> Result<Self, RevisionRefused> {
        let RevisionStage::Draft = self.stage else { return Err(RevisionRefused::WrongStage) };
        fits(&text)?;
        let mut next = Self { text, saved: now, ..self.next(RevisionStage::Draft) };
        if !next.authors.iter().any(|author| author.same(&by)) {
            next.authors.push(by);
        }
        Ok(next)
    }

    /// Proposes it, with the text as it would be in force. `today` is the agency's.
    ///
    /// # Errors
    /// [`RevisionRefused`].
    pub fn propose(
        &self,
        named: Named,
        starts: Starts,
        because: Option<String>,
        today: Date,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), RevisionRefused> {
        let RevisionStage::Draft = self.stage else { return Err(RevisionRefused::WrongStage) };
        let because = because.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
        match starts {
            Starts::On { day } if day <= today => return Err(RevisionRefused::Passed),
            Starts::Now if because.is_none() => return Err(RevisionRefused::NoReason),
            Starts::On { .. } | Starts::Now => {}
        }
        if because.as_ref().is_some_and(|why| why.chars().count() > LONGEST_BECAUSE) {
            return Err(RevisionRefused::LongReason);
        }
        let Named { text, name, hash } = named;
        fits(&text)?;
        if !is_name(&name) {
            return Err(RevisionRefused::Name);
        }
        let proposal = Proposal { starts, because, by, at: now };
        let next = Self { text, name: Some(name), ..self.next(RevisionStage::Proposed { proposal }) };
        let day = match starts {
            Starts::On { day } => Some(day),
            Starts::Now => None,
        };
        let happened = next.did(RevisionDid::Proposed, day, Some(hash));
        Ok((next, happened))
    }

    /// Makes a draft of a proposal again.
    ///
    /// # Errors
    /// [`RevisionRefused::WrongStage`].
    pub fn take_back(&self) -> Result<(Self, Happened), RevisionRefused> {
        let RevisionStage::Proposed { .. } = self.stage else { return Err(RevisionRefused::WrongStage) };
        let happened = self.did(RevisionDid::TakenBack, None, None);
        Ok((Self { name: None, ..self.next(RevisionStage::Draft) }, happened))
    }

    /// The first day on which it would be in force, were it approved today; none where it is no proposal.
    pub const fn would_start(&self, today: Date) -> Option<Date> {
        match &self.stage {
            RevisionStage::Proposed { proposal: Proposal { starts: Starts::On { day }, .. } } => Some(*day),
            RevisionStage::Proposed { proposal: Proposal { starts: Starts::Now, .. } } => Some(today),
            _ => None,
        }
    }

    /// May this person approve it? Whoever wrote or proposed it may not.
    pub fn is_second(&self, by: &Actor) -> bool {
        let RevisionStage::Proposed { proposal } = &self.stage else { return false };
        !proposal.by.same(by) && !self.authors.iter().any(|author| author.same(by))
    }

    /// Approves it, with the text as it is in force from then on.
    ///
    /// # Errors
    /// [`RevisionRefused`].
    pub fn approve(
        &self,
        named: Named,
        today: Date,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), RevisionRefused> {
        let RevisionStage::Proposed { proposal } = &self.stage else {
            return Err(RevisionRefused::WrongStage);
        };
        if !self.is_second(&by) {
            return Err(RevisionRefused::SecondPerson);
        }
        let from = match proposal.starts {
            Starts::On { day } if day <= today => return Err(RevisionRefused::Passed),
            Starts::On { day } => day,
            Starts::Now => today,
        };
        let Named { text, name, hash } = named;
        let stage = RevisionStage::Approved { proposal: proposal.clone(), by, at: now, from };
        let next = Self { text, name: Some(name), ..self.next(stage) };
        let happened = next.did(RevisionDid::Approved, Some(from), Some(hash));
        Ok((next, happened))
    }

    /// Takes an approved version back before its day.
    ///
    /// # Errors
    /// [`RevisionRefused::InForce`] from its day on, [`RevisionRefused::WrongStage`].
    pub fn withdraw(
        &self,
        today: Date,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), RevisionRefused> {
        let RevisionStage::Approved { proposal, from, .. } = &self.stage else {
            return Err(RevisionRefused::WrongStage);
        };
        if *from <= today {
            return Err(RevisionRefused::InForce);
        }
        let happened = self.did(RevisionDid::Withdrawn, Some(*from), None);
        let stage = RevisionStage::Withdrawn { proposal: proposal.clone(), by, at: now };
        Ok((self.next(stage), happened))
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// [`RevisionRefused::WrongStage`].
    pub fn give_up(&self, by: Actor, now: Timestamp) -> Result<(Self, Happened), RevisionRefused> {
        let RevisionStage::Draft = self.stage else { return Err(RevisionRefused::WrongStage) };
        let happened = self.did(RevisionDid::Dropped, None, None);
        Ok((self.next(RevisionStage::Dropped { by, at: now }), happened))
    }

    /// Is it in force, or will be?
    pub const fn stands(&self) -> bool {
        matches!(self.stage, RevisionStage::Approved { .. })
    }

    /// The name that no other version of the same may have: of what is proposed or approved.
    pub fn taken_name(&self) -> Option<&str> {
        match self.stage {
            RevisionStage::Proposed { .. } | RevisionStage::Approved { .. } => self.name.as_deref(),
            _ => None,
        }
    }
}

const fn fits(text: &str) -> Result<(), RevisionRefused> {
    if text.len() > LONGEST_TEXT { Err(RevisionRefused::LongText) } else { Ok(()) }
}

#[cfg(test)]
mod tests;

//! Versions of policies and of the pack's files as they stand: which is in force, which come, what each says.

use crate::{Caller, Desk, DeskError, OWN_VERSION};
use domain::{
    access::Action,
    decision::DecisionKind,
    ids::RevisionId,
    revision::{Revision, RevisionStage, Subject},
};
use jiff::{Timestamp, civil::Date};
use pack::text_hash;
use triage::{Mark, lines};

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// Its day is to come.
    ToCome,
    /// It is in force.
    InForce,
    /// Another is in force instead.
    Past,
}

impl Stands {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToCome => "to-come",
            Self::InForce => "in-force",
            Self::Past => "past",
        }
    }
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it is called; [`OWN_VERSION`] for a file as it stands in the folder.
    pub name: String,
    /// From which day on; none for a file as it stands in the folder.
    pub from: Option<Date>,
    /// How it stands today.
    pub stands: Stands,
    /// Which record it is, if it was made at the desk.
    pub made: Option<RevisionId>,
    /// SHA-256 of its text, hexadecimal.
    pub hash: String,
}

/// Every version of a policy or of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Of what.
    pub of: Subject,
    /// What comes last, first.
    pub all: Vec<Version>,
}

/// A line that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// Is it in the new text, or was it in the old?
    pub new: bool,
    /// Its number there, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

impl Desk {
    /// Every policy and every file that can be changed, with its versions.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn versions(&self, caller: &Caller) -> Result<Vec<Versions>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        let today = self.today(caller.now);
        let standing = self.standing_revisions(caller).await?;
        let policies = DecisionKind::ALL.into_iter().map(|kind| self.policy_versions(kind, today));
        let files = self.pack.editable().into_iter().map(|file| {
            let of = Subject::File(file);
            let made = standing.iter().filter(|one| one.subject == of);
            let all = self.file_versions(&of, made, today);
            Versions { of, all }
        });
        Ok(policies.chain(files).collect())
    }

    fn policy_versions(&self, kind: DecisionKind, today: Date) -> Versions {
        let set = self.pack.policies(kind);
        let in_force = set.and_then(|set| set.in_force(today)).map(triage::Policy::version);
        let all = set.into_iter().flat_map(|set| set.versions().rev()).map(|policy| Version {
            name: policy.version().to_owned(),
            from: Some(policy.effective()),
            stands: match in_force {
                Some(name) if name == policy.version() => Stands::InForce,
                _ if policy.effective() > today => Stands::ToCome,
                _ => Stands::Past,
            },
            made: self.pack.made_at_desk(kind, policy.version()),
            hash: policy.hash().to_owned(),
        });
        Versions { of: Subject::Policy(kind), all: all.collect() }
    }

    fn file_versions<'a>(
        &self,
        of: &Subject,
        made: impl Iterator<Item = &'a Revision>,
        today: Date,
    ) -> Vec<Version> {
        let Some(file) = of.file() else { return Vec::new() };
        let in_force = self.pack.file_made_at_desk(file);
        let mut made: Vec<_> = made
            .filter_map(|one| match &one.stage {
                RevisionStage::Approved { from, at, .. } => Some(((*from, *at, one.id), one)),
                _ => None,
            })
            .collect();
        made.sort_by_key(|(came, _)| *came);
        let version = |((from, _, id), one): &((Date, Timestamp, RevisionId), &Revision)| Version {
            name: one.name.clone().unwrap_or_default(),
            from: Some(*from),
            stands: match in_force {
                Some(this) if this == *id => Stands::InForce,
                _ if *from > today => Stands::ToCome,
                _ => Stands::Past,
            },
            made: Some(*id),
            hash: text_hash(&one.text),
        };
        let own = self.pack.own_file(file).map(|text| Version {
            name: OWN_VERSION.to_owned(),
            from: None,
            stands: if in_force.is_none() { Stands::InForce } else { Stands::Past },
            made: None,
            hash: text_hash(text),
        });
        made.iter().rev().map(version).chain(own).collect()
    }

    /// What a version says.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn version_text(&self, caller: &Caller, of: &Subject, name: &str) -> Result<String, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        match of {
            Subject::Policy(kind) => {
                let policy = self.pack.policies(*kind).and_then(|set| set.version(name));
                policy.map(|policy| policy.text().to_owned()).ok_or(DeskError::NotFound)
            }
            Subject::File(file) => self.file_version(caller, file, name).await,
        }
    }

    /// The lines in which a draft differs from what is in force, in the order of both texts.
    pub fn changed_lines(&self, revision: &Revision, now: Timestamp) -> Vec<ChangedLine> {
        let before = match &revision.subject {
            Subject::Policy(kind) => self.pack.policy(*kind, self.today(now)).map(triage::Policy::text),
            Subject::File(file) => self.pack.file_text(file),
        };
        let (mut old, mut new, mut changed) = (0, 0, Vec::new());
        for (mark, text) in lines(before.unwrap_or_default(), &revision.text) {
            old += usize::from(mark != Mark::New);
            new += usize::from(mark != Mark::Gone);
            let line = match mark {
                Mark::Same => continue,
                Mark::Gone => old,
                Mark::New => new,
            };
            changed.push(ChangedLine { new: mark == Mark::New, line, text: text.to_owned() });
        }
        changed
    }
}

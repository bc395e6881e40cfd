//! Versions of policies and of the pack's files: what programs say, and what they are shown.

use crate::scalar::{Day, FileText, Id, Sentence, VersionName, When};
use desk::{ChangedLine, Judged, Version, Versions};
use domain::{
    actor::Actor,
    decision::DecisionKind,
    ids::RevisionId,
    revision::{PackFile, Revision, RevisionStage, Starts, Subject},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A policy or a file, as an address names it.
pub(crate) fn subject(slug: &str) -> Option<Subject> {
    let policy = DecisionKind::ALL.into_iter().find(|kind| kind.as_str() == slug).map(Subject::Policy);
    policy.or_else(|| PackFile::from_slug(slug).map(Subject::File))
}

fn slug(of: &Subject) -> String {
    match of {
        Subject::Policy(kind) => kind.as_str().to_owned(),
        Subject::File(file) => file.slug(),
    }
}

/// One version.
#[derive(Debug, Serialize, ToSchema)]
struct VersionShown {
    /// What it is called; `pack` for a file as it stands in the folder.
    #[schema(example = "2026-01")]
    name: String,
    /// From which day of the agency on.
    #[schema(value_type = Option<Day>)]
    from: Option<Date>,
    /// `in-force`, `to-come` or `past`.
    #[schema(example = "in-force")]
    stands: &'static str,
    /// Which draft it was, if it was made at the desk.
    #[schema(value_type = Option<Id>)]
    made: Option<Uuid>,
    /// SHA-256 of its text.
    hash: String,
}

impl VersionShown {
    fn of(version: &Version) -> Self {
        Self {
            name: version.name.clone(),
            from: version.from,
            stands: version.stands.as_str(),
            made: version.made.map(RevisionId::uuid),
            hash: version.hash.clone(),
        }
    }
}

/// A policy or a file with its versions.
#[derive(Debug, Serialize, ToSchema)]
struct VersionsShown {
    /// As its address has it: a policy, or a file such as `reasons` or `prompts-en`.
    #[schema(example = "need")]
    subject: String,
    /// What comes last, first.
    versions: Vec<VersionShown>,
}

/// Every policy and file that can be changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionList {
    subjects: Vec<VersionsShown>,
}

impl VersionList {
    pub(crate) fn of(all: &[Versions]) -> Self {
        let shown = |one: &Versions| VersionsShown {
            subject: slug(&one.of),
            versions: one.all.iter().map(VersionShown::of).collect(),
        };
        Self { subjects: all.iter().map(shown).collect() }
    }
}

/// What a version says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionText {
    pub(crate) subject: String,
    pub(crate) name: String,
    /// As it stands, or would stand, in the pack's folder.
    pub(crate) text: String,
}

/// A draft to be begun.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginDraft {
    /// The version with whose text it begins.
    pub(crate) from: VersionName,
}

/// A draft written anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteDraft {
    pub(crate) text: FileText,
}

/// What is proposed of a draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeDraft {
    /// What the version is to be called.
    pub(crate) name: VersionName,
    /// From the beginning of this day of the agency; without it from the moment at which it is approved.
    pub(crate) from: Option<Day>,
    /// Why; needed where it starts at once.
    pub(crate) because: Option<Sentence>,
}

impl ProposeDraft {
    pub(crate) fn proposal(&self) -> desk::acts::Propose {
        desk::acts::Propose {
            name: self.name.as_str().to_owned(),
            starts: self.from.as_ref().map_or(Starts::Now, |day| Starts::On { day: day.0 }),
            because: self.because.as_ref().map(|because| because.as_str().to_owned()),
        }
    }
}

fn who(actor: &Actor) -> String {
    match actor {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person => "person".to_owned(),
        Actor::Delegate { nth } => format!("delegate {nth}"),
        Actor::System { part } => part.clone(),
    }
}

/// A version that is made at the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftShown {
    #[schema(value_type = Id)]
    id: Uuid,
    /// Its tag for `If-Match`.
    version: u64,
    #[schema(example = "need")]
    subject: String,
    /// The version with whose text it began.
    began: String,
    /// What it is called, once it is proposed.
    name: Option<String>,
    /// `draft`, `proposed`, `approved`, `withdrawn` or `dropped`.
    #[schema(example = "draft")]
    stage: &'static str,
    /// From which day it is to be in force; none at once, or while nothing is proposed.
    #[schema(value_type = Option<Day>)]
    from: Option<Date>,
    /// Why it is proposed.
    because: Option<String>,
    /// Who wrote it.
    authors: Vec<String>,
    /// When it was last written.
    #[schema(value_type = When)]
    saved: Timestamp,
}

impl DraftShown {
    pub(crate) fn of(one: &Revision) -> Self {
        let proposal = match &one.stage {
            RevisionStage::Proposed { proposal }
            | RevisionStage::Approved { proposal, .. }
            | RevisionStage::Withdrawn { proposal, .. } => Some(proposal),
            RevisionStage::Draft | RevisionStage::Dropped { .. } => None,
        };
        let from = match (&one.stage, proposal.map(|proposal| proposal.starts)) {
            (RevisionStage::Approved { from, .. }, _) => Some(*from),
            (_, Some(Starts::On { day })) => Some(day),
            _ => None,
        };
        Self {
            id: one.id.uuid(),
            version: one.version,
            subject: slug(&one.subject),
            began: one.began.clone(),
            name: one.name.clone(),
            stage: one.stage.as_str(),
            from,
            because: proposal.and_then(|proposal| proposal.because.clone()),
            authors: one.authors.iter().map(who).collect(),
            saved: one.saved,
        }
    }
}

/// Drafts and proposals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftList {
    pub(crate) drafts: Vec<DraftShown>,
}

/// A version that is made at the desk, with what it says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftWhole {
    #[serde(flatten)]
    pub(crate) draft: DraftShown,
    pub(crate) text: String,
}

/// A line that is different.
#[derive(Debug, Serialize, ToSchema)]
struct LineChanged {
    /// Is it in the draft, or in what is in force?
    new: bool,
    /// Its number there, from 1.
    line: usize,
    text: String,
}

/// In what a draft differs from what is in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceShown {
    lines: Vec<LineChanged>,
}

impl DifferenceShown {
    pub(crate) fn of(lines: Vec<ChangedLine>) -> Self {
        let shown = |one: ChangedLine| LineChanged { new: one.new, line: one.line, text: one.text };
        Self { lines: lines.into_iter().map(shown).collect() }
    }
}

/// What the linter says of a draft, with the pack as a whole. Sentences are in English.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JudgedShown {
    /// What keeps it from being proposed, each with its line.
    faults: Vec<String>,
    /// What deserves a look.
    warnings: Vec<String>,
    /// Of a part of the call flow: what comes out of the example calls otherwise than they say.
    calls: Vec<String>,
}

impl JudgedShown {
    pub(crate) fn of(judged: &Judged) -> Self {
        let calls = judged.calls.iter().filter_map(|calls| calls.as_ref().err()).flatten();
        Self {
            faults: judged.faults.iter().map(ToString::to_string).collect(),
            warnings: judged.warnings.iter().map(ToString::to_string).collect(),
            calls: calls.map(ToString::to_string).collect(),
        }
    }
}

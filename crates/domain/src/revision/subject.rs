//! What a version is a version of: a policy, or a file of the agency pack.

use crate::{decision::DecisionKind, text::Lang};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest name of a file of example calls.
const LONGEST_CALLS: usize = 40;

/// What a version is a version of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A policy.
    Policy(DecisionKind),
    /// A file of the agency pack.
    File(PackFile),
}

impl Subject {
    /// The stable name: the policy's, or the path of the file.
    pub fn name(&self) -> String {
        match self {
            Self::Policy(kind) => kind.as_str().to_owned(),
            Self::File(file) => file.to_string(),
        }
    }

    /// Which policy, if one.
    pub const fn policy(&self) -> Option<DecisionKind> {
        match self {
            Self::Policy(kind) => Some(*kind),
            Self::File(_) => None,
        }
    }

    /// Which file, if one.
    pub const fn file(&self) -> Option<&PackFile> {
        match self {
            Self::Policy(_) => None,
            Self::File(file) => Some(file),
        }
    }
}

/// It is neither a policy nor a file that can be changed at the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("neither a policy nor a file that can be changed at the desk")]
pub struct NoSubject;

impl FromStr for Subject {
    type Err = NoSubject;

    fn from_str(name: &str) -> Result<Self, NoSubject> {
        let policy = DecisionKind::ALL.into_iter().find(|kind| kind.as_str() == name);
        policy.map(Self::Policy).or_else(|| name.parse().map(Self::File).ok()).ok_or(NoSubject)
    }
}

/// A file of the agency pack that can be changed at the desk.
///
/// Who the agency is (`pack.toml`) is changed in the folder alone; tables of ZIP codes are imported, as lists of offices can be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PackFile {
    /// What a caller hears and can do.
    CallFlow,
    /// The prompts of the line in a language.
    Prompts(Lang),
    /// Example calls, by the name of their file.
    Calls(String),
    /// When the line is open, and the rules around calls and visits.
    Line,
    /// Why people come, what they are asked, what they bring.
    Reasons,
    /// When offices are open, and how many people they can see.
    Offices,
    /// Which offices there are, where, by which plan, and until when people choose their own time there.
    OfficeList,
    /// The holidays.
    Holidays,
    /// How long records are kept.
    Retention,
    /// The agency's own wording of messages to the person, in a language.
    Notices(Lang),
}

/// It is no file that can be changed at the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no file that can be changed at the desk")]
pub struct NoPackFile;

impl PackFile {
    /// What kind of file it is.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::CallFlow => "callflow",
            Self::Prompts(_) => "prompts",
            Self::Calls(_) => "calls",
            Self::Line => "line",
            Self::Reasons => "reasons",
            Self::Offices => "offices",
            Self::OfficeList => "office-list",
            Self::Holidays => "holidays",
            Self::Retention => "retention",
            Self::Notices(_) => "notices",
        }
    }

    /// Which of its kind: a language, or the name of a file of example calls.
    pub fn which(&self) -> Option<&str> {
        match self {
            Self::Prompts(lang) | Self::Notices(lang) => Some(lang.as_str()),
            Self::Calls(name) => Some(name),
            _ => None,
        }
    }

    /// As one part of an address: `reasons`, `prompts-en`.
    pub fn slug(&self) -> String {
        match self.which() {
            Some(which) => format!("{}-{which}", self.kind()),
            None => self.kind().to_owned(),
        }
    }

    /// The file that [`PackFile::slug`] names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        if slug == Self::OfficeList.kind() {
            return Some(Self::OfficeList);
        }
        match slug.split_once('-') {
            Some((kind @ ("prompts" | "notices"), lang)) => format!("{kind}/{lang}.ftl").parse().ok(),
            Some(("calls", name)) => format!("calls/{name}.toml").parse().ok(),
            _ => format!("{slug}.toml").parse().ok(),
        }
    }

    /// Is it a part of the telephone line's call flow?
    pub const fn is_of_call_flow(&self) -> bool {
        matches!(self, Self::CallFlow | Self::Prompts(_) | Self::Calls(_))
    }
}

/// The path in the pack's folder.
impl fmt::Display for PackFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prompts(lang) | Self::Notices(lang) => write!(f, "{}/{lang}.ftl", self.kind()),
            Self::Calls(name) => write!(f, "calls/{name}.toml"),
            Self::OfficeList => f.write_str("offices.csv"),
            plain => write!(f, "{}.toml", plain.kind()),
        }
    }
}

impl FromStr for PackFile {
    type Err = NoPackFile;

    fn from_str(path: &str) -> Result<Self, NoPackFile> {
        let within = |folder: &str, end: &str| path.strip_prefix(folder)?.strip_suffix(end);
        if let Some(lang) = within("prompts/", ".ftl") {
            return lang.parse().map(Self::Prompts).map_err(|_| NoPackFile);
        }
        if let Some(lang) = within("notices/", ".ftl") {
            return lang.parse().map(Self::Notices).map_err(|_| NoPackFile);
        }
        if let Some(name) = within("calls/", ".toml") {
            let good = (1..=LONGEST_CALLS).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            return good.then(|| Self::Calls(name.to_owned())).ok_or(NoPackFile);
        }
        let plain = [
            Self::CallFlow,
            Self::Line,
            Self::Reasons,
            Self::Offices,
            Self::OfficeList,
            Self::Holidays,
            Self::Retention,
        ];
        plain.into_iter().find(|file| file.to_string() == path).ok_or(NoPackFile)
    }
}

impl TryFrom<String> for PackFile {
    type Error = NoPackFile;

    fn try_from(path: String) -> Result<Self, NoPackFile> {
        path.parse()
    }
}

impl From<PackFile> for String {
    fn from(file: PackFile) -> Self {
        file.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_path_and_in_addresses() {
        for (path, slug) in [
            ("callflow.toml", "callflow"),
            ("line.toml", "line"),
            ("reasons.toml", "reasons"),
            ("offices.toml", "offices"),
            ("offices.csv", "office-list"),
            ("holidays.toml", "holidays"),
            ("retention.toml", "retention"),
            ("prompts/es.ftl", "prompts-es"),
            ("notices/en.ftl", "notices-en"),
            ("calls/nothing-free.toml", "calls-nothing-free"),
        ] {
            let file: PackFile = path.parse().unwrap();
            assert_eq!((file.to_string().as_str(), file.slug().as_str()), (path, slug));
            assert_eq!(PackFile::from_slug(slug), Some(file));
        }
    }

    #[test]
    fn a_subject_is_read_by_its_name() {
        for subject in [Subject::Policy(DecisionKind::Fit), Subject::File(PackFile::Line)] {
            assert_eq!(subject.name().parse(), Ok(subject));
        }
        assert_eq!("pack.toml".parse::<Subject>(), Err(NoSubject));
    }

    #[test]
    fn nothing_else_is_one() {
        for path in [
            "pack.toml",
            "zips.csv",
            "prompts/../x.ftl",
            "prompts/E.ftl",
            "calls/a/b.toml",
            "calls/.toml",
            "",
        ] {
            assert_eq!(path.parse::<PackFile>(), Err(NoPackFile), "{path}");
        }
        for slug in ["pack", "prompts", "prompts-", "calls-a/b", "policy-need", ""] {
            assert_eq!(PackFile::from_slug(slug), None, "{slug}");
        }
    }
}

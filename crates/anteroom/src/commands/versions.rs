//! `anteroom versions list` and `export`. Both only read, also while a server runs on the store.

use crate::{args::Installation, fault::Faults, say};
use domain::revision::{Revision, RevisionStage, Subject};
use jiff::{Timestamp, civil::Date};
use std::io::{self, Write};
use store::{Revisions, columns::LONGEST_PAGE};

/// Lists every approved version.
pub async fn list(which: &Installation) -> Result<(), Faults> {
    lines(&approved(which).await?).into_iter().for_each(say::line);
    Ok(())
}

/// Writes the text of one version.
pub async fn export(which: &Installation, what: &Subject, name: Option<&str>) -> Result<(), Faults> {
    let approved = approved(which).await?;
    let version = wanted(&approved, what, name).ok_or_else(|| match name {
        Some(name) => Faults::one(format!("no approved version of {} is called {name}", what.name())),
        None => Faults::one(format!("no version of {} was made at the desk and approved", what.name())),
    })?;
    let mut out = io::stdout().lock();
    out.write_all(version.text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Every approved version, in the order in which they follow each other.
async fn approved(which: &Installation) -> Result<Vec<Revision>, Faults> {
    let store = which.read()?.store.at.look().await?;
    let approved = store.revisions(Revisions::Standing, LONGEST_PAGE).await;
    store.close().await;
    let mut approved = approved?;
    approved.sort_by_key(|one| (one.subject.clone(), begins(one), one.id));
    Ok(approved)
}

/// Its first day, and when it was approved.
const fn begins(version: &Revision) -> Option<(Date, Timestamp)> {
    match &version.stage {
        RevisionStage::Approved { from, at, .. } => Some((*from, *at)),
        _ => None,
    }
}

fn lines(approved: &[Revision]) -> Vec<String> {
    let line = |one: &Revision| {
        let from = begins(one).map_or_else(String::new, |(day, _)| day.to_string());
        let name = one.name.as_deref().unwrap_or_default();
        let hash = pack::text_hash(&one.text);
        format!("{} {name} from {from} sha256 {hash}", one.subject.name())
    };
    approved.iter().map(line).collect()
}

/// The version that is called so, or the one that begins last.
fn wanted<'a>(approved: &'a [Revision], what: &Subject, name: Option<&str>) -> Option<&'a Revision> {
    let mut of = approved.iter().filter(|one| one.subject == *what);
    match name {
        Some(name) => of.find(|one| one.name.as_deref() == Some(name)),
        None => of.next_back(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        actor::Actor,
        ids::RevisionId,
        revision::{Named, PackFile, Starts},
    };
    use jiff::civil::date;

    fn version(name: &str, subject: Subject) -> Revision {
        let at = Timestamp::UNIX_EPOCH;
        let named = || Named { text: format!("# {name}\n"), name: name.into(), hash: "00".into() };
        let (a, b, today) = (Actor::system("a"), Actor::system("b"), date(2027, 1, 3));
        let id = RevisionId::new(at, &[1; 10]);
        let (draft, _) = Revision::begin(id, subject, "pack".into(), String::new(), a.clone(), at).unwrap();
        let on = Starts::On { day: date(2027, 1, 4) };
        let (proposal, _) = draft.propose(named(), on, None, today, a, at).unwrap();
        proposal.approve(named(), today, b, at).unwrap().0
    }

    #[test]
    fn versions_are_listed_and_found() {
        let file = Subject::File(PackFile::Reasons);
        let all = [version("one", file.clone()), version("two", file.clone())];
        let lines = lines(&all);
        assert!(lines[0].starts_with("reasons.toml one from 2027-01-04 sha256 "), "{lines:?}");
        assert_eq!(wanted(&all, &file, None).map(|one| one.text.as_str()), Some("# two\n"));
        assert_eq!(wanted(&all, &file, Some("one")).map(|one| one.text.as_str()), Some("# one\n"));
        assert_eq!(wanted(&all, &file, Some("three")), None);
        assert_eq!(wanted(&all, &Subject::File(PackFile::Line), None), None);
    }
}

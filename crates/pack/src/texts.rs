//! Versions of the pack's files that are made at the desk, laid over those of the folder.

use crate::{
    LeftOut, Pack,
    fault::{Fault, Findings, Place, Source, Warning},
    files::Files,
    load,
    overlay::with_tables,
    table::Table as Csv,
};
use domain::{
    ids::RevisionId,
    imported::Imported,
    revision::{PackFile, Revision, RevisionStage, Subject},
};
use jiff::{Timestamp, civil::Date};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};
use toml::de::{DeTable, DeValue};

/// When the newest version of a file does not fit, so many before it are tried.
const TRIED: usize = 8;

/// A version that lies over a file of the folder.
#[derive(Debug, Clone)]
struct Laid {
    revision: RevisionId,
    name: Arc<str>,
    text: Arc<str>,
}

/// What lies over the files of the folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    laid: BTreeMap<PackFile, Laid>,
    /// What the reasons were before, the newest first.
    pub(crate) earlier: Vec<Arc<str>>,
}

impl Texts {
    /// Files with these over them.
    pub(crate) fn over(&self, mut files: Files) -> Files {
        for (file, laid) in &self.laid {
            files.insert(file.to_string(), laid.text.as_bytes());
        }
        files
    }
}

/// An approved version whose day has come.
#[derive(Clone, Copy)]
struct Come<'a> {
    from: Date,
    at: Timestamp,
    file: &'a PackFile,
    revision: &'a Revision,
}

impl Come<'_> {
    fn laid(&self) -> Laid {
        let name = self.revision.name.as_deref().unwrap_or_default().into();
        Laid { revision: self.revision.id, name, text: self.revision.text.as_str().into() }
    }
}

/// The approved versions whose day has come, in the order in which they came into force.
fn come(revisions: &[Revision], today: Date) -> Vec<Come<'_>> {
    let mut come: Vec<Come<'_>> = revisions
        .iter()
        .filter_map(|revision| match (&revision.subject, &revision.stage) {
            (Subject::File(file), RevisionStage::Approved { from, at, .. }) if *from <= today => {
                Some(Come { from: *from, at: *at, file, revision })
            }
            _ => None,
        })
        .collect();
    come.sort_by_key(|one| (one.from, one.at, one.revision.id));
    come
}

/// The last few of each file, in the same order.
fn last_of_each<'a>(come: &[Come<'a>]) -> Vec<Come<'a>> {
    let mut of: BTreeMap<&PackFile, usize> = BTreeMap::new();
    let mut last: Vec<Come<'a>> = come
        .iter()
        .rev()
        .filter(|one| {
            let n = of.entry(one.file).or_default();
            *n += 1;
            *n <= TRIED
        })
        .copied()
        .collect();
    last.reverse();
    last
}

/// Files with what is kept over them: imported tables, and of each file the newest version whose day has come and that fits. A version
/// that does not, and is newer than the one in force, is told.
pub(crate) fn lay(
    base: &Arc<Files>,
    tables: &[Imported],
    revisions: &[Revision],
    today: Date,
) -> Result<(Pack, Vec<Warning>, Vec<LeftOut>), Vec<Fault>> {
    let come = come(revisions, today);
    let files = with_tables(Files::clone(base), tables);
    if come.is_empty() {
        let (pack, warnings) = load::load_over(&files, Arc::clone(base), &[])?;
        return Ok((pack, warnings, Vec::new()));
    }
    let reasons = come.iter().rev().filter(|one| *one.file == PackFile::Reasons);
    let earlier: Vec<Arc<str>> = reasons
        .map(|one| one.revision.text.as_str().into())
        .chain(base.text("reasons.toml").ok().flatten().map(Arc::from))
        .collect();
    // The newest of each, all at once: nearly always they fit.
    let newest: BTreeMap<&PackFile, Come<'_>> = come.iter().map(|one| (one.file, *one)).collect();
    let texts = |of: BTreeMap<&PackFile, Come<'_>>| Texts {
        laid: of.into_iter().map(|(file, one)| (file.clone(), one.laid())).collect(),
        earlier: earlier.clone(),
    };
    let sound = newest.values().all(|one| refused(base, one.file, &one.revision.text).is_none());
    let all = texts(newest);
    if sound
        && let Ok((mut pack, warnings)) =
            load::load_over(&all.over(files.clone()), Arc::clone(base), &earlier)
    {
        pack.made.texts = all;
        return Ok((pack, warnings, Vec::new()));
    }
    one_by_one(base, files, &last_of_each(&come), &earlier, texts)
}

/// Lays each over the ones before it, and leaves out what does not fit there.
fn one_by_one<'a>(
    base: &Arc<Files>,
    mut files: Files,
    come: &[Come<'a>],
    earlier: &[Arc<str>],
    texts: impl Fn(BTreeMap<&'a PackFile, Come<'a>>) -> Texts,
) -> Result<(Pack, Vec<Warning>, Vec<LeftOut>), Vec<Fault>> {
    // A table may rest on a version: that the files do not fit without it is not said yet.
    let mut last = load::load_over(&files, Arc::clone(base), earlier);
    let mut laid: BTreeMap<&PackFile, (usize, Come<'_>)> = BTreeMap::new();
    let mut out = Vec::new();
    for (n, one) in come.iter().enumerate() {
        let mut next = files.clone();
        next.insert(one.file.to_string(), one.revision.text.as_bytes());
        let judged = match refused(base, one.file, &one.revision.text) {
            Some(fault) => Err(vec![fault]),
            None => load::load_over(&next, Arc::clone(base), earlier),
        };
        match judged {
            Ok(loaded) => {
                (files, last) = (next, Ok(loaded));
                laid.insert(one.file, (n, *one));
            }
            Err(faults) => out.push((n, one, faults)),
        }
    }
    let (mut pack, warnings) = last?;
    let left_out = out
        .into_iter()
        .filter(|(n, one, _)| laid.get(one.file).is_none_or(|(in_force, _)| in_force < n))
        .map(|(_, one, faults)| LeftOut {
            revision: one.revision.id,
            subject: one.revision.subject.clone(),
            name: one.revision.name.clone().unwrap_or_default(),
            faults,
        })
        .collect();
    pack.made.texts = texts(laid.into_iter().map(|(file, (_, one))| (file, one)).collect());
    Ok((pack, warnings, left_out))
}

/// What a version may not do, whatever else fits.
fn refused(base: &Files, file: &PackFile, text: &str) -> Option<Fault> {
    match file {
        PackFile::Line => other_zone(base, text),
        PackFile::OfficeList => lost_office(base.text("offices.csv").ok().flatten()?, text),
        _ => None,
    }
}

/// Inquiries, visits and letters name an office, and its ZIP codes lead to another only where that is said.
fn lost_office(before: &str, text: &str) -> Option<Fault> {
    let (file, mut found) = ("offices.csv", Findings::default());
    let mut codes = |text| {
        let mut codes = Vec::new();
        let mut table = Csv::open(Source { file, text }, &["code"], &mut found)?;
        while let Some(row) = table.next_row(&mut found) {
            codes.push(row.get("code").to_owned());
        }
        Some(codes)
    };
    let (before, now) = (codes(before)?, codes(text)?);
    let lost = before.into_iter().find(|code| !now.contains(code))?;
    let says = format!(
        "office {lost} is missing: one that closes is retired by importing a list of offices that says who takes over"
    );
    Some(Fault { at: Place::file(file), says })
}

/// Days begin by the line's zone, and with them versions: a version cannot change it.
fn other_zone(base: &Files, text: &str) -> Option<Fault> {
    let own = base.text("line.toml").ok().flatten().and_then(zone).map(|(zone, _)| zone)?;
    let (zone, span) = zone(text)?;
    let source = Source { file: "line.toml", text };
    let says =
        format!("the zone of the line is changed in the agency pack's folder alone; write zone = \"{own}\"");
    (zone != own).then(|| Fault { at: source.at(&span), says })
}

fn zone(text: &str) -> Option<(String, Range<usize>)> {
    let (table, _) = DeTable::parse_recoverable(text);
    let (_, line) = table.get_ref().get_key_value("line")?;
    let DeValue::Table(line) = line.get_ref() else { return None };
    let (_, zone) = line.get_key_value("zone")?;
    Some((zone.get_ref().as_str()?.to_owned(), zone.span()))
}

impl Pack {
    /// Judges a text as if it stood in a file of this pack, with the pack as a whole: what comes of both, and what deserves a look in the
    /// file.
    ///
    /// # Errors
    /// Every fault, each with its place, also in other files that this one no longer fits.
    pub fn judge_file(&self, file: &PackFile, text: &str) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let now = self.file_text(file).filter(|_| *file == PackFile::OfficeList);
        let lost = now.and_then(|now| lost_office(now, text));
        if let Some(fault) = refused(&self.base, file, text).or(lost) {
            return Err(vec![fault]);
        }
        let path = file.to_string();
        let mut files = self.files.clone();
        files.insert(path.as_str(), text.as_bytes());
        let mut texts = self.made.texts.clone();
        if *file == PackFile::Reasons {
            texts.earlier.splice(0..0, self.file_text(file).map(Arc::from));
        }
        let (mut pack, mut warnings) = load::load_over(&files, Arc::clone(&self.base), &texts.earlier)?;
        pack.made.texts = texts;
        pack.lay(&self.made.policies);
        let known: BTreeSet<RevisionId> = self.left_out().iter().map(|out| out.revision).collect();
        let faults: Vec<Fault> = pack
            .left_out()
            .iter()
            .filter(|out| !known.contains(&out.revision))
            .flat_map(|out| out.faults.iter().map(|fault| unfit(&path, out, fault)))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        warnings.retain(|warning| warning.at.file == path);
        Ok((pack, warnings))
    }

    /// What a file says now.
    pub fn file_text(&self, file: &PackFile) -> Option<&str> {
        self.files.text(&file.to_string()).ok().flatten().or_else(|| self.begins_empty(file))
    }

    /// What a file of the folder says, whatever lies over it.
    pub fn own_file(&self, file: &PackFile) -> Option<&str> {
        self.base.text(&file.to_string()).ok().flatten().or_else(|| self.begins_empty(file))
    }

    /// A pack need not have wording of its own, nor say how long records are kept, and can begin with none.
    fn begins_empty(&self, file: &PackFile) -> Option<&str> {
        let may = match file {
            PackFile::Notices(lang) => self.languages().contains(lang),
            file => *file == PackFile::Retention,
        };
        may.then_some("")
    }

    /// The version that lies over a file, if one does.
    pub fn file_made_at_desk(&self, file: &PackFile) -> Option<RevisionId> {
        self.made.texts.laid.get(file).map(|laid| laid.revision)
    }

    /// What the version that lies over a file is called, if one does.
    pub fn version_made_at_desk(&self, file: &PackFile) -> Option<&str> {
        self.made.texts.laid.get(file).map(|laid| &*laid.name)
    }

    /// Every file that can be changed at the desk.
    pub fn editable(&self) -> Vec<PackFile> {
        let files = self.files.paths().filter_map(|path| path.parse::<PackFile>().ok());
        let files = files.filter(|file| self.callflow.is_some() || !file.is_of_call_flow());
        let notices = self.languages().iter().cloned().map(PackFile::Notices);
        files
            .chain(notices)
            .chain([PackFile::Retention])
            .collect::<BTreeSet<PackFile>>()
            .into_iter()
            .collect()
    }
}

/// A policy that was made at the desk and would no longer fit.
fn unfit(path: &str, out: &LeftOut, fault: &Fault) -> Fault {
    let (name, policy) = (&out.name, out.subject.name());
    let says = format!("version {name} of the {policy} policy would no longer fit: {fault}");
    Fault { at: Place::file(path), says }
}

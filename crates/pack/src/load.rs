//! From files to a checked pack.

use crate::{
    Pack,
    agency::{self, Languages},
    callflow,
    doc::Doc,
    facts,
    fault::{Fault, Findings, Place, Source, Warning},
    files::Files,
    leads::Leads,
    line, offices,
    official::{self, OfficialZips},
    overlay::{self, Retired},
    plans, policies,
    reasons::Reasons,
    retention, words, written,
    zips::ZipTable,
};
use domain::{calendar::Holidays, imported::Table, text::Lang};
use locale::MIRRORED;
use std::{collections::BTreeMap, sync::Arc};

const PACK: &str = "pack.toml";
const OFFICES: &str = "offices.csv";
const PLANS: &str = "offices.toml";
const ZIPS: &str = "zips.csv";
const OFFICIAL_ZIPS: &str = "zips-official.csv";
const REASONS: &str = "reasons.toml";
const LINE: &str = "line.toml";
const HOLIDAYS: &str = "holidays.toml";
const RETENTION: &str = "retention.toml";
const POLICIES: &str = "policy/";

pub(crate) fn load(files: &Files) -> Result<(Pack, Vec<Warning>), Vec<Fault>> {
    load_over(files, Arc::new(files.clone()), &[])
}

/// Reads files that are `base` and what lies over it. `earlier` is what `reasons.toml` said before, the newest first: what is asked
/// for no longer stays known to those who asked.
pub(crate) fn load_over(
    files: &Files,
    base: Arc<Files>,
    earlier: &[Arc<str>],
) -> Result<(Pack, Vec<Warning>), Vec<Fault>> {
    let bounds = files.bounds();
    if !bounds.is_empty() {
        return Err(bounds);
    }
    let mut found = Findings::default();
    let pack = read(files, base, earlier, &mut found);
    check_unread(files, pack.as_ref(), &mut found);
    let warnings = found.finish()?;
    pack.map(|pack| (pack, warnings)).ok_or_else(|| {
        // Every way to have no pack records a fault; this is said for completeness only.
        vec![Fault { at: Place::file(PACK), says: "the pack could not be read".to_owned() }]
    })
}

fn read(files: &Files, base: Arc<Files>, earlier: &[Arc<str>], found: &mut Findings) -> Option<Pack> {
    let mut imported_rows = BTreeMap::new();
    let mut pack_doc = document(files, PACK, "the agency's name and languages", found);
    let Languages { written: langs, sample } =
        pack_doc.as_mut().map(|doc| agency::languages(doc, found)).unwrap_or_default();
    let mut agency = pack_doc.and_then(|doc| agency::read(doc, &langs, files, found));
    if let Some(agency) = agency.as_mut().filter(|_| sample) {
        agency.languages.extend(MIRRORED.parse());
    }

    let (holidays, holidays_at) = read_holidays(files, &langs, &mut imported_rows, found);
    let line = document(files, LINE, "the hours of the telephone line", found)
        .and_then(|doc| line::read_line(doc, &holidays, &langs, found));
    let callflow = callflow::read(files, &langs, found);
    let words = words::read(files, &langs, sample, found);
    let retention = text(files, RETENTION, found)
        .and_then(|source| Doc::parse(source, found))
        .map(|doc| retention::read(doc, found))
        .unwrap_or_default();

    let reasons_doc = document(files, REASONS, "the reasons for a visit", found);
    let before = found.faults.len();
    let reasons = reasons_doc.map(|doc| written::read(doc, &langs, found));
    // When a reason or a question could not be read, a policy that names it is not to blame.
    let reasons_good = reasons.is_some() && found.faults.len() == before;
    let mut reasons = reasons.unwrap_or_default();
    for text in earlier {
        reasons.look_back(text, &langs);
    }
    if let Some(line) = line.as_ref().filter(|_| reasons_good) {
        line.check_priority(|code| reasons.all.iter().any(|reason| reason.code == *code), found);
    }
    if let Some((line, callflow)) = line.as_ref().zip(callflow.as_ref()) {
        line.check_queues(|code| callflow.flow.queues().any(|queue| queue == code.as_str()), found);
    }
    if let Some(agency) = agency.as_ref().filter(|_| reasons_good) {
        agency.check_protected(|code| reasons.all.iter().any(|reason| reason.code == *code), found);
    }

    let plans_doc = document(files, PLANS, "the hours of offices", found);
    let before = found.faults.len();
    let patterns = plans_doc.map(|doc| plans::read_plans(doc, &langs, found));
    let plans_good = patterns.is_some() && found.faults.len() == before;
    let patterns = patterns.unwrap_or_default();
    let mut office_list = Vec::new();
    let mut retired = Vec::new();
    let mut offices_good = false;
    if let Some(source) = text(files, OFFICES, found).or_else(|| none(files, OFFICES, "the offices", found))
        && plans_good
    {
        let before = found.faults.len();
        office_list = offices::read_offices(source, &patterns, &holidays, found);
        if let Some(source) = text(files, overlay::path(Table::Offices), found) {
            let rows;
            (rows, retired) = overlay::read_offices(source, &patterns, &holidays, &mut office_list, found);
            imported_rows.insert(Table::Offices, rows);
        }
        let all: Vec<&offices::Office> =
            office_list.iter().chain(retired.iter().map(|gone| &gone.office)).collect();
        patterns.check_use(&all, found);
        offices_good = found.faults.len() == before;
    }
    let mut zips = ZipTable::default();
    let mut official = None;
    if offices_good {
        official = read_zips(files, &office_list, &retired, &mut zips, found);
        imported_rows.extend(official.as_ref().map(|official| (Table::Zips, official.rows)));
    }
    if reasons_good && offices_good {
        check_services(&reasons, &patterns, &office_list, found);
    }

    let supplied = facts::supplied(&reasons);
    let policies = read_policies(files, &langs, reasons_good.then_some(&supplied), found);

    let by_code = office_list.iter().enumerate().map(|(n, office)| (office.code.clone(), n)).collect();
    Some(Pack {
        agency: agency?,
        offices: office_list,
        by_code,
        retired,
        zips,
        official,
        imported_rows,
        reasons,
        line: line?,
        callflow,
        retention,
        words,
        holidays,
        holidays_at,
        policies,
        supplied,
        made: crate::revisions::Made::default(),
        hash: files.hash(),
        files: files.clone(),
        base,
    })
}

fn text<'a>(files: &'a Files, path: &'a str, found: &mut Findings) -> Option<Source<'a>> {
    match files.text(path) {
        Ok(text) => Some(Source { file: path, text: text? }),
        Err(fault) => {
            found.faults.push(fault);
            None
        }
    }
}

fn none<'a>(files: &Files, path: &str, what: &str, found: &mut Findings) -> Option<Source<'a>> {
    if files.bytes(path).is_none() {
        agency::missing(path, what, found);
    }
    None
}

fn document<'a>(files: &'a Files, path: &'a str, what: &str, found: &mut Findings) -> Option<Doc<'a>> {
    let source = text(files, path, found).or_else(|| none(files, path, what, found))?;
    Doc::parse(source, found)
}

/// The holidays: the pack's own or those imported in their place, and single days imported beside them.
fn read_holidays(
    files: &Files,
    langs: &[Lang],
    rows: &mut BTreeMap<Table, u32>,
    found: &mut Findings,
) -> (Holidays, Vec<Place>) {
    let imported = text(files, overlay::path(Table::Holidays), found);
    if let Some(source) = imported.filter(|source| overlay::is_toml(source.text)) {
        let all =
            Doc::parse(source, found).map(|doc| line::read_holidays(doc, langs, found)).unwrap_or_default();
        rows.insert(Table::Holidays, u32::try_from(all.1.len()).unwrap_or(u32::MAX));
        return all;
    }
    let mut all = document(files, HOLIDAYS, "the holidays", found)
        .map(|doc| line::read_holidays(doc, langs, found))
        .unwrap_or_default();
    if let Some(source) = imported {
        rows.insert(Table::Holidays, overlay::read_days(source, langs, &mut all, found));
    }
    all
}

/// Reads every table of ZIP codes, the later over the earlier; what the imported one holds.
fn read_zips(
    files: &Files,
    offices: &[offices::Office],
    retired: &[Retired],
    zips: &mut ZipTable,
    found: &mut Findings,
) -> Option<OfficialZips> {
    let before = found.faults.len();
    let mut leads = Leads::new(offices, retired);
    if let Some(source) = text(files, ZIPS, found) {
        zips.read(source, &mut leads, found);
    }
    if let Some(source) = text(files, OFFICIAL_ZIPS, found) {
        official::read(source, offices, &mut leads, zips, found);
    }
    let imported = text(files, overlay::path(Table::Zips), found)
        .map(|source| official::read(source, offices, &mut leads, zips, found));
    for gone in retired {
        if let Some((first, rows)) = leads.orphaned(&gone.office.code) {
            let says = format!(
                "office `{}` is retired, and {rows} rows of ZIP codes lead to it (the first: {}); name its `successor`",
                gone.office.code,
                overlay::shown(first)
            );
            found.fault(gone.at.clone(), says);
        }
    }
    if imported.as_ref().is_some_and(|imported| imported.active == 0) && found.faults.len() == before {
        let says = "no row leads to an office; was the file cut short?";
        found.fault(Place::file(overlay::path(Table::Zips)), says);
    }
    if found.faults.len() > before {
        return None;
    }
    if zips.len() == 0 {
        found.fault(Place::file(ZIPS), "there is no ZIP code: nobody could be told which office serves them");
        return None;
    }
    for office in zips.serve_nobody(offices) {
        let says = format!("no ZIP code leads to office `{}`", office.code);
        found.warn(office.at.clone(), says);
    }
    imported
}

/// What is offered must be something, and what is needed must be offered somewhere.
fn check_services(
    reasons: &Reasons,
    plans: &plans::Plans,
    offices: &[offices::Office],
    found: &mut Findings,
) {
    let offered = |code: &domain::codes::ServiceCode| {
        offices.iter().any(|o| o.plan.schedules().iter().any(|plan| plan.service == *code))
    };
    for reason in reasons.all.iter().filter(|reason| !offered(&reason.service)) {
        let says = format!(
            "no office offers the service `{}`, which reason `{}` needs",
            reason.service, reason.code
        );
        found.fault(reason.at.clone(), says);
    }
    for (at, service) in plans.services() {
        if !reasons.services.iter().any(|(_, known)| known.code == *service) {
            found.fault(at.clone(), format!("reasons.toml has no [[service]] with the code `{service}`"));
        }
    }
}

fn read_policies(
    files: &Files,
    langs: &[Lang],
    supplied: Option<&BTreeMap<String, facts::Supplied>>,
    found: &mut Findings,
) -> policies::Policies {
    let paths: Vec<&str> = files.paths().filter(|path| is_policy(path)).collect();
    let sources: Vec<Source<'_>> = paths.iter().filter_map(|path| text(files, path, found)).collect();
    policies::read(&sources, langs, supplied, found)
}

fn is_policy(path: &str) -> bool {
    // Names are compared as they are, on every system alike: `A.TOML` is another name.
    let name = path.strip_prefix(POLICIES).and_then(|name| name.strip_suffix(".toml"));
    name.is_some_and(|name| !name.contains('/'))
}

/// A file that nothing reads is most often misnamed.
fn check_unread(files: &Files, pack: Option<&Pack>, found: &mut Findings) {
    let known = [PACK, OFFICES, PLANS, ZIPS, OFFICIAL_ZIPS, REASONS, LINE, HOLIDAYS, RETENTION];
    let imported = Table::ALL.map(overlay::path);
    let logo = pack.and_then(|pack| pack.agency.look.logo.as_deref());
    for path in files.paths() {
        let read = known.contains(&path)
            || imported.contains(&path)
            || is_policy(path)
            || callflow::reads(files, path)
            || words::reads(path)
            || logo == Some(path);
        if !read && !["README", "LICENSE", "NOTICE"].iter().any(|name| path.starts_with(name)) {
            found.warn(Place::file(path), "nothing reads this file; is its name misspelt?");
        }
    }
}

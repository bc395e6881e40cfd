//! What the imports of ZIP codes, offices and holidays have in common: the pack with the file over it is judged as a
//! whole, compared with the one in force, and asked which live inquiries it touches. Nothing is moved.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    codes::OfficeCode,
    ids::InquiryId,
    imported::{Imported, Table},
    inquiry::{Inquiry, Stage},
    journal::Happened,
    number::InquiryNumber,
};
use jiff::{Timestamp, civil::Date};
use pack::{Difference, Fault, MAX_FILE_BYTES, OfficialZips, Pack, Place, Warning, Zip, imported_table};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, sync::Arc};
use store::StoreError;

/// How many live inquiries are looked at at once.
const PORTION: u32 = 500;

/// A file to be imported.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// Its name, as faults name it. A day in it (`…-08-28-2026.csv`) is taken as the day the table is of.
    pub name: String,
    /// Its content: UTF-8 text, at most [`MAX_FILE_BYTES`].
    pub content: Vec<u8>,
}

/// Only look, or also do it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// Report what would be done, and write nothing.
    Dry,
    /// Do it.
    Write,
}

/// A file that stood for the table before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// How many rows it has.
    pub rows: u32,
    /// The day it says it is of.
    pub as_of: Option<Date>,
    /// When it was imported.
    pub at: Timestamp,
}

/// Why a live inquiry should be looked at after an import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Its person's address is served by another office now, or its office is retired.
    Office {
        /// Where it is now, and stays.
        from: OfficeCode,
        /// Who serves the address now; none when nobody does.
        to: Option<OfficeCode>,
    },
    /// Its appointment is at a time when the office is closed now.
    VisitWhileClosed {
        /// Which office.
        office: OfficeCode,
        /// When it begins.
        start: Timestamp,
    },
    /// Its call was promised for a day on which the line is closed now.
    CallWhileClosed {
        /// When the window begins.
        start: Timestamp,
    },
}

/// A live inquiry that an import touches. It stays where it is, with what was promised, until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// The number its person carries.
    pub number: InquiryNumber,
    /// The stable name of its stage.
    pub stage: &'static str,
    /// Has it an appointment?
    pub booked: bool,
    /// Why.
    pub why: Touch,
}

/// What an import does, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableReport {
    /// Which table.
    pub table: Table,
    /// How many rows the file has.
    pub rows: u32,
    /// SHA-256 of its text, hexadecimal.
    pub hash: String,
    /// The day it says it is of.
    pub as_of: Option<Date>,
    /// What stood for the table before.
    pub before: Option<Before>,
    /// This very file stands for the table already: there is nothing to do.
    pub unchanged: bool,
    /// What a table of ZIP codes holds.
    pub zips: Option<OfficialZips>,
    /// What changes.
    pub difference: Difference,
    /// Which live inquiries it touches, by number.
    pub touched: Vec<Touched>,
    /// What deserves a look, one sentence each with its place.
    pub warnings: Vec<String>,
    /// Was it written? False for a dry run, and when there was nothing to do.
    pub written: bool,
}

/// An import that can be done, and what it does.
struct Weighed {
    report: TableReport,
    imported: Imported,
}

impl Desk {
    /// Imports a file for a table, or reports what that would do. Nothing of it is written unless all of it is good.
    pub(super) async fn import_table(
        &self,
        caller: &Caller,
        table: Table,
        file: &TableFile,
        run: Run,
    ) -> Result<TableReport, DeskError> {
        caller.may(Action::Import, None)?;
        let text = text_of(file)?;
        let weighed = self.weigh(caller, table, file, &text).await?;
        if run == Run::Dry || weighed.report.unchanged {
            return Ok(weighed.report);
        }
        let mut first = Some(weighed);
        let last = Arc::new(std::sync::Mutex::new(None));
        self.act(caller, || {
            // The first decision is there already; another is only needed when another import came between.
            let (ready, last, text) = (first.take(), Arc::clone(&last), &text);
            async move {
                let Weighed { report, imported } = match ready {
                    Some(weighed) => weighed,
                    None => self.weigh(caller, table, file, text).await?,
                };
                let mut change = Change::new(caller.command());
                if !report.unchanged {
                    let Imported { rows, ref hash, .. } = imported;
                    change.note(None, Happened::TableImported { table, rows, hash: hash.clone() });
                    change.writes.push(Write::Imported(Box::new(imported)));
                }
                change.answer = serde_json::json!({ "rows": report.rows, "hash": report.hash });
                *last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(report);
                Ok(change)
            }
        })
        .await?;
        let report = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        match report {
            Some(report) => Ok(TableReport { written: !report.unchanged, ..report }),
            // A repeat: it was done before, under this key.
            None => Ok(self.weigh(caller, table, file, &text).await?.report),
        }
    }

    /// What this file would do, seen from what is in force now.
    async fn weigh(
        &self,
        caller: &Caller,
        table: Table,
        file: &TableFile,
        text: &str,
    ) -> Result<Weighed, DeskError> {
        let hash = hex::encode(Sha256::digest(text));
        let in_force = self.store.imported().await?;
        let before = in_force.iter().find(|imported| imported.table == table);
        let imported = Imported {
            table,
            version: before.map_or(1, |before| before.version + 1),
            rows: 0,
            hash: hash.clone(),
            text: text.to_owned(),
            as_of: pack::date_in_name(&file.name),
            at: caller.now,
        };
        let mut report = TableReport {
            table,
            rows: 0,
            hash,
            as_of: imported.as_of,
            before: before.map(|b| Before { rows: b.rows, as_of: b.as_of, at: b.at }),
            unchanged: before.is_some_and(|before| before.hash == imported.hash),
            zips: None,
            difference: Difference::default(),
            touched: Vec::new(),
            warnings: Vec::new(),
            written: false,
        };
        let today = self.pack.line().calendar.zone.date(caller.now);
        let judged = {
            let (base, imported) = (Arc::clone(&self.pack), imported.clone());
            // A table of the whole country takes a moment, which other requests should not wait for.
            tokio::task::spawn_blocking(move || judge(&base, &in_force, imported, today))
                .await
                .map_err(|error| StoreError::Engine(Box::new(error)))?
        };
        let Judged { old, new, warnings } = judged.map_err(|faults| DeskError::Import {
            faults: faults.iter().map(|fault| said(&fault.at, &fault.says, table, &file.name)).collect(),
        })?;
        report.rows = new.imported_rows(table).unwrap_or_default();
        report.zips = (table == Table::Zips).then(|| new.imported_zips().cloned()).flatten();
        report.difference = pack::difference(&old, &new, today);
        if let Some(code) = report.difference.offices.lost.first() {
            let says = format!(
                "office `{code}` was added by the file before and is missing in this one; keep its row, or retire it \
                 with yes under `retired`"
            );
            return Err(DeskError::Import { faults: vec![format!("{}: {says}", file.name)] });
        }
        report.warnings = warnings.iter().map(|w| said(&w.at, &w.says, table, &file.name)).collect();
        if let (Some(this), Some(other)) = (report.as_of, report.before.as_ref().and_then(|b| b.as_of))
            && this < other
        {
            report
                .warnings
                .push(format!("{}: this is of {this}, older than the table of {other} in force", file.name));
        }
        report.touched = self.touched(&old, &new, caller.now).await?;
        let imported = Imported { rows: report.rows, ..imported };
        Ok(Weighed { report, imported })
    }

    /// Every live inquiry whose office or time would be another.
    async fn touched(&self, old: &Pack, new: &Pack, now: Timestamp) -> Result<Vec<Touched>, DeskError> {
        let mut touched = Vec::new();
        let mut after: Option<InquiryId> = None;
        loop {
            let portion = self.store.live_inquiries(after, PORTION).await?;
            let Some(last) = portion.last() else { break };
            after = Some(last.id);
            for inquiry in &portion {
                let mut because = |why| {
                    touched.push(Touched {
                        number: inquiry.number,
                        stage: inquiry.stage.as_str(),
                        booked: inquiry.appointment().is_some(),
                        why,
                    });
                };
                moved(inquiry, old, new).into_iter().for_each(&mut because);
                shut(inquiry, old, new, now).into_iter().for_each(&mut because);
            }
        }
        touched.sort();
        Ok(touched)
    }
}

/// Is it another office's matter now? One that was given to its new office by hand already is not.
fn moved(inquiry: &Inquiry, old: &Pack, new: &Pack) -> Option<Touch> {
    let serving = |pack: &Pack| {
        let zip: Zip = inquiry.zip.reveal().parse().ok()?;
        Some(pack.office_for_zip(zip)?.office.code.clone())
    };
    let (before, now) = (serving(old), serving(new));
    let here = inquiry.office_now();
    let retired = |code: &OfficeCode| new.retired(code).is_some() && old.retired(code).is_none();
    let other = before != now && now.as_ref() != Some(&inquiry.office);
    (other || retired(&inquiry.office) || retired(here))
        .then(|| Touch::Office { from: here.clone(), to: now })
}

/// Does something promised lie in time that is closed now, and was not?
fn shut(inquiry: &Inquiry, old: &Pack, new: &Pack, now: Timestamp) -> Option<Touch> {
    match &inquiry.stage {
        Stage::Booked(visit) if visit.start > now => {
            let open = |pack: &Pack| {
                pack.calendar_of(&visit.office).is_some_and(|c| c.is_open_throughout(visit.start, visit.end))
            };
            (open(old) && !open(new))
                .then(|| Touch::VisitWhileClosed { office: visit.office.clone(), start: visit.start })
        }
        Stage::Promised(call) if call.window.end > now => {
            let open = |pack: &Pack| {
                let line = &pack.line().calendar;
                line.is_business_day(line.zone.date(call.window.start))
            };
            (open(old) && !open(new)).then_some(Touch::CallWhileClosed { start: call.window.start })
        }
        _ => None,
    }
}

/// Two packs that can be compared.
struct Judged {
    old: Pack,
    new: Pack,
    /// What deserves a look since.
    warnings: Vec<Warning>,
}

fn judge(base: &Pack, in_force: &[Imported], file: Imported, today: Date) -> Result<Judged, Vec<Fault>> {
    let mut tables = in_force.to_vec();
    // Tables that no longer fit the pack are mended by importing others: seen from there the pack alone is in force.
    let (old, before) = match base.with_imported(&tables) {
        Ok(old) => old,
        Err(_) => base.with_imported(&[])?,
    };
    tables.retain(|other| other.table != file.table);
    let table = file.table;
    tables.push(file);
    let (new, mut warnings) = base.with_imported(&tables)?;
    let mut known: BTreeSet<Warning> = before.into_iter().collect();
    // Which ZIP code leads where says nothing about whether an office can be booked.
    if table != Table::Zips {
        let (now, then) = (new.check(today), old.check(today));
        if let Err(faults) = now {
            // What the pack cannot do on this day anyway is not this file's fault.
            let known: BTreeSet<Fault> = then.err().into_iter().flatten().collect();
            let fresh: Vec<Fault> = faults.into_iter().filter(|fault| !known.contains(fault)).collect();
            if !fresh.is_empty() {
                return Err(fresh);
            }
        } else {
            warnings.extend(now.into_iter().flatten());
            known.extend(then.into_iter().flatten());
        }
    }
    warnings.retain(|warning| imported_table(&warning.at).is_some() || !known.contains(warning));
    Ok(Judged { old, new, warnings })
}

/// A sentence with its place, as the one who imports knows it.
fn said(at: &Place, says: &str, table: Table, name: &str) -> String {
    let file = match imported_table(at) {
        Some(here) if here == table => name.to_owned(),
        Some(other) => format!("imported {other}"),
        None => at.file.clone(),
    };
    format!("{}: {says}", Place { file, ..at.clone() })
}

fn text_of(file: &TableFile) -> Result<String, DeskError> {
    let wrong = |at: &str, says: String| {
        Err(DeskError::Import { faults: vec![format!("{}{at}: {says}", file.name)] })
    };
    if file.content.len() > MAX_FILE_BYTES {
        return wrong("", format!("the file has more than {} MiB", MAX_FILE_BYTES / 1024 / 1024));
    }
    let line = |upto: usize| format!(":{}", file.content[..upto].split(|b| *b == b'\n').count());
    // A byte order mark, as some spreadsheets write it, is not part of the text.
    let content = file.content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.content);
    if let Some(nul) = file.content.iter().position(|b| *b == 0) {
        return wrong(&line(nul), "this is not text; save it as CSV in UTF-8".to_owned());
    }
    match std::str::from_utf8(content) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            wrong(&line(error.valid_up_to()), "this is not UTF-8; save the file as UTF-8".to_owned())
        }
    }
}

//! What programs import, and what came of it.

use crate::{
    dto::said::RoleChoice,
    scalar::{Argon2id, Code, FileName, FileText, LangTag, Line, SignIn, few},
};
use desk::acts::{NewStaff, TableReport, Touch, Touched};
use domain::imported::Table;
use jiff::{Timestamp, civil::Date};
use pack::Difference;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many inquiries, days or sentences an answer names at most; how many there are is said beside them.
const NAMED: usize = 200;

/// What was imported, or would be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Imported {
    /// How many were sent.
    #[schema(example = 1)]
    pub(crate) count: u32,
    /// Those nobody knew.
    #[schema(example = 1)]
    pub(crate) new: u32,
    /// Those that were known otherwise.
    #[schema(example = 0)]
    pub(crate) changed: u32,
    /// It was only asked what would be done.
    pub(crate) dry_run: bool,
}

/// A member of staff.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMember {
    pub(crate) sign_in: SignIn,
    /// Their name.
    pub(crate) name: Line,
    #[serde(deserialize_with = "few::<_, _, 1, 8>")]
    #[schema(min_items = 1, max_items = 8)]
    pub(crate) roles: Vec<RoleChoice>,
    /// Where they work. Clerks and office managers work at one office.
    #[schema(example = "LOS")]
    pub(crate) office: Option<Code>,
    /// Languages they speak with people.
    #[serde(default, deserialize_with = "few::<_, _, 0, 20>")]
    #[schema(max_items = 20)]
    pub(crate) langs: Vec<LangTag>,
    /// Their password's hash: a password itself is never sent.
    pub(crate) password_hash: Argon2id,
}

/// Staff to be imported, all or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportStaff {
    /// Who is on it already is replaced; whoever is not on it stays as they are.
    #[serde(deserialize_with = "few::<_, _, 1, 50>")]
    #[schema(min_items = 1, max_items = 50)]
    pub(crate) staff: Vec<NewMember>,
    /// Only say what would be done.
    #[serde(default)]
    pub(crate) dry_run: bool,
}

impl NewMember {
    /// As the desk takes it, or what is wrong: where in the member, and what.
    pub(crate) fn read(&self) -> Result<NewStaff, (&'static str, String)> {
        let office = self.office.as_ref().map(|code| code.as_str().parse()).transpose();
        let langs = self.langs.iter().map(|lang| lang.as_str().parse()).collect::<Result<_, _>>();
        let password = desk::passwords::taken_over(self.password_hash.as_str());
        Ok(NewStaff {
            sign_in: self.sign_in.as_str().to_owned(),
            name: self.name.as_str().trim().to_owned(),
            roles: self.roles.iter().copied().map(Into::into).collect(),
            office: office.map_err(|error: domain::codes::CodeError| ("office", error.to_string()))?,
            langs: langs.map_err(|error: domain::text::LangError| ("langs", error.to_string()))?,
            password: password.ok_or(("password_hash", "this is no Argon2id hash".to_owned()))?,
        })
    }
}

/// A file that is to stand for a table of the agency's pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportTable {
    pub(crate) name: FileName,
    /// CSV in the table's columns; for holidays also TOML. `docs/importing.md` describes each.
    pub(crate) content: FileText,
    /// Only report what would be done.
    #[serde(default)]
    pub(crate) dry_run: bool,
}

/// Which table of the pack.
#[derive(Debug, Clone, Copy, ToSchema)]
#[schema(rename_all = "kebab-case")]
#[expect(dead_code, reason = "it describes a part of an address, which axum reads as text")]
pub(crate) enum TableName {
    Zips,
    Offices,
    Holidays,
}

/// What came of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableDone {
    /// `zips`, `offices` or `holidays`.
    #[schema(example = "holidays")]
    pub(crate) table: &'static str,
    /// How many rows the file has.
    #[schema(example = 1)]
    pub(crate) rows: u32,
    /// SHA-256 of its text, hexadecimal.
    pub(crate) hash: String,
    /// It stands for the table from now on.
    pub(crate) written: bool,
    /// What it changes. Only the first answer has it: a repeat has none.
    pub(crate) report: Option<TableChanges>,
}

/// What a file changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableChanges {
    /// This very file stands for the table already.
    unchanged: bool,
    /// The day the file says it is of.
    #[schema(value_type = Option<crate::scalar::Day>)]
    as_of: Option<Date>,
    /// When the file before was imported; null when there was none.
    #[schema(value_type = Option<crate::scalar::When>)]
    before: Option<Timestamp>,
    zips: ZipChanges,
    /// Offices that are open now, and were unknown or retired.
    offices_added: Vec<String>,
    /// Offices that are described otherwise.
    offices_changed: Vec<String>,
    /// Offices that are retired now.
    offices_retired: Vec<String>,
    /// Days that are holidays now, over the next years.
    #[schema(value_type = Vec<crate::scalar::Day>)]
    closed: Vec<Date>,
    /// Days that are none any more.
    #[schema(value_type = Vec<crate::scalar::Day>)]
    opened: Vec<Date>,
    /// How many live inquiries it touches. All stay where they are until somebody decides.
    touched: u32,
    /// Those, by number, at most 200.
    inquiries: Vec<TouchedShown>,
    /// What deserves a look, at most 200 sentences in English.
    warnings: Vec<String>,
}

/// What changes in the way from ZIP code to office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ZipChanges {
    /// ZIP codes with a row of their own now, which had none.
    added: u32,
    /// ZIP codes that had one, and have none now.
    dropped: u32,
    /// ZIP codes whose office was a guess, and is official now.
    confirmed: u32,
    /// ZIP codes that another office serves now.
    moved: u32,
}

/// A live inquiry that should be looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TouchedShown {
    #[schema(example = "48210936")]
    number: String,
    #[schema(example = "booked")]
    stage: &'static str,
    booked: bool,
    /// `office`: another serves the address, or its own is retired; `visit-while-closed`; `call-while-closed`.
    #[schema(example = "office")]
    why: &'static str,
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl TableDone {
    pub(crate) fn of(report: &TableReport) -> Self {
        let TableReport { table, rows, hash, written, .. } = report;
        let report = Some(TableChanges::of(report));
        Self { table: table.as_str(), rows: *rows, hash: hash.clone(), written: *written, report }
    }

    /// What the first answer said, without the report.
    pub(crate) fn again(table: Table, rows: u32, hash: String) -> Self {
        Self { table: table.as_str(), rows, hash, written: true, report: None }
    }
}

impl TableChanges {
    fn of(report: &TableReport) -> Self {
        let Difference { zips, offices, closed, opened } = &report.difference;
        let codes = |all: Vec<&domain::codes::OfficeCode>| -> Vec<String> {
            all.into_iter().map(|code| code.as_str().to_owned()).collect()
        };
        Self {
            unchanged: report.unchanged,
            as_of: report.as_of,
            before: report.before.as_ref().map(|before| before.at),
            zips: ZipChanges {
                added: zips.added,
                dropped: zips.dropped,
                confirmed: zips.confirmed,
                moved: size(zips.moved.len()),
            },
            offices_added: codes(offices.added.iter().collect()),
            offices_changed: codes(offices.changed.iter().map(|office| &office.code).collect()),
            offices_retired: codes(offices.retired.iter().map(|(code, _)| code).collect()),
            closed: closed.iter().take(NAMED).copied().collect(),
            opened: opened.iter().take(NAMED).copied().collect(),
            touched: size(report.touched.len()),
            inquiries: report.touched.iter().take(NAMED).map(TouchedShown::of).collect(),
            warnings: report.warnings.iter().take(NAMED).cloned().collect(),
        }
    }
}

impl TouchedShown {
    fn of(touched: &Touched) -> Self {
        Self {
            number: touched.number.digits(),
            stage: touched.stage,
            booked: touched.booked,
            why: match touched.why {
                Touch::Office { .. } => "office",
                Touch::VisitWhileClosed { .. } => "visit-while-closed",
                Touch::CallWhileClosed { .. } => "call-while-closed",
            },
        }
    }
}

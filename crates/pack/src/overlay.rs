//! Tables that an agency imports over its pack, and the pack that comes of both.

use crate::{
    Pack,
    fault::{Fault, Findings, Place, Source, Warning},
    files::Files,
    load,
    offices::{self, Office},
    plans::Plans,
    table::Table as Csv,
};
use domain::{
    calendar::{Holiday, HolidayRule, Holidays, Observed},
    codes::OfficeCode,
    imported::{Imported, Table},
    text::{Lang, Text},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Where an imported file lies among the pack's. [`Files::read_dir`] leaves out names that begin with a dot, so that
/// no folder brings one.
pub(crate) const fn path(table: Table) -> &'static str {
    match table {
        Table::Zips => ".imported/zips",
        Table::Offices => ".imported/offices",
        Table::Holidays => ".imported/holidays",
    }
}

/// Which imported table a place is in, if in one.
pub fn imported_table(place: &Place) -> Option<Table> {
    Table::ALL.into_iter().find(|table| path(*table) == place.file)
}

/// A place as it is said to people, who do not know where an imported file is kept.
pub(crate) fn shown(place: &Place) -> String {
    match imported_table(place) {
        Some(table) => Place { file: format!("imported {table}"), ..place.clone() }.to_string(),
        None => place.to_string(),
    }
}

/// An office that is open no longer. It stays known by name and address, since inquiries and letters name it; it has
/// no places, and its ZIP codes lead to whoever took over.
#[derive(Debug, Clone)]
pub struct Retired {
    /// The office as it was, without places.
    pub office: Office,
    /// Who serves its ZIP codes now.
    pub successor: Option<OfficeCode>,
    pub(crate) at: Place,
}

impl Pack {
    /// The same pack with imported tables over it, checked again as a whole. Files that were changed at the desk stay as they are.
    ///
    /// An imported file lies over the pack's own files, never over another import: what had been imported before for a
    /// table does not count. See `docs/importing.md` for what each may say.
    ///
    /// # Errors
    /// Every fault of the pack so made. Of those in an imported file [`imported_table`] says in which.
    pub fn with_imported(&self, tables: &[Imported]) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let texts = &self.made.texts;
        let files = with_tables(texts.over(Files::clone(&self.base)), tables);
        let (mut pack, warnings) = load::load_over(&files, self.base.clone(), &texts.earlier)?;
        pack.made.texts = texts.clone();
        Ok((pack, warnings))
    }
}

/// Files with imported tables among them.
pub(crate) fn with_tables(mut files: Files, tables: &[Imported]) -> Files {
    for imported in tables {
        files.insert(path(imported.table), imported.text.as_bytes());
    }
    files
}

/// The columns that only an imported list of offices has.
const OF_RETIREMENT: [&str; 2] = ["retired", "successor"];

/// Reads an imported list of offices over the pack's: each row is an office as it is from now on, or one that is
/// retired. How many rows there are, and the retired ones.
pub(crate) fn read_offices(
    source: Source<'_>,
    plans: &Plans,
    holidays: &Holidays,
    list: &mut Vec<Office>,
    found: &mut Findings,
) -> (u32, Vec<Retired>) {
    let mut retired: Vec<Retired> = Vec::new();
    let Some(mut table) = Csv::open(source, &["code"], found) else { return (0, retired) };
    let missing: Vec<String> =
        offices::COLUMNS.iter().filter(|name| !table.has(name)).map(|name| format!("`{name}`")).collect();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = 0;
    while let Some(row) = table.next_row(found) {
        rows += 1;
        let (at, code) = (row.at(), row.get("code"));
        if let Some(first) = lines.insert(code.to_owned(), row.line) {
            found.fault(at, format!("office `{code}` is already on line {first}"));
            continue;
        }
        let is_retired = match row.get("retired") {
            "" | "no" => false,
            "yes" => true,
            other => {
                found.fault(at, format!("`retired` is yes or no, not {other:?}"));
                continue;
            }
        };
        let known = list.iter().position(|office| office.code.as_str() == code);
        if is_retired && let Some(known) = known {
            let successor = successor(row.get("successor"), &at, found);
            retired.push(Retired { office: list.remove(known).without_places(), successor, at });
            continue;
        }
        if !missing.is_empty() {
            let what =
                if is_retired { "retires an office that the pack does not have" } else { "is an office" };
            found.fault(at, format!("this row {what}, and the file has no column {}", missing.join(", ")));
            continue;
        }
        let Some(office) = offices::read_office(&row, plans, holidays, &OF_RETIREMENT, found) else {
            continue;
        };
        match (is_retired, known) {
            (true, _) => {
                let successor = successor(row.get("successor"), &at, found);
                retired.push(Retired { office: office.without_places(), successor, at });
            }
            (false, Some(known)) => list[known] = office,
            (false, None) => list.push(office),
        }
        if !is_retired && !row.get("successor").is_empty() {
            found.fault(row.at(), "only a retired office has a `successor`; write yes under `retired`");
        }
    }
    check_successors(list, &retired, found);
    (rows, retired)
}

fn successor(cell: &str, at: &Place, found: &mut Findings) -> Option<OfficeCode> {
    if cell.is_empty() {
        return None;
    }
    let code = cell.parse().ok();
    if code.is_none() {
        found.fault(at.clone(), format!("`successor` is the code of an office, not {cell:?}"));
    }
    code
}

fn check_successors(list: &[Office], retired: &[Retired], found: &mut Findings) {
    for gone in retired {
        let Some(next) = &gone.successor else { continue };
        if retired.iter().any(|other| other.office.code == *next) {
            found.fault(gone.at.clone(), format!("the successor `{next}` is retired itself"));
        } else if !list.iter().any(|office| office.code == *next) {
            found.fault(gone.at.clone(), format!("there is no office `{next}` that could be the successor"));
        }
    }
}

/// Whether an imported text of holidays is TOML, as the pack's own file is. CSV begins with its columns' names.
pub(crate) fn is_toml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with('['))
}

/// Reads single days from CSV, beside the pack's own holidays: `date`, and a name in each language of the pack.
pub(crate) fn read_days(
    source: Source<'_>,
    langs: &[Lang],
    all: &mut (Holidays, Vec<Place>),
    found: &mut Findings,
) -> u32 {
    // With one language there is nothing to tell apart, and `name` is enough.
    let columns: Vec<(Lang, String)> = match langs {
        [only] => vec![(only.clone(), "name".to_owned())],
        _ => langs.iter().map(|lang| (lang.clone(), format!("name_{lang}"))).collect(),
    };
    let needed: Vec<&str> =
        std::iter::once("date").chain(columns.iter().map(|(_, name)| name.as_str())).collect();
    let Some(mut table) = Csv::open(source, &needed, found) else { return 0 };
    let mut days: Vec<Holiday> = Vec::from(std::mem::take(&mut all.0));
    let ruled = days.len();
    let mut lines: BTreeMap<Date, usize> = BTreeMap::new();
    let mut rows = 0;
    while let Some(row) = table.next_row(found) {
        rows += 1;
        let Ok(date) = row.get("date").parse::<Date>() else {
            found.fault(row.at(), format!("`date` is a date such as 2027-12-24, not {:?}", row.get("date")));
            continue;
        };
        if let Some(first) = lines.insert(date, row.line) {
            found.fault(row.at(), format!("{date} is already on line {first}"));
            continue;
        }
        let blank = columns.iter().filter(|(_, column)| row.get(column).is_empty());
        let blank: Vec<&str> = blank.map(|(_, column)| column.as_str()).collect();
        if !blank.is_empty() {
            found.fault(row.at(), format!("`{}` is blank", blank.join("`, `")));
            continue;
        }
        if let Some(known) = days.iter().take(ruled).find(|holiday| holiday.on(date).is_some()) {
            let says = format!("{date} is a holiday already: {}", known.name.in_lang(&Lang::en()));
            found.warn(row.at(), says);
        }
        days.push(Holiday {
            name: Text::new(columns.iter().map(|(lang, column)| (lang.clone(), row.get(column).to_owned()))),
            from_year: Some(date.year()),
            until_year: Some(date.year()),
            rule: HolidayRule::Fixed { month: date.month(), day: date.day(), observed: Observed::SameDay },
        });
        all.1.push(row.at());
    }
    match Holidays::new(days) {
        Ok(days) => all.0 = days,
        // Each came from a date, so this says nothing that can happen; were it to, the import would be refused.
        Err(error) => found.fault(Place::file(source.file), error.to_string()),
    }
    rows
}

/// The day that a file's name carries, as `field_office_by_zip-08-28-2026.csv` or `offices-2026-08-28.csv` do; the
/// last one when there are several.
pub fn date_in_name(name: &str) -> Option<Date> {
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    parts
        .windows(3)
        .filter_map(|three| {
            let (year, month, day) = match three {
                [a, b, c] if (a.len(), b.len(), c.len()) == (4, 2, 2) => (a, b, c),
                [a, b, c] if (a.len(), b.len(), c.len()) == (2, 2, 4) => (c, a, b),
                _ => return None,
            };
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        })
        .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_carry_a_day() {
        for (name, day) in [
            ("field_office_by_zip-08-28-2026.csv", Some("2026-08-28")),
            ("offices_2027-01-04.csv", Some("2027-01-04")),
            ("zips-2026-01-02-to-2026-03-04.csv", Some("2026-03-04")),
            ("zips-13-28-2026.csv", None),
            ("zips-20260828.csv", None),
            ("zips.csv", None),
        ] {
            assert_eq!(date_in_name(name).map(|day| day.to_string()).as_deref(), day, "{name}");
        }
    }

    #[test]
    fn toml_is_told_from_csv() {
        assert!(is_toml("# remark\n\n[[holiday]]\n"));
        assert!(!is_toml("date,name_en\n"));
        assert!(!is_toml("# date\n"));
    }
}

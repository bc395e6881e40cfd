//! The table from ZIP code to office in the columns that USCIS publishes.

use crate::{
    fault::{Findings, Place, Source},
    leads::{Lead, Leads},
    offices::Office,
    table::{Row, Table},
    zips::ZipTable,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a table in the official columns holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficialZips {
    /// All rows.
    pub rows: u32,
    /// Those that lead to an office.
    pub active: u32,
    /// Those marked as retired: their ZIP codes get no office from this table.
    pub retired: u32,
    /// Active rows that say the same as one before them.
    pub doubled: u32,
    /// Rows whose ZIP code had lost leading zeros, and has them again.
    pub repaired: u32,
    /// Rows whose office's own ZIP code had lost leading zeros.
    pub repaired_office_zips: u32,
}

const ZIP: &str = "ZipCode";
const OFFICE: &str = "FieldOfficeDesignation";
const RETIRED: &str = "IsRetired";
const OFFICE_ZIP: &str = "FieldOfficeZipCode";

/// A ZIP code with the zeros that a spreadsheet cut: 3 to 5 digits become 5. The second value: were there any to add?
fn repaired(text: &str) -> Option<(String, bool)> {
    let good = (3..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| (format!("{text:0>5}"), text.len() < 5))
}

/// Is a row marked as retired? `None` when the mark is neither.
fn retired(mark: &str) -> Option<bool> {
    match mark.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "" | "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// What one reading of a table gathers.
#[derive(Default)]
struct Reading {
    counts: OfficialZips,
    /// The line and the office of every active ZIP code.
    active: HashMap<String, (usize, usize)>,
    retired: HashSet<String>,
    /// Codes that no office has: the first row and how many.
    unknown: BTreeMap<String, (usize, u32)>,
    /// Offices whose address was compared already.
    compared: HashSet<usize>,
}

/// Reads a table over whatever is there. A ZIP code of an active row leads to that row's office; one of which every
/// row is retired loses its own row, and is served as its neighbours are.
///
/// Two active rows that send a ZIP code to different offices are a fault at the second: neither wins by its place.
pub(crate) fn read(
    source: Source<'_>,
    offices: &[Office],
    leads: &mut Leads,
    zips: &mut ZipTable,
    found: &mut Findings,
) -> OfficialZips {
    let Some(mut table) = Table::open(source, &[ZIP, OFFICE], found) else { return OfficialZips::default() };
    let mut reading = Reading::default();
    while let Some(row) = table.next_row(found) {
        reading.counts.rows += 1;
        reading.row(&row, offices, leads, found);
    }
    for (code, (line, rows)) in &reading.unknown {
        let more =
            if *rows > 1 { format!(" ({rows} rows name it, this is the first)") } else { String::new() };
        let says = format!("there is no office `{code}`{more}; import the offices first");
        found.fault(Place::line(source.file, *line), says);
    }
    for zip in reading.retired.iter().filter(|zip| !reading.active.contains_key(*zip)) {
        zips.drop_exact(zip);
    }
    for (zip, (_, office)) in reading.active {
        zips.put_exact(zip, office);
    }
    reading.counts
}

impl Reading {
    fn row(&mut self, row: &Row<'_>, offices: &[Office], leads: &mut Leads, found: &mut Findings) {
        let Some((zip, cut)) = repaired(row.get(ZIP)) else {
            found.fault(row.at(), format!("`{ZIP}` is three to five digits, not {:?}", row.get(ZIP)));
            return;
        };
        self.counts.repaired += u32::from(cut);
        let office_zip = repaired(row.get(OFFICE_ZIP));
        self.counts.repaired_office_zips += u32::from(office_zip.as_ref().is_some_and(|(_, cut)| *cut));
        match retired(row.get(RETIRED)) {
            Some(true) => {
                self.counts.retired += 1;
                self.retired.insert(zip);
                return;
            }
            Some(false) => {}
            None => {
                let says = format!("`{RETIRED}` is TRUE or FALSE, not {:?}", row.get(RETIRED));
                found.fault(row.at(), says);
                return;
            }
        }
        let code = row.get(OFFICE);
        let at = match leads.to(code, || row.at()) {
            Lead::Office(at) => at,
            Lead::Orphan => return,
            Lead::Unknown => {
                self.unknown.entry(code.to_owned()).or_insert((row.line, 0)).1 += 1;
                return;
            }
        };
        self.compare(row, office_zip, at, offices, found);
        match self.active.get(&zip) {
            None => {
                self.counts.active += 1;
                self.active.insert(zip, (row.line, at));
            }
            Some((_, before)) if *before == at => {
                self.counts.active += 1;
                self.counts.doubled += 1;
            }
            Some((line, before)) => {
                let name = |at: usize| offices.get(at).map_or("", |office| office.code.as_str());
                let says = format!(
                    "ZIP code {zip} leads to office `{}` here and to `{}` on line {line}; keep one of the two rows",
                    name(at),
                    name(*before)
                );
                found.fault(row.at(), says);
            }
        }
    }

    /// The table also says where each office is. Letters show what the list of offices says; when the two differ,
    /// somebody should look.
    fn compare(
        &mut self,
        row: &Row<'_>,
        office_zip: Option<(String, bool)>,
        at: usize,
        offices: &[Office],
        found: &mut Findings,
    ) {
        let Some(office) = offices.get(at) else { return };
        // Rows of an office that another took over from still name the old address.
        if row.get(OFFICE) != office.code.as_str() || !self.compared.insert(at) {
            return;
        }
        if let Some((zip, _)) = office_zip
            && office.zip.get(..5) != Some(zip.as_str())
        {
            let says = format!(
                "office `{}` has ZIP code {zip} in this table and {} in the list of offices",
                office.code, office.zip
            );
            found.warn(row.at(), says);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_come_back_and_nothing_else_is_guessed() {
        assert_eq!(repaired("01104"), Some(("01104".to_owned(), false)));
        assert_eq!(repaired("1104"), Some(("01104".to_owned(), true)));
        assert_eq!(repaired("601"), Some(("00601".to_owned(), true)));
        for bad in ["", "60", "601041", "6O1", "-601", "60.0"] {
            assert_eq!(repaired(bad), None, "{bad}");
        }
    }
}

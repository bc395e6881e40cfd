//! Reading a CSV file with its lines.

use crate::fault::{Findings, Place, Source};
use std::collections::BTreeMap;

/// A CSV file with a row of names on top. Lines that begin with `#` are remarks.
pub(crate) struct Table<'a> {
    source: Source<'a>,
    names: Vec<String>,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
}

/// One row.
pub(crate) struct Row<'t> {
    file: &'t str,
    names: &'t [String],
    cells: csv::StringRecord,
    pub(crate) line: usize,
}

impl<'a> Table<'a> {
    /// Reads the names; a fault, and no table, when one of `needed` is not there.
    pub(crate) fn open(source: Source<'a>, needed: &[&str], found: &mut Findings) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(source.text.as_bytes());
        let names: Vec<String> = match reader.headers() {
            Ok(names) => names.iter().map(str::to_owned).collect(),
            Err(error) => {
                found.fault(Place::file(source.file), format!("this is not CSV: {error}"));
                return None;
            }
        };
        let line = reader.headers().ok().and_then(|h| h.position().map(csv::Position::line)).unwrap_or(1);
        let at = Place::line(source.file, usize::try_from(line).unwrap_or(1));
        let mut good = true;
        for name in needed.iter().filter(|name| !names.iter().any(|n| n == *name)) {
            found.fault(at.clone(), format!("there is no column `{name}`"));
            good = false;
        }
        good.then(|| Self { source, names, records: reader.into_records() })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|n| n == name)
    }

    /// The next good row; bad ones are recorded and passed over.
    pub(crate) fn next_row(&mut self, found: &mut Findings) -> Option<Row<'_>> {
        loop {
            let record = self.records.next()?;
            match record {
                Ok(cells) => {
                    let line = cells.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(1);
                    if cells.len() == self.names.len() {
                        return Some(Row { file: self.source.file, names: &self.names, cells, line });
                    }
                    let says =
                        format!("this row has {} cells; the first has {}", cells.len(), self.names.len());
                    found.fault(Place::line(self.source.file, line), says);
                }
                Err(error) => {
                    found.fault(Place::file(self.source.file), format!("this is not CSV: {error}"));
                }
            }
        }
    }
}

impl Row<'_> {
    pub(crate) fn at(&self) -> Place {
        Place::line(self.file, self.line)
    }

    /// A cell by its column's name; blank when there is no such column.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.names.iter().position(|n| n == name).and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// The cells of every other column that are not blank.
    pub(crate) fn others(&self, known: &[&str]) -> BTreeMap<String, String> {
        let pairs = self.names.iter().zip(self.cells.iter());
        pairs
            .filter(|(name, cell)| !cell.is_empty() && !known.contains(&name.as_str()))
            .map(|(name, cell)| (name.clone(), cell.to_owned()))
            .collect()
    }
}

//! A table that an agency imports over its pack: which ZIP code belongs to which office, offices, holidays.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Which table of the pack an imported file lies over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Table {
    /// From ZIP code to office, in the columns USCIS publishes.
    Zips,
    /// Where the offices are, and which of them are retired.
    Offices,
    /// When offices and the line are closed.
    Holidays,
}

/// Why a text names no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tables are zips, offices and holidays")]
pub struct TableError;

impl Table {
    /// All of them, in the order of their names in a store.
    pub const ALL: [Self; 3] = [Self::Zips, Self::Offices, Self::Holidays];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zips => "zips",
            Self::Offices => "offices",
            Self::Holidays => "holidays",
        }
    }
}

impl FromStr for Table {
    type Err = TableError;
    fn from_str(s: &str) -> Result<Self, TableError> {
        Self::ALL.into_iter().find(|table| table.as_str() == s).ok_or(TableError)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The file that stands for a table. There is one for each: a new one takes the place of the one before, so that what
/// counts is the pack and at most three files, never a history of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Which table.
    pub table: Table,
    /// How many times the record has been written.
    pub version: u64,
    /// How many rows the file has.
    pub rows: u32,
    /// SHA-256 of the text, hexadecimal: the same file is imported once.
    pub hash: String,
    /// The file itself.
    pub text: String,
    /// The day the file says it is of, if it says so.
    pub as_of: Option<Date>,
    /// When it was imported.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_one_name_everywhere() {
        for table in Table::ALL {
            assert_eq!(table.to_string().parse(), Ok(table));
            assert_eq!(serde_json::to_value(table).unwrap(), table.as_str());
        }
        assert_eq!("zip".parse::<Table>(), Err(TableError));
    }
}

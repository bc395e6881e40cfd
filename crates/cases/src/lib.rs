//! The agency's own records, read only: the case source and its two implementations.
//!
//! A [`CaseSource`] finds one case by its receipt number. The first source is a file that the agency exports and
//! Anteroom imports ([`parse`]); the imported cases lie in the store, where [`ImportedCases`] finds them. The second
//! asks the agency's own service ([`api`]).

pub mod api;
mod delimited;
mod fault;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod imported;
mod lines;
mod next;
mod row;
mod source;

pub use fault::{Fault, FileFaults, MAX_FAULTS};
pub use imported::ImportedCases;
pub use next::{Next, NextStep};
pub use source::{CaseSource, CaseSourceError, Freshness, Seen};

use domain::case::Case;
use std::{collections::HashMap, path::Path};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
/// The most cases that one file may hold.
pub const MAX_ROWS: usize = 1_000_000;

/// How a file of cases is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180) with a header line.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format of a file: by its extension (`csv`; `jsonl`, `ndjson`, `json`), else by what it begins with.
    pub fn of(path: Option<&Path>, content: &[u8]) -> Self {
        let extension = path.and_then(Path::extension).and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("csv") => Self::Csv,
            Some("jsonl" | "ndjson" | "json") => Self::JsonLines,
            _ => {
                let first = without_mark(content).iter().find(|b| !b.is_ascii_whitespace());
                if matches!(first, Some(b'{' | b'[')) { Self::JsonLines } else { Self::Csv }
            }
        }
    }
}

fn without_mark(content: &[u8]) -> &[u8] {
    // Spreadsheets on Windows write a byte order mark before UTF-8.
    content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content)
}

/// Reads a whole file of cases. A file with a fault gives no case at all: half an import would answer some people
/// from yesterday's records and others from today's.
///
/// # Errors
/// Every fault that was found, each with its line, at most [`MAX_FAULTS`] of them.
pub fn parse(content: &[u8], format: Format) -> Result<Vec<Case>, FileFaults> {
    if content.len() > MAX_BYTES {
        let says = format!("the file has more than {} MiB; split it", MAX_BYTES / 1024 / 1024);
        return Err(FileFaults::one(0, says));
    }
    let content = without_mark(content);
    let text = std::str::from_utf8(content).map_err(|e| {
        let line = content[..e.valid_up_to()].split(|b| *b == b'\n').count();
        FileFaults::one(line, "this is not UTF-8 text; save the file as UTF-8")
    })?;
    let mut found = FileFaults::default();
    let rows = match format {
        Format::Csv => delimited::rows(text, &mut found),
        Format::JsonLines => lines::rows(text, &mut found),
    };
    let mut first: HashMap<_, usize> = HashMap::with_capacity(rows.len());
    let mut cases = Vec::with_capacity(rows.len());
    for (line, case) in rows {
        if let Some(earlier) = first.get(&case.receipt) {
            found.add(line, format!("the receipt number is already on line {earlier}"));
        } else {
            first.insert(case.receipt.clone(), line);
            cases.push(case);
        }
    }
    if found.is_empty() { Ok(cases) } else { Err(found.sorted()) }
}

#[cfg(test)]
mod tests;

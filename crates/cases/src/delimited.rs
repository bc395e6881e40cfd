//! Comma-separated values.
//!
//! The history is one cell: a JSON array of objects as in JSON lines, or `date|title|title; date|title|title`, where
//! the titles stand in the order of the `title_…` columns.

use crate::{
    MAX_ROWS,
    fault::FileFaults,
    lines,
    row::{Column, REQUIRED, Written, WrittenStep},
};
use domain::{case::Case, text::Lang};

pub(crate) fn rows(text: &str, found: &mut FileFaults) -> Vec<(usize, Case)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let header = loop {
        match reader.read_record(&mut record) {
            Ok(true) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(true) => break record.clone(),
            Ok(false) | Err(_) => {
                found.add(0, "the file is empty; its first line names the columns");
                return Vec::new();
            }
        }
    };
    let names: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    let Some(columns) = columns(&names, line_of(&header), found) else { return Vec::new() };
    let langs: Vec<Lang> = columns
        .iter()
        .filter_map(|column| match column {
            Column::Title(lang) => lang.parse().ok(),
            _ => None,
        })
        .collect();

    let mut rows = Vec::new();
    let mut read = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                let line = error.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                found.add(line, "this line cannot be read as comma-separated values");
                return rows;
            }
        }
        let line = line_of(&record);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        read += 1;
        if read > MAX_ROWS {
            found.add(line, format!("the file has more than {MAX_ROWS} cases; split it"));
            return rows;
        }
        if record.len() != columns.len() {
            found.add(line, format!("{} cells under {} columns", record.len(), columns.len()));
            continue;
        }
        let mut written = Written::default();
        let mut whole = true;
        for (column, cell) in columns.iter().zip(&record) {
            if *column == Column::History {
                match history(cell, &langs) {
                    Ok(steps) => written.history = steps,
                    Err(says) => {
                        found.add(line, says);
                        whole = false;
                    }
                }
            } else {
                written.put(*column, cell);
            }
        }
        let case = written.check(line, found);
        if whole && let Some(case) = case {
            rows.push((line, case));
        }
    }
}

fn line_of(record: &csv::StringRecord) -> usize {
    record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0))
}

fn columns<'a>(names: &'a [String], line: usize, found: &mut FileFaults) -> Option<Vec<Column<'a>>> {
    let mut good = true;
    let mut fault = |says: String| {
        found.add(line, says);
        good = false;
    };
    for (at, name) in names.iter().enumerate() {
        if Column::named(name).is_none() {
            fault(format!("there is no column {name:?}"));
        } else if names[..at].contains(name) {
            fault(format!("the column {name} is there twice"));
        }
    }
    for name in REQUIRED.iter().filter(|name| !names.iter().any(|n| n == *name)) {
        fault(format!("the column {name} is missing"));
    }
    for what in ["title_", "meaning_"] {
        if !names.iter().any(|name| name.starts_with(what)) {
            fault(format!("a column {what}en (or in another language) is missing"));
        }
    }
    if good { names.iter().map(|name| Column::named(name)).collect() } else { None }
}

fn history(cell: &str, langs: &[Lang]) -> Result<Vec<WrittenStep>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    if cell.starts_with('[') {
        let value = serde_json::from_str(cell).map_err(|_| "history: this is not a JSON array".to_owned())?;
        return lines::history(&value);
    }
    cell.split(';')
        .map(str::trim)
        .filter(|step| !step.is_empty())
        .map(|step| {
            let mut parts = step.split('|').map(str::trim);
            let on = parts.next().unwrap_or_default().to_owned();
            let titles: Vec<&str> = parts.collect();
            if titles.is_empty() || titles.len() > langs.len() {
                return Err(format!(
                    "history: a step is its day and 1 to {} titles, parted by |",
                    langs.len()
                ));
            }
            let titles = langs.iter().cloned().zip(titles.into_iter().map(str::to_owned));
            Ok(WrittenStep { on, titles: titles.filter(|(_, title)| !title.is_empty()).collect() })
        })
        .collect()
}

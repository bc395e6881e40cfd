//! What came out, as a table.

use crate::client::Outcome;
use std::fmt;

/// The lines of the table.
#[derive(Debug, Default)]
pub struct Report(Vec<[String; 3]>);

impl Report {
    /// One figure.
    pub fn note(&mut self, where_: &str, what: &str, figure: impl Into<String>) {
        let line = [where_.to_owned(), what.to_owned(), figure.into()];
        // Said at once too: a long run shows where it is.
        println!("{}: {}: {}", line[0], line[1], line[2]);
        self.0.push(line);
    }

    /// The times of a load.
    pub fn times(&mut self, where_: &str, what: &str, of: &Outcome) {
        let figure = format!(
            "{:.0}/s, p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, {} of {} well",
            of.rate(),
            of.within(50.0),
            of.within(95.0),
            of.within(99.0),
            of.well(),
            of.all.len()
        );
        self.note(where_, what, figure);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| store | what | figure |\n| --- | --- | --- |")?;
        for [store, what, figure] in &self.0 {
            writeln!(f, "| {store} | {what} | {figure} |")?;
        }
        Ok(())
    }
}

//! What is wrong with a file of cases, line by line.

use std::fmt;

/// How many faults are kept. A file that is wrong throughout is told by the first thousand.
pub const MAX_FAULTS: usize = 1000;

/// One thing that is wrong, in a sentence that says what would be right. It never repeats the cell: a cell is about
/// a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line, from 1; 0 when it is about the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.says),
            line => write!(f, "line {line}: {}", self.says),
        }
    }
}

/// Everything that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFaults {
    faults: Vec<Fault>,
    more: usize,
}

impl FileFaults {
    pub(crate) fn one(line: usize, says: impl Into<String>) -> Self {
        let mut faults = Self::default();
        faults.add(line, says);
        faults
    }

    pub(crate) fn add(&mut self, line: usize, says: impl Into<String>) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { line, says: says.into() });
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn sorted(mut self) -> Self {
        self.faults.sort();
        self
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// The faults that were kept, in the order of their lines.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many there are beyond those.
    pub const fn more(&self) -> usize {
        self.more
    }

    /// One sentence for each fault, and one for those left out.
    pub fn sentences(&self) -> Vec<String> {
        let mut all: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        if self.more > 0 {
            all.push(format!("{} more faults are not shown", self.more));
        }
        all
    }
}

impl fmt::Display for FileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentences().join("\n"))
    }
}

impl std::error::Error for FileFaults {}

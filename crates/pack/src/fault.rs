//! What is wrong with a pack, where, and what would mend it.

use std::{fmt, ops::Range};

/// A place in one of the pack's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the pack's folder, with `/` between its parts.
    pub file: String,
    /// The line, from 1; `None` when the fault is about the file as a whole.
    pub line: Option<usize>,
    /// The column in characters, from 1, when it is known.
    pub column: Option<usize>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: None }
    }

    /// The place of a byte offset in a file's text.
    pub(crate) fn offset(file: &str, text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            file: file.to_owned(),
            line: Some(before.matches('\n').count() + 1),
            column: Some(before[line_start..].chars().count() + 1),
        }
    }
}

/// `reasons.toml:12:5`, as editors and terminals understand it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for part in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{part}")?;
        }
        Ok(())
    }
}

macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name {
            /// Where.
            pub at: Place,
            /// What is wrong, in a sentence that also says what would be right.
            pub says: String,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}: {}", self.at, self.says)
            }
        }
    )+};
}

findings! {
    /// Something that keeps the pack from being used.
    Fault,
    /// Something that deserves a look, with which the pack can be used all the same.
    Warning
}

impl std::error::Error for Fault {}

/// Everything found while a pack is read. Faults are gathered, never thrown at the first: whoever writes
/// a pack wants the whole list.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<Fault>,
    pub(crate) warnings: Vec<Warning>,
}

impl Findings {
    pub(crate) fn fault(&mut self, at: Place, says: impl Into<String>) {
        self.faults.push(Fault { at, says: says.into() });
    }

    pub(crate) fn warn(&mut self, at: Place, says: impl Into<String>) {
        self.warnings.push(Warning { at, says: says.into() });
    }

    /// The warnings if there is no fault, else the faults; each once, in the order of files and lines.
    pub(crate) fn finish(mut self) -> Result<Vec<Warning>, Vec<Fault>> {
        self.faults.sort();
        self.faults.dedup();
        self.warnings.sort();
        self.warnings.dedup();
        if self.faults.is_empty() { Ok(self.warnings) } else { Err(self.faults) }
    }
}

/// A text file of the pack while it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    pub(crate) fn at(&self, span: &Range<usize>) -> Place {
        Place::offset(self.file, self.text, span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_never_split_one() {
        let at = |offset| Place::offset("a.toml", "a\nñb", offset).to_string();
        assert_eq!(
            [at(0), at(2), at(3), at(4), at(99)],
            ["a.toml:1:1", "a.toml:2:1", "a.toml:2:1", "a.toml:2:2", "a.toml:2:3"]
        );
        assert_eq!(Place::file("zips.csv").to_string(), "zips.csv");
        assert_eq!(Place::line("zips.csv", 3).to_string(), "zips.csv:3");
    }
}

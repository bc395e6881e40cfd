//! What went wrong, as whoever called the program reads it.

use std::{fmt, path::Path};

/// One sentence for each thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(pub Vec<String>);

impl Faults {
    /// One fault.
    pub fn one(says: impl Into<String>) -> Self {
        Self(vec![says.into()])
    }

    /// A fault of a file or folder.
    pub fn at(path: &Path, says: impl fmt::Display) -> Self {
        Self::one(format!("{}: {says}", path.display()))
    }

    /// A fault with everything that caused it, on one line.
    pub fn of(error: &dyn std::error::Error) -> Self {
        Self::one(chain(error))
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Faults {}

/// An error and what caused it, in one line: `the store failed: disk is full`.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let more = cause.to_string();
        // Some errors repeat their cause in their own words.
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        next = cause.source();
    }
    text.replace(['\n', '\r'], " ")
}

/// An error of a room as a fault, to be handed to `map_err`.
pub fn told(error: impl std::error::Error) -> Faults {
    Faults::of(&error)
}

macro_rules! plain {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for Faults {
            fn from(error: $error) -> Self {
                Self::of(&error)
            }
        }
    )+};
}

plain!(
    store::StoreError,
    store::CommitError,
    notices::ClientFault,
    notices::MailerError,
    notices::PressFault,
    locale::WordsError,
    pack::ReadError,
    std::io::Error
);

impl From<desk::DeskError> for Faults {
    fn from(error: desk::DeskError) -> Self {
        match error {
            desk::DeskError::Import { faults } => Self(faults),
            other => Self::of(&other),
        }
    }
}

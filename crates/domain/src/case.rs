//! The agency's own record, read only: found by receipt number in a case source.

use crate::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// The number on a receipt notice, upper case, without spaces or hyphens.
///
/// What it looks like is the agency's business (the pack's pattern says more); here it is 6 to 20
/// letters and digits. It points at a person, so `Debug` shows only its prefix.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ReceiptNumber(String);

/// Why a text is not a receipt number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a receipt number has letters and digits only, as on the receipt notice")]
pub struct ReceiptError;

impl FromStr for ReceiptNumber {
    type Err = ReceiptError;
    fn from_str(s: &str) -> Result<Self, ReceiptError> {
        let mut plain = String::with_capacity(13);
        for c in s.trim().chars() {
            match c {
                '-' | ' ' | '\u{2011}' => {}
                c if c.is_ascii_alphanumeric() && plain.len() < 20 => plain.push(c.to_ascii_uppercase()),
                _ => return Err(ReceiptError),
            }
        }
        if plain.len() < 6 { Err(ReceiptError) } else { Ok(Self(plain)) }
    }
}

impl ReceiptNumber {
    /// The number itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiptNumber({}…)", self.0.get(..3).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for ReceiptNumber {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Which of the three things a case can be, before its exact status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// The agency has it and has not begun.
    Received,
    /// The agency is working on it, or waits for something.
    Pending,
    /// Decided.
    Decision,
}

/// One step in a case's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// The agency's date for it.
    pub on: Date,
    /// The status in words.
    pub title: Text,
}

/// One case as its source tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its receipt number.
    pub receipt: ReceiptNumber,
    /// The form it began with (`I-90`).
    pub form: String,
    /// The three-way state.
    pub state: CaseState,
    /// The status in words.
    pub title: Text,
    /// What it means, in a sentence or two.
    pub meaning: Text,
    /// When the agency received it, where its source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// When its status last changed.
    pub updated: Date,
    /// Earlier steps, newest first.
    pub history: Vec<CaseStep>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_copy_from_a_notice() {
        let want = "IOE9999999901";
        for text in ["IOE9999999901", " ioe-99-999-99901", "IOE 9999 999 901"] {
            assert_eq!(text.parse::<ReceiptNumber>().unwrap().as_str(), want);
        }
        assert!("12".parse::<ReceiptNumber>().is_err());
        assert!("IOE99999'; --".parse::<ReceiptNumber>().is_err());
        assert_eq!(format!("{:?}", want.parse::<ReceiptNumber>().unwrap()), "ReceiptNumber(IOE…)");
    }
}

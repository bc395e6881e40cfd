//! `zips.csv`, and what every table of ZIP codes becomes: which office serves an address.

use crate::{
    fault::{Findings, Source},
    leads::{Lead, Leads},
    offices::Office,
    table::Table,
};
use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};

/// A five-digit ZIP code; the four digits of a ZIP+4 are dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zip([u8; 5]);

/// Why a text is not a ZIP code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZipError {
    /// Nothing was given.
    #[error("a ZIP code has five digits")]
    Blank,
    /// Something else than digits (and one hyphen before the last four).
    #[error("a ZIP code has digits only")]
    NotDigits,
    /// Too few or too many digits.
    #[error("a ZIP code has five digits, or nine with a hyphen")]
    WrongLength,
}

impl FromStr for Zip {
    type Err = ZipError;
    fn from_str(s: &str) -> Result<Self, ZipError> {
        let s = s.trim();
        if s.is_empty() {
            return Err(ZipError::Blank);
        }
        if !s.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b' ') {
            return Err(ZipError::NotDigits);
        }
        let (five, four) = s.split_at_checked(5).ok_or(ZipError::WrongLength)?;
        let four = four.strip_prefix(['-', ' ']).unwrap_or(four);
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if !digits(five) || !digits(four) || !matches!(four.len(), 0 | 4) {
            return Err(ZipError::WrongLength);
        }
        five.as_bytes().try_into().map(Self).map_err(|_| ZipError::WrongLength)
    }
}

impl Zip {
    /// The five digits.
    pub fn as_str(&self) -> &str {
        // Made of ASCII digits only, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Is it an address of the military post (APO, FPO, DPO), which no domestic office serves?
    /// Prefixes 090 to 098, 340 and 962 to 966 (USPS Publication 28).
    pub fn is_military(&self) -> bool {
        match self.0 {
            [b'3', b'4', b'0', ..] => true,
            [b'0', b'9', third, ..] => third <= b'8',
            [b'9', b'6', third, ..] => (b'2'..=b'6').contains(&third),
            _ => false,
        }
    }
}

impl fmt::Display for Zip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Zip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The whole of it says where a person lives.
        write!(f, "Zip({}…)", self.as_str().get(..3).unwrap_or_default())
    }
}

/// The office that serves an address.
#[derive(Debug, Clone, Copy)]
pub struct ServingOffice<'a> {
    /// The office.
    pub office: &'a Office,
    /// Is it only a good guess? True for every row that is not official.
    pub approximate: bool,
}

/// From ZIP code, or its first three digits, to an office's place in the list, and whether that is official.
#[derive(Debug, Clone, Default)]
pub(crate) struct ZipTable {
    exact: HashMap<String, (usize, bool)>,
    prefix: HashMap<String, (usize, bool)>,
}

impl ZipTable {
    pub(crate) fn find(&self, zip: Zip) -> Option<(usize, bool)> {
        self.lead(zip.as_str())
    }

    pub(crate) fn len(&self) -> usize {
        self.exact.len() + self.prefix.len()
    }

    /// The offices that no row leads to.
    pub(crate) fn serve_nobody<'a>(&self, offices: &'a [Office]) -> impl Iterator<Item = &'a Office> {
        let served: HashSet<usize> =
            self.exact.values().chain(self.prefix.values()).map(|(at, _)| *at).collect();
        offices.iter().enumerate().filter(move |(at, _)| !served.contains(at)).map(|(_, office)| office)
    }

    /// Is there a row that is not official?
    pub(crate) fn is_approximate(&self) -> bool {
        self.exact.values().chain(self.prefix.values()).any(|(_, official)| !official)
    }

    /// Reads `zips.csv`: columns `zip` (five digits, or three for all that begin with them), `office`, `basis`.
    pub(crate) fn read(&mut self, source: Source<'_>, leads: &mut Leads, found: &mut Findings) {
        let Some(mut table) = Table::open(source, &["zip", "office", "basis"], found) else { return };
        let mut lines: HashMap<String, usize> = HashMap::new();
        while let Some(row) = table.next_row(found) {
            let (zip, code, basis) = (row.get("zip"), row.get("office"), row.get("basis"));
            if let Some(first) = lines.insert(zip.to_owned(), row.line) {
                found.fault(row.at(), format!("ZIP code {zip} is already on line {first}"));
                continue;
            }
            let official = match basis {
                "official" => true,
                "approximate" => false,
                other => {
                    found.fault(row.at(), format!("`basis` is official or approximate, not {other:?}"));
                    continue;
                }
            };
            let at = match leads.to(code, || row.at()) {
                Lead::Office(at) => at,
                Lead::Orphan => continue,
                Lead::Unknown => {
                    found.fault(row.at(), format!("offices.csv has no office `{code}`"));
                    continue;
                }
            };
            let digits = zip.bytes().all(|b| b.is_ascii_digit());
            match (digits, zip.len()) {
                (true, 5) => _ = self.exact.insert(zip.to_owned(), (at, official)),
                (true, 3) => _ = self.prefix.insert(zip.to_owned(), (at, official)),
                _ => {
                    let says = format!(
                        "`zip` is five digits, or the first three, not {zip:?} (a spreadsheet may have cut a zero)"
                    );
                    found.fault(row.at(), says);
                }
            }
        }
    }

    /// The rows' ZIP codes: five digits, or three.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().chain(self.prefix.keys()).map(String::as_str)
    }

    pub(crate) fn has_row(&self, zip: &str) -> bool {
        self.exact.contains_key(zip) || self.prefix.contains_key(zip)
    }

    /// Where five digits lead, or the three that many have in common.
    pub(crate) fn lead(&self, zip: &str) -> Option<(usize, bool)> {
        self.exact.get(zip).or_else(|| self.prefix.get(zip.get(..3)?)).copied()
    }

    /// An official row takes the place of whatever was there.
    pub(crate) fn put_exact(&mut self, zip: String, office: usize) {
        self.exact.insert(zip, (office, true));
    }

    /// A ZIP code that is retired has no row of its own.
    pub(crate) fn drop_exact(&mut self, zip: &str) {
        self.exact.remove(zip);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_people_type_and_says_why_not() {
        for (typed, read) in [
            ("94105", "94105"),
            (" 00801 ", "00801"),
            ("94105-1234", "94105"),
            ("94105 1234", "94105"),
            ("941051234", "94105"),
        ] {
            assert_eq!(typed.parse::<Zip>().unwrap().as_str(), read);
        }
        for (typed, error) in [
            ("", ZipError::Blank),
            ("9410", ZipError::WrongLength),
            ("94105-12", ZipError::WrongLength),
            ("9410-51234", ZipError::WrongLength),
            ("94105--123", ZipError::WrongLength),
            ("94a05", ZipError::NotDigits),
            ("９４１０５", ZipError::NotDigits),
        ] {
            assert_eq!(typed.parse::<Zip>(), Err(error), "{typed}");
        }
    }

    #[test]
    fn knows_the_military_post() {
        for (zip, military) in [
            ("09012", true),
            ("34055", true),
            ("96601", true),
            ("34102", false),
            ("96701", false),
            ("10001", false),
        ] {
            assert_eq!(zip.parse::<Zip>().unwrap().is_military(), military, "{zip}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,12}") {
            if let Ok(zip) = text.parse::<Zip>() {
                proptest::prop_assert_eq!(zip.as_str().len(), 5);
                proptest::prop_assert_eq!(zip.to_string().parse(), Ok(zip));
            }
        }
    }
}

//! Written text turned into the words that are said.
//!
//! A voice engine reads `12/03/2026` as a fraction or as the twelfth of March, `13th St` as "thirteenth Saint" and a receipt
//! number as one enormous number. So everything that is spoken passes through here first and comes out as words alone:
//!
//! ```
//! use speech::Language;
//! assert_eq!(
//!     Language::English.words("Thursday, December 3, between 10 and 11:30 in the morning"),
//!     "Thursday, December third, between ten and eleven thirty in the morning",
//! );
//! assert_eq!(Language::Spanish.code("IOE9999999901"), "i, o, e, nueve nueve nueve, nueve nueve nueve, nueve nueve cero uno");
//! ```
//!
//! Nothing here knows an engine, a clock or an agency. What is not recognised is left as it stands.

mod address;
mod english;
mod scan;
mod spanish;
mod token;

use domain::text::Lang;

/// A language whose numbers, dates and abbreviations are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English as in the United States.
    English,
    /// Spanish as in the United States.
    Spanish,
}

/// The gender of what is counted, where a language minds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// As in "un minuto".
    #[default]
    Masculine,
    /// As in "una hora".
    Feminine,
}

impl Language {
    /// The language with this tag, if it is one of these.
    pub fn of(lang: &Lang) -> Option<Self> {
        match lang.as_str() {
            "en" => Some(Self::English),
            "es" => Some(Self::Spanish),
            _ => None,
        }
    }

    /// A text with everything in it that is not a word turned into words.
    ///
    /// Known are whole and decimal numbers, ordinals, amounts of dollars, percentages, times of day, dates (in words with a
    /// number, `12/3/2026`, `2026-12-03`), telephone numbers, numbers of cases and forms, and abbreviations in capitals.
    pub fn words(self, text: &str) -> String {
        scan::text(self, text)
    }

    /// A postal address: as [`Language::words`], and house numbers, abbreviations of streets, states and ZIP codes.
    pub fn address(self, text: &str) -> String {
        address::address(self, text)
    }

    /// A code of letters and digits (`IOE9999999901`): letters by their names, digits one by one, in groups with a pause.
    /// Anything else in it (spaces, hyphens) only parts the groups.
    pub fn code(self, code: &str) -> String {
        scan::code(self, code)
    }

    /// Digits one by one, in groups with a pause. Anything that is not a digit only parts the groups.
    pub fn digits(self, digits: &str) -> String {
        scan::digits(self, digits)
    }

    /// A ZIP code: its digits one by one, without a pause before the fifth.
    pub fn zip(self, zip: &str) -> String {
        scan::zip(self, zip)
    }

    /// A telephone number, in E.164 or as written: the digits one by one, grouped as people say them.
    pub fn phone(self, number: &str) -> String {
        scan::phone(self, number)
    }

    /// How many: "twenty-one", "veintiún" before what is counted.
    pub fn count(self, n: i64, of: Gender) -> String {
        match self {
            Self::English => english::cardinal(n),
            Self::Spanish => spanish::counting(n, of),
        }
    }
}

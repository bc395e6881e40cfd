//! `pack.toml`: who the agency is, how it is reached, and what its numbers look like.

use crate::{
    doc::{Doc, words},
    fault::{Findings, Place, Source},
    files::Files,
};
use domain::{
    case::ReceiptNumber,
    codes::{ClassCode, ReasonCode},
    delegate::DelegateRules,
    phone::PhoneNumber,
    text::{Lang, Text},
};
use locale::MIRRORED;
use serde::Deserialize;
use toml::Spanned;

/// The version of the pack format this program reads.
pub const FORMAT: i64 = 1;

/// The agency, as every page and notice names it.
#[derive(Debug, Clone)]
pub struct Agency {
    /// A short name for machines: letters, digits, hyphens.
    pub code: String,
    /// The full name.
    pub name: Text,
    /// The name people use.
    pub short_name: Text,
    /// The pack's languages; the first is the one used when nothing else is known.
    pub languages: Vec<Lang>,
    /// Which language binds, and how that is said; only if the agency wants it said.
    pub authoritative: Option<Authoritative>,
    /// Telephone numbers.
    pub phone: AgencyPhone,
    /// What to say first when someone may be in danger.
    pub emergency: Text,
    /// What is done with what people tell.
    pub privacy: Text,
    /// How long the form takes, and whatever law wants said about it.
    pub burden: Text,
    /// Colours and logo.
    pub look: Look,
    /// Where an office is shown on a map, if the agency says so.
    pub map: Option<MapLink>,
    /// The number of a case (a receipt number, a permit number).
    pub case_number: CaseNumber,
    /// The agency's number for a person, where there is one.
    pub person_number: Option<PersonNumber>,
    /// By which rules people are protected, in the order in which they are offered.
    pub protected: Vec<ProtectedClass>,
    /// Whether representatives may let others act for the person, and what for; none: they may not.
    pub delegates: Option<DelegateRules>,
}

/// An address at which a place is shown on a map: a link for people to follow, never one that a page loads by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapLink {
    /// An https address with `{address}` where the office's address stands.
    link: String,
}

impl MapLink {
    const PLACE: &'static str = "{address}";

    /// Where this postal address is shown.
    pub fn to(&self, address: &str) -> String {
        let coded: String = address
            .bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        self.link.replace(Self::PLACE, &coded)
    }

    fn is_sound(&self) -> bool {
        let host = self.link.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        host.is_some_and(|host| !host.is_empty() && !host.contains(Self::PLACE))
            && self.link.matches(Self::PLACE).count() == 1
            && self.link.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>'))
    }
}

/// A rule by which people are protected: their inquiries are for staff who were given the right to see them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectedClass {
    /// Its code.
    pub code: ClassCode,
    /// What staff read.
    #[serde(deserialize_with = "words")]
    pub name: Text,
    /// Reasons whose every inquiry is protected from its first moment.
    #[serde(default)]
    pub reasons: Vec<ReasonCode>,
}

impl Agency {
    /// The class of protection with this code.
    pub fn protected(&self, code: &ClassCode) -> Option<&ProtectedClass> {
        self.protected.iter().find(|class| class.code == *code)
    }

    /// Are the reasons named by which people are protected?
    pub(crate) fn check_protected(&self, known: impl Fn(&ReasonCode) -> bool, found: &mut Findings) {
        for reason in self.protected.iter().flat_map(|class| &class.reasons).filter(|code| !known(code)) {
            let says = format!("[[protected]]: reasons.toml has no reason `{reason}`");
            found.fault(Place::file("pack.toml"), says);
        }
    }

    /// The class by which whoever comes for this reason is protected.
    pub fn protected_for(&self, reason: &ReasonCode) -> Option<&ProtectedClass> {
        self.protected.iter().find(|class| class.reasons.contains(reason))
    }
}

/// Which language binds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authoritative {
    /// The language.
    pub lang: Lang,
    /// The sentence shown in every other language.
    #[serde(deserialize_with = "words")]
    pub note: Text,
}

/// The agency's telephone numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyPhone {
    /// The number people call.
    pub published: PhoneNumber,
    /// The same, as it is written for people.
    pub shown: String,
    /// The TTY number, where there is one.
    #[serde(default)]
    pub tty: Option<PhoneNumber>,
    /// The one number callbacks come from.
    pub calls_from: PhoneNumber,
    /// The same, as it is written for people.
    pub calls_from_shown: String,
}

/// How the agency looks. Everything is optional.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The main colour, `#rrggbb`.
    pub primary: Option<String>,
    /// The second colour, `#rrggbb`.
    pub accent: Option<String>,
    /// The path of an SVG or PNG file in the pack.
    pub logo: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLook {
    #[serde(default)]
    primary: Option<Spanned<String>>,
    #[serde(default)]
    accent: Option<Spanned<String>>,
    #[serde(default)]
    logo: Option<Spanned<String>>,
}

impl WrittenLook {
    fn check(self, source: Source<'_>, files: &Files, found: &mut Findings) -> Look {
        for colour in [&self.primary, &self.accent].into_iter().flatten() {
            let hex = colour.get_ref().strip_prefix('#').unwrap_or_default();
            if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                let says = "a colour is written \"#rrggbb\", six hexadecimal digits";
                found.fault(source.at(&colour.span()), says);
            }
        }
        if let Some(logo) = &self.logo {
            if files.bytes(logo.get_ref()).is_none() {
                found.fault(source.at(&logo.span()), format!("the pack has no file `{}`", logo.get_ref()));
            }
            if ![".svg", ".png"].iter().any(|end| logo.get_ref().ends_with(end)) {
                found.fault(source.at(&logo.span()), "a logo is an .svg or a .png file");
            }
        }
        let plain = |spanned: Option<Spanned<String>>| spanned.map(Spanned::into_inner);
        Look { primary: plain(self.primary), accent: plain(self.accent), logo: plain(self.logo) }
    }
}

/// What the number of a case looks like.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseNumber {
    /// What it is called.
    #[serde(deserialize_with = "words")]
    pub name: Text,
    /// Where to find it.
    #[serde(deserialize_with = "words")]
    pub help: Text,
    /// One that cannot exist, for the page.
    pub example: String,
    /// How many letters it begins with.
    pub letters: usize,
    /// How many digits follow.
    pub digits: usize,
    /// The letters in use. Others draw a warning, never a refusal: new ones appear. Empty: any.
    #[serde(default)]
    pub prefixes: Vec<String>,
}

/// A case number as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNumberRead {
    /// The number, without spaces and in upper case.
    pub number: ReceiptNumber,
    /// Are its letters among those in use? When not, ask the person to look again, and accept it.
    pub known_prefix: bool,
}

/// Why a text is not a number of the agency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Not the right letters and digits.
    #[error("expected {letters} letters and {digits} digits")]
    CaseNumber {
        /// How many letters.
        letters: usize,
        /// How many digits.
        digits: usize,
    },
    /// Not the right prefix and digits.
    #[error("expected {prefix:?} and {min} to {max} digits")]
    PersonNumber {
        /// What it begins with.
        prefix: String,
        /// The fewest digits.
        min: usize,
        /// The most digits.
        max: usize,
    },
}

impl CaseNumber {
    /// Reads what a person typed or keyed.
    pub fn read(&self, typed: &str) -> Result<CaseNumberRead, NumberFault> {
        let fault = || NumberFault::CaseNumber { letters: self.letters, digits: self.digits };
        let number: ReceiptNumber = typed.parse().map_err(|_| fault())?;
        let plain = number.as_str();
        let (letters, digits) = plain.split_at_checked(self.letters).ok_or_else(fault)?;
        let good = letters.bytes().all(|b| b.is_ascii_alphabetic())
            && digits.len() == self.digits
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !good {
            return Err(fault());
        }
        let known_prefix = self.prefixes.is_empty() || self.prefixes.iter().any(|p| p == letters);
        Ok(CaseNumberRead { number, known_prefix })
    }
}

/// What the agency's number for a person looks like.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonNumber {
    /// What it is called.
    #[serde(deserialize_with = "words")]
    pub name: Text,
    /// Where to find it.
    #[serde(deserialize_with = "words")]
    pub help: Text,
    /// What it begins with; people may leave it out.
    pub prefix: String,
    /// The fewest digits.
    pub min_digits: usize,
    /// The most digits. Shorter ones are filled up with zeros on the left, so that old and new forms compare.
    pub max_digits: usize,
}

impl PersonNumber {
    /// Reads what a person typed: the prefix and all digits, zeros included.
    pub fn read(&self, typed: &str) -> Result<String, NumberFault> {
        let min = self.min_digits;
        let fault = || NumberFault::PersonNumber { prefix: self.prefix.clone(), min, max: self.max_digits };
        let plain: String =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '#' | '\u{2011}')).collect();
        let plain = plain.to_ascii_uppercase();
        let digits = plain.strip_prefix(&self.prefix.to_ascii_uppercase()).unwrap_or(&plain);
        if digits.bytes().all(|b| b.is_ascii_digit()) && (min..=self.max_digits).contains(&digits.len()) {
            Ok(format!("{}{digits:0>width$}", self.prefix, width = self.max_digits))
        } else {
            Err(fault())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    #[serde(deserialize_with = "words")]
    emergency: Text,
    #[serde(deserialize_with = "words")]
    privacy: Text,
    #[serde(deserialize_with = "words")]
    burden: Text,
}

/// The languages of a pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Languages {
    /// Those that it is written in.
    pub written: Vec<Lang>,
    /// Whether pages can be looked at in the sample that runs from right to left as well.
    pub sample: bool,
}

/// The languages alone: every other file is checked against them, also when the rest of `pack.toml` is bad.
pub(crate) fn languages(doc: &mut Doc<'_>, found: &mut Findings) -> Languages {
    let Some(spanned) = doc.need::<Vec<Lang>>("languages", found) else { return Languages::default() };
    let at = doc.source.at(&spanned.span());
    let (sample, langs): (Vec<Lang>, Vec<Lang>) =
        spanned.into_inner().into_iter().partition(|lang| lang.as_str() == MIRRORED);
    if langs.is_empty() {
        found.fault(at.clone(), "a pack has at least one language");
    }
    for (n, lang) in langs.iter().enumerate() {
        if langs[..n].contains(lang) {
            found.fault(at.clone(), format!("`{lang}` stands twice among the languages"));
        }
    }
    if !sample.is_empty() {
        let says = format!(
            "`{MIRRORED}` is for looking at pages that run from right to left, and no language of people"
        );
        found.warn(at, says);
    }
    Languages { written: langs, sample: !sample.is_empty() }
}

pub(crate) fn read(mut doc: Doc<'_>, langs: &[Lang], files: &Files, found: &mut Findings) -> Option<Agency> {
    doc.check_texts(langs, found);
    let source = doc.source;
    if let Some(format) = doc.need::<i64>("format", found)
        && *format.get_ref() != FORMAT
    {
        found.fault(source.at(&format.span()), format!("this program reads format {FORMAT}"));
    }
    let code = doc.need::<Spanned<String>>("code", found).map(Spanned::into_inner);
    if let Some(code) = &code
        && code.get_ref().parse::<domain::codes::QueueCode>().is_err()
    {
        found.fault(source.at(&code.span()), "a pack's code is 1 to 40 letters, digits, '-' or '_'");
    }
    let name = doc.need::<Words>("name", found);
    let short_name = doc.need::<Words>("short_name", found);
    let authoritative = doc.take::<Authoritative>("authoritative", found);
    let phone = doc.need::<AgencyPhone>("phone", found);
    let texts = doc.need::<Texts>("text", found);
    let look = doc.take::<WrittenLook>("look", found).map(Spanned::into_inner).unwrap_or_default();
    let look = look.check(source, files, found);
    let map = doc.take::<MapLink>("map", found);
    if let Some(map) = map.as_ref().filter(|map| !map.get_ref().is_sound()) {
        found.fault(
            source.at(&map.span()),
            "`link` is an https address with `{address}` in it once, behind the host",
        );
    }
    let case_number = doc.need::<CaseNumber>("case_number", found);
    let person_number = doc.take::<PersonNumber>("person_number", found);
    let delegates = doc.take::<DelegateRules>("delegates", found);
    if let Some(rules) = &delegates
        && let Some(fault) = rules.get_ref().fault()
    {
        found.fault(source.at(&rules.span()), fault);
    }
    let protected = doc.each::<ProtectedClass>("protected", found);
    for (n, class) in protected.iter().enumerate() {
        if protected[..n].iter().any(|before| before.get_ref().code == class.get_ref().code) {
            let says = format!("`{}` stands twice", class.get_ref().code);
            found.fault(source.at(&class.span()), says);
        }
    }
    doc.finish(found);

    if let Some(authoritative) = &authoritative
        && !langs.contains(&authoritative.get_ref().lang)
    {
        let says = format!("`{}` is not one of the pack's languages", authoritative.get_ref().lang);
        found.fault(source.at(&authoritative.span()), says);
    }
    if let Some(number) = &person_number
        && !(1..=number.get_ref().max_digits.min(20)).contains(&number.get_ref().min_digits)
    {
        let says = "`min_digits` is from 1 to `max_digits`, and `max_digits` at most 20";
        found.fault(source.at(&number.span()), says);
    }
    let case_number = case_number?;
    let case_at = source.at(&case_number.span());
    let case_number = case_number.into_inner();
    match case_number.read(&case_number.example) {
        Err(fault) => found.fault(case_at, format!("`example` does not fit: {fault}")),
        Ok(read) if !read.known_prefix => {
            found.warn(case_at, "the letters of `example` are not among `prefixes`");
        }
        Ok(_) => {}
    }
    let texts = texts?.into_inner();
    Some(Agency {
        code: code?.into_inner(),
        name: name?.into_inner().0,
        short_name: short_name?.into_inner().0,
        languages: langs.to_vec(),
        authoritative: authoritative.map(Spanned::into_inner),
        phone: phone?.into_inner(),
        emergency: texts.emergency,
        privacy: texts.privacy,
        burden: texts.burden,
        look,
        map: map.map(Spanned::into_inner),
        case_number,
        person_number: person_number.map(Spanned::into_inner),
        protected: protected.into_iter().map(Spanned::into_inner).collect(),
        delegates: delegates.map(Spanned::into_inner),
    })
}

/// A text at the top level of a file.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Words(#[serde(deserialize_with = "words")] pub(crate) Text);

/// The fault when a file is missing altogether.
pub(crate) fn missing(file: &str, what: &str, found: &mut Findings) {
    found.fault(Place::file(file), format!("this file is missing; it holds {what}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case_number() -> CaseNumber {
        CaseNumber {
            name: Text::default(),
            help: Text::default(),
            example: String::new(),
            letters: 3,
            digits: 10,
            prefixes: vec!["IOE".into()],
        }
    }

    #[test]
    fn an_unknown_prefix_is_accepted_and_said() {
        let rule = case_number();
        assert!(rule.read("ioe 9999-999-901").unwrap().known_prefix);
        assert!(!rule.read("ZZZ9999999901").unwrap().known_prefix);
        for bad in ["IOE999999990", "IOE99999999011", "I0E9999999901", "", "€€€9999999901"] {
            let fault = rule.read(bad).unwrap_err();
            assert_eq!(fault.to_string(), "expected 3 letters and 10 digits", "{bad}");
        }
    }

    #[test]
    fn old_and_new_person_numbers_compare() {
        let rule = PersonNumber {
            name: Text::default(),
            help: Text::default(),
            prefix: "A".into(),
            min_digits: 7,
            max_digits: 9,
        };
        for typed in ["A000-000-001", "a 0000001", "000000001", "A#0000001"] {
            assert_eq!(rule.read(typed).unwrap(), "A000000001", "{typed}");
        }
        for bad in ["A123456", "A1234567890", "B1234567", ""] {
            assert!(rule.read(bad).is_err(), "{bad}");
        }
    }
}

//! A person, and how they can be reached.

use crate::{
    calendar::Zone,
    erasure::{ErasureAsked, LegalHold},
    ids::PersonId,
    notice::Carrier,
    phone::PhoneNumber,
    pii::Pii,
    text::Lang,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A person's name, as they write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Given names.
    pub given: Pii<String>,
    /// Family names.
    pub family: Pii<String>,
}

impl Name {
    /// Given names, then family names.
    pub fn full(&self) -> Pii<String> {
        Pii::new(format!("{} {}", self.given.reveal(), self.family.reveal()).trim().to_owned())
    }
}

/// What makes two requests come from the same person: the agency's own number for the person where
/// they gave one, else name and date of birth. A hash, because it stands in an index; it is no
/// protection by itself, since names and dates can be tried out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdentityKey(String);

impl IdentityKey {
    /// The key of a person. Case, accents' spelling and spaces do not make two people of one.
    pub fn of(name: &Name, born: Date, file_number: Option<&str>) -> Self {
        let plain = |s: &str| -> String {
            s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let text = match file_number.map(plain).filter(|n| !n.is_empty()) {
            Some(number) => format!("file:{number}"),
            None => format!("name:{}|{}|{born}", plain(name.given.reveal()), plain(name.family.reveal())),
        };
        Self(hex::encode(Sha256::digest(text)))
    }

    /// The key as hexadecimal text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One person, across their inquiries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Which person.
    pub id: PersonId,
    /// How many times the record has been written.
    pub version: u64,
    /// What makes them the same person.
    pub identity: IdentityKey,
    /// Their name.
    pub name: Name,
    /// Date of birth: also the second proof for their inquiry page.
    pub born: Pii<Date>,
    /// The agency's own number for the person (an A-number, say), if they gave one.
    pub file_number: Option<Pii<String>>,
    /// That nothing about them may be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_hold: Option<LegalHold>,
    /// That somebody asked for everything about them to be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<ErasureAsked>,
}

/// How, when and in what words the person can be reached about one inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own, asked and changed apart")]
pub struct Reach {
    /// The language everything is said and written in.
    pub lang: Lang,
    /// Where the callback goes.
    pub phone: PhoneNumber,
    /// Where notices go; without it, and without texts, they wait on the inquiry page.
    pub email: Option<Pii<String>>,
    /// Did the person agree to text messages at `phone`?
    #[serde(default)]
    pub texts: bool,
    /// Did the person agree to be called at `phone` by an automated voice, which says who calls to whoever picks up, when nothing that
    /// is written reaches them?
    #[serde(default)]
    pub calls: bool,
    /// Where letters go, if the person wants any.
    #[serde(default)]
    pub post: Option<Pii<PostAddress>>,
    /// IANA zone in which the person reads times.
    pub zone: Zone,
    /// May the officer say who is calling to whoever picks up?
    pub say_who_calls: bool,
    /// Must nothing be left on a machine that answers? An automated voice says who calls to a machine as well, so none calls then.
    #[serde(default)]
    pub no_message: bool,
    /// The ways of writing to them by which nothing is said but that there is a message: somebody else may read it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub discreet: BTreeSet<Carrier>,
    /// The call comes through a relay service: more time, no silence rule.
    pub relay: bool,
    /// An interpreter is needed for this language (any name of a language, in words).
    pub interpreter: Option<String>,
    /// What the person needs at the office or on the phone, in their words.
    pub accommodation: Option<Pii<String>>,
    /// The phrase the officer will say, so that the call is not mistaken for a scam.
    pub phrase: Pii<String>,
}

impl Reach {
    /// May they be told by an automated voice that calls?
    pub const fn takes_calls(&self) -> bool {
        self.calls && !self.no_message
    }
}

/// A postal address in the United States.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostAddress {
    /// Street and number.
    pub street: String,
    /// Apartment, unit, "care of".
    pub unit: Option<String>,
    /// City or town.
    pub city: String,
    /// Two letters: a state, a territory or a military post.
    pub state: String,
    /// Five digits.
    pub zip: String,
}

impl PostAddress {
    /// The longest line, in characters: what fits into the window of an envelope.
    pub const LONGEST: usize = 46;

    /// The address, if it is one by its form.
    pub fn new(street: &str, unit: &str, city: &str, state: &str, zip: &str) -> Option<Self> {
        let line = |text: &str| {
            let text = text.trim();
            let fits = (1..=Self::LONGEST).contains(&text.chars().count());
            (fits && !text.chars().any(char::is_control)).then(|| text.to_owned())
        };
        let unit = if unit.trim().is_empty() { None } else { Some(line(unit)?) };
        let state = state.trim().to_ascii_uppercase();
        let zip = zip.trim();
        let good = state.len() == 2
            && state.bytes().all(|b| b.is_ascii_uppercase())
            && zip.len() == 5
            && zip.bytes().all(|b| b.is_ascii_digit());
        let (street, city) = (line(street)?, line(city)?);
        good.then(|| Self { street, unit, city, state, zip: zip.to_owned() })
    }

    /// Line by line, as it stands on an envelope.
    pub fn lines(&self) -> Vec<String> {
        let last = format!("{} {} {}", self.city, self.state, self.zip);
        std::iter::once(self.street.clone()).chain(self.unit.clone()).chain([last]).collect()
    }
}

/// Somebody who acts for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Their name.
    pub name: Pii<String>,
    /// Their firm or organisation.
    pub organisation: Option<Pii<String>>,
    /// Have they filed the agency's form that lets them act (a G-28, say)?
    pub on_file: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, family: &str) -> Name {
        Name { given: given.into(), family: family.into() }
    }

    #[test]
    fn an_address_is_four_lines_at_most() {
        let at = |state, zip| PostAddress::new(" 1 Main St ", "Apt 4", "Los Angeles", state, zip);
        assert_eq!(at("ca", "90012").unwrap().lines(), ["1 Main St", "Apt 4", "Los Angeles CA 90012"]);
        assert_eq!(PostAddress::new("1 Main St", " ", "Guam", "GU", "96910").unwrap().lines().len(), 2);
        for (state, zip) in
            [("", "90012"), ("Cal", "90012"), ("C1", "90012"), ("CA", "9001"), ("CA", "9001a")]
        {
            assert_eq!(at(state, zip), None, "{state} {zip}");
        }
        assert_eq!(PostAddress::new("", "", "x", "CA", "90012"), None);
        assert_eq!(PostAddress::new(&"x".repeat(47), "", "x", "CA", "90012"), None);
        assert_eq!(PostAddress::new("a\nb", "", "x", "CA", "90012"), None);
    }

    #[test]
    fn spelling_does_not_make_two_people_of_one() {
        let born: Date = "1980-02-29".parse().unwrap();
        let one = IdentityKey::of(&name("Ana María", "O'Neil"), born, None);
        assert_eq!(one, IdentityKey::of(&name("ana maría", "ONEIL "), born, None));
        assert_ne!(one, IdentityKey::of(&name("Ana", "O'Neil"), born, None));
        let by_number = IdentityKey::of(&name("Ana", "X"), born, Some("A000-000-001"));
        assert_eq!(by_number, IdentityKey::of(&name("Anna", "Y"), born, Some("a000000001")));
    }
}

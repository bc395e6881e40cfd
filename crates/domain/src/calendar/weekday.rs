//! Weekdays in data are full English words in lower case: `monday`. Written out here because jiff's
//! `Weekday` has no serde of its own.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Word> for Weekday {
    fn from(word: Word) -> Self {
        match word {
            Word::Monday => Self::Monday,
            Word::Tuesday => Self::Tuesday,
            Word::Wednesday => Self::Wednesday,
            Word::Thursday => Self::Thursday,
            Word::Friday => Self::Friday,
            Word::Saturday => Self::Saturday,
            Word::Sunday => Self::Sunday,
        }
    }
}

impl From<Weekday> for Word {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// For `#[serde(with = "…")]` on a `Weekday`.
pub(crate) mod one {
    use super::{Deserialize, Serialize, Weekday, Word};
    use serde::{Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub(crate) fn serialize<S: Serializer>(day: &Weekday, s: S) -> Result<S::Ok, S::Error> {
        Word::from(*day).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Weekday, D::Error> {
        Word::deserialize(d).map(Weekday::from)
    }
}

/// For `#[serde(with = "…")]` on an `Option<Weekday>`.
pub(crate) mod maybe {
    use super::{Deserialize, Serialize, Weekday, Word};
    use serde::{Deserializer, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for this signature"
    )]
    pub(crate) fn serialize<S: Serializer>(day: &Option<Weekday>, s: S) -> Result<S::Ok, S::Error> {
        day.map(Word::from).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Weekday>, D::Error> {
        Ok(Option::<Word>::deserialize(d)?.map(Weekday::from))
    }
}

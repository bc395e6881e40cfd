//! Marks: the short code on each of our messages and calls, by which we say whether it was ours.
//!
//! A code says nothing of anybody. Whoever asks for one learns by which way and on which day something was sent with it, and
//! nothing else.

use crate::notice::Carrier;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// After so many days a mark is forgotten: a year, which is longer than any letter is kept in a drawer.
pub const KEPT_DAYS: i64 = 366;

/// The signs of a code: digits and capital letters without vowels (no code is a word) and without what is taken for another
/// (0 and O, 1 and I). There are 29, a prime, so that a check sign over them finds every wrong sign and every two that were
/// swapped.
const SIGNS: &[u8; 29] = b"23456789BCDFGHJKLMNPQRSTVWXYZ";
/// How many of them a code has, the check sign included: six say which of 594 million it is.
const LENGTH: usize = 7;

/// A code that stands on a message or is said in a call: `K7PM3QX`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkCode([u8; LENGTH]);

/// Why a text is not such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// It has another length, or a sign that none has.
    #[error("a code has seven letters and digits")]
    Shape,
    /// Its signs do not fit together.
    #[error("those letters and digits do not fit together: one is wrong, or two were swapped")]
    Check,
}

impl MarkCode {
    /// The code from a number that was made with a secret.
    pub fn from_mac(mac: u64) -> Self {
        let mut values = [0_u8; LENGTH];
        let mut left = mac;
        for value in &mut values[..LENGTH - 1] {
            *value = u8::try_from(left % 29).unwrap_or_default();
            left /= 29;
        }
        // The check sign weighs 7: 7 · 25 = 175 = 6 · 29 + 1, so 25 is what 7 is divided by.
        let rest = weighed(values);
        values[LENGTH - 1] = u8::try_from((29 - rest) * 25 % 29).unwrap_or_default();
        Self(values.map(|value| SIGNS[usize::from(value)]))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        // Only signs of the alphabet are ever in it.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The code sign by sign, as it is said: `K, 7, P, M, 3, Q, X`.
    pub fn spelled(self) -> String {
        self.as_str().chars().map(String::from).collect::<Vec<_>>().join(", ")
    }
}

/// The sum of the signs' values, each times its place from 1 on, modulo 29. Zero for a whole code.
fn weighed(values: [u8; LENGTH]) -> u32 {
    values.iter().zip(1_u32..).map(|(value, place)| u32::from(*value) * place).sum::<u32>() % 29
}

/// Reads what people type: small letters, spaces and hyphens too.
impl FromStr for MarkCode {
    type Err = MarkError;
    fn from_str(text: &str) -> Result<Self, MarkError> {
        let mut signs = [0_u8; LENGTH];
        let mut values = [0_u8; LENGTH];
        let mut at = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2011}' | '.' | ',')) {
            let sign = u8::try_from(c.to_ascii_uppercase()).map_err(|_| MarkError::Shape)?;
            let value = SIGNS.iter().position(|known| *known == sign).ok_or(MarkError::Shape)?;
            let place = signs.get_mut(at).ok_or(MarkError::Shape)?;
            *place = sign;
            values[at] = u8::try_from(value).map_err(|_| MarkError::Shape)?;
            at += 1;
        }
        match at {
            LENGTH if weighed(values) == 0 => Ok(Self(signs)),
            LENGTH => Err(MarkError::Check),
            _ => Err(MarkError::Shape),
        }
    }
}

impl fmt::Display for MarkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for MarkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MarkCode({self})")
    }
}

impl Serialize for MarkCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for MarkCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// By which way something of ours went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkedWay {
    /// By e-mail.
    Email,
    /// By text message.
    Text,
    /// By post.
    Post,
    /// By telephone.
    Call,
}

impl MarkedWay {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Email, Self::Text, Self::Post, Self::Call];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Text => "text",
            Self::Post => "post",
            Self::Call => "call",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

impl From<Carrier> for MarkedWay {
    fn from(by: Carrier) -> Self {
        match by {
            Carrier::Email => Self::Email,
            Carrier::Text => Self::Text,
            Carrier::Post => Self::Post,
            Carrier::Call => Self::Call,
        }
    }
}

/// Something of ours that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The code that stands on it.
    pub code: MarkCode,
    /// By which way.
    pub way: MarkedWay,
    /// When.
    pub at: Timestamp,
}

impl Mark {
    /// What is forgotten at `now`: marks from this instant, or from before.
    pub fn forgotten(now: Timestamp) -> Timestamp {
        now.saturating_sub(SignedDuration::from_hours(24 * KEPT_DAYS)).unwrap_or(Timestamp::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back_as_it_was_written(mac: u64) {
            let code = MarkCode::from_mac(mac);
            prop_assert_eq!(code.as_str().parse(), Ok(code));
            prop_assert_eq!(code.spelled().to_lowercase().parse(), Ok(code));
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<MarkCode>(&json).unwrap(), code);
        }

        #[test]
        fn catches_every_wrong_sign_and_every_swap(mac: u64, place in 0..LENGTH, other in 0..LENGTH, add in 1_usize..29) {
            let code = MarkCode::from_mac(mac);
            let mut wrong = code.0;
            let value = SIGNS.iter().position(|sign| *sign == wrong[place]).unwrap();
            wrong[place] = SIGNS[(value + add) % 29];
            prop_assert_eq!(std::str::from_utf8(&wrong).unwrap().parse::<MarkCode>(), Err(MarkError::Check));
            let mut swapped = code.0;
            swapped.swap(place, other);
            let read = std::str::from_utf8(&swapped).unwrap().parse::<MarkCode>();
            prop_assert_eq!(read.is_ok(), swapped == code.0);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let code = MarkCode::from_mac(7);
        assert_eq!(format!("{}-{}", &code.as_str()[..3], &code.as_str()[3..]).parse(), Ok(code));
        for shape in ["", "K7PM3Q", "K7PM3QXX", "K7PMOQX", "K7PM3Qñ"] {
            assert_eq!(shape.parse::<MarkCode>(), Err(MarkError::Shape), "{shape}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for way in MarkedWay::ALL {
            assert_eq!(MarkedWay::named(way.as_str()), Some(way));
        }
        assert_eq!(MarkedWay::named("pigeon"), None);
    }
}

//! Telephone numbers, kept as E.164.

use crate::pii::Pii;
use serde::{Deserialize, Deserializer, Serialize};
use std::str::FromStr;

/// A telephone number in E.164 (ITU-T E.164: `+` and at most fifteen digits).
///
/// It has no `Display`: a number is personal, and is shown by [`PhoneNumber::spoken_form`] on purpose.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PhoneNumber(Pii<String>);

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// There is something in it that is no digit, space, bracket, dot, hyphen or leading plus.
    #[error("a telephone number has only digits, and a + in front when it is from another country")]
    NotANumber,
    /// Too few or too many digits.
    #[error("a telephone number here has ten digits, area code first")]
    WrongLength,
}

impl FromStr for PhoneNumber {
    type Err = PhoneError;

    /// Reads what people type: `(202) 555-0101`, `202.555.0101`, `1 202 555 0101`, `+44 20 7946 0000`.
    /// Ten digits are taken as North American (country code 1).
    fn from_str(s: &str) -> Result<Self, PhoneError> {
        let s = s.trim();
        let abroad = s.starts_with('+');
        let mut digits = String::with_capacity(15);
        for (at, c) in s.chars().enumerate() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if at == 0 => {}
                ' ' | '(' | ')' | '-' | '.' | '\u{a0}' | '\u{2011}' => {}
                _ => return Err(PhoneError::NotANumber),
            }
            if digits.len() > 15 {
                return Err(PhoneError::WrongLength);
            }
        }
        match (abroad, digits.len()) {
            (true, 8..=15) => Ok(Self(Pii::new(format!("+{digits}")))),
            (false, 10) => Ok(Self(Pii::new(format!("+1{digits}")))),
            (false, 11) if digits.starts_with('1') => Ok(Self(Pii::new(format!("+{digits}")))),
            _ => Err(PhoneError::WrongLength),
        }
    }
}

impl PhoneNumber {
    /// The number of an erased record: no country has the code 0, so it is nobody's and cannot be called.
    pub fn nobody() -> Self {
        Self(Pii::from("+00000000"))
    }

    /// Is it nobody's?
    pub fn is_nobody(&self) -> bool {
        *self == Self::nobody()
    }

    /// E.164, for a dialler.
    pub fn e164(&self) -> &str {
        self.0.reveal()
    }

    /// As people write it: `(202) 555-0101`, or E.164 for other countries.
    pub fn spoken_form(&self) -> String {
        match self.0.reveal().strip_prefix("+1") {
            Some(d) if d.len() == 10 => format!("({}) {}-{}", &d[..3], &d[3..6], &d[6..]),
            _ => self.0.reveal().clone(),
        }
    }
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhoneNumber({:?})", self.0)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// By what a number is known again, where the number itself is not to stand: a keyed hash of its E.164 form. Without the
/// installation's key nobody finds the number by trying all there are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneKey(String);

impl PhoneKey {
    /// The key from a code of 16 bytes that was made of the number with a secret (RFC 2104).
    pub fn from_mac(mac: &[u8; 16]) -> Self {
        Self(hex::encode(mac))
    }

    /// Hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for text in ["(202) 555-0101", "202.555.0101", "1 202 555 0101", "+1 202-555-0101"] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().e164(), "+12025550101", "{text}");
        }
        assert_eq!("2025550101".parse::<PhoneNumber>().unwrap().spoken_form(), "(202) 555-0101");
        assert_eq!("555-0101".parse::<PhoneNumber>(), Err(PhoneError::WrongLength));
        assert_eq!("call me".parse::<PhoneNumber>(), Err(PhoneError::NotANumber));
    }

    #[test]
    fn never_prints_itself() {
        let number: PhoneNumber = "2025550101".parse().unwrap();
        assert!(!format!("{number:?}").contains("555"));
    }
}

//! Telephone numbers and keys as signalling carries them. Both are personal data: `Debug` shows neither.

use std::fmt;

/// A telephone number in the international form of E.164: `+` and 4 to 15 digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct E164(String);

/// The text is no number in the international form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a telephone number is written as + and 4 to 15 digits")]
pub struct NotE164;

impl E164 {
    /// Reads `+` and 4 to 15 digits; spaces, dots, hyphens and parentheses between them are left out (RFC 3966, 5.1.1).
    pub fn parse(text: &str) -> Result<Self, NotE164> {
        let rest = text.trim().strip_prefix('+').ok_or(NotE164)?;
        let digits = digits_of(rest).ok_or(NotE164)?;
        if !(4..=15).contains(&digits.len()) || digits.starts_with('0') {
            return Err(NotE164);
        }
        Ok(Self(format!("+{digits}")))
    }

    /// The number with its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a trunk calls `dialled`, in the international form: the trunk's country decides what a number without `+` means.
    /// `country` is the calling code without `+` (`"1"`). `None` for what is no subscriber's number (a short code, a name).
    pub fn normalise(dialled: &str, country: &str) -> Option<Self> {
        let text = dialled.trim();
        if text.starts_with('+') {
            return Self::parse(text).ok();
        }
        let digits = digits_of(text)?;
        if country == "1" {
            if let Some(rest) = digits.strip_prefix("011") {
                return Self::parse(&format!("+{rest}")).ok();
            }
            return match (digits.len(), digits.as_bytes().first()) {
                (10, Some(b'2'..=b'9')) => Self::parse(&format!("+1{digits}")).ok(),
                // Trunks that leave the + out of numbers abroad send more digits than a number at home has.
                (11, Some(b'1')) | (12..=15, Some(b'2'..=b'9')) => Self::parse(&format!("+{digits}")).ok(),
                _ => None,
            };
        }
        if let Some(rest) = digits.strip_prefix("00") {
            return Self::parse(&format!("+{rest}")).ok();
        }
        if let Some(rest) = digits.strip_prefix('0') {
            return (rest.len() >= 6).then(|| Self::parse(&format!("+{country}{rest}")).ok()).flatten();
        }
        if !country.is_empty() && digits.starts_with(country) && digits.len() >= country.len() + 7 {
            return Self::parse(&format!("+{digits}")).ok();
        }
        (digits.len() >= 7).then(|| Self::parse(&format!("+{country}{digits}")).ok()).flatten()
    }
}

fn digits_of(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("E164(..)")
    }
}

/// A party of a call as the trunk named it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Party {
    /// A telephone number.
    Number(E164),
    /// The user part of an address that is no telephone number: a short code, a name. At most 128 characters.
    Other(String),
    /// The caller asked that it is not told (RFC 3323), or the trunk does not know it.
    Withheld,
}

impl Party {
    /// The telephone number, where it is one.
    pub const fn number(&self) -> Option<&E164> {
        match self {
            Self::Number(number) => Some(number),
            Self::Other(_) | Self::Withheld => None,
        }
    }
}

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number(..)",
            Self::Other(_) => "Other(..)",
            Self::Withheld => "Withheld",
        })
    }
}

/// One key of a telephone: `0` to `9`, `*`, `#`, `A` to `D`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digit(u8);

impl Digit {
    /// The key with this sign; small letters are taken too.
    pub const fn new(sign: char) -> Option<Self> {
        match sign {
            '0'..='9' | '*' | '#' | 'A'..='D' | 'a'..='d' => Some(Self((sign as u8).to_ascii_uppercase())),
            _ => None,
        }
    }

    /// Its sign.
    pub const fn sign(self) -> char {
        self.0 as char
    }
}

impl fmt::Debug for Digit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digit(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_trunk_in_north_america() {
        for (dialled, meant) in [
            ("2025550100", Some("+12025550100")),
            ("12025550100", Some("+12025550100")),
            ("+1 (202) 555-0100", Some("+12025550100")),
            ("01152555123456", Some("+52555123456")),
            ("525551234567", Some("+525551234567")),
            ("911", None),
            ("anonymous", None),
            ("+0123456", None),
            ("", None),
        ] {
            let read = E164::normalise(dialled, "1");
            assert_eq!(read.as_ref().map(E164::as_str), meant, "{dialled}");
        }
    }

    #[test]
    fn numbers_of_a_trunk_elsewhere() {
        for (dialled, meant) in [
            ("030123456", Some("+4930123456")),
            ("004930123456", Some("+4930123456")),
            ("4930123456", Some("+4930123456")),
            ("112", None),
        ] {
            assert_eq!(E164::normalise(dialled, "49").as_ref().map(E164::as_str), meant, "{dialled}");
        }
    }

    #[test]
    fn debug_tells_no_number_and_no_key() {
        let number = E164::parse("+12025550100").unwrap();
        let shown = format!("{number:?} {:?} {:?}", Party::Number(number.clone()), Digit::new('7').unwrap());
        assert!(!shown.contains("202") && !shown.contains('7'), "{shown}");
    }
}

//! The public inquiry number: eight digits, the last a check digit.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The anti-symmetric quasigroup of order ten from H. M. Damm, *Total anti-symmetrische Quasigruppen*
/// (dissertation, Marburg 2004). Its check digit catches every single wrong digit and every swap of
/// two neighbours, which the common mod-10 scheme (Luhn) does not (09 against 90).
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(digit)])
}

/// How many different inquiry numbers there are: seven free digits, the first not zero so that a number
/// read aloud or typed into a spreadsheet keeps its length.
pub const INQUIRY_NUMBERS: u32 = 9_000_000;

/// The number a person carries: `4821 0936`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InquiryNumber(u32);

/// Why a text is not an inquiry number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not eight digits (spaces and hyphens are ignored).
    #[error("an inquiry number has eight digits")]
    NotEightDigits,
    /// Eight digits that do not agree with each other: a digit is wrong or two were swapped.
    #[error("those eight digits do not fit together: one of them is wrong, or two were swapped")]
    WrongCheckDigit,
}

impl InquiryNumber {
    /// The number made from a draw of chance; any `u32` will do. Two draws may give the same number:
    /// the store refuses the second, and the caller draws again.
    pub fn from_chance(chance: u32) -> Self {
        let body = 1_000_000 + chance % INQUIRY_NUMBERS;
        Self(body * 10 + u32::from(damm(digits_of(body, 7))))
    }

    /// The eight digits without a space, for keys and URLs.
    pub fn digits(self) -> String {
        format!("{:08}", self.0)
    }
}

fn digits_of(n: u32, width: u32) -> impl Iterator<Item = u8> {
    (0..width).rev().map(move |i| u8::try_from(n / 10_u32.pow(i) % 10).unwrap_or(0))
}

impl FromStr for InquiryNumber {
    type Err = NumberError;
    fn from_str(s: &str) -> Result<Self, NumberError> {
        let mut n = 0_u32;
        let mut count = 0;
        for c in s.chars() {
            match c {
                '0'..='9' if count < 8 => {
                    n = n * 10 + (c as u32 - '0' as u32);
                    count += 1;
                }
                c if c.is_whitespace() || c == '-' || c == '\u{2011}' => {}
                _ => return Err(NumberError::NotEightDigits),
            }
        }
        if count != 8 {
            return Err(NumberError::NotEightDigits);
        }
        if damm(digits_of(n, 8)) != 0 || n < 10_000_000 {
            return Err(NumberError::WrongCheckDigit);
        }
        Ok(Self(n))
    }
}

/// Grouped as people read it: `4821 0936`.
impl fmt::Display for InquiryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl fmt::Debug for InquiryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InquiryNumber({self})")
    }
}

impl Serialize for InquiryNumber {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.digits())
    }
}

impl<'de> Deserialize<'de> for InquiryNumber {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back_as_it_was_written(chance: u32) {
            let number = InquiryNumber::from_chance(chance);
            prop_assert_eq!(number.digits().parse(), Ok(number));
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn catches_every_single_wrong_digit(chance: u32, place in 0_usize..8, other in 1_u8..10) {
            let mut text = InquiryNumber::from_chance(chance).digits().into_bytes();
            text[place] = b'0' + (text[place] - b'0' + other) % 10;
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<InquiryNumber>(), Err(NumberError::WrongCheckDigit));
        }

        #[test]
        fn catches_every_swap_of_neighbours(chance: u32, place in 0_usize..7) {
            let mut text = InquiryNumber::from_chance(chance).digits().into_bytes();
            prop_assume!(text[place] != text[place + 1]);
            text.swap(place, place + 1);
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<InquiryNumber>(), Err(NumberError::WrongCheckDigit));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!("123".parse::<InquiryNumber>(), Err(NumberError::NotEightDigits));
        assert_eq!("12345678a".parse::<InquiryNumber>(), Err(NumberError::NotEightDigits));
        assert_eq!("00000000".parse::<InquiryNumber>(), Err(NumberError::WrongCheckDigit));
    }
}

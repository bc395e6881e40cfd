//! A request form that has not been sent yet: saved as the person goes, so that nothing typed is lost.

use crate::{
    ids::DraftId,
    mark::{MarkCode, MarkError},
    pii::Pii,
    text::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A saved form. The person's browser holds a random token; the store only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which draft.
    pub id: DraftId,
    /// How many times the record has been written.
    pub version: u64,
    /// SHA-256 of the token, hexadecimal.
    pub token_hash: String,
    /// The language the person fills it in.
    pub lang: Lang,
    /// What was typed, by field name, as typed: validation happens when it is read.
    pub fields: Pii<BTreeMap<String, Vec<String>>>,
    /// When it was last saved.
    pub saved: Timestamp,
}

/// How long an unsent form is kept after it was last saved.
pub const KEPT_DAYS: i64 = 7;

impl Draft {
    /// Is it still kept?
    pub fn is_live(&self, now: Timestamp) -> bool {
        now.duration_since(self.saved).as_hours() < KEPT_DAYS * 24
    }
}

/// What takes a saved form to another device: two codes of seven signs, each with its check sign. There are 350 thousand million million.
///
/// Whoever has it can read the form, so it is printed by nothing but the page that gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ResumeCode(MarkCode, MarkCode);

/// So many signs each half has.
const HALF: usize = 7;

impl ResumeCode {
    /// A code from chance that nobody guesses.
    pub fn from_chance(chance: [u64; 2]) -> Self {
        Self(MarkCode::from_mac(chance[0]), MarkCode::from_mac(chance[1]))
    }

    /// The code, to be read by people: in two halves, between which a line may end.
    pub fn spoken_form(&self) -> String {
        format!("{} {}", self.0, self.1)
    }

    /// The code in one piece.
    pub fn one_piece(&self) -> String {
        format!("{}{}", self.0, self.1)
    }
}

/// Reads what people type: small letters, spaces and hyphens too.
impl FromStr for ResumeCode {
    type Err = MarkError;
    fn from_str(text: &str) -> Result<Self, MarkError> {
        let signs: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if signs.len() != 2 * HALF {
            return Err(MarkError::Shape);
        }
        let half = |signs: &[char]| signs.iter().collect::<String>().parse();
        Ok(Self(half(&signs[..HALF])?, half(&signs[HALF..])?))
    }
}

impl fmt::Debug for ResumeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResumeCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_people_type_it(chance: [u64; 2]) {
            let code = ResumeCode::from_chance(chance);
            prop_assert_eq!(code.spoken_form().to_lowercase().parse(), Ok(code));
            prop_assert_eq!(code.one_piece().parse(), Ok(code));
            prop_assert_eq!(code.spoken_form().replace(' ', " - ").parse(), Ok(code));
        }

        #[test]
        fn a_wrong_sign_is_found(chance: [u64; 2], at in 0..14_usize) {
            let mut text: Vec<char> = ResumeCode::from_chance(chance).one_piece().chars().collect();
            text[at] = if text[at] == '7' { '8' } else { '7' };
            prop_assert_eq!(text.into_iter().collect::<String>().parse::<ResumeCode>(), Err(MarkError::Check));
        }
    }

    #[test]
    fn what_is_no_code() {
        for text in ["", "K7PM3QX", "K7PM3QXK7PM3QXX", "AAAAAAAAAAAAAA"] {
            assert_eq!(text.parse::<ResumeCode>(), Err(MarkError::Shape), "{text}");
        }
        assert_eq!(format!("{:?}", ResumeCode::from_chance([1, 2])), "ResumeCode", "it opens a form");
    }
}

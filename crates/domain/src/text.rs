//! Texts in several languages, as an agency pack carries them.

use serde::{Deserialize, Deserializer, Serialize};
use std::{collections::BTreeMap, fmt};

/// A language by its BCP 47 primary tag (`en`, `es`), lower case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Lang(String);

/// Why a text is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a language is a tag such as \"en\" or \"es\", not {0:?}")]
pub struct LangError(pub String);

impl Lang {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// English.
    pub fn en() -> Self {
        Self("en".to_owned())
    }

    /// Spanish.
    pub fn es() -> Self {
        Self("es".to_owned())
    }
}

impl std::str::FromStr for Lang {
    type Err = LangError;
    fn from_str(s: &str) -> Result<Self, LangError> {
        if (2..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_lowercase()) {
            Ok(Self(s.to_owned()))
        } else {
            Err(LangError(s.chars().take(20).collect()))
        }
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One text in each of the pack's languages: `{ en = "…", es = "…" }`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// A text from its languages.
    pub fn new(by_lang: impl IntoIterator<Item = (Lang, String)>) -> Self {
        Self(by_lang.into_iter().collect())
    }

    /// The text in `lang`, else in English, else in whichever language there is, else empty.
    ///
    /// A checked pack has every language, so the fallbacks serve only texts written by staff in one
    /// language.
    pub fn in_lang(&self, lang: &Lang) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get(&Lang::en()))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The languages this text lacks (or has only as blanks), of those asked for.
    pub fn missing<'a>(&'a self, wanted: &'a [Lang]) -> impl Iterator<Item = &'a Lang> {
        wanted.iter().filter(|lang| self.0.get(lang).is_none_or(|t| t.trim().is_empty()))
    }

    /// The languages this text is in.
    pub fn langs(&self) -> impl Iterator<Item = &Lang> {
        self.0.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_rather_than_show_nothing() {
        let text = Text::new([(Lang::en(), "Bring your card.".to_owned())]);
        assert_eq!(text.in_lang(&Lang::es()), "Bring your card.");
        assert_eq!(text.missing(&[Lang::en(), Lang::es()]).collect::<Vec<_>>(), [&Lang::es()]);
    }
}

//! Reading one TOML file piece by piece, so that each piece can have its own fault.
//!
//! `toml::from_str` stops at the first thing it does not like; a pack's author wants them all.

use crate::fault::{Findings, Place, Source};
use domain::text::Lang;
use serde::de::DeserializeOwned;
use std::{collections::BTreeMap, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

/// One TOML file, taken apart at its top level.
pub(crate) struct Doc<'a> {
    pub(crate) source: Source<'a>,
    /// What has not been taken yet, by key, with the key's own span.
    left: BTreeMap<String, (Range<usize>, Spanned<DeValue<'a>>)>,
}

impl<'a> Doc<'a> {
    /// Parses; every fault of syntax is recorded, and then there is no document to go on with.
    pub(crate) fn parse(source: Source<'a>, found: &mut Findings) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(source.text);
        for error in &errors {
            let at = error.span().map_or_else(|| Place::file(source.file), |span| source.at(&span));
            found.fault(at, format!("this is not TOML: {}", one_line(error.message())));
        }
        if !errors.is_empty() {
            return None;
        }
        let left = table
            .into_inner()
            .into_iter()
            .map(|(key, value)| (key.get_ref().clone().into_owned(), (key.span(), value)))
            .collect();
        Some(Self { source, left })
    }

    /// The value of a key that must be there.
    pub(crate) fn need<T: DeserializeOwned>(
        &mut self,
        key: &str,
        found: &mut Findings,
    ) -> Option<Spanned<T>> {
        if !self.left.contains_key(key) {
            found.fault(Place::file(self.source.file), format!("`{key}` is missing"));
        }
        self.take(key, found)
    }

    /// The value of a key that may be there.
    pub(crate) fn take<T: DeserializeOwned>(
        &mut self,
        key: &str,
        found: &mut Findings,
    ) -> Option<Spanned<T>> {
        let (key_span, value) = self.left.remove(key)?;
        self.read(value, &key_span, found)
    }

    /// The elements of a list of tables (`[[reason]]`), each judged by itself.
    pub(crate) fn each<T: DeserializeOwned>(&mut self, key: &str, found: &mut Findings) -> Vec<Spanned<T>> {
        let Some((key_span, value)) = self.left.remove(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Array(elements) = value.into_inner() else {
            found.fault(self.source.at(&span), format!("`{key}` is a list: write [[{key}]] above each one"));
            return Vec::new();
        };
        elements.into_iter().filter_map(|element| self.read(element, &key_span, found)).collect()
    }

    /// The entries of a table of named things (`[plan.large]`), each judged by itself.
    pub(crate) fn named<T: DeserializeOwned>(
        &mut self,
        key: &str,
        found: &mut Findings,
    ) -> Vec<(Spanned<String>, T)> {
        let Some((_, value)) = self.left.remove(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Table(entries) = value.into_inner() else {
            found.fault(
                self.source.at(&span),
                format!("`{key}` is a table: write [{key}.name] above each one"),
            );
            return Vec::new();
        };
        entries
            .into_iter()
            .filter_map(|(name, value)| {
                let span = name.span();
                let name = Spanned::new(span.clone(), name.into_inner().into_owned());
                Some((name, self.read::<T>(value, &span, found)?.into_inner()))
            })
            .collect()
    }

    /// Every text must be in every language of the pack and in no other. A text is a table whose keys are all
    /// language tags, one of them the pack's.
    pub(crate) fn check_texts(&self, langs: &[Lang], found: &mut Findings) {
        for (name, (key, value)) in &self.left {
            check_value(self.source, name, key, value, langs, found);
        }
    }

    /// What nobody asked for is misspelt, and a misspelt setting that is silently ignored does harm.
    pub(crate) fn finish(self, found: &mut Findings) {
        for (name, (key, _)) in &self.left {
            found.fault(self.source.at(key), format!("nothing here is called `{name}`; is it misspelt?"));
        }
    }

    fn read<T: DeserializeOwned>(
        &self,
        value: Spanned<DeValue<'a>>,
        key: &Range<usize>,
        found: &mut Findings,
    ) -> Option<Spanned<T>> {
        let span = if value.span().is_empty() { key.clone() } else { value.span() };
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(Spanned::new(span, read)),
            Err(error) => {
                let at = error.span().filter(|s| !s.is_empty()).unwrap_or(span);
                found.fault(self.source.at(&at), one_line(error.message()));
                None
            }
        }
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_value(
    source: Source<'_>,
    name: &str,
    key: &Range<usize>,
    value: &Spanned<DeValue<'_>>,
    langs: &[Lang],
    found: &mut Findings,
) {
    match value.get_ref() {
        DeValue::Table(table) if is_text(table, langs) => check_text(source, name, key, table, langs, found),
        DeValue::Table(table) => {
            for (name, value) in table {
                check_value(source, name.get_ref(), &name.span(), value, langs, found);
            }
        }
        DeValue::Array(elements) => {
            for value in elements {
                check_value(source, name, &value.span(), value, langs, found);
            }
        }
        _ => {}
    }
}

fn is_text(table: &DeTable<'_>, langs: &[Lang]) -> bool {
    table.keys().all(|key| key.get_ref().parse::<Lang>().is_ok())
        && table.keys().any(|key| langs.iter().any(|lang| lang.as_str() == key.get_ref().as_ref()))
}

fn check_text(
    source: Source<'_>,
    name: &str,
    key: &Range<usize>,
    table: &DeTable<'_>,
    langs: &[Lang],
    found: &mut Findings,
) {
    let at = table.keys().next().map_or_else(|| key.clone(), Spanned::span);
    for lang in langs {
        match table.iter().find(|(key, _)| key.get_ref().as_ref() == lang.as_str()) {
            None => found.fault(source.at(&at), format!("`{name}` has no text in `{lang}`")),
            Some((_, value)) if value.get_ref().as_str().is_some_and(|t| t.trim().is_empty()) => {
                found.fault(source.at(&value.span()), format!("`{name}` is blank in `{lang}`"));
            }
            Some(_) => {}
        }
    }
    for (other, _) in table {
        if !langs.iter().any(|lang| lang.as_str() == other.get_ref().as_ref()) {
            let says = format!(
                "`{}` is not one of the pack's languages (see `languages` in pack.toml)",
                other.get_ref()
            );
            found.fault(source.at(&other.span()), says);
        }
    }
}

/// For `#[serde(deserialize_with)]` on a text: a table without a single language is no text.
pub(crate) fn words<'de, D: serde::Deserializer<'de>>(d: D) -> Result<domain::text::Text, D::Error> {
    use serde::Deserialize;
    let text = domain::text::Text::deserialize(d)?;
    if text.langs().next().is_none() {
        return Err(serde::de::Error::custom("this text is in no language; write { en = \"…\" }"));
    }
    Ok(text)
}

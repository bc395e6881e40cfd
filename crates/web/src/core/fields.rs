//! Forms as they were sent, and what is wrong with them.

use crate::{App, core::WebError};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use domain::change::IdempotencyKey;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// More fields than any form of ours has.
const MOST_FIELDS: usize = 300;
/// The longest name of a field.
const LONGEST_NAME: usize = 80;
/// The longest value, in bytes: a page of text.
const LONGEST_VALUE: usize = 8_000;
/// The longest form, in bytes.
pub(crate) const LONGEST_FORM: usize = 64 * 1024;
/// The longest document that is written as one field, in bytes, and the longest form with one: each byte may be sent as three.
const LONGEST_DOCUMENT: usize = domain::revision::LONGEST_TEXT;
pub(crate) const LONGEST_LONG_FORM: usize = 3 * LONGEST_DOCUMENT + LONGEST_FORM;

/// A form as it was sent: every value of every field. Personal, so it does not print itself.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Fields(pub(crate) BTreeMap<String, Vec<String>>);

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fields({})", self.0.len())
    }
}

impl Fields {
    /// The first value of a field without spaces around it; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// The first value of a field as it was sent, with the spaces around it.
    pub(crate) fn verbatim(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Every value of a field.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Was this value among those sent?
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|v| v == value)
    }

    /// Was a box with this name ticked?
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.has(name, "yes")
    }

    /// Sets a field to one value.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), vec![value.into()]);
    }

    /// Takes a field out, with all its values.
    pub(crate) fn take(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    /// The form as a browser would send it.
    pub(crate) fn encoded(&self) -> String {
        let pairs = self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// The key of the command that this form is: its hidden `_key` with everything it says. Sent twice it is the same
    /// command; sent again from a page gone back to, with another choice, it is another.
    pub(crate) fn key(&self, part: &str) -> IdempotencyKey {
        let mut hash = Sha256::new();
        for (name, values) in &self.0 {
            for value in values {
                for text in [name, value] {
                    hash.update((text.len() as u64).to_be_bytes());
                    hash.update(text.as_bytes());
                }
            }
        }
        IdempotencyKey::of(part, hex::encode(hash.finalize()))
    }
}

impl FromRequest<App> for Fields {
    type Rejection = WebError;

    async fn from_request(request: Request, _: &App) -> Result<Self, WebError> {
        Self::within(request, LONGEST_FORM, LONGEST_VALUE).await
    }
}

/// A form in which one field may hold a whole document.
pub(crate) struct LongFields(pub(crate) Fields);

impl FromRequest<App> for LongFields {
    type Rejection = WebError;

    async fn from_request(request: Request, _: &App) -> Result<Self, WebError> {
        Ok(Self(Fields::within(request, LONGEST_LONG_FORM, LONGEST_DOCUMENT).await?))
    }
}

impl Fields {
    async fn within(request: Request, form_bytes: usize, value_bytes: usize) -> Result<Self, WebError> {
        let form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !form {
            return Err(WebError::BadForm);
        }
        let bytes =
            axum::body::to_bytes(request.into_body(), form_bytes).await.map_err(|_| WebError::TooLarge)?;
        Self::parse_within(&bytes, value_bytes)
    }

    #[cfg(test)]
    fn parse(bytes: &[u8]) -> Result<Self, WebError> {
        Self::parse_within(bytes, LONGEST_VALUE)
    }

    fn parse_within(bytes: &[u8], value_bytes: usize) -> Result<Self, WebError> {
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for (count, (name, value)) in form_urlencoded::parse(bytes).enumerate() {
            if count >= MOST_FIELDS || name.len() > LONGEST_NAME || value.len() > value_bytes {
                return Err(WebError::TooLarge);
            }
            // Line ends as browsers send them, and nothing that a terminal or a page would take for a command.
            // A document keeps its tabs as well.
            let kept = |c: char| c == '\n' || (c == '\t' && value_bytes > LONGEST_VALUE);
            let value = value.replace("\r\n", "\n").replace(|c: char| c.is_control() && !kept(c), "");
            fields.entry(name.into_owned()).or_default().push(value);
        }
        Ok(Self(fields))
    }
}

/// What is wrong with a form: a sentence for each field, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Errors(Vec<(String, String)>);

impl Errors {
    /// Nothing is wrong.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Says what is wrong with a field, and how to mend it. The first sentence about a field stands.
    pub(crate) fn add(&mut self, field: &str, sentence: String) {
        if self.of(field).is_none() {
            self.0.push((field.to_owned(), sentence));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// All, in order: field and sentence.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }
}

/// A form to be shown: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) errors: &'a Errors,
}

impl<'a> Form<'a> {
    pub(crate) const fn new(fields: &'a Fields, errors: &'a Errors) -> Self {
        Self { fields, errors }
    }

    pub(crate) fn value(&self, name: &str) -> &'a str {
        self.fields.get(name)
    }

    pub(crate) fn error(&self, name: &str) -> Option<&'a str> {
        self.errors.of(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_value_and_refuses_too_much() {
        let fields = Fields::parse(b"paper=a&paper=b&name=+Ana+&note=x%0D%0Ay%00").unwrap();
        assert_eq!(fields.all("paper"), ["a", "b"]);
        assert_eq!(fields.get("name"), "Ana");
        assert_eq!(fields.get("note"), "x\ny");
        assert!(fields.has("paper", "b") && !fields.has("paper", "c"));
        assert_eq!(Fields::parse(fields.encoded().as_bytes()).unwrap(), fields, "sent again it is the same");
        let many = "a=1&".repeat(MOST_FIELDS + 1);
        assert!(matches!(Fields::parse(many.as_bytes()), Err(WebError::TooLarge)));
        let long = format!("a={}", "x".repeat(LONGEST_VALUE + 1));
        assert!(matches!(Fields::parse(long.as_bytes()), Err(WebError::TooLarge)));
    }

    #[test]
    fn the_same_form_is_the_same_command_and_another_choice_is_another() {
        let form = |text: &str| Fields::parse(text.as_bytes()).unwrap().key("move");
        assert_eq!(form("_key=k&start=1"), form("start=1&_key=k"));
        assert_ne!(form("_key=k&start=1"), form("_key=k&start=2"));
        assert_ne!(form("_key=k&start=1"), form("_key=l&start=1"));
        assert_ne!(form("a=bc"), form("ab=c"));
    }
}

//! Prompts by key and language: Fluent messages whose arguments are facts.

use crate::{
    event::Spoken,
    fault::{Fault, FaultKind},
    form::Form,
};
use domain::text::Lang;
use facts::{Kind, Place, ReadProblem, Schema, Value, place_of};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::Timestamp;
use locale::Tongue;
use speech::Language;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};
use unic_langid::LanguageIdentifier;

/// The attribute of a prompt that is said the second time.
const AGAIN: &str = "again";

/// The prompts of every language.
pub(crate) struct Prompts {
    by_lang: BTreeMap<Lang, Book>,
}

/// The prompts of one language.
struct Book {
    bundle: FluentBundle<FluentResource>,
    language: Language,
    keys: BTreeMap<String, Prompt>,
}

/// What is known of a prompt.
struct Prompt {
    arguments: BTreeSet<String>,
    /// Where it stands.
    file: String,
    place: Place,
    /// Its words, at first and again, once they have been said: of a prompt without arguments, which are the same for everybody.
    said: [OnceLock<String>; 2],
}

impl std::fmt::Debug for Prompts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.by_lang.iter().map(|(lang, book)| (lang, book.keys.len()))).finish()
    }
}

impl Prompts {
    pub fn read(sources: &[(Lang, &str, &str)], langs: &[Lang], faults: &mut Vec<Fault>) -> Self {
        let mut by_lang: BTreeMap<Lang, Book> = BTreeMap::new();
        for (lang, file, text) in sources {
            let at = |place, kind| Fault { file: (*file).to_owned(), place, kind };
            let start = Place { line: 1, column: 1 };
            let Some(language) = Language::of(lang) else {
                faults.push(at(start, FaultKind::NoSpeech(lang.to_string())));
                continue;
            };
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => {
                    faults.extend(errors.iter().map(|error| {
                        at(place_of(text, error.pos.start), FaultKind::Fluent(error.kind.to_string()))
                    }));
                    continue;
                }
            };
            let book = by_lang.entry(lang.clone()).or_insert_with(|| {
                // Two or three lower-case letters, as a `Lang` has, always parse.
                let id: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                Book { bundle, language, keys: BTreeMap::new() }
            });
            for (key, arguments) in locale::messages(&resource) {
                let line = locale::line_of(text, &key);
                let place = Place { line, column: 1 };
                // The second of two in one file, or one that another file has already.
                let second = lines_of(text, &key).nth(1).map(|line| (line, place.line));
                let other = book.keys.get(&key).map(|first| (line, first.place.line));
                if let Some((line, first)) = second.or(other) {
                    let twice = ReadProblem::Duplicate { what: "prompt", id: key.clone(), line: first };
                    faults.push(at(Place { line, column: 1 }, twice.into()));
                }
                let file = (*file).to_owned();
                book.keys.insert(key, Prompt { arguments, file, place, said: Default::default() });
            }
            book.bundle.add_resource_overriding(resource);
        }
        for lang in langs.iter().filter(|lang| !sources.iter().any(|(there, ..)| there == *lang)) {
            let file = sources.first().map_or("prompts", |(_, file, _)| *file).to_owned();
            let place = Place { line: 1, column: 1 };
            faults.push(Fault { file, place, kind: FaultKind::NoPrompts(lang.to_string()) });
        }
        Self { by_lang }
    }

    /// Whether a language has a prompt.
    pub fn has(&self, lang: &Lang, key: &str) -> bool {
        self.by_lang.get(lang).is_some_and(|book| book.keys.contains_key(key))
    }

    /// The arguments of a prompt in any language.
    pub fn arguments(&self, key: &str) -> BTreeSet<&str> {
        self.by_lang
            .values()
            .filter_map(|book| book.keys.get(key))
            .flat_map(|prompt| prompt.arguments.iter().map(String::as_str))
            .collect()
    }

    /// Every prompt of every language, with its arguments, file and place.
    pub fn all(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>, &str, Place)> {
        self.by_lang.values().flat_map(|book| {
            book.keys
                .iter()
                .map(|(key, prompt)| (key.as_str(), &prompt.arguments, prompt.file.as_str(), prompt.place))
        })
    }

    /// Every prompt of every language that says the same to everybody.
    pub fn fixed(&self) -> Vec<Spoken> {
        let fixed = |(lang, book): (&Lang, &Book)| -> Vec<Spoken> {
            let keys = book.keys.iter().filter(|(_, prompt)| prompt.arguments.is_empty());
            let spoken = |key: &String| Spoken {
                prompt: key.clone(),
                lang: lang.clone(),
                again: false,
                args: facts::Facts::new(),
            };
            keys.map(|(key, _)| spoken(key)).collect()
        };
        self.by_lang.iter().flat_map(fixed).collect()
    }

    /// Tries every prompt out with facts of every sort, and reports what cannot be put together.
    pub fn try_out(&self, schema: &Schema, forms: &BTreeMap<String, Form>, faults: &mut Vec<Fault>) {
        for book in self.by_lang.values() {
            let mut args = FluentArgs::new();
            for (name, declared) in schema {
                let value: FluentValue<'_> = match &declared.kind {
                    Kind::Bool => "yes".into(),
                    Kind::Int { max, .. } => (*max).into(),
                    Kind::OneOf(words) => words.first().cloned().unwrap_or_default().into(),
                    Kind::Text => forms.get(name).map_or("words", |form| form.sample()).into(),
                    Kind::List(_) => continue,
                };
                args.set(name.as_str(), value);
            }
            for name in crate::contract::ENTERED {
                args.set(name, 1);
            }
            for (key, Prompt { arguments, file, place, .. }) in &book.keys {
                if arguments.iter().any(|name| args.get(name).is_none()) {
                    // Reported as an unknown argument.
                    continue;
                }
                let Some(message) = book.bundle.get_message(key) else { continue };
                let patterns = message.value().into_iter().chain(message.attributes().map(|a| a.value()));
                for pattern in patterns {
                    let mut errors = Vec::new();
                    let said = book.bundle.format_pattern(pattern, Some(&args), &mut errors);
                    let blank = said.trim().is_empty();
                    if let Some(what) = errors
                        .first()
                        .map(ToString::to_string)
                        .or_else(|| blank.then(|| "it is blank".to_owned()))
                    {
                        let kind = FaultKind::Prompt { key: key.clone(), what };
                        faults.push(Fault { file: file.clone(), place: *place, kind });
                    }
                }
                if message.value().is_none() {
                    let kind =
                        FaultKind::Prompt { key: key.clone(), what: "it has no text of its own".to_owned() };
                    faults.push(Fault { file: file.clone(), place: *place, kind });
                }
            }
        }
    }

    /// The words of a prompt. A prompt or an argument that is not there leaves its name: the checks at load rule that out.
    pub fn words(
        &self,
        spoken: &Spoken,
        forms: &BTreeMap<String, Form>,
        tongue: &Tongue,
        now: Timestamp,
    ) -> String {
        let Some(book) = self.by_lang.get(&spoken.lang) else { return spoken.prompt.clone() };
        let language = book.language;
        let words = || {
            let filled = filled(book, spoken, |name, text| match form(forms, name) {
                Some(form) => form.spoken(text, language, tongue, now),
                None => text.to_owned(),
            });
            language.words(&filled)
        };
        match book.keys.get(&spoken.prompt).filter(|prompt| prompt.arguments.is_empty()) {
            Some(Prompt { said: [_, again], .. }) if spoken.again => again.get_or_init(words).clone(),
            Some(Prompt { said: [first, _], .. }) => first.get_or_init(words).clone(),
            None => words(),
        }
    }

    /// The text of a prompt for those who read along.
    pub fn text(
        &self,
        spoken: &Spoken,
        forms: &BTreeMap<String, Form>,
        tongue: &Tongue,
        now: Timestamp,
    ) -> String {
        let Some(book) = self.by_lang.get(&spoken.lang) else { return spoken.prompt.clone() };
        filled(book, spoken, |name, text| match form(forms, name) {
            Some(form) => form.write(text, tongue, now),
            None => text.to_owned(),
        })
    }
}

/// The lines (from 1) on which a message of this name begins.
fn lines_of<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = usize> + 't {
    let begins =
        move |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().enumerate().filter(move |(_, line)| begins(line)).map(|(n, _)| n + 1)
}

/// How a text is said. A word of a set has no form: it chooses among the prompt's variants.
fn form(forms: &BTreeMap<String, Form>, name: &str) -> Option<Form> {
    forms.get(name).copied().or_else(|| (name == crate::contract::ENTERED[0]).then_some(Form::Digits))
}

fn filled(book: &Book, spoken: &Spoken, said: impl Fn(&str, &str) -> String) -> String {
    let Some(message) = book.bundle.get_message(&spoken.prompt) else { return spoken.prompt.clone() };
    let again = message.get_attribute(AGAIN).filter(|_| spoken.again).map(|again| again.value());
    let Some(pattern) = again.or_else(|| message.value()) else { return spoken.prompt.clone() };
    let mut args = FluentArgs::new();
    for (name, value) in spoken.args.iter() {
        let value: FluentValue<'_> = match value {
            Value::Bool(true) => "yes".into(),
            Value::Bool(false) => "no".into(),
            Value::Int(n) => (*n).into(),
            Value::Text(text) => said(name, text).into(),
            Value::List(words) => words.join(", ").into(),
        };
        args.set(name.to_owned(), value);
    }
    let mut errors = Vec::new();
    let words = book.bundle.format_pattern(pattern, Some(&args), &mut errors);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

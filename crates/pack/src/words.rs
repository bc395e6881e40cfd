//! `notices/LANG.ftl`: an agency's own wording of messages to the person, over the program's, message by message; and
//! `words/LANG/*.ftl`: what pages say, in a language that the program does not speak, or in the agency's own way.

use crate::{
    Pack,
    fault::{Fault, Findings, Place},
    files::Files,
};
use domain::{revision::PackFile, text::Lang};
use locale::{MIRRORED, Overrides, Words, WordsError};
use std::{collections::BTreeMap, sync::Arc};

const NOTICES: &str = "notices/";
const WORDS: &str = "words/";
/// What the names of messages to the person begin with: those of e-mail and letters, of texts, and of calls.
const NAMES: [&str; 3] = ["notices-", "texts-", "calls-"];

/// The language of a file of words, by its name, and whether it may hold messages to the person alone.
fn lang_of(path: &str) -> Option<(&str, bool)> {
    let path = path.strip_suffix(".ftl")?;
    if let Some(name) = path.strip_prefix(NOTICES) {
        return (!name.contains('/')).then_some((name, true));
    }
    let (lang, name) = path.strip_prefix(WORDS)?.split_once('/')?;
    (!name.contains('/')).then_some((lang, false))
}

pub(crate) fn reads(path: &str) -> bool {
    lang_of(path).is_some()
}

/// Every word of the program with the agency's over them, and with the sample that runs from right to left if it is wanted; none where
/// the pack wants no others than the program's.
pub(crate) fn read(files: &Files, langs: &[Lang], sample: bool, found: &mut Findings) -> Option<Arc<Words>> {
    let before = found.faults.len();
    let mut own = Overrides::none();
    let mut any = sample;
    let mut names: BTreeMap<String, (Vec<Lang>, Place)> = BTreeMap::new();
    for path in files.paths() {
        let Some((name, of_notices)) = lang_of(path) else { continue };
        let text = match files.text(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(fault) => {
                found.faults.push(fault);
                continue;
            }
        };
        match name.parse::<Lang>() {
            Ok(lang) if langs.contains(&lang) => {
                any = true;
                if of_notices {
                    for (name, place) in check_names(path, text, found) {
                        names.entry(name).or_insert_with(|| (Vec::new(), place)).0.push(lang.clone());
                    }
                }
                own.add(lang, path, text);
            }
            Ok(_) | Err(_) => found.fault(
                Place::file(path),
                format!("`{name}` is not one of the pack's languages (see `languages` in pack.toml)"),
            ),
        }
    }
    if found.faults.len() > before {
        return None;
    }
    for (name, (in_langs, place)) in names {
        if in_langs.len() < langs.len() {
            let says =
                format!("`{name}` is not in every language here: the others keep the program's own words");
            found.warn(place, says);
        }
    }
    let own = if sample { own.with_mirrored_sample() } else { own };
    let words = match Words::load(&own) {
        Ok(words) => words,
        Err(error) => {
            let (at, says) = said(&error);
            found.fault(at, says);
            return None;
        }
    };
    for lang in langs {
        let (there, all) = words.covers(lang);
        if there < all {
            let says = format!("pages say {there} of {all} things in `{lang}`, and the rest in English");
            found.warn(Place::file(format!("{WORDS}{lang}")), says);
        }
    }
    any.then(|| Arc::new(words))
}

impl Pack {
    /// Every word as it would be with another text for what messages to the person say in a language: that of a version which is
    /// in force no more, for what was decided while it was. Takes as long as reading all words, tens of milliseconds.
    ///
    /// # Errors
    /// Every fault of the text: it may use what messages have no more.
    pub fn worded(&self, lang: &Lang, text: &str) -> Result<Arc<Words>, Vec<Fault>> {
        let mut files = self.files.clone();
        files.insert(PackFile::Notices(lang.clone()).to_string(), text.as_bytes());
        let langs = self.languages().iter().filter(|lang| lang.as_str() != MIRRORED).cloned();
        let mut found = Findings::default();
        let words = read(&files, &langs.collect::<Vec<_>>(), false, &mut found);
        found.finish()?;
        words.ok_or_else(Vec::new)
    }
}

/// The names of a file's messages, each of which must be one of a message to the person, and there once.
fn check_names(path: &str, text: &str, found: &mut Findings) -> Vec<(String, Place)> {
    let mut names: Vec<(String, Place)> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        // A message begins a line with its name; everything else of it is indented.
        let Some((name, _)) =
            line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            continue;
        };
        let (name, at) = (name.trim(), Place::line(path, n + 1));
        if !NAMES.iter().any(|of| name.starts_with(of)) {
            let says = format!(
                "`{name}` is no message to the person: their names begin with {}",
                NAMES.join(" or ")
            );
            found.fault(at.clone(), says);
        }
        if let Some((_, first)) = names.iter().find(|(other, _)| other == name) {
            found
                .fault(at.clone(), format!("`{name}` is already on line {}", first.line.unwrap_or_default()));
        }
        names.push((name.to_owned(), at));
    }
    names
}

fn said(error: &WordsError) -> (Place, String) {
    match error {
        WordsError::Syntax { file, line, what } => {
            (Place::line(file, *line), format!("this is not a Fluent message: {what}"))
        }
        WordsError::UnknownKey { file, line, key } => {
            (Place::line(file, *line), format!("there is no message `{key}`"))
        }
        WordsError::UnknownArgument { file, line, key, argument, allowed } => {
            let allowed: Vec<String> = allowed.iter().map(|name| format!("${name}")).collect();
            let says = match allowed.as_slice() {
                [] => format!("`{key}` may use no argument, and uses ${argument}"),
                some => format!("`{key}` may use {}, and not ${argument}", some.join(", ")),
            };
            (Place::line(file, *line), says)
        }
        other => (Place::file(WORDS), other.to_string()),
    }
}

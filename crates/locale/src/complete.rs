//! Is every text there in every language, with the same arguments? The build asks before there is a program: a reader never meets a
//! text that is missing.

use crate::message::{line_at, line_of, messages};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// Each language's files: name → text.
pub type Files = BTreeMap<String, BTreeMap<String, String>>;

/// A text of one language: where it stands, and the names of its arguments.
struct Text {
    at: String,
    arguments: BTreeSet<String>,
}

/// What is wrong with them, a sentence each with its file and line; nothing where all is well.
pub fn faults(files: &Files) -> Vec<String> {
    let mut faults = Vec::new();
    let langs: BTreeMap<&String, BTreeMap<String, Text>> =
        files.iter().map(|(lang, files)| (lang, texts(lang, files, &mut faults))).collect();
    for (lang, here) in &langs {
        for (other, there) in langs.iter().filter(|(other, _)| *other != lang) {
            for (key, theirs) in there {
                match here.get(key) {
                    None => faults.push(format!("{}: {lang} lacks {key}, which {other} has", theirs.at)),
                    // Each difference is said once.
                    Some(ours) if lang < other && ours.arguments != theirs.arguments => faults.push(format!(
                        "{}: {key} takes {:?}, but {:?} at {}",
                        ours.at, ours.arguments, theirs.arguments, theirs.at
                    )),
                    Some(_) => {}
                }
            }
        }
    }
    faults
}

fn texts(lang: &str, files: &BTreeMap<String, String>, faults: &mut Vec<String>) -> BTreeMap<String, Text> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for (file, text) in files {
        let at = |line: usize| format!("locales/{lang}/{file}:{line}");
        let resource = FluentResource::try_new(text.clone()).unwrap_or_else(|(read, errors)| {
            faults.extend(
                errors.iter().map(|error| format!("{}: {}", at(line_at(text, error.pos.start)), error.kind)),
            );
            read
        });
        for (key, arguments) in messages(&resource) {
            let found = Text { at: at(line_of(text, &key)), arguments };
            if let Some(before) = texts.get(&key) {
                faults.push(format!("{}: {key} stands at {} already", found.at, before.at));
            } else {
                texts.insert(key, found);
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(langs: &[(&str, &[(&str, &str)])]) -> Vec<String> {
        let files = |files: &[(&str, &str)]| {
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        faults(&langs.iter().map(|(lang, all)| ((*lang).to_owned(), files(all))).collect())
    }

    #[test]
    fn what_is_whole_has_no_fault() {
        let text = "a-one = One { $n }\na-two = Two\n";
        assert_eq!(of(&[("en", &[("a.ftl", text)]), ("es", &[("a.ftl", text)])]), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        let en = [("a.ftl", "a-one = One { $n }\na-two = Two\n"), ("b.ftl", "b-one = One\n")];
        let es = [("a.ftl", "a-one = Uno { $m }\n"), ("b.ftl", "b-one = Uno\nb-two = Dos\nb-more = {\n")];
        let told = of(&[("en", &en), ("es", &es)]);
        let wanted = [
            "locales/es/b.ftl:4: Expected",
            "locales/es/b.ftl:2: en lacks b-two, which es has",
            "locales/en/a.ftl:2: es lacks a-two, which en has",
            "locales/en/a.ftl:1: a-one takes {\"n\"}, but {\"m\"} at locales/es/a.ftl:1",
        ];
        for wanted in wanted {
            assert!(told.iter().any(|told| told.starts_with(wanted)), "{wanted} in {told:#?}");
        }
        assert_eq!(told.len(), wanted.len(), "{told:#?}");
    }

    #[test]
    fn a_text_stands_once() {
        let twice = [("a.ftl", "a-one = One\n"), ("b.ftl", "a-one = Another\n")];
        assert_eq!(of(&[("en", &twice)]), ["locales/en/b.ftl:1: a-one stands at locales/en/a.ftl:1 already"]);
    }
}

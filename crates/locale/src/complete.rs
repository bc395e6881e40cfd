//! Is every text there in every language, with the same arguments? The build asks before there is a program: a reader never meets a
//! text that is missing.

use crate::message::{line_at, line_of, lines_of, messages};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Each language's files: name → text.
pub type Files = BTreeMap<String, BTreeMap<String, String>>;

/// A text of one language: where it stands, and the names of its arguments and attributes.
struct Text {
    at: String,
    arguments: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

/// What is wrong with them, a sentence each with its file and line; nothing where all is well.
pub fn faults(files: &Files) -> Vec<String> {
    let mut faults = Vec::new();
    let langs: BTreeMap<&String, BTreeMap<String, Text>> =
        files.iter().map(|(lang, files)| (lang, texts(lang, files, &mut faults))).collect();
    for (lang, here) in &langs {
        for (other, there) in langs.iter().filter(|(other, _)| *other != lang) {
            for (key, theirs) in there {
                let Some(ours) = here.get(key) else {
                    faults.push(format!("{}: {lang} lacks {key}, which {other} has", theirs.at));
                    continue;
                };
                for attribute in theirs.attributes.difference(&ours.attributes) {
                    faults.push(format!(
                        "{}: {lang} lacks the attribute {key}.{attribute}, which {other} has",
                        theirs.at
                    ));
                }
                // Each difference is said once.
                if lang < other && ours.arguments != theirs.arguments {
                    faults.push(format!(
                        "{}: {key} takes {:?}, but {:?} at {}",
                        ours.at, ours.arguments, theirs.arguments, theirs.at
                    ));
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
        let mut arguments = messages(&resource);
        // Not from the map of messages: a key that stands twice in one file is there once.
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            if let Some(before) = texts.get(key) {
                let again = lines_of(text, key).last().unwrap_or(1);
                faults.push(format!("{}: {key} stands at {} already", at(again), before.at));
                continue;
            }
            let found = Text {
                at: at(line_of(text, key)),
                arguments: arguments.remove(key).unwrap_or_default(),
                attributes: message.attributes.iter().map(|attribute| attribute.id.name.to_owned()).collect(),
            };
            texts.insert(key.to_owned(), found);
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

    #[test]
    fn a_text_stands_once_in_its_own_file_too() {
        let twice = [("a.ftl", "a-one = One\na-two = Two\na-one = Another\n")];
        assert_eq!(of(&[("en", &twice)]), ["locales/en/a.ftl:3: a-one stands at locales/en/a.ftl:1 already"]);
    }

    #[test]
    fn an_attribute_is_there_in_every_language() {
        let en = [("a.ftl", "a-one = One\n    .title = Title\n")];
        let es = [("a.ftl", "a-one = Uno\n")];
        assert_eq!(
            of(&[("en", &en), ("es", &es)]),
            ["locales/en/a.ftl:1: es lacks the attribute a-one.title, which en has"]
        );
    }
}

//! Every key that a page names is there, and none that no page names. That every language has it is the build's to see
//! (`src/complete.rs`).
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::sources::{self, Named, Use};
use domain::text::Lang;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, PatternElement},
    parser,
};
use locale::{Overrides, Words};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Fails with every fault, not only the first.
fn none(faults: &BTreeSet<String>) {
    let mut list = String::new();
    for fault in faults {
        writeln!(list, "  {fault}").unwrap();
    }
    assert!(faults.is_empty(), "{} faults in texts:\n{list}", faults.len());
}

/// Each language's files: name → text.
fn files() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut langs = BTreeMap::new();
    for folder in std::fs::read_dir(root().join("locales")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let files: BTreeMap<String, String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    std::fs::read_to_string(&path).unwrap(),
                )
            })
            .collect();
        langs.insert(folder.file_name().unwrap().to_str().unwrap().to_owned(), files);
    }
    langs
}

#[test]
fn every_key_begins_with_the_name_of_its_file_and_stands_alone() {
    let mut faults = BTreeSet::new();
    for (lang, files) in files() {
        for (file, text) in files {
            let Some(room) = file.strip_suffix(".ftl") else {
                faults.insert(format!("locales/{lang}/{file} is not a .ftl file"));
                continue;
            };
            let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
                faults.insert(format!("locales/{lang}/{file}: {errors:?}"));
                resource
            });
            for entry in &resource.body {
                let Entry::Message(message) = entry else { continue };
                let key = message.id.name;
                if !key.strip_prefix(room).is_some_and(|rest| rest.starts_with('-')) {
                    faults.insert(format!("locales/{lang}/{file}: {key} must begin with {room}-"));
                }
                if !message.attributes.is_empty() {
                    faults.insert(format!(
                        "locales/{lang}/{file}: {key} has attributes: give them keys of their own"
                    ));
                }
                let elements = message.value.iter().flat_map(|pattern| &pattern.elements);
                for element in elements {
                    if let PatternElement::Placeable {
                        expression: Expression::Inline(InlineExpression::MessageReference { id, .. }),
                    } = element
                    {
                        faults.insert(format!(
                            "locales/{lang}/{file}: {key} refers to the message {}: make it a term, or an argument",
                            id.name
                        ));
                    }
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn every_text_that_a_source_names_is_there_with_its_arguments_and_none_is_left_over() {
    let words = Words::load(&Overrides::none()).unwrap();
    let catalogue = words.catalogue(&Lang::en()).unwrap();
    let mut faults = BTreeSet::new();
    let mut used: BTreeSet<&String> = BTreeSet::new();
    for path in sources::files(&root()) {
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        let found = sources::read(&std::fs::read_to_string(&path).unwrap());
        for line in found.dynamic {
            faults.insert(format!(
                "{shown}:{line}: the key must be a literal here (say_of for a family, key! for a table)"
            ));
        }
        for Use { line, named, arguments } in found.uses {
            let (messages, what): (Vec<_>, _) = match &named {
                Named::Key(key) => (catalogue.get_key_value(key).into_iter().collect(), key.clone()),
                Named::Family(family) => {
                    let members = catalogue.iter().filter(|(key, _)| {
                        key.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'))
                    });
                    (members.collect(), format!("{family}-*"))
                }
            };
            if messages.is_empty() {
                faults.insert(format!("{shown}:{line}: there is no text {what}"));
            }
            let needed: BTreeSet<String> = messages.iter().flat_map(|(_, names)| (*names).clone()).collect();
            used.extend(messages.iter().map(|(key, _)| *key));
            if let Some(given) = arguments
                && given != needed
            {
                faults.insert(format!("{shown}:{line}: {what} takes {needed:?} but is given {given:?}"));
            }
        }
    }
    for key in catalogue.keys().filter(|key| !used.contains(key)) {
        faults.insert(format!("no source names {key}"));
    }
    none(&faults);
}

#[test]
fn the_reader_of_sources_sees_calls_and_nothing_else() {
    let found = sources::read(
        r##"
        // t.say("in-a-comment")
        /* t.say("in-a-block") */
        /// `t.say("in-a-doc")`
        fn say(&self) { let s = "t.say(\"in-a-string\")"; let r = r#".say("raw")"#; let c = '"'; let l: &'a str; }
        html! { (t.say("one")) h1 { (tongue
            .say_with(
                "two", &args! { "a" => f("x"), "b" => 3 })) } }
        const LABEL: Key = key!("three");
        t.say_of("four", stage.code());
        t.say_plain_with("five", &made_elsewhere);
        t.say(label);
        "##,
    );
    let names = |list: &[&str]| Some(list.iter().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>());
    let key = |key: &str| Named::Key(key.to_owned());
    let expected = [
        (6, key("one"), names(&[])),
        (7, key("two"), names(&["a", "b"])),
        (9, key("three"), names(&[])),
        (10, Named::Family("four".to_owned()), names(&[])),
        (11, key("five"), None),
    ];
    let expected: Vec<Use> =
        expected.into_iter().map(|(line, named, arguments)| Use { line, named, arguments }).collect();
    assert_eq!(found.uses, expected);
    assert_eq!(found.dynamic, [12]);
}

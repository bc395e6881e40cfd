//! The figures, the code that sets them and the document that explains them name the same.

use super::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const OPERATIONS: &str = include_str!("../../../../docs/operations.md");

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// The document's table: name to kind and meaning.
fn documented() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let row = |line: &'static str| {
        let mut cells =
            line.strip_prefix("| `anteroom_").is_some().then(|| line.split('|').map(str::trim))?.skip(1);
        let name = cells.next()?.trim_matches('`');
        Some((name, (cells.next()?, cells.next()?)))
    };
    OPERATIONS.lines().filter_map(row).collect()
}

#[test]
fn the_document_says_what_there_is() {
    let there: BTreeMap<_, _> =
        ALL.iter().map(|(name, kind, meaning)| (*name, (kind.as_str(), *meaning))).collect();
    assert_eq!(there.len(), ALL.len(), "each has a name of its own");
    assert_eq!(documented(), there);
}

/// Every figure that a room sets, as its macro names it.
fn set(dir: &Path, into: &mut BTreeMap<String, &'static str>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            set(&path, into);
            continue;
        }
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for (macro_, kind) in [("counter!(", "counter"), ("gauge!(", "gauge"), ("histogram!(", "histogram")] {
            let mut before = '_';
            for part in text.split(macro_) {
                // `describe_counter!` sets nothing.
                let (sets, rest) = (before != '_', part);
                before = part.chars().last().unwrap_or('_');
                if !sets {
                    continue;
                }
                let name = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                into.insert(
                    name.unwrap_or_else(|| panic!("{}: a figure has a name", path.display())).to_owned(),
                    kind,
                );
            }
        }
    }
}

#[test]
fn what_is_set_is_listed_and_what_is_listed_is_set() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(&crates).unwrap() {
        let sources = entry.unwrap().path().join("src");
        if sources.is_dir() {
            set(&sources, &mut all);
        }
    }
    let listed: BTreeMap<String, &str> =
        ALL.iter().map(|(name, kind, _)| ((*name).to_owned(), kind.as_str())).collect();
    assert_eq!(all, listed);
}

/// The pure rooms know nothing of it.
#[test]
fn what_is_pure_counts_nothing() {
    let mut knows = BTreeSet::new();
    for room in ["domain", "triage", "pack", "locale"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(room).join("Cargo.toml");
        if fs::read_to_string(path).unwrap().contains("metrics") {
            knows.insert(room);
        }
    }
    assert_eq!(knows, BTreeSet::new());
}

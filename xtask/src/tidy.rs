//! What must hold of the sources themselves: the invariants of `ARCHITECTURE.md` that a look at the files proves.
//!
//! Each rule is a function from the files to its complaints, so that a test can show it complaining.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::deps::{self, Package};
use crate::run;

/// A text file of the project: its path from the root, with `/`, and what is in it.
#[derive(Debug)]
pub struct File {
    path: String,
    text: String,
}

impl File {
    fn is_source(&self) -> bool {
        self.path.starts_with("crates/") && self.path.contains("/src/") && is(&self.path, "rs")
    }

    /// The lines that are code: a rule about code must not trip over what a comment tells of it.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn is(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == extension)
}

/// Every complaint about the sources under `root`.
pub fn complaints(root: &Path) -> Result<Vec<String>> {
    let files = files(root)?;
    let metadata = deps::metadata(root, None)?;
    Ok([
        long_files(&files),
        sql_outside_the_stores(&files),
        waiting_in_a_pure_room(&files),
        notices_past_the_outbox(&files),
        commits_past_the_desk(&files),
        pure_dependencies(&metadata.packages),
        decisions(&files),
        one_machine(&files, &places(root)),
        registries(&files),
        rooms_without_a_plan(&files),
        tests_that_nobody_runs(&files),
    ]
    .concat())
}

/// The text files that git knows, or would: new ones too, ignored ones not.
fn files(root: &Path) -> Result<Vec<File>> {
    // `safe.directory`: a checkout owned by another user, as in a container, is fine to read.
    let list = run::output(
        Command::new("git")
            .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root),
    )?;
    let read = |path: &str| {
        // Neither a picture nor a file just deleted has text to complain about.
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        Some(File { path: path.to_owned(), text })
    };
    Ok(list.split_terminator('\0').filter_map(read).collect())
}

/// One file, one thought.
const LONGEST: usize = 500;

/// Deliberate exceptions, each with its reason: (path, reason).
const LONG_FOR_A_REASON: &[(&str, &str)] = &[];

fn long_files(files: &[File]) -> Vec<String> {
    let excused = |file: &&File| !LONG_FOR_A_REASON.iter().any(|(path, _)| *path == file.path);
    let complain = |file: &File| {
        let lines = file.text.lines().count();
        (lines > LONGEST).then(|| format!("{} has {lines} lines: more than one thought?", file.path))
    };
    files.iter().filter(|file| file.is_source()).filter(excused).filter_map(complain).collect()
}

/// Only `store-*` know SQL.
fn sql_outside_the_stores(files: &[File]) -> Vec<String> {
    let words = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA ", "sqlx::"];
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("crates/") && !file.path.starts_with("crates/store-"))
    {
        if is(&file.path, "sql") {
            found.push(format!("{} is SQL outside crates/store-*", file.path));
        }
        if file.path.ends_with("/Cargo.toml") && file.text.contains("sqlx") {
            found.push(format!("{} asks for sqlx outside crates/store-*", file.path));
        }
        if file.is_source() {
            let update =
                |line: &str| line.split_once("UPDATE ").is_some_and(|(_, rest)| rest.contains(" SET "));
            let lines =
                file.code().filter(|(_, line)| update(line) || words.iter().any(|word| line.contains(word)));
            found.extend(lines.map(|(at, _)| format!("{}:{at} knows SQL outside crates/store-*", file.path)));
        }
    }
    found
}

/// Only one act hands a message to a carrier.
fn notices_past_the_outbox(files: &[File]) -> Vec<String> {
    let may = |file: &&File| {
        file.path.starts_with("crates/notices/") || file.path == "crates/desk/src/acts/send_notice.rs"
    };
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_source()).filter(|file| !may(file)) {
        let lines =
            file.code().filter(|(_, line)| line.contains("mailer.send(") || line.contains("Post::new("));
        found.extend(lines.map(|(at, _)| format!("{}:{at} sends a notice past the outbox", file.path)));
    }
    found
}

/// Pages and programs write through the desk's acts, never by a change of their own. What measures is no part of what is
/// shipped: it fills stores with years in minutes.
fn commits_past_the_desk(files: &[File]) -> Vec<String> {
    let may = |file: &&File| {
        ["crates/domain/", "crates/store", "crates/desk/", "crates/bench/"].iter().any(|room| file.path.starts_with(room))
            // Tests may play another node, or an older program.
            || file.path.ends_with("/tests.rs")
            || file.path.contains("/tests/")
    };
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_source()).filter(|file| !may(file)) {
        let lines =
            file.code().filter(|(_, line)| line.contains(".commit(") || line.contains("Change::new("));
        found.extend(lines.map(|(at, _)| format!("{}:{at} writes past the desk", file.path)));
    }
    found
}

/// A pure room is a function: it waits for nothing.
fn waiting_in_a_pure_room(files: &[File]) -> Vec<String> {
    let words =
        ["tokio", "async fn", "async move", ".await", "std::thread", "std::fs", "std::net", "std::env"];
    let mut found = Vec::new();
    let pure =
        |file: &&File| PURE_MAY.iter().any(|(room, _)| file.path.starts_with(&format!("crates/{room}/src/")));
    for file in files.iter().filter(pure) {
        for (at, line) in file.code() {
            let known = words.iter().filter(|word| line.contains(*word));
            found.extend(known.map(|word| format!("{}:{at} says `{word}`: this room is pure", file.path)));
        }
    }
    found
}

/// What each pure room may ask for: other pure rooms, words, times, hashes and their spelling.
const PURE_MAY: &[(&str, &[&str])] = &[
    ("domain", &["hex", "jiff", "serde", "serde_json", "sha2", "thiserror", "uuid"]),
    ("facts", &["cel", "domain", "serde", "thiserror", "toml"]),
    ("speech", &["domain"]),
    (
        "line",
        &[
            "domain",
            "facts",
            "fluent-bundle",
            "hex",
            "jiff",
            "locale",
            "serde",
            "serde_json",
            "sha2",
            "speech",
            "thiserror",
            "toml",
            "unic-langid",
        ],
    ),
];

fn pure_dependencies(packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for (room, may) in PURE_MAY {
        let ours = packages.iter().filter(|package| package.name == *room && package.source.is_none());
        let asked =
            ours.flat_map(|package| &package.dependencies).filter(|d| d.kind.as_deref() != Some("dev"));
        let strange = asked.filter(|d| !may.contains(&d.name.as_str()));
        found.extend(
            strange.map(|d| format!("crates/{room} asks for {}, which its allow-list does not name", d.name)),
        );
    }
    found
}

/// A decision is short, and none is missing from the row.
fn decisions(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for file in files {
        let Some(name) = file.path.strip_prefix("docs/decisions/") else { continue };
        let lines = file.text.lines().count();
        if lines > 60 {
            found.push(format!("{} has {lines} lines: a decision fits on one page of 60", file.path));
        }
        match name.split_once('-').map(|(number, _)| (number.len(), number.parse::<usize>())) {
            Some((4, Ok(number))) => numbers.push(number),
            _ => found.push(format!("{} should be named 0000-like-this.md", file.path)),
        }
    }
    numbers.sort_unstable();
    let wrong = numbers.iter().enumerate().find(|(at, number)| **number != at + 1);
    found.extend(
        wrong.map(|(at, number)| format!("docs/decisions: {:04} expected, {number:04} found", at + 1)),
    );
    found
}

/// Folders that exist on one machine only. Written in two parts, for this file is read as well.
fn places(root: &Path) -> Vec<String> {
    let mut places = [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/wo", "rk/")]
        .map(|(a, b)| format!("{a}{b}"))
        .to_vec();
    // Where this checkout lies, if that says anything: `/src` alone would be found in every second line.
    if let Ok(root) = root.canonicalize()
        && root.components().count() > 2
    {
        places.push(root.display().to_string());
    }
    places
}

fn one_machine(files: &[File], places: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            let named = places.iter().find(|place| starts_a_path(line, place));
            found.extend(
                named.map(|place| format!("{}:{} names a path of one machine: {place}", file.path, at + 1)),
            );
        }
    }
    found
}

/// Whether `place` stands in the line as the start of a path, not in the middle of a relative one or a URL.
fn starts_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}~*)]>".contains(c))
    })
}

/// Locks name what to fetch and its hash, not the mirror that one machine fetched it from.
fn registries(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            let wrong = match file.path.rsplit('/').next().unwrap_or_default() {
                "package-lock.json" => line.contains("\"resolved\""),
                "Cargo.lock" => {
                    line.starts_with("source = ")
                        && !line.contains("+https://github.com/rust-lang/crates.io-index")
                }
                ".npmrc" => line.contains("registry=") || line.contains("_auth"),
                _ => false,
            };
            if wrong {
                found.push(format!("{}:{} names a registry", file.path, at + 1));
            }
        }
    }
    found
}

/// Every room is on the plan.
fn rooms_without_a_plan(files: &[File]) -> Vec<String> {
    let plan = files.iter().find(|file| file.path == "ARCHITECTURE.md").map_or("", |file| &file.text);
    let room =
        |file: &File| file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml").map(str::to_owned);
    let missing = files.iter().filter_map(room).filter(|room| !plan.contains(&format!("`{room}`")));
    missing.map(|room| format!("ARCHITECTURE.md does not say what `{room}` is for")).collect()
}

/// A crate whose tests are one program names each file of them, or nobody runs it and nothing says so.
fn tests_that_nobody_runs(files: &[File]) -> Vec<String> {
    let read = |path: &str| files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str());
    let mut found = Vec::new();
    for file in files.iter().filter(|file| is(&file.path, "rs")) {
        let Some((room, test)) = file.path.split_once("/tests/") else { continue };
        let manifest = read(&format!("{room}/Cargo.toml"));
        if !manifest.contains("\nautotests = false\n") {
            continue;
        }
        let named = match test.strip_suffix(".rs").map(|name| (name, name.rsplit_once('/'))) {
            Some((name, None)) if name != "main" => {
                read(&format!("{room}/tests/main.rs")).lines().any(|line| line == format!("mod {name};"))
            }
            Some((name, None | Some((_, "main")))) => {
                manifest.contains(&format!("path = \"tests/{name}.rs\""))
            }
            _ => true,
        };
        if !named {
            found.push(format!("{} is in no program of tests", file.path));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Vec<File> {
        vec![File { path: path.to_owned(), text: text.to_owned() }]
    }

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    /// One test for each rule on the real files, so that a breach is seen by its name.
    macro_rules! holds {
        ($($rule:ident => $call:expr;)*) => { mod holds { $(
            #[test]
            fn $rule() {
                let files = super::files(super::root()).unwrap();
                let rule: fn(&[super::File]) -> Vec<String> = $call;
                let found = rule(&files);
                assert!(found.is_empty(), "\n{}", found.join("\n"));
            }
        )* } };
    }

    holds! {
        files_are_short => super::super::long_files;
        only_stores_know_sql => super::super::sql_outside_the_stores;
        no_notice_bypasses_the_outbox => super::super::notices_past_the_outbox;
        whoever_writes_asks_the_desk => super::super::commits_past_the_desk;
        pure_rooms_wait_for_nothing => super::super::waiting_in_a_pure_room;
        decisions_are_short_and_complete => super::super::decisions;
        no_path_of_one_machine => |files| super::super::one_machine(files, &super::super::places(super::root()));
        no_registry_in_a_lock => super::super::registries;
        every_room_is_on_the_plan => super::super::rooms_without_a_plan;
        every_test_is_run => super::super::tests_that_nobody_runs;
    }

    #[test]
    fn pure_rooms_ask_for_little() {
        let metadata = deps::metadata(root(), None).unwrap();
        for (room, _) in PURE_MAY {
            assert!(metadata.packages.iter().any(|package| package.name == *room), "{room}");
        }
        assert_eq!(pure_dependencies(&metadata.packages), [""; 0]);
    }

    #[test]
    fn the_real_files_are_seen() {
        let files = files(root()).unwrap();
        assert!(files.iter().any(|file| file.path == "crates/domain/src/lib.rs" && file.is_source()));
        assert!(
            !files.iter().any(|file| file.path.contains("node_modules/") || file.path.starts_with("target/"))
        );
    }

    #[test]
    fn a_test_that_nobody_runs_is_found() {
        let of = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = vec![
            of("crates/a/Cargo.toml", "[package]\nautotests = false\n[[test]]\npath = \"tests/main.rs\"\n"),
            of("crates/a/tests/main.rs", "mod told;\nmod common;\n"),
            of("crates/a/tests/told.rs", ""),
            of("crates/a/tests/common/mod.rs", ""),
            of("crates/a/tests/alone.rs", ""),
            of("crates/a/tests/kill/main.rs", ""),
            // Cargo finds these by itself.
            of("crates/b/Cargo.toml", "[package]\n"),
            of("crates/b/tests/one.rs", ""),
        ];
        let found = tests_that_nobody_runs(&files);
        assert_eq!(
            found,
            ["crates/a/tests/alone.rs", "crates/a/tests/kill/main.rs"]
                .map(|path| format!("{path} is in no program of tests"))
        );
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(long_files(&file("crates/a/src/b.rs", &"x\n".repeat(500))), [""; 0]);
        assert_eq!(long_files(&file("crates/a/src/b.rs", &"x\n".repeat(501))).len(), 1);
    }

    #[test]
    fn ways_round_the_door_are_found() {
        let send = "let sent = self.mailer.send(&post).await;";
        assert_eq!(notices_past_the_outbox(&file("crates/web/src/a.rs", send)).len(), 1);
        assert_eq!(notices_past_the_outbox(&file("crates/desk/src/acts/send_notice.rs", send)), [""; 0]);
        let write = "app.desk.store().commit(change).await?;";
        assert_eq!(commits_past_the_desk(&file("crates/web/src/a.rs", write)).len(), 1);
        assert_eq!(commits_past_the_desk(&file("crates/desk/src/acts/a.rs", write)), [""; 0]);
    }

    #[test]
    fn sql_is_found_outside_the_stores_only() {
        let query = "let q = \"UPDATE slot SET taken = 1\";";
        assert_eq!(sql_outside_the_stores(&file("crates/desk/src/a.rs", query)).len(), 1);
        assert_eq!(sql_outside_the_stores(&file("crates/desk/src/a.rs", "sqlx::query(q)")).len(), 1);
        assert_eq!(sql_outside_the_stores(&file("crates/desk/Cargo.toml", "sqlx.workspace = true")).len(), 1);
        assert_eq!(sql_outside_the_stores(&file("crates/desk/a.sql", "")).len(), 1);
        assert_eq!(
            sql_outside_the_stores(&file("crates/desk/src/a.rs", "/// SELECT is for `store-*`.")),
            [""; 0]
        );
        assert_eq!(sql_outside_the_stores(&file("crates/store-sqlite/src/a.rs", query)), [""; 0]);
    }

    #[test]
    fn a_waiting_pure_room_is_found() {
        assert_eq!(
            waiting_in_a_pure_room(&file("crates/domain/src/a.rs", "pub async fn decide() {}")).len(),
            1
        );
        assert_eq!(waiting_in_a_pure_room(&file("crates/domain/src/a.rs", "// no async fn here")), [""; 0]);
        assert_eq!(waiting_in_a_pure_room(&file("crates/desk/src/a.rs", "pub async fn act() {}")), [""; 0]);
    }

    #[test]
    fn a_strange_dependency_of_a_pure_room_is_found() {
        let package = |asked: &str, kind: Option<&str>| {
            let dependency = serde_json::json!({ "name": asked, "req": "^1", "path": null, "kind": kind });
            serde_json::from_value::<Package>(
                serde_json::json!({ "name": "domain", "version": "1.0.0", "id": "d",
                "license": null, "source": null, "dependencies": [dependency] }),
            )
            .unwrap()
        };
        assert_eq!(pure_dependencies(&[package("tokio", None)]).len(), 1);
        assert_eq!(pure_dependencies(&[package("rand", Some("build"))]).len(), 1);
        assert_eq!(pure_dependencies(&[package("proptest", Some("dev"))]), [""; 0]);
        assert_eq!(pure_dependencies(&[package("jiff", None)]), [""; 0]);
    }

    #[test]
    fn a_gap_a_twin_and_a_long_decision_are_found() {
        let row = |names: &[&str]| -> Vec<File> {
            names.iter().flat_map(|name| file(&format!("docs/decisions/{name}"), "why\n")).collect()
        };
        assert_eq!(decisions(&row(&["0002-b.md", "0001-a.md"])), [""; 0]);
        assert_eq!(
            decisions(&row(&["0001-a.md", "0003-c.md"])),
            ["docs/decisions: 0002 expected, 0003 found"]
        );
        assert_eq!(decisions(&row(&["0001-a.md", "0001-b.md"])).len(), 1);
        assert_eq!(decisions(&row(&["1-a.md"])).len(), 1);
        assert_eq!(decisions(&file("docs/decisions/0001-a.md", &"why\n".repeat(61))).len(), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let places = places(root());
        let check = |line: &str| one_machine(&file("docs/a.md", line), &places).len();
        assert_eq!(check(&format!("see {}anteroom/notes", places[0])), 1);
        assert_eq!(check(&format!("`{}me/notes`", places[1])), 1);
        assert_eq!(check(&format!("https://example.gov{}page", places[1])), 0);
        assert_eq!(check(&format!("crates{}a", places[3])), 0);
    }

    #[test]
    fn a_registry_in_a_lock_is_found() {
        assert_eq!(
            registries(&file("crates/web/package-lock.json", "  \"resolved\": \"https://x\",")).len(),
            1
        );
        assert_eq!(
            registries(&file("Cargo.lock", "source = \"registry+https://example.org/index\"")).len(),
            1
        );
        assert_eq!(registries(&file(".npmrc", "registry=https://example.org")).len(), 1);
        let ours = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert_eq!(registries(&file("Cargo.lock", ours)), [""; 0]);
    }

    #[test]
    fn a_room_without_a_plan_is_found() {
        let mut files = file("crates/line/Cargo.toml", "");
        assert_eq!(rooms_without_a_plan(&files).len(), 1);
        files.extend(file("ARCHITECTURE.md", "| `line` | the voice line |"));
        assert_eq!(rooms_without_a_plan(&files), [""; 0]);
    }
}

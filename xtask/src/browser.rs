//! What needs the binary running: the demo, the browser tests, the pictures.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{assets, run, test, tools};

/// Builds the binary as fast as it can be had and becomes the demo.
pub fn demo(root: &Path, args: &[String]) -> Result<ExitCode> {
    tools::need(&[tools::TO_BUILD])?;
    assets::assets(root)?;
    let binary = build(root)?;
    // On a Sunday too there is something to see, unless a time is asked for.
    let when: &[&str] = if args.iter().any(|arg| arg.starts_with("--at")) { &[] } else { &["--at", "open"] };
    let error = Command::new(&binary).arg("demo").args(when).args(args).exec();
    Err(error).with_context(|| format!("cannot start {}", binary.display()))
}

/// Takes pictures of the pages named in `tests/browser/screens.json`.
pub fn screens(root: &Path, url: Option<&str>) -> Result<ExitCode> {
    tools::need(&[tools::TO_BUILD, tools::BROWSER])?;
    assets::assets(root)?;
    let mut node = Command::new("node");
    node.arg("tests/browser/screens.mjs").arg(target(root)?.join("screens")).current_dir(root);
    match url {
        Some(url) => node.env("ANTEROOM_URL", url),
        None => node.env("ANTEROOM_BIN", build(root)?),
    };
    run::run(&mut node)?;
    Ok(ExitCode::SUCCESS)
}

/// Weighs a person's pages on a slow connection, and counts what people do on their ways: by the program as it is shipped.
pub fn pages(root: &Path) -> Result<ExitCode> {
    tools::need(&[tools::TO_BUILD, tools::BROWSER])?;
    assets::assets(root)?;
    run::run(Command::new("cargo").args(["build", "--release", "--package", "anteroom"]).current_dir(root))?;
    let mut node = Command::new("node");
    node.arg("tests/browser/pages.mjs").current_dir(root);
    run::run(node.env("ANTEROOM_BIN", target(root)?.join("release/anteroom")))?;
    Ok(ExitCode::SUCCESS)
}

/// The browser tests of the program that was built last, ready to run; each file starts a demo of its own. Their results go to
/// `report` as TAP.
pub fn tests(root: &Path, report: &Path) -> Result<Command> {
    let binary = program(root)?;
    // Of this run alone: a sound from another one would be tested as if this program had made it.
    let voice = target(root)?.join("browser-voice");
    if voice.exists() {
        std::fs::remove_dir_all(&voice).with_context(|| format!("cannot remove {}", voice.display()))?;
    }
    std::fs::create_dir_all(&voice).with_context(|| format!("cannot make {}", voice.display()))?;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join("tests/browser"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    let mut node = Command::new("node");
    node.args([
        "--test",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        "--test-reporter=tap",
    ])
    .arg(format!("--test-reporter-destination={}", report.display()))
    // Left to itself node keeps one processor free, which of two is half.
    .arg(format!("--test-concurrency={}", test::processors()))
    .args(files)
    .env("ANTEROOM_BIN", binary)
    .env("ANTEROOM_VOICE", voice)
    .current_dir(root);
    Ok(node)
}

/// Builds `anteroom` without optimising: on a fresh machine the wait is for the compiler, not for the program.
fn build(root: &Path) -> Result<PathBuf> {
    run::run(Command::new("cargo").args(["build", "--package", "anteroom"]).current_dir(root))?;
    program(root)
}

fn program(root: &Path) -> Result<PathBuf> {
    Ok(target(root)?.join("debug/anteroom"))
}

/// Where cargo puts what it builds.
pub fn target(root: &Path) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--format-version=1", "--no-deps"]).current_dir(root);
    Ok(serde_json::from_str::<Metadata>(&run::output(&mut cargo)?)?.target_directory)
}

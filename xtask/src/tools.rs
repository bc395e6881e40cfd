//! The programs we call, and where each comes from when it is missing.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// A program and the Debian package that carries it. Words after the program's name are how it is asked whether it has a
/// part that comes in a package of its own: there when it answers.
type Tool = (&'static str, &'static str);

/// Enough for `assets` and `demo`.
pub const TO_BUILD: &[Tool] = &[("node", "nodejs"), ("npm", "npm")];

/// Tells the project's files from what else lies about.
pub const GIT: Tool = ("git", "git");

/// What the tests need besides: a real mail server, the environments of Python in which Schemathesis lives, a real
/// PostgreSQL, which the tests start themselves, two telephones, a proxy to stand before the line and a relay beside it, and what looks into
/// letters.
pub const TO_TEST: &[Tool] = &[
    GIT,
    ("aiosmtpd", "python3-aiosmtpd"),
    ("python3 -m ensurepip --version", "python3-venv"),
    ("initdb", "postgresql"),
    ("sipp", "sip-tester"),
    ("baresip", "baresip-core"),
    ("kamailio", "kamailio"),
    ("turnserver", "coturn"),
    ("qpdf", "qpdf"),
    ("pdftotext", "poppler-utils"),
];

/// Where Debian keeps PostgreSQL's own programs, by version, apart from the search path.
const POSTGRESQL: &str = "/usr/lib/postgresql";

/// A real browser.
pub const BROWSER: &[Tool] = &[("chromium", "chromium")];

/// Sees to it that the tools are there: by apt where we may, else by saying what to install.
pub fn need(tools: &[&[Tool]]) -> Result<()> {
    let missing: Vec<_> = tools.iter().copied().flatten().filter(|(program, _)| !there(program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().map(|(_, package)| *package).collect();
    if !rustix::process::geteuid().is_root() || !run::have("apt-get") {
        bail!("missing: {}. On Debian: apt-get install {}", names(&missing), packages.join(" "));
    }
    println!("installing {}", packages.join(" "));
    run::run(apt().arg("update"))?;
    run::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|(program, _)| !there(program)) {
        Some((program, package)) => bail!("{package} is installed, yet there is no {program} on the path"),
        None => Ok(()),
    }
}

fn there(asked: &str) -> bool {
    match asked.split_once(' ') {
        None => run::have(asked) || of_postgresql(asked),
        Some((program, words)) => run::answers(Command::new(program).args(words.split(' '))),
    }
}

/// Whether any version of PostgreSQL brings a program of this name.
fn of_postgresql(program: &str) -> bool {
    let versions = std::fs::read_dir(POSTGRESQL).into_iter().flatten().flatten();
    versions.into_iter().any(|version| version.path().join("bin").join(program).is_file())
}

fn names(missing: &[&Tool]) -> String {
    missing.iter().map(|(program, _)| *program).collect::<Vec<_>>().join(", ")
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    // Another apt may be at work on a machine that has just been made: wait for it.
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["--quiet=2", "-o", "DPkg::Lock::Timeout=300"]);
    apt
}

/// A minimal Rust has neither rustfmt nor clippy; rustup can add them.
pub fn need_rust_components() -> Result<()> {
    // rustup puts a stand-in for each on the path, there or not: only an answer counts.
    let missing: Vec<_> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| !run::answers(Command::new("cargo").args([command, "--version"])))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !run::have("rustup") {
        bail!("missing: {}. Install them beside cargo", missing.join(", "));
    }
    run::run(Command::new("rustup").args(["component", "add"]).args(missing))
}

//! Everything that must hold, in the order in which a fault is cheapest to find.

use std::ops::AddAssign;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{assets, browser, deps, run, tidy, tools};

/// How much to test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    All,
    /// Without documentation and browser: for the minutes in which one writes.
    Fast,
}

/// What came out. A check without tests of its own counts as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Count {
    const PASSED: Self = Self { passed: 1, failed: 0 };

    /// Tests that ended with `status`: what was broken before a test could fail is a failure too.
    fn of(self, status: ExitStatus) -> Self {
        if status.success() { self } else { Self { failed: self.failed.max(1), ..self } }
    }
}

/// The steps so far.
#[derive(Default)]
struct Steps {
    total: Count,
    broken: Vec<&'static str>,
}

impl Steps {
    /// Runs a step. A broken one does not hide what the later ones would find.
    fn step(&mut self, name: &'static str, step: impl FnOnce() -> Result<Count>) {
        println!("\n== {name}");
        let start = Instant::now();
        let count = step().unwrap_or_else(|error| {
            println!("{error:#}");
            Count { passed: 0, failed: 1 }
        });
        let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
        println!("== {name}: {verdict} in {:.1} s", start.elapsed().as_secs_f64());
        self.total += count;
        if count.failed > 0 {
            self.broken.push(name);
        }
    }

    /// The closing line.
    fn close(self) -> ExitCode {
        println!();
        if !self.broken.is_empty() {
            println!("broken: {}", self.broken.join(", "));
        }
        println!("{} passed, {} failed", self.total.passed, self.total.failed);
        if self.total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// `cargo xtask test`.
pub fn test(root: &Path, extent: Extent) -> Result<ExitCode> {
    let all = extent == Extent::All;
    if !all && std::env::var_os("CI").is_some() {
        bail!("--fast leaves tests out, which CI never does");
    }
    let mut steps = Steps::default();
    steps.step("assets", || {
        tools::need(&[tools::TO_BUILD, tools::TO_TEST, if all { tools::BROWSER } else { &[] }])?;
        tools::need_rust_components()?;
        assets::assets(root)?;
        Ok(Count::PASSED)
    });
    if !steps.broken.is_empty() {
        // Nothing can be built or tested; the reason stands above, once.
        return Ok(steps.close());
    }
    steps.step("formatting", || passes(fmt(root)));
    steps.step("build and clippy", || {
        passes(linted(root, &["test", "--workspace", "--all-targets", "--no-run"]))
    });
    steps.step("dependencies", || dependencies(root));
    steps.step("tests", || {
        if run::have("cargo-nextest") {
            nextest(root)
        } else {
            cargo_test(root, &["--lib", "--bins", "--tests"])
        }
    });
    if all {
        steps.step("documentation tests", || cargo_test(root, &["--doc"]));
        steps.step("browser tests", || browser_tests(root));
    }
    Ok(steps.close())
}

/// `cargo xtask check`.
pub fn check(root: &Path) -> Result<ExitCode> {
    tools::need(&[tools::TO_BUILD, &[tools::GIT]])?;
    tools::need_rust_components()?;
    assets::assets(root)?;
    let mut steps = Steps::default();
    steps.step("formatting", || passes(fmt(root)));
    steps.step("clippy", || passes(clippy(root)));
    steps.step("tidy", || none(&tidy::complaints(root)?));
    steps.step("dependencies", || dependencies(root));
    Ok(steps.close())
}

fn passes(mut command: Command) -> Result<Count> {
    run::run(&mut command)?;
    Ok(Count::PASSED)
}

fn none(complaints: &[String]) -> Result<Count> {
    if complaints.is_empty() { Ok(Count::PASSED) } else { bail!("{}", complaints.join("\n")) }
}

/// What is left out of an ordinary build, and looked at and tested all the same.
const WITH: [&str; 2] = ["--features", "anteroom/otel"];

fn cargo(root: &Path, args: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(args).current_dir(root);
    cargo
}

/// A command of cargo's that builds what is tested, with everything in it, and has clippy look at it in the same pass: clippy's
/// driver is a compiler too. Looking first and building afterwards would read every crate twice, which from nothing takes
/// minutes. All that builds here must be started so, or cargo would build it again.
fn linted(root: &Path, args: &[&str]) -> Command {
    let mut cargo = cargo(root, args);
    // `cargo clippy -- -D warnings` hands its arguments to the driver in this variable, with this between them.
    cargo.args(WITH).env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo.env("CLIPPY_ARGS", ["-D", "warnings", ""].join("__CLIPPY_HACKERY__"));
    cargo
}

fn fmt(root: &Path) -> Command {
    cargo(root, &["fmt", "--all", "--check"])
}

fn clippy(root: &Path) -> Command {
    let mut clippy = cargo(root, &["clippy", "--workspace", "--all-targets"]);
    clippy.args(WITH).args(["--", "-D", "warnings"]);
    clippy
}

fn dependencies(root: &Path) -> Result<Count> {
    if run::have("cargo-deny") {
        passes(cargo(root, &["deny", "check", "licenses", "bans", "sources"]))
    } else {
        none(&deps::breaches(root)?)
    }
}

fn nextest(root: &Path) -> Result<Count> {
    let report = browser::target(root)?.join("nextest/default/junit.xml");
    remove(&report)?;
    // Twice as many as there are processors: calls last as long as what is said in them, and others wait for disks.
    let threads = (2 * processors()).to_string();
    let mut nextest =
        linted(root, &["nextest", "run", "--workspace", "--all-targets", "--run-ignored", "all"]);
    let status = run::status(nextest.args(["--test-threads", &threads]))?;
    // No report: it did not come to testing.
    let count = std::fs::read_to_string(&report).map_or(Ok(Count::default()), |xml| junit(&xml))?;
    Ok(count.of(status))
}

fn cargo_test(root: &Path, what: &[&str]) -> Result<Count> {
    let mut command = linted(root, &["test", "--workspace", "--no-fail-fast"]);
    let (status, text) = run::tee(command.args(what).args(["--", "--include-ignored"]))?;
    Ok(libtest(&text)?.of(status))
}

fn browser_tests(root: &Path) -> Result<Count> {
    let report = browser::target(root)?.join("browser-tests.tap");
    remove(&report)?;
    // The program is what the tests before were built with: nothing is built anew for the browser.
    run::run(&mut linted(root, &["test", "--workspace", "--all-targets", "--no-run"]))?;
    let status = run::status(&mut browser::tests(root, &report)?)?;
    Ok(tap(&std::fs::read_to_string(&report).context("node wrote no report")?)?.of(status))
}

/// How many processors there are.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// An old report must not be taken for the new one.
fn remove(report: &Path) -> Result<()> {
    if report.exists() {
        std::fs::remove_file(report)?;
    }
    Ok(())
}

/// The totals of a `JUnit` report, which stand on its root element.
fn junit(xml: &str) -> Result<Count> {
    let root =
        xml.split("<testsuites ").nth(1).and_then(|rest| rest.split('>').next()).context("no test report")?;
    let number = |name: &str| -> Result<usize> {
        let value = root.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        Ok(value.with_context(|| format!("the report has no {name}"))?.parse()?)
    };
    let failed = number("failures")? + number("errors")?;
    Ok(Count { passed: number("tests")? - failed, failed })
}

/// The sum of the lines `test result: ok. 3 passed; 0 failed; …` of cargo's own test runner.
fn libtest(text: &str) -> Result<Count> {
    let mut total = Count::default();
    for line in text.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        let number = |word: &str| -> Result<usize> {
            let before = line.split(&format!(" {word};")).next().and_then(|before| before.rsplit(' ').next());
            Ok(before.context("no number in a test result")?.parse()?)
        };
        total += Count { passed: number("passed")?, failed: number("failed")? };
    }
    Ok(total)
}

/// The totals at the end of node's TAP report. A test that was skipped, cancelled or put off has not passed.
fn tap(text: &str) -> Result<Count> {
    let number = |word: &str| -> Result<usize> {
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&format!("# {word} ")));
        Ok(line.with_context(|| format!("the report has no {word}"))?.parse()?)
    };
    let mut failed = 0;
    for word in ["fail", "cancelled", "skipped", "todo"] {
        failed += number(word)?;
    }
    Ok(Count { passed: number("pass")?, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_totals_of_nextest() {
        let xml = r#"<?xml version="1.0"?><testsuites name="nextest-run" tests="7" failures="2" errors="1" uuid="x">
            <testsuite name="a" tests="7" failures="2"></testsuite></testsuites>"#;
        assert_eq!(junit(xml).unwrap(), Count { passed: 4, failed: 3 });
        assert!(junit("").is_err());
    }

    #[test]
    fn adds_up_what_cargo_test_says() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        assert_eq!(libtest(text).unwrap(), Count { passed: 12, failed: 3 });
        assert_eq!(libtest("error: could not compile").unwrap(), Count::default());
    }

    #[test]
    fn a_skipped_browser_test_has_not_passed() {
        let text = "TAP version 13\n# pass 1\n1..9\n# tests 9\n# pass 5\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n";
        assert_eq!(tap(text).unwrap(), Count { passed: 5, failed: 4 });
    }

    #[test]
    fn what_breaks_before_a_test_is_a_failure() {
        let status = |code: &str| Command::new("sh").args(["-c", &format!("exit {code}")]).status().unwrap();
        assert_eq!(Count::default().of(status("101")), Count { passed: 0, failed: 1 });
        assert_eq!(Count { passed: 4, failed: 2 }.of(status("1")), Count { passed: 4, failed: 2 });
        assert_eq!(Count { passed: 4, failed: 0 }.of(status("0")), Count { passed: 4, failed: 0 });
    }

    #[test]
    fn a_broken_step_is_counted_and_named() {
        let mut steps = Steps::default();
        steps.step("good", || Ok(Count { passed: 3, failed: 0 }));
        steps.step("bad", || bail!("no"));
        assert_eq!((steps.total, steps.broken.clone()), (Count { passed: 3, failed: 1 }, vec!["bad"]));
        assert_eq!(steps.close(), ExitCode::FAILURE);
    }
}

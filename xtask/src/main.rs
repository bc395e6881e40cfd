//! What a developer runs: `cargo xtask demo` and `cargo xtask test`, and a few more.
#![expect(clippy::print_stdout, reason = "a command of the terminal speaks by printing")]

mod assets;
mod bench;
mod browser;
mod deps;
mod run;
mod spdx;
mod test;
mod tidy;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
cargo xtask demo [-- ARGS]   start the demo; ARGS go to `anteroom demo`
cargo xtask test [--fast]    everything that must hold; --fast leaves out documentation and browser tests
cargo xtask check            formatting, clippy, and what must hold of the sources themselves
cargo xtask assets           fetch the browser assets that the build embeds
cargo xtask bench [-- ARGS]  measure both stores; `-- --seed-national` also on a nation's year (docs/benchmarks.md)
cargo xtask pages            what a person's pages weigh on a slow connection, and what people do on their ways
cargo xtask screens [URL]    pictures of the pages into target/screens, of a demo of its own or of the one at URL
";

fn main() -> Result<ExitCode> {
    run::end_children_on_signal()?;
    let root = root()?;
    let args: Vec<_> = std::env::args().skip(1).collect();
    let (command, rest) =
        args.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
    match (command, rest) {
        ("demo", rest) => {
            let rest = if rest.first().is_some_and(|first| first == "--") { &rest[1..] } else { rest };
            browser::demo(&root, rest)
        }
        ("bench", rest) => {
            let rest = if rest.first().is_some_and(|first| first == "--") { &rest[1..] } else { rest };
            bench::bench(&root, rest)
        }
        ("test", []) => test::test(&root, test::Extent::All),
        ("test", [fast]) if fast == "--fast" => test::test(&root, test::Extent::Fast),
        ("check", []) => test::check(&root),
        ("assets", []) => {
            tools::need(&[tools::TO_BUILD])?;
            assets::assets(&root)?;
            Ok(ExitCode::SUCCESS)
        }
        ("pages", []) => browser::pages(&root),
        ("screens", []) => browser::screens(&root, None),
        ("screens", [url]) => browser::screens(&root, Some(url)),
        ("" | "help" | "--help" | "-h", []) => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("no such command: {}\n{USAGE}", args.join(" ")),
    }
}

/// The root of the workspace: the folder above this crate, wherever cargo was called.
fn root() -> Result<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").context("run it as `cargo xtask`")?;
    Ok(Path::new(&here).parent().context("no folder above xtask")?.to_owned())
}

//! `cargo xtask bench`: measures the whole, as it is shipped.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{assets, run, tools};

/// Builds what is shipped and what measures it, and lets the one measure the other. Both stores; `args` go to it.
pub fn bench(root: &Path, args: &[String]) -> Result<ExitCode> {
    tools::need(&[tools::TO_BUILD, tools::TO_TEST])?;
    assets::assets(root)?;
    run::run(
        Command::new("cargo")
            .args(["build", "--release", "--locked", "--package", "anteroom", "--package", "bench"])
            .current_dir(root),
    )?;
    let built = root.join("target/release");
    let status = run::status(
        Command::new(built.join("bench"))
            .arg("--program")
            .arg(built.join("anteroom"))
            .arg("--pack")
            .arg(root.join("packs/uscis"))
            .arg("--postgres")
            .args(args)
            .current_dir(root),
    )?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

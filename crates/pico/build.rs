//! Finds the data of the voices, which comes in the source of `ttspico-sys` but is given out by no build script of its.
//!
//! `Cargo.lock` fixes what is in that source, so the files need no checksum here. Nothing is fetched: the source is
//! there already, or `ttspico-sys` itself could not have been built.

use std::{env, error::Error, fs, path::PathBuf, process::Command};

const FILES: [&str; 4] = ["en-US_ta.bin", "en-US_lh0_sg.bin", "es-ES_ta.bin", "es-ES_zl0_sg.bin"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let data = source()?.join("build/pico/lang");
    for name in FILES {
        let from = data.join(name);
        fs::copy(&from, out.join(name)).map_err(|e| format!("{}: {e}", from.display()))?;
        println!("cargo::rerun-if-changed={}", from.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    Ok(())
}

/// The folder of the source of `ttspico-sys`, wherever Cargo has it: the registry's cache or a vendored copy.
///
/// Cargo is asked about a package that depends on that alone. About the whole workspace it could not answer without the
/// network when only a part of it was ever fetched.
fn source() -> Result<PathBuf, Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let package = PathBuf::from(env::var("OUT_DIR")?).join("locate");
    fs::create_dir_all(&package)?;
    fs::write(package.join("lib.rs"), "")?;
    fs::write(package.join("Cargo.toml"), PACKAGE)?;
    // The very versions of this build. What is not needed is dropped from it.
    fs::copy(here.join("../../Cargo.lock"), package.join("Cargo.lock"))?;
    let output = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &env::var("TARGET")?])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        // Where crates come from is said in the files above the working directory.
        .current_dir(here)
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "ttspico-sys")
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("ttspico-sys is not among the packages")?;
    Ok(PathBuf::from(manifest).parent().ok_or("a manifest without a folder")?.to_owned())
}

/// A workspace of its own, although it lies in this one's target folder.
const PACKAGE: &str = r#"
[workspace]
[package]
name = "locate"
version = "0.0.0"
edition = "2024"
[lib]
path = "lib.rs"
[dependencies]
ttspico-sys = "0.1"
"#;

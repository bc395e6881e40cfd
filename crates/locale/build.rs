//! Builds anew when a text changes, and fails where one is missing. A release carries the texts within itself, and so does a debug
//! build whose program asks `rust-embed` to embed: a text that comes or goes must rebuild either.

#[path = "src/complete.rs"]
mod complete;
#[path = "src/message.rs"]
mod message;

use std::{fs, io, path::Path};

/// The texts of the program, seen from this crate.
const LOCALES: &str = "../../locales";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/complete.rs");
    println!("cargo::rerun-if-changed=src/message.rs");
    println!("cargo::rerun-if-changed={LOCALES}");
    for fault in complete::faults(&files(Path::new(LOCALES))?) {
        println!("cargo::error={fault}");
    }
    Ok(())
}

fn files(locales: &Path) -> io::Result<complete::Files> {
    let mut langs = complete::Files::new();
    for folder in fs::read_dir(locales)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        let files = langs.entry(folder.file_name().to_string_lossy().into_owned()).or_default();
        for file in fs::read_dir(folder.path())? {
            let path = file?.path();
            // An editor's swap file beside a text is no text.
            if path.extension().is_none_or(|extension| extension != "ftl") {
                continue;
            }
            let text = fs::read_to_string(&path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, text);
        }
    }
    Ok(langs)
}

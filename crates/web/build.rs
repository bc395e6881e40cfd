//! Refuses to build without the browser assets, in one sentence instead of a page of macro errors.

use std::fs;

fn main() {
    // The folder is embedded: a file that comes or goes must rebuild this crate.
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=package-lock.json");
    let lock = fs::read_to_string("package-lock.json").unwrap_or_default();
    match fs::read_to_string("assets/dist/stamp") {
        Ok(stamp) if stamp.starts_with(&lock) => {}
        Ok(_) => println!(
            "cargo::error=the browser assets are older than crates/web/package-lock.json: run `cargo xtask assets`"
        ),
        Err(_) => println!(
            "cargo::error=the browser assets are missing: run `cargo xtask assets` (it needs node and npm)"
        ),
    }
}

//! Builds anew when a text changes. Only a release carries the texts within itself; a debug build reads them
//! where they are, so nothing need be built there.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../locales");
    }
}

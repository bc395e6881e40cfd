//! Builds anew when a text changes. A release carries the texts within itself, and so does a debug build whose program
//! asks `rust-embed` to embed: a text that comes or goes must rebuild either.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../locales");
}

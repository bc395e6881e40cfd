//! The one binary. Wiring only.
fn main() {}

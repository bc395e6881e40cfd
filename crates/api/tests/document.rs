//! The OpenAPI document is the one that was reviewed.

use std::path::Path;

/// What is promised to programs changes only on purpose: run with `UPDATE=1` and look at the difference.
#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let served = serde_json::to_string_pretty(&api::document()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &served).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == served,
        "crates/api/openapi.json is not what is served: run this test with UPDATE=1"
    );
}

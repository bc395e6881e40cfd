//! What an operator sees of the program: its figures, its logs, its traces, and what it says of the agency's service.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

mod agency;
mod figures;
mod installed;
mod logs;
#[expect(dead_code, reason = "the tests of the source itself use all of it")]
#[path = "../../../cases/tests/case_status/peer.rs"]
mod peer;
#[expect(dead_code, reason = "the tests of the telephone use all of it")]
mod running;
#[cfg(feature = "otel")]
mod traces;
mod webhooks;

/// What the agency's service knows: its own sandbox's receipt number with a history, and the client's secret.
const WITH: &str = "EAC9999103403";
const SECRET: &str = "very-secret-indeed";

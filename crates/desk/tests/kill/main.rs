//! The process is killed (SIGKILL: no handler, no flush, no goodbye) at random moments under load, fifty times on each
//! engine. Afterwards nothing acknowledged is missing, everything holds that must, whoever asks again under the same key is
//! answered as before, and no message, text or letter has been sent under two names or lost.
//!
//! The process that is killed is this very test, started again with [`child::WORK`] in its environment.

#![expect(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout, reason = "these are tests")]

mod child;
#[path = "../common/mod.rs"]
mod common;
mod order;
mod proof;

use proof::Trial;
use store_postgres::testing::shared;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_on_sqlite() {
    if child::asked() {
        return child::work().await;
    }
    let dir = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", dir.path().join("anteroom.db").display());
    Trial::new("fifty_kills_on_sqlite", store, dir.path()).fifty_kills().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_on_postgres() {
    if child::asked() {
        return child::work().await;
    }
    let dir = tempfile::tempdir().unwrap();
    let store = shared().url(&shared().empty().await);
    Trial::new("fifty_kills_on_postgres", store, dir.path()).fifty_kills().await;
}

//! The race test catches a store that looks and then writes.

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use store::contract::race::{Violation, run};

naive_door!(NaiveDoor, SqlitePool);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_race_catches_a_store_that_looks_and_then_writes() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("naive.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_mins(1));
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_mins(1))
        .connect_with(options)
        .await
        .unwrap();
    let found = run(&[Arc::new(NaiveDoor::new(pool).await)]).await;
    assert_eq!(found, BTreeSet::from([Violation::Oversold, Violation::Overlap, Violation::Pair]));
}

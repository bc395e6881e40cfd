//! The race test catches a store that looks and then writes.

use crate::cluster::shared;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use store::contract::race::{Violation, run};

naive_door!(NaiveDoor, PgPool);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_race_catches_a_store_that_looks_and_then_writes() {
    let url = shared().url(&shared().empty().await);
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_mins(1))
        .connect(&url)
        .await
        .unwrap();
    let found = run(&[Arc::new(NaiveDoor::new(pool).await)]).await;
    assert_eq!(found, BTreeSet::from([Violation::Oversold, Violation::Overlap, Violation::Pair]));
}

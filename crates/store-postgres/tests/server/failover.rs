//! A primary is killed, its standby takes over: the nodes find it, and nothing acknowledged is missing.

use crate::{
    cluster::{Cluster, open},
    load::Load,
};
use std::{sync::Arc, time::Duration};
use store::{
    Store, StoreError,
    contract::fixtures::{Maker, read_entry},
};
use store_postgres::{Options, PostgresStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn follows_the_primary_and_loses_nothing_acknowledged() {
    let primary = Cluster::start().await;
    let name = primary.empty().await;
    let standby = primary.standby("second").await;
    primary.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'second'").await;
    primary.sql("postgres", "SELECT pg_reload_conf()").await;
    while primary
        .number("postgres", "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        .await
        == 0
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The standby is named first: the finder has to pass it over.
    let url = format!("postgres://anteroom@{},{}/{name}", standby.host(), primary.host());
    let nodes = [Arc::new(open(&url).await), Arc::new(open(&url).await)];
    let load = Load::begin(&nodes, 8);
    load.more(200).await;

    // A standby is good enough to read from, and to no more.
    let reader = PostgresStore::open_read_only(&standby.url(&name), Options::default()).await.unwrap();
    assert!(reader.journal_end().await.unwrap().0 > 0);
    let hasty = Options { patience: Duration::from_millis(300), ..Options::default() };
    assert!(matches!(PostgresStore::open(&standby.url(&name), hasty).await, Err(StoreError::Engine(_))));

    primary.kill();
    standby.sql("postgres", "SELECT pg_promote()").await;
    load.more(200).await;
    load.end(&nodes[0]).await;

    // The old primary comes back by itself and writes, as it should not: it is on an older timeline.
    primary.run().await;
    let end = nodes[0].journal_end().await.unwrap();
    let url = format!("postgres://anteroom@{},{}/{name}", primary.host(), standby.host());
    let late = open(&url).await;
    assert_eq!(late.journal_end().await.unwrap(), end);
    let mut change = Maker::default().change_at(77);
    change.command.key = domain::change::IdempotencyKey::of("late", 1);
    change.journal.push(read_entry(None));
    assert_eq!(late.commit(change).await.unwrap().seq.0, end.0 + 1);
    assert_eq!(nodes[1].journal_end().await.unwrap().0, end.0 + 1);
}

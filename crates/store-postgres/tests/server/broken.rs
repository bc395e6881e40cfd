//! Connections ended in mid-commit, a server killed and started again.

use crate::{
    cluster::{Cluster, database, open, shared},
    load::Load,
};
use std::{sync::Arc, time::Duration};
use store::{
    Store,
    contract::fixtures::{Maker, read_entry},
};

/// Every connection to the database is ended again and again while two nodes work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ended_connections_lose_and_repeat_nothing() {
    let name = database().await;
    let url = shared().url(&name);
    let nodes = [Arc::new(open(&url).await), Arc::new(open(&url).await)];
    let load = Load::begin(&nodes, 8);
    let end =
        format!("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'");
    let mut ended = 0;
    for _ in 0..30 {
        load.more(5).await;
        ended += shared().number("postgres", &end).await;
    }
    assert!(ended > 100, "only {ended} connections were ended");
    load.end(&nodes[0]).await;
}

/// The worst moment: the change is committed and the answer has not left yet. The first try waits for a standby that
/// is not there; its connection is ended; the repeat finds the change done, and waits for the standby likewise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_without_an_answer_is_done_once_and_acknowledged_when_it_is_safe() {
    let cluster = Cluster::start().await;
    let name = cluster.empty().await;
    let store = Arc::new(open(&cluster.url(&name)).await);
    cluster.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'").await;
    cluster.sql("postgres", "SELECT pg_reload_conf()").await;
    while cluster.number("postgres", "SELECT COUNT(*) FROM pg_settings WHERE name = 'synchronous_standby_names' AND setting = 'nobody'").await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut change = Maker::default().change();
    change.journal.push(read_entry(None));
    change.answer = "done".into();
    let first = tokio::spawn({
        let (store, change) = (Arc::clone(&store), change.clone());
        async move { store.commit(change).await }
    });
    let waiting = format!(
        "SELECT COALESCE(MAX(pid), 0)::bigint FROM pg_stat_activity WHERE datname = '{name}' AND wait_event = 'SyncRep'"
    );
    let mut pids = Vec::new();
    for _ in 0..3 {
        let pid = loop {
            assert!(!first.is_finished(), "acknowledged before it was safe");
            match cluster.number("postgres", &waiting).await {
                pid if pid > 0 && !pids.contains(&pid) => break pid,
                _ => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        };
        cluster.sql("postgres", &format!("SELECT pg_terminate_backend({pid})")).await;
        pids.push(pid);
    }
    // It is there for all to read, yet whoever asks for its answer waits.
    assert_eq!(store.journal_end().await.unwrap().0, 1);
    let asked = tokio::spawn({
        let (store, command) = (Arc::clone(&store), change.command.clone());
        async move { store.answered(&command.key, &command.actor).await }
    });
    while cluster.number("postgres", &waiting.replace("COALESCE(MAX(pid), 0)", "COUNT(*)")).await < 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!first.is_finished() && !asked.is_finished());
    cluster.sql("postgres", "ALTER SYSTEM RESET synchronous_standby_names").await;
    cluster.sql("postgres", "SELECT pg_reload_conf()").await;
    let done = first.await.unwrap().unwrap();
    assert_eq!((done.seq.0, done.answer), (1, "done".into()));
    assert!(asked.await.unwrap().unwrap().is_some());
    assert_eq!(store.journal_end().await.unwrap().0, 1);
}

/// The server dies as in a power cut, and comes back: the nodes go on by themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_and_repeats_nothing() {
    let cluster = Cluster::start().await;
    let url = cluster.url(&cluster.empty().await);
    let nodes = [Arc::new(open(&url).await), Arc::new(open(&url).await)];
    let load = Load::begin(&nodes, 8);
    let mut heard = nodes[1].signal();
    for _ in 0..4 {
        load.more(60).await;
        cluster.kill();
        cluster.run().await;
        load.more(1).await;
    }
    // The line stands again as well: the other node's news arrive.
    let now = heard.now();
    while heard.changed().await.unwrap() <= now {}
    load.end(&nodes[1]).await;
}

//! Two nodes with the same credentials over one store: together never more than was agreed.

use crate::*;
use cases::api::{ApiError, StoreBudget};
use std::time::Duration;
use store::Store;
use store_sqlite::{Options, SqliteStore};

async fn opened(dir: &tempfile::TempDir) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(dir.path().join("store.db"), Options::default()).await.unwrap())
}

fn node(store: &Arc<SqliteStore>, config: &ApiConfig) -> Arc<CaseStatusApi> {
    let store: Arc<dyn Store> = store.clone();
    let budget = StoreBudget::new(store, config).unwrap();
    Arc::new(CaseStatusApi::new(config, Arc::new(budget)).unwrap())
}

/// Sixty different numbers are asked for at once, thirty at each node.
async fn storm(nodes: &[Arc<CaseStatusApi>; 2], wall: Wall) -> (usize, usize) {
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let api = nodes[n % 2].clone();
            tokio::spawn(async move { api.find(&receipt(&format!("LIN99992{n:05}")), wall.now()).await })
        })
        .collect();
    let (mut found, mut refused) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(Some(_)) => found += 1,
            Err(CaseSourceError::Unavailable { retry_after: Some(_), .. }) => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    (found, refused)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_has_its_number_for_all_nodes_together() {
    let (peer, wall, dir) = (Peer::start().await, Wall::start(), tempfile::tempdir().unwrap());
    let mut config = config(&peer);
    config.per_day = 25;
    let store = opened(&dir).await;
    let nodes = [node(&store, &config), node(&store, &config)];
    assert_eq!(storm(&nodes, wall).await, (25, 35));
    assert_eq!(peer.counts().0, 25);
    assert_eq!(nodes[0].left(wall.now()).await.unwrap(), 0);
    // Another client of the agency, and the same one's sandbox, have turns of their own.
    config.client_id = "another".to_owned();
    assert_eq!(node(&store, &config).left(wall.now()).await.unwrap(), 25);
    // Who starts anew knows what was used before.
    drop(nodes);
    store.close().await;
    let store = opened(&dir).await;
    config.client_id = "anteroom".to_owned();
    let again = node(&store, &config);
    fails(&again, WITH, wall.now()).await;
    assert_eq!(peer.counts().0, 25);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_has_its_number_for_all_nodes_together() {
    let (peer, wall, dir) = (Peer::start().await, Wall::start(), tempfile::tempdir().unwrap());
    let mut config = config(&peer);
    (config.per_second, config.whole) = (40, SignedDuration::from_secs(20));
    let store = opened(&dir).await;
    let nodes = [node(&store, &config), node(&store, &config)];
    let began = Instant::now();
    assert_eq!(storm(&nodes, wall).await, (60, 0));
    let mut came: Vec<Instant> = peer.seen.lock().unwrap().cases.iter().map(|(at, _)| *at).collect();
    came.sort();
    assert_eq!(came.len(), 60);
    // No request came before its turn, so that however they bunch on the way, there never were more than agreed.
    for (n, at) in came.iter().enumerate() {
        let turn = Duration::from_millis(25) * u32::try_from(n).unwrap();
        assert!(at.duration_since(began) >= turn, "request {n} came after {:?}", at.duration_since(began));
    }
}

/// Without the counter nothing is asked; what is known already is still told.
#[tokio::test]
async fn a_store_that_does_not_answer_lets_no_look_up_out() {
    let (peer, wall, dir) = (Peer::start().await, Wall::start(), tempfile::tempdir().unwrap());
    let config = config(&peer);
    let store = opened(&dir).await;
    let api = node(&store, &config);
    found(&api, WITH, wall.now()).await;
    store.close().await;
    let error = fails(&api, WITHOUT, wall.now()).await;
    let under = error.source().and_then(|source| source.downcast_ref::<ApiError>());
    assert!(matches!(under, Some(ApiError::Budget(_))), "{error:?}");
    let later = wall.now() + SignedDuration::from_hours(1);
    let kept = found(&api, WITH, later).await;
    assert_eq!(kept.how, cases::Freshness::Kept);
    assert_eq!(peer.counts().0, 1);
}

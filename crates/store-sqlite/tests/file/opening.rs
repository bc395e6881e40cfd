//! Opening, closing, reading beside a server, and being told no.

use crate::common::{fresh, open, plant};
use domain::{change::Change, journal::Seq, retention::Retention};
use std::{sync::Arc, time::Duration};
use store::{
    CommitError, Migrated, Store, StoreError,
    contract::fixtures::{Maker, at, read_entry, slot, write},
};
use store_sqlite::{Options, SCHEMA, SqliteStore};

fn noting(make: &Maker) -> Change {
    let mut change = make.change();
    change.journal.push(read_entry(None));
    change
}

#[tokio::test]
async fn refuses_a_newer_schema_and_leaves_it_alone() {
    let (store, path, _folder) = fresh().await;
    store.close().await;
    plant(&path, "PRAGMA user_version = 99").await;
    for opened in [
        SqliteStore::open(&path, Options::default()).await,
        SqliteStore::open_read_only(&path, Options::default()).await,
    ] {
        assert!(matches!(opened, Err(StoreError::Newer { found: 99, known: SCHEMA })), "{opened:?}");
    }
}

#[tokio::test]
async fn brings_an_older_schema_up_to_date_step_by_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    // A file that stopped after the first step.
    plant(&path, concat!(include_str!("../../src/schema/0001-records.sql"), "PRAGMA user_version = 1;"))
        .await;
    let older = SqliteStore::open_read_only(&path, Options::default()).await;
    assert!(matches!(older, Err(StoreError::Older { found: 1, known: SCHEMA })), "{older:?}");
    let by_hand = Options { migrate: false, ..Options::default() };
    let older = SqliteStore::open(&path, by_hand).await;
    assert!(matches!(older, Err(StoreError::Older { found: 1, known: SCHEMA })), "{older:?}");
    for from in [1, SCHEMA] {
        let done = SqliteStore::migrate(&path, by_hand).await.unwrap();
        assert_eq!(done, Migrated { from, to: SCHEMA });
    }
    SqliteStore::open(&path, by_hand).await.unwrap().close().await;
    let none = SqliteStore::open(path.with_extension("none"), by_hand).await;
    assert!(matches!(none, Err(StoreError::Engine(_))), "{none:?}");
    assert!(!path.with_extension("none").exists());
    let store = open(&path).await;
    store.commit(noting(&Maker::default())).await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
}

#[tokio::test]
async fn takes_a_step_wholly_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    // The second step will meet a table that is there already, after it has made others.
    plant(
        &path,
        concat!(
            include_str!("../../src/schema/0001-records.sql"),
            "PRAGMA user_version = 1; CREATE TABLE busy (x);"
        ),
    )
    .await;
    let broken = SqliteStore::open(&path, Options::default()).await;
    assert!(matches!(broken, Err(StoreError::Engine(_))), "{broken:?}");
    plant(&path, "CREATE TABLE slot (free)").await;
    plant(&path, "DROP TABLE slot; DROP TABLE busy").await;
    open(&path).await;
}

#[cfg(unix)]
#[tokio::test]
async fn keeps_the_file_from_others() {
    use std::os::unix::fs::PermissionsExt;
    let (store, path, folder) = fresh().await;
    store.commit(noting(&Maker::default())).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
    assert!(path.exists());
}

#[tokio::test]
async fn closes_with_everything_in_the_file() {
    let (store, path, folder) = fresh().await;
    let (store, make) = (Arc::new(store), Maker::default());
    let mut signal = store.signal();
    let writes: Vec<_> = (0..200)
        .map(|_| {
            let (store, change) = (Arc::clone(&store), noting(&make));
            tokio::spawn(async move { store.commit(change).await })
        })
        .collect();
    tokio::task::yield_now().await;
    store.close().await;
    let mut done = 0;
    for write in writes {
        match write.await.unwrap() {
            Ok(_) => done += 1,
            Err(CommitError::Store(StoreError::Closing)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    while signal.changed().await.is_some() {}
    let refused = store.commit(noting(&make)).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Closing))), "{refused:?}");
    let refused = store.journal_end().await;
    assert!(matches!(refused, Err(StoreError::Closing)), "{refused:?}");
    assert_eq!(store.signal().changed().await, None);
    store.close().await;
    // The file alone is the whole store: what lies beside it was folded in.
    let alone = folder.path().join("copy.db");
    std::fs::copy(&path, &alone).unwrap();
    assert_eq!(open(&alone).await.journal_end().await.unwrap(), Seq(done));
}

#[tokio::test]
async fn stops_writing_when_the_store_is_dropped() {
    let (store, path, _folder) = fresh().await;
    store.commit(noting(&Maker::default())).await.unwrap();
    let mut signal = store.signal();
    drop(store);
    let ended = tokio::time::timeout(Duration::from_secs(10), signal.changed()).await;
    assert_eq!(ended, Ok(None));
    assert_eq!(open(&path).await.journal_end().await.unwrap(), Seq(1));
}

#[tokio::test]
async fn reads_beside_a_server_and_after_it() {
    let (store, path, _folder) = fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0);
    store.commit(make.writing([write(&inquiry)])).await.unwrap();
    let beside = SqliteStore::open_read_only(&path, Options::default()).await.unwrap();
    assert_eq!(beside.inquiry(inquiry.id).await.unwrap().as_ref(), Some(&inquiry));
    store.commit(noting(&make)).await.unwrap();
    assert_eq!(beside.journal_end().await.unwrap(), Seq(1));
    assert_eq!(beside.verify_journal().await.unwrap().broken, None);
    assert_eq!(beside.check().await.unwrap(), []);
    let refused = beside.commit(noting(&make)).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::ReadOnly))), "{refused:?}");
    let refused = beside.tidy(&Retention::default().forget(at(0), at(0))).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    beside.close().await;
    store.close().await;
    let after = SqliteStore::open_read_only(&path, Options::default()).await.unwrap();
    assert_eq!(after.verify_journal().await.unwrap().whole, 1);
    let nothing = SqliteStore::open_read_only(path.with_extension("none"), Options::default()).await;
    assert!(matches!(nothing, Err(StoreError::Engine(_))), "{nothing:?}");
}

/// A command line beside the server writes too: the journal stays one chain, and places are counted once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_writers_of_one_file_agree() {
    let (one, path, _folder) = fresh().await;
    let stores = [Arc::new(one), Arc::new(open(&path).await)];
    let make = Arc::new(Maker::default());
    let writes: Vec<_> = (0..60)
        .map(|n| {
            let store = Arc::clone(&stores[n % 2]);
            let mut change = noting(&make);
            change.claims.push(store::contract::fixtures::claim(&slot("SPR", 0), make.holder(), 10));
            tokio::spawn(async move { store.commit(change).await.is_ok() })
        })
        .collect();
    let mut won = 0;
    for write in writes {
        won += u32::from(write.await.unwrap());
    }
    assert_eq!(won, 10);
    for store in &stores {
        assert_eq!(store.verify_journal().await.unwrap().whole, 10);
        assert_eq!(store.taken_anywhere(at(0), at(1)).await.unwrap().of(&slot("SPR", 0)), 10);
    }
}

/// Another process holds the lock: what finds no place in the queue is told so, the rest waits and is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_busy_when_the_queue_stays_full() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    let options = Options {
        queue: 2,
        patience: Duration::from_millis(100),
        lock_wait: Duration::from_secs(30),
        ..Options::default()
    };
    let store = Arc::new(SqliteStore::open(&path, options).await.unwrap());
    let mut lock = sqlx::ConnectOptions::connect(&sqlx::sqlite::SqliteConnectOptions::new().filename(&path))
        .await
        .unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut lock).await.unwrap();
    let make = Maker::default();
    let writes: Vec<_> = (0..20)
        .map(|_| {
            let (store, change) = (Arc::clone(&store), noting(&make));
            tokio::spawn(async move { store.commit(change).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(600)).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut lock).await.unwrap();
    let (mut done, mut busy) = (0, 0);
    for write in writes {
        match write.await.unwrap() {
            Ok(_) => done += 1,
            Err(CommitError::Store(StoreError::Busy)) => busy += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(done >= 2 && busy >= 10, "{done} done, {busy} busy");
    assert_eq!(store.journal_end().await.unwrap(), Seq(done));
}

/// The lock does not come free: nobody is left waiting, and the writer goes on afterwards.
#[tokio::test]
async fn says_busy_when_the_lock_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    let options = Options { lock_wait: Duration::from_millis(50), ..Options::default() };
    let store = SqliteStore::open(&path, options).await.unwrap();
    let mut lock = sqlx::ConnectOptions::connect(&sqlx::sqlite::SqliteConnectOptions::new().filename(&path))
        .await
        .unwrap();
    let make = Maker::default();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut lock).await.unwrap();
    let change = noting(&make);
    let refused = store.commit(change.clone()).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Busy))), "{refused:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut lock).await.unwrap();
    assert!(!store.commit(change).await.unwrap().repeated);
}

/// COMMIT itself fails: everyone in the batch is told, nothing is done, and the writer goes on afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tells_everyone_when_the_commit_fails() {
    let (store, path, _folder) = fresh().await;
    let (store, make) = (Arc::new(store), Maker::default());
    plant(
        &path,
        "CREATE TABLE there (id INTEGER PRIMARY KEY);
         CREATE TABLE planted (x INTEGER REFERENCES there (id) DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER fails AFTER INSERT ON journal BEGIN INSERT INTO planted VALUES (1); END;",
    )
    .await;
    let changes: Vec<_> = (0..30).map(|_| noting(&make)).collect();
    let writes: Vec<_> = changes
        .iter()
        .map(|change| {
            let (store, change) = (Arc::clone(&store), change.clone());
            tokio::spawn(async move { store.commit(change).await })
        })
        .collect();
    for write in writes {
        let failed = write.await.unwrap();
        assert!(matches!(failed, Err(CommitError::Store(StoreError::Engine(_)))), "{failed:?}");
    }
    assert_eq!(store.journal_end().await.unwrap(), Seq(0));
    plant(&path, "DROP TRIGGER fails").await;
    for change in changes {
        assert!(!store.commit(change).await.unwrap().repeated);
    }
    assert_eq!(store.verify_journal().await.unwrap().whole, 30);
}

/// One change's statement fails: it alone is told, its neighbours in the batch are done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_change_spares_its_neighbours() {
    let (store, path, _folder) = fresh().await;
    let (store, make) = (Arc::new(store), Maker::default());
    plant(&path, "CREATE TRIGGER fails BEFORE INSERT ON claim BEGIN SELECT RAISE(ABORT, 'planted'); END;")
        .await;
    let writes: Vec<_> = (0..40)
        .map(|n| {
            let (store, mut change) = (Arc::clone(&store), noting(&make));
            if n % 4 == 0 {
                change.claims.push(store::contract::fixtures::claim(&slot("SPR", 0), make.holder(), 99));
            }
            tokio::spawn(async move { (n, store.commit(change).await) })
        })
        .collect();
    for write in writes {
        match write.await.unwrap() {
            (n, Ok(_)) => assert_ne!(n % 4, 0),
            (n, Err(CommitError::Store(StoreError::Engine(_)))) => assert_eq!(n % 4, 0),
            (_, Err(other)) => panic!("{other:?}"),
        }
    }
    assert_eq!(store.verify_journal().await.unwrap().whole, 30);
    assert_eq!(store.check().await.unwrap(), []);
}

/// Promises that an earlier release wrote down are found like any other.
#[tokio::test]
async fn finds_promises_made_before_there_was_a_list_of_them() {
    let (store, path, _folder) = fresh().await;
    let make = Maker::default();
    let mut all = make.every_stage();
    all[0].past_callbacks = vec![make.callback(-600, None), make.callback(-60, None)];
    store.commit(make.writing(all.iter().map(write))).await.unwrap();
    let found = async |store: &SqliteStore| {
        let mut found: Vec<_> = store.facts(at(-9999), at(99_999), at(0)).await.unwrap().promises;
        found.sort_by_key(|owed| (owed.due, owed.inquiry));
        found
    };
    let before = found(&store).await;
    assert!(before.len() > 5, "{before:?}");
    store.close().await;
    plant(&path, concat!("DROP TABLE promise;", include_str!("../../src/schema/0013-promises.sql"))).await;
    assert_eq!(found(&open(&path).await).await, before);
}

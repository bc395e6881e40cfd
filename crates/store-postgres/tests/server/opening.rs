//! Opening: versions, several nodes at once, URLs, a standby, what the server refuses.

use crate::cluster::{database, open, shared};
use domain::{journal::Seq, retention::Retention};
use sqlx::Connection;
use std::time::Duration;
use store::{
    Migrated, Store, StoreError,
    contract::fixtures::{Maker, at, read_entry, write},
};
use store_postgres::{NoPrimary, Options, PostgresStore, SCHEMA};

/// What the server or the driver said, whole.
fn chain(error: &StoreError) -> String {
    let mut error: &dyn std::error::Error = error;
    let mut text = error.to_string();
    while let Some(source) = error.source() {
        error = source;
        text = format!("{text}: {error}");
    }
    text
}

fn hasty() -> Options {
    Options {
        patience: Duration::from_millis(300),
        acquire: Duration::from_millis(300),
        ..Options::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_nodes_bring_one_database_up_to_date() {
    for _ in 0..6 {
        let url = shared().url(&shared().empty().await);
        let nodes: Vec<_> = (0..6)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { open(&url).await.journal_end().await.unwrap() })
            })
            .collect();
        for node in nodes {
            assert_eq!(node.await.unwrap(), Seq(0));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refuses_a_newer_store_and_reads_no_older_one() {
    let name = database().await;
    let url = shared().url(&name);
    // A newer program has only added to the schema: this one works on beside it.
    shared().sql(&name, &format!("UPDATE anteroom_schema SET version = {}", SCHEMA + 1)).await;
    assert_eq!(
        PostgresStore::migrate(&url, Options::default()).await.unwrap(),
        Migrated { from: SCHEMA + 1, to: SCHEMA + 1 }
    );
    open(&url).await.commit(Maker::default().change()).await.unwrap();
    PostgresStore::open_read_only(&url, Options::default()).await.unwrap();
    // It has taken away what this one needs.
    shared().sql(&name, &format!("UPDATE anteroom_schema SET needs = {}", SCHEMA + 1)).await;
    for opened in [
        PostgresStore::open(&url, Options::default()).await,
        PostgresStore::open_read_only(&url, Options::default()).await,
    ] {
        let Err(StoreError::Newer { found, known }) = opened else { panic!("{opened:?}") };
        assert_eq!((found, known), (SCHEMA + 1, SCHEMA));
    }
    let empty = shared().url(&shared().empty().await);
    for opened in [
        PostgresStore::open_read_only(&empty, Options::default()).await,
        PostgresStore::open(&empty, Options { migrate: false, ..Options::default() }).await,
    ] {
        let Err(StoreError::Older { found: 0, known }) = opened else { panic!("{opened:?}") };
        assert_eq!(known, SCHEMA);
    }
    assert_eq!(
        PostgresStore::migrate(&empty, Options::default()).await.unwrap(),
        Migrated { from: 0, to: SCHEMA }
    );
    PostgresStore::open(&empty, Options { migrate: false, ..Options::default() }).await.unwrap();
}

/// A step that fails leaves nothing behind, not even the steps before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn takes_all_steps_or_none() {
    let name = shared().empty().await;
    shared().sql(&name, "CREATE TABLE job (in_the_way int)").await;
    let met = PostgresStore::open(&shared().url(&name), Options::default()).await.unwrap_err();
    assert!(matches!(met, StoreError::Engine(_)), "{met:?}");
    assert_eq!(
        shared()
            .number(&name, "SELECT COUNT(*) FROM pg_class WHERE relname IN ('person', 'anteroom_schema')")
            .await,
        0
    );
    shared().sql(&name, "DROP TABLE job").await;
    open(&shared().url(&name)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_without_writing_when_told_so() {
    let name = database().await;
    let (url, make) = (shared().url(&name), Maker::default());
    let store = open(&url).await;
    let mut change = make.change();
    change.journal.push(read_entry(None));
    store.commit(change.clone()).await.unwrap();
    let reader = PostgresStore::open_read_only(&url, Options::default()).await.unwrap();
    assert_eq!(reader.journal_end().await.unwrap(), Seq(1));
    assert_eq!(reader.verify_journal().await.unwrap().whole, 1);
    assert_eq!(reader.check().await.unwrap(), []);
    let met = reader.commit(make.change()).await.unwrap_err();
    assert!(matches!(met, store::CommitError::Store(StoreError::ReadOnly)), "{met:?}");
    let command = change.command;
    assert!(reader.answered(&command.key, &command.actor).await.unwrap().is_some());
    assert!(matches!(
        reader.tidy(&Retention::default().forget(command.at, command.at)).await,
        Err(StoreError::ReadOnly)
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connects_by_socket_and_passes_over_hosts_that_are_not_there() {
    let name = database().await;
    let socket = shared().socket().display().to_string().replace('/', "%2F");
    let port = shared().port();
    // Nobody listens at port 1.
    let url = format!("postgres://anteroom@127.0.0.1:1,{socket}:{port},127.0.0.1:1/{name}");
    assert_eq!(open(&url).await.journal_end().await.unwrap(), Seq(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_why_it_cannot_be_opened() {
    let nowhere = PostgresStore::open("postgres://anteroom@127.0.0.1:1/d", hasty()).await.unwrap_err();
    assert!(matches!(nowhere, StoreError::Engine(_)), "{nowhere:?}");
    let url = shared().url("no_such_database");
    let missing = PostgresStore::open(&url, hasty()).await.unwrap_err();
    assert!(chain(&missing).contains("no_such_database"), "{}", chain(&missing));
    // A database that only reads is no primary.
    let name = database().await;
    shared().sql("postgres", &format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    let reads = PostgresStore::open(&shared().url(&name), hasty()).await.unwrap_err();
    assert_eq!(chain(&reads), format!("the store failed: {NoPrimary}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_closing_once_it_is_closed() {
    let store = open(&shared().url(&database().await)).await;
    let mut signal = store.signal();
    store.close().await;
    store.close().await;
    assert_eq!(signal.changed().await, None);
    assert!(matches!(store.journal_end().await, Err(StoreError::Closing)));
    let met = store.commit(Maker::default().change()).await;
    assert!(matches!(met, Err(store::CommitError::Store(StoreError::Closing))), "{met:?}");
}

/// More at once than there are connections: whoever waits too long is told so, and nobody waits for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_that_it_is_busy() {
    let name = database().await;
    let options = Options { writers: 1, ..hasty() };
    let store = PostgresStore::open(&shared().url(&name), options).await.unwrap();
    let mut conn = shared().connect(&name).await;
    let mut held = conn.begin().await.unwrap();
    sqlx::query("SELECT * FROM journal_end FOR UPDATE").execute(&mut *held).await.unwrap();
    let store = std::sync::Arc::new(store);
    let make = Maker::default();
    let change = || {
        let mut change = make.change();
        change.journal.push(read_entry(None));
        change
    };
    let first = tokio::spawn({
        let (store, change) = (store.clone(), change());
        async move { store.commit(change).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = store.commit(change()).await;
    assert!(matches!(second, Err(store::CommitError::Store(StoreError::Busy))), "{second:?}");
    held.rollback().await.unwrap();
    assert_eq!(first.await.unwrap().unwrap().seq, Seq(1));

    // A lock that is held for too long, likewise.
    let options = Options { lock: Duration::from_millis(100), ..Options::default() };
    let store = PostgresStore::open(&shared().url(&name), options).await.unwrap();
    let mut conn = shared().connect(&name).await;
    let mut held = conn.begin().await.unwrap();
    sqlx::query("SELECT * FROM journal_end FOR UPDATE").execute(&mut *held).await.unwrap();
    let met = store.commit(change()).await;
    assert!(matches!(met, Err(store::CommitError::Store(StoreError::Busy))), "{met:?}");
    assert_eq!(store.journal_end().await.unwrap(), Seq(1));
}

/// What an administrator set weaker is set right for us; what is stricter stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledges_nothing_that_is_not_flushed() {
    for (set, meant) in [("off", "on"), ("remote_apply", "remote_apply"), ("on", "on")] {
        let name = database().await;
        shared().sql("postgres", &format!("ALTER DATABASE {name} SET synchronous_commit = {set}")).await;
        let store = open(&shared().url(&name)).await;
        // The store's own connection tells, by what it leaves in a journal entry's transaction.
        shared()
            .sql(
                &name,
                "CREATE TABLE seen (setting text);
                 CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
                 CREATE TRIGGER look BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION look()",
            )
            .await;
        let mut change = Maker::default().change();
        change.journal.push(read_entry(None));
        store.commit(change).await.unwrap();
        let seen =
            shared().number(&name, &format!("SELECT COUNT(*) FROM seen WHERE setting = '{meant}'")).await;
        assert_eq!(seen, 1, "{set}");
    }
}

/// Promises that an earlier release wrote down are found like any other, whatever else stands in a document.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_promises_made_before_there_was_a_list_of_them() {
    let name = database().await;
    let url = shared().url(&name);
    let store = open(&url).await;
    let make = Maker::default();
    let mut all = make.every_stage();
    all[0].past_callbacks = vec![make.callback(-600, None), make.callback(-60, None)];
    let told = "\0 \"id\":\"00000000-0000-0000-0000-000000000000\",\"window\":{\"start\":\"x\",\"end\":\"y\"";
    all[1].request.words = told.to_owned().into();
    store.commit(make.writing(all.iter().map(write))).await.unwrap();
    let found = async || {
        let mut found: Vec<_> = store.facts(at(-9999), at(99_999), at(0)).await.unwrap().promises;
        found.sort_by_key(|owed| (owed.due, owed.inquiry));
        found
    };
    let before = found().await;
    assert!(before.len() > 5, "{before:?}");
    let again = concat!("DROP TABLE promise;", include_str!("../../src/schema/0012-promises.sql"));
    shared().sql(&name, again).await;
    assert_eq!(found().await, before);
}

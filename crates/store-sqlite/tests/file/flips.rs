//! A byte flipped anywhere in the journal is found, with its entry: in any column, in the end that is kept apart, in the
//! pages of the file.

use crate::common::{fresh, open};
use domain::journal::Seq;
use proptest::prelude::*;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::{Path, PathBuf};
use store::{
    Store,
    contract::fixtures::{Maker, claim, read_entry, slot},
};
use tempfile::TempDir;

/// So many entries in each of these journals.
const ENTRIES: u64 = 12;

/// A closed store with a journal.
async fn journal() -> (PathBuf, TempDir) {
    let (store, path, folder) = fresh().await;
    let make = Maker::default();
    for _ in 0..ENTRIES / 3 {
        let mut change = make.change();
        change.journal = vec![read_entry(Some(make.inquiry(0).id)); 3];
        change.claims.push(claim(&slot("SPR", 0), make.holder(), 9));
        store.commit(change).await.unwrap();
    }
    store.close().await;
    (path, folder)
}

/// The file without its safeguards.
async fn bare(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).pragma("ignore_check_constraints", "on");
    let mut conn = options.connect().await.unwrap();
    sqlx::raw_sql("DROP TRIGGER journal_unchanged").execute(&mut conn).await.unwrap();
    conn
}

/// The first entry that is told to be wrong.
async fn broken(path: &Path) -> Option<Seq> {
    let store = open(path).await;
    let verified = store.verify_journal().await.unwrap();
    store.close().await;
    verified.broken
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any one bit of any text of any entry.
    #[test]
    fn a_bit_of_a_text(seq in 1..=ENTRIES, column in 0_usize..4, n: prop::sample::Index, bit in 0_u8..8) {
        let column = ["actor", "inquiry", "happened", "hash"][column];
        run(async {
            let (path, _folder) = journal().await;
            let mut conn = bare(&path).await;
            let read = format!("SELECT CAST({column} AS BLOB) FROM journal WHERE seq = {seq}");
            let mut bytes: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(read)).fetch_one(&mut conn).await.unwrap();
            let at = n.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let bytes = hex::encode(bytes);
            let write = format!("UPDATE journal SET {column} = CAST(X'{bytes}' AS TEXT) WHERE seq = {seq}");
            sqlx::raw_sql(AssertSqlSafe(write)).execute(&mut conn).await.unwrap();
            conn.close().await.unwrap();
            assert_eq!(broken(&path).await, Some(Seq(seq)));
        });
    }

    /// Any one bit of an entry's time, or of its place (where no other entry stands).
    #[test]
    fn a_bit_of_a_number(seq in 1..=ENTRIES, place: bool, bit in 0_u32..64) {
        let (column, bit) = if place { ("seq", bit.max(4)) } else { ("at", bit) };
        run(async {
            let (path, _folder) = journal().await;
            let mut conn = bare(&path).await;
            let read = format!("SELECT {column} FROM journal WHERE seq = {seq}");
            let before: i64 = sqlx::query_scalar(AssertSqlSafe(read)).fetch_one(&mut conn).await.unwrap();
            let after = before ^ (1 << bit);
            let write = format!("UPDATE journal SET {column} = {after} WHERE seq = {seq}");
            sqlx::raw_sql(AssertSqlSafe(write)).execute(&mut conn).await.unwrap();
            conn.close().await.unwrap();
            assert_eq!(broken(&path).await, Some(Seq(seq)));
        });
    }

    /// Any one bit of the end that is kept apart: what is told is the last entry both agree on, or the one behind it.
    #[test]
    fn a_bit_of_the_end(bit in 0_u32..64, n: prop::sample::Index, hash: bool) {
        run(async {
            let (path, _folder) = journal().await;
            let mut conn = bare(&path).await;
            let (seq, text): (i64, String) =
                sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(&mut conn).await.unwrap();
            let (set, due) = if hash {
                let mut bytes = text.into_bytes();
                bytes[n.index(64)] ^= 1 << (bit % 8);
                (format!("hash = CAST(X'{}' AS TEXT)", hex::encode(bytes)), ENTRIES)
            } else {
                let after = seq ^ (1 << bit);
                (format!("seq = {after}"), u64::try_from(after).unwrap_or(0).min(ENTRIES) + 1)
            };
            let write = format!("UPDATE journal_end SET {set}");
            sqlx::raw_sql(AssertSqlSafe(write)).execute(&mut conn).await.unwrap();
            conn.close().await.unwrap();
            assert_eq!(broken(&path).await, Some(Seq(due)));
        });
    }

    /// Any one bit of an entry where it lies in the file.
    #[test]
    fn a_bit_of_the_file(seq in 1..=ENTRIES, n: prop::sample::Index, bit in 0_u8..8) {
        run(async {
            let (path, _folder) = journal().await;
            let mut conn = bare(&path).await;
            let read = format!("SELECT actor || inquiry || happened || hash FROM journal WHERE seq = {seq}");
            let entry: String = sqlx::query_scalar(AssertSqlSafe(read)).fetch_one(&mut conn).await.unwrap();
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await.unwrap();
            conn.close().await.unwrap();
            let mut file = std::fs::read(&path).unwrap();
            let places: Vec<usize> = file
                .windows(entry.len())
                .enumerate()
                .filter_map(|(at, bytes)| (bytes == entry.as_bytes()).then_some(at))
                .collect();
            let [at] = places[..] else { panic!("the entry lies in the file {} times", places.len()) };
            // The texts, and the six bytes of the time before them.
            file[at - 6 + n.index(entry.len() + 6)] ^= 1 << bit;
            std::fs::write(&path, file).unwrap();
            assert_eq!(broken(&path).await, Some(Seq(seq)));
        });
    }
}

/// An end that is gone, and an entry behind the end.
#[test]
fn an_end_that_is_gone_or_passed() {
    for (touch, due) in [
        ("DELETE FROM journal_end", ENTRIES + 1),
        (
            "INSERT INTO journal SELECT seq + 1, at, actor, inquiry, happened, hash FROM journal ORDER BY seq DESC LIMIT 1",
            ENTRIES + 1,
        ),
    ] {
        run(async {
            let (path, _folder) = journal().await;
            let store = open(&path).await;
            let mut conn = bare(&path).await;
            sqlx::raw_sql(touch).execute(&mut conn).await.unwrap();
            assert_eq!(store.verify_journal().await.unwrap().broken, Some(Seq(due)), "{touch}");
            conn.close().await.unwrap();
            store.close().await;
        });
    }
}

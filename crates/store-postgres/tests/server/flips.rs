//! A byte changed anywhere in the journal is found, with its entry: in any column, and in the end that is kept apart.
//! (Below that the server's own checksums watch its pages, where they are switched on.)

use crate::cluster::{fresh, shared};
use domain::journal::Seq;
use proptest::prelude::*;
use sqlx::{AssertSqlSafe, PgConnection};
use store::{
    Store,
    contract::fixtures::{Maker, claim, read_entry, slot},
};
use store_postgres::PostgresStore;

/// So many entries in each of these journals.
const ENTRIES: u64 = 12;

/// A store with a journal, and a way past its safeguards.
async fn journal() -> (PostgresStore, PgConnection) {
    let (store, name) = fresh().await;
    let make = Maker::default();
    for _ in 0..ENTRIES / 3 {
        let mut change = make.change();
        change.journal = vec![read_entry(Some(make.inquiry(0).id)); 3];
        change.claims.push(claim(&slot("SPR", 0), make.holder(), 9));
        store.commit(change).await.unwrap();
    }
    let mut conn = shared().connect(&name).await;
    let bare =
        "ALTER TABLE journal DISABLE TRIGGER ALL; ALTER TABLE journal DROP CONSTRAINT journal_seq_check";
    sqlx::raw_sql(bare).execute(&mut conn).await.unwrap();
    (store, conn)
}

/// The first entry that is told to be wrong, after this was done to it.
async fn broken(store: PostgresStore, conn: &mut PgConnection, touch: String) -> Option<Seq> {
    let done = sqlx::raw_sql(AssertSqlSafe(touch)).execute(conn).await.unwrap();
    assert!(done.rows_affected() > 0);
    let verified = store.verify_journal().await.unwrap();
    store.close().await;
    verified.broken
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

/// The text with its letter or digit at `n` put for another.
fn changed(text: String, n: prop::sample::Index, to: u8) -> String {
    let other = |b: &u8| b.is_ascii_alphanumeric() && *b != to;
    let letters: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| other(b)).map(|(n, _)| n).collect();
    let mut bytes = text.into_bytes();
    bytes[letters[n.index(letters.len())]] = to;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any byte of any text of any entry, put for another that the server still takes.
    #[test]
    fn a_byte_of_a_text(seq in 1..=ENTRIES, column in 0_usize..4, n: prop::sample::Index, to in b'a'..=b'f') {
        let (column, kind) =
            [("actor", "json"), ("inquiry", "uuid"), ("happened", "json"), ("hash", "text")][column];
        run(async {
            let (store, mut conn) = journal().await;
            let read = format!("SELECT {column}::text FROM journal WHERE seq = {seq}");
            let text: String = sqlx::query_scalar(AssertSqlSafe(read)).fetch_one(&mut conn).await.unwrap();
            let text = changed(text, n, to);
            let touch = format!("UPDATE journal SET {column} = '{text}'::{kind} WHERE seq = {seq}");
            assert_eq!(broken(store, &mut conn, touch).await, Some(Seq(seq)));
        });
    }

    /// Any one bit of an entry's time that still is a time, or of its place (where no other entry stands).
    #[test]
    fn a_bit_of_a_number(seq in 1..=ENTRIES, place: bool, bit in 0_u32..63) {
        run(async {
            let (store, mut conn) = journal().await;
            let touch = if place {
                format!("UPDATE journal SET seq = seq # (1::bigint << {}) WHERE seq = {seq}", bit.max(4))
            } else {
                let micros = 1_u64 << bit.min(54);
                format!("UPDATE journal SET at = at + interval '{micros} microseconds' WHERE seq = {seq}")
            };
            assert_eq!(broken(store, &mut conn, touch).await, Some(Seq(seq)));
        });
    }

    /// Any one bit of the end that is kept apart: what is told is the last entry both agree on, or the one behind it.
    #[test]
    fn a_bit_of_the_end(bit in 0_u32..63, hash: bool, n: prop::sample::Index, to in b'g'..=b'z') {
        run(async {
            let (store, mut conn) = journal().await;
            let (seq, text): (i64, String) =
                sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(&mut conn).await.unwrap();
            let (set, due) = if hash {
                (format!("hash = '{}'", changed(text, n, to)), ENTRIES)
            } else {
                let after = seq ^ (1 << bit);
                (format!("seq = {after}"), after.unsigned_abs().min(ENTRIES) + 1)
            };
            let touch = format!("UPDATE journal_end SET {set}");
            assert_eq!(broken(store, &mut conn, touch).await, Some(Seq(due)));
        });
    }
}

/// An end that is gone, and an entry behind the end.
#[test]
fn an_end_that_is_gone_or_passed() {
    for touch in [
        "DELETE FROM journal_end",
        "INSERT INTO journal SELECT seq + 1, at, actor, inquiry, happened, hash FROM journal ORDER BY seq DESC LIMIT 1",
    ] {
        run(async {
            let (store, mut conn) = journal().await;
            assert_eq!(broken(store, &mut conn, touch.to_owned()).await, Some(Seq(ENTRIES + 1)), "{touch}");
        });
    }
}

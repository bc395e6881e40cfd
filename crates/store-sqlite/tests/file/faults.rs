//! Faults planted in the file are found, and told for what they are.

use crate::common::{fresh, open, plant};
use domain::{
    change::{JobKind, NewJob, Write},
    journal::Seq,
};
use proptest::prelude::*;
use std::path::PathBuf;
use store::{
    Broken, Store,
    contract::fixtures::{Maker, at, book, busy, claim, promise, read_entry, slot, write},
};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

/// A store with one of everything, all of it right.
struct Sound {
    store: SqliteStore,
    path: PathBuf,
    _folder: TempDir,
    called: domain::ids::InquiryId,
    visited: domain::ids::InquiryId,
    officer: domain::ids::StaffId,
    notice: domain::ids::NoticeId,
}

async fn sound() -> Sound {
    let (store, path, folder) = fresh().await;
    let make = Maker::default();
    let (called, visited, officer) = (make.inquiry(0), make.inquiry(0), make.officer());
    let callback = make.callback(60, Some(officer));
    let notice = make.notice(called.id, 0);
    let mut change = make.writing([write(&called), write(&visited)]);
    promise(&mut change, &called, &callback);
    book(&mut change, &visited, &make.appointment("SPR", 600));
    change.busy.push(busy(officer, callback.id.into(), 60, 90));
    change.busy.push(busy(make.officer(), make.holder(), 60, 90));
    change.jobs.push(NewJob::new(JobKind::SendNotice { notice: notice.id }, at(0)));
    change.writes.push(Write::Notice(Box::new(notice.clone())));
    change.journal = (0..6).map(|n| read_entry((n % 2 == 0).then_some(called.id))).collect();
    store.commit(change).await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
    Sound { store, path, _folder: folder, called: called.id, visited: visited.id, officer, notice: notice.id }
}

#[tokio::test]
async fn finds_a_count_that_differs_from_its_claims() {
    let it = sound().await;
    plant(&it.path, "UPDATE slot SET taken = taken + 1 WHERE office = 'line'").await;
    let found = it.store.check().await.unwrap();
    assert!(
        matches!(&found[..], [Broken::Count { taken: 2, claims: 1, slot }] if slot.starts_with("line callback"))
    );
}

#[tokio::test]
async fn finds_claims_of_a_slot_that_is_gone() {
    let it = sound().await;
    plant(&it.path, "DELETE FROM slot WHERE office = 'line'").await;
    let found = it.store.check().await.unwrap();
    assert!(matches!(&found[0], Broken::Count { taken: 0, claims: 1, .. }), "{found:?}");
    assert_eq!(found[1..], [Broken::Unbacked { inquiry: it.called }]);
}

#[tokio::test]
async fn finds_two_calls_at_once() {
    let it = sound().await;
    let sql = format!(
        "DROP TRIGGER busy_taken;
         INSERT INTO busy (officer, holder, begins, ends)
         SELECT officer, holder, ends - 1, ends + 1 FROM busy WHERE officer = '{}'",
        it.officer
    );
    plant(&it.path, &sql).await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Overlap { officer: it.officer }]);
}

#[tokio::test]
async fn the_table_itself_refuses_two_calls_at_once() {
    let it = sound().await;
    let mut conn =
        sqlx::ConnectOptions::connect(&sqlx::sqlite::SqliteConnectOptions::new().filename(&it.path))
            .await
            .unwrap();
    for sql in [
        "INSERT INTO busy (officer, holder, begins, ends) SELECT officer, holder, ends - 1, ends + 1 FROM busy",
        "UPDATE busy SET begins = begins - 1",
        "UPDATE slot SET taken = capacity + 1",
        "UPDATE slot SET taken = -1",
        "UPDATE journal SET at = at + 1",
        "DELETE FROM journal",
        "UPDATE inquiry SET doc = '{'",
    ] {
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap_err();
    }
}

#[tokio::test]
async fn finds_promises_nobody_watches() {
    let it = sound().await;
    plant(&it.path, "DELETE FROM job WHERE key LIKE '%-watch:%'").await;
    let found = it.store.check().await.unwrap();
    assert_eq!(found, [Broken::Unwatched { inquiry: it.called }, Broken::Unwatched { inquiry: it.visited }]);
    let it = sound().await;
    plant(&it.path, "UPDATE job SET died = 1 WHERE key LIKE 'callback-watch:%'").await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Unwatched { inquiry: it.called }]);
}

#[tokio::test]
async fn finds_bookings_without_their_places() {
    let it = sound().await;
    // One of the appointment's two places, counted rightly.
    plant(
        &it.path,
        "DELETE FROM claim WHERE slot = (SELECT MAX(id) FROM slot WHERE office = 'SPR');
         UPDATE slot SET taken = 0 WHERE id = (SELECT MAX(id) FROM slot WHERE office = 'SPR')",
    )
    .await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Unbacked { inquiry: it.visited }]);
    // A hold is no booking.
    let it = sound().await;
    plant(&it.path, "UPDATE claim SET expires = 1 WHERE slot = (SELECT id FROM slot WHERE office = 'line')")
        .await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Unbacked { inquiry: it.called }]);
}

#[tokio::test]
async fn finds_places_of_nobody() {
    let it = sound().await;
    // Another count than the fixtures', so that it is nobody's.
    let make = Maker::default();
    for _ in 0..100 {
        make.chance();
    }
    let holder = make.holder();
    let sql = format!(
        "INSERT INTO claim SELECT '{}', MIN(id), NULL FROM slot;
         UPDATE slot SET taken = taken + 1 WHERE id = (SELECT MIN(id) FROM slot)",
        holder.0
    );
    plant(&it.path, &sql).await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Stray { holder }]);
}

#[tokio::test]
async fn finds_a_live_pair() {
    let it = sound().await;
    let sql = "DROP INDEX inquiry_live; UPDATE inquiry SET person = 'one'";
    plant(&it.path, sql).await;
    let pair = Broken::Pair { inquiry: it.called.min(it.visited), other: it.called.max(it.visited) };
    assert_eq!(it.store.check().await.unwrap(), [pair]);
}

#[tokio::test]
async fn finds_a_notice_nobody_sends() {
    let it = sound().await;
    plant(&it.path, "DELETE FROM job WHERE key LIKE 'send-notice:%'").await;
    assert_eq!(it.store.check().await.unwrap(), [Broken::Unsent { notice: it.notice }]);
}

/// Each of these is found at entry 4, by both ways of looking.
#[tokio::test]
async fn finds_the_first_entry_that_was_touched() {
    for touch in [
        "UPDATE journal SET at = at + 1 WHERE seq = 4",
        "UPDATE journal SET actor = replace(actor, 'contract', 'contrast') WHERE seq = 4",
        "UPDATE journal SET happened = replace(happened, '\"inquiry\"', '\"own-page\"') WHERE seq = 4",
        // It still reads the same: only the stored text tells.
        "UPDATE journal SET happened = ' ' || happened WHERE seq = 4",
        "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 4",
        "UPDATE journal SET inquiry = (SELECT inquiry FROM journal WHERE seq = 1) WHERE seq = 4",
        "DELETE FROM journal WHERE seq = 4",
        "DELETE FROM journal WHERE seq > 3",
        "UPDATE journal_end SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
    ] {
        let it = sound().await;
        plant(&it.path, "DROP TRIGGER journal_unchanged; DROP TRIGGER journal_kept").await;
        assert!(plant(&it.path, touch).await > 0, "{touch}");
        let verified = it.store.verify_journal().await.unwrap();
        assert_eq!(
            (verified.whole, verified.broken),
            (if touch.contains("journal_end") { 6 } else { 3 }, Some(Seq(4))),
            "{touch}"
        );
        assert_eq!(it.store.check().await.unwrap(), [Broken::Chain { seq: 4 }], "{touch}");
    }
}

#[tokio::test]
async fn proves_a_whole_journal() {
    let it = sound().await;
    let verified = it.store.verify_journal().await.unwrap();
    assert_eq!((verified.whole, verified.broken), (6, None));
    let last = it.store.journal(Seq(5), 1).await.unwrap();
    assert_eq!(verified.hash, last[0].hash);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any one bit of any text of any entry.
    #[test]
    fn finds_a_flipped_bit_at_its_entry(seq in 1_u64..=12, column in 0_usize..3, at: prop::sample::Index, bit in 0_u8..8) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (store, path, _folder) = fresh().await;
            let make = Maker::default();
            for _ in 0..4 {
                let mut change = make.change();
                change.journal = vec![read_entry(Some(make.inquiry(0).id)); 3];
                change.claims.push(claim(&slot("SPR", 0), make.holder(), 9));
                store.commit(change).await.unwrap();
            }
            store.close().await;
            let column = ["actor", "happened", "hash"][column];
            let mut conn = sqlx::ConnectOptions::connect(
                &sqlx::sqlite::SqliteConnectOptions::new().filename(&path).pragma("ignore_check_constraints", "on"),
            )
            .await
            .unwrap();
            let read = format!("SELECT CAST({column} AS BLOB) FROM journal WHERE seq = {seq}");
            let mut bytes: Vec<u8> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(read)).fetch_one(&mut conn).await.unwrap();
            let n = at.index(bytes.len());
            bytes[n] ^= 1 << bit;
            let write = format!(
                "DROP TRIGGER journal_unchanged; UPDATE journal SET {column} = CAST(X'{}' AS TEXT) WHERE seq = {seq}",
                hex::encode(bytes)
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(write)).execute(&mut conn).await.unwrap();
            drop(conn);
            let store = open(&path).await;
            let verified = store.verify_journal().await.unwrap();
            assert_eq!(verified.broken, Some(Seq(seq)), "{verified:?}");
            store.close().await;
        });
    }
}

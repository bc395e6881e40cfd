//! Faults planted in the file are found, and told for what they are.

use crate::common::{fresh, plant};
use domain::{
    change::{Holder, JobKind, NewJob, Write},
    inquiry::Inquiry,
    journal::Seq,
};
use std::path::PathBuf;
use store::{
    Broken, Store,
    columns::watch,
    contract::{
        fixtures::{Maker, at, book, busy, promise, read_entry, write},
        found,
    },
};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

/// A store with one of everything, all of it right.
struct Sound {
    store: SqliteStore,
    path: PathBuf,
    _folder: TempDir,
    called: Inquiry,
    visited: Inquiry,
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
    let promised = promise(&mut change, &called, &callback);
    let booked = book(&mut change, &visited, &make.appointment("SPR", 600));
    change.busy.push(busy(officer, callback.id.into(), 60, 90));
    change.busy.push(busy(make.officer(), make.holder(), 60, 90));
    change.jobs.push(NewJob::new(JobKind::SendNotice { notice: notice.id }, at(0)));
    change.writes.push(Write::Notice(Box::new(notice.clone())));
    change.journal = (0..6).map(|n| read_entry((n % 2 == 0).then_some(called.id))).collect();
    store.commit(change).await.unwrap();
    assert_eq!(found(&store).await, []);
    Sound { store, path, _folder: folder, called: promised, visited: booked, officer, notice: notice.id }
}

impl Sound {
    fn callback(&self) -> Holder {
        self.called.callback().unwrap().id.into()
    }
}

/// An inquiry that does not hold so many of the places it was promised.
fn lacks(found: &Broken, of: &Inquiry, n: usize) -> bool {
    matches!(found, Broken::Unbacked { inquiry, lacks, keeps, .. }
        if *inquiry == of.id && lacks.len() == n && keeps.is_empty())
}

fn unwatched(inquiry: &Inquiry) -> Broken {
    Broken::Unwatched { inquiry: inquiry.id, watch: watch(inquiry).unwrap().0 }
}

#[tokio::test]
async fn finds_a_count_that_differs_from_its_claims() {
    let it = sound().await;
    plant(&it.path, "UPDATE slot SET taken = taken + 1 WHERE office = 'line'").await;
    let told = found(&it.store).await;
    assert!(
        matches!(&told[..], [Broken::Count { taken: 2, claims: 1, slot }] if slot.starts_with("line callback"))
    );
}

#[tokio::test]
async fn finds_claims_of_a_slot_that_is_gone() {
    let it = sound().await;
    plant(&it.path, "DELETE FROM slot WHERE office = 'line'").await;
    let told = found(&it.store).await;
    assert!(
        matches!(&told[..], [Broken::Count { taken: 0, claims: 1, .. }, second] if lacks(second, &it.called, 1)),
        "{told:?}"
    );
}

#[tokio::test]
async fn finds_a_place_that_says_it_is_free_and_is_not() {
    let it = sound().await;
    plant(&it.path, "UPDATE slot SET taken = 0 WHERE office = 'SPR'").await;
    let told = found(&it.store).await;
    assert!(
        matches!(&told[..], [Broken::Count { taken: 0, claims: 1, .. }, Broken::Count { .. }]),
        "{told:?}"
    );
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
    let (officer, holder) = (it.officer, it.callback());
    let at = at(90) - jiff::SignedDuration::from_micros(1);
    assert_eq!(found(&it.store).await, [Broken::Overlap { officer, at, holder, other: holder }]);
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
    assert_eq!(found(&it.store).await, [unwatched(&it.called), unwatched(&it.visited)]);
    let it = sound().await;
    plant(&it.path, "UPDATE job SET died = 1 WHERE key LIKE 'callback-watch:%'").await;
    assert_eq!(found(&it.store).await, [unwatched(&it.called)]);
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
    let told = found(&it.store).await;
    assert!(matches!(&told[..], [one] if lacks(one, &it.visited, 1)), "{told:?}");
    // A hold is no booking.
    let it = sound().await;
    plant(&it.path, "UPDATE claim SET expires = 1 WHERE slot = (SELECT id FROM slot WHERE office = 'line')")
        .await;
    let told = found(&it.store).await;
    assert!(matches!(&told[..], [one] if lacks(one, &it.called, 1)), "{told:?}");
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
        "INSERT INTO claim SELECT '{}', MIN(id), NULL FROM slot WHERE office = 'SPR';
         UPDATE slot SET taken = taken + 1 WHERE id = (SELECT MIN(id) FROM slot WHERE office = 'SPR')",
        holder.0
    );
    plant(&it.path, &sql).await;
    let told = found(&it.store).await;
    assert!(
        matches!(&told[..], [Broken::Stray { holder: by, slot }] if *by == holder && slot.starts_with("SPR")),
        "{told:?}"
    );
}

#[tokio::test]
async fn finds_a_live_pair() {
    let it = sound().await;
    let sql = "DROP INDEX inquiry_live; UPDATE inquiry SET person = 'one'";
    plant(&it.path, sql).await;
    let (one, two) = (it.called.id, it.visited.id);
    let pair = Broken::Pair { inquiry: one.min(two), other: one.max(two) };
    assert_eq!(found(&it.store).await, [pair]);
}

#[tokio::test]
async fn finds_a_notice_nobody_sends() {
    let it = sound().await;
    plant(&it.path, "DELETE FROM job WHERE key LIKE 'send-notice:%'").await;
    assert_eq!(found(&it.store).await, [Broken::Unsent { notice: it.notice, inquiry: it.called.id }]);
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
        // Two change places.
        "UPDATE journal SET seq = 104 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;
         UPDATE journal SET seq = 5 WHERE seq = 104",
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
        assert_eq!(found(&it.store).await, [Broken::Chain { seq: 4 }], "{touch}");
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

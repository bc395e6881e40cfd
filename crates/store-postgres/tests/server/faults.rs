//! Faults planted behind the store's back are found, and told for what they are; what the tables can refuse, they do.

use crate::cluster::{fresh, shared};
use domain::{
    change::{JobKind, NewJob, Write},
    ids::{NoticeId, StaffId},
    inquiry::Inquiry,
    journal::Seq,
    pii::Pii,
};
use serde_json::json;
use store::{
    Broken, Store,
    columns::watch,
    contract::{
        self,
        fixtures::{Maker, at, book, busy, promise, read_entry, write},
    },
};
use store_postgres::PostgresStore;

/// A store with one of everything, all of it right.
struct Sound {
    store: PostgresStore,
    name: String,
    called: Inquiry,
    visited: Inquiry,
    officer: StaffId,
    notice: NoticeId,
}

impl Sound {
    async fn new() -> Self {
        let (store, name) = fresh().await;
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
        assert_eq!(contract::found(&store).await, []);
        Self { store, name, called: promised, visited: booked, officer, notice: notice.id }
    }

    async fn plant(&self, sql: &str) -> u64 {
        shared().sql(&self.name, sql).await
    }

    async fn found(&self) -> Vec<Broken> {
        contract::found(&self.store).await
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_wrong_counts_and_claims_of_no_slot() {
    let it = Sound::new().await;
    it.plant("UPDATE slot SET taken = taken + 1 WHERE office = 'line'").await;
    let found = it.found().await;
    assert!(
        matches!(&found[..], [Broken::Count { taken: 2, claims: 1, slot }] if slot.starts_with("line callback")),
        "{found:?}"
    );
    it.plant("ALTER TABLE claim DROP CONSTRAINT claim_slot_fkey; DELETE FROM slot WHERE office = 'line'")
        .await;
    let found = it.found().await;
    assert!(
        matches!(&found[..], [Broken::Count { taken: 0, claims: 1, .. }, second] if lacks(second, &it.called, 1)),
        "{found:?}"
    );
    let it = Sound::new().await;
    it.plant("UPDATE slot SET taken = 0 WHERE office = 'SPR'").await;
    let found = it.found().await;
    assert!(
        matches!(&found[..], [Broken::Count { taken: 0, claims: 1, .. }, Broken::Count { .. }]),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_two_calls_at_once() {
    let it = Sound::new().await;
    it.plant(&format!(
        "ALTER TABLE busy DROP CONSTRAINT busy_apart;
         INSERT INTO busy (officer, holder, begins, ends)
         SELECT officer, holder, ends - interval '1 s', ends + interval '1 s' FROM busy WHERE officer = '{}'",
        it.officer
    ))
    .await;
    let (officer, holder) = (it.officer, it.called.callback().unwrap().id.into());
    let at = at(90) - jiff::SignedDuration::from_secs(1);
    assert_eq!(it.found().await, [Broken::Overlap { officer, at, holder, other: holder }]);
}

/// The tables stand behind the commit: each of these they refuse, by the constraint that the store knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tables_themselves_refuse() {
    let it = Sound::new().await;
    let mut conn = shared().connect(&it.name).await;
    for (sql, state, constraint) in [
        (
            "INSERT INTO busy (officer, holder, begins, ends)
             SELECT officer, holder, ends - interval '1 s', ends + interval '1 s' FROM busy",
            "23P01",
            Some("busy_apart"),
        ),
        ("UPDATE busy SET ends = begins", "23514", Some("busy_forward")),
        ("UPDATE slot SET taken = capacity + 1", "23514", Some("slot_places")),
        ("UPDATE slot SET taken = -1", "23514", Some("slot_places")),
        ("UPDATE inquiry SET number = '0'", "23505", Some("inquiry_number")),
        ("UPDATE inquiry SET person = '00000000-0000-0000-0000-000000000000'", "23505", Some("inquiry_live")),
        ("DELETE FROM slot", "23503", Some("claim_slot_fkey")),
        ("UPDATE journal SET at = at + interval '1 s'", "23001", None),
        ("DELETE FROM journal", "23001", None),
        ("TRUNCATE journal", "23001", None),
        ("UPDATE inquiry SET doc = '{'", "22P02", None),
    ] {
        let met = sqlx::raw_sql(sql).execute(&mut conn).await.unwrap_err();
        let met = met.as_database_error().unwrap();
        assert_eq!((met.code().as_deref(), met.constraint()), (Some(state), constraint), "{sql}");
    }
    // Stretches that touch, and another officer's, are let in.
    let fine = "INSERT INTO busy (officer, holder, begins, ends) SELECT officer, holder, ends, ends + interval '1 s' FROM busy";
    assert_eq!(sqlx::raw_sql(fine).execute(&mut conn).await.unwrap().rows_affected(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_promises_without_watch_or_places() {
    let it = Sound::new().await;
    it.plant("UPDATE job SET died = now() WHERE key LIKE 'callback-watch:%'").await;
    assert_eq!(it.found().await, [unwatched(&it.called)]);
    it.plant("DELETE FROM job WHERE key LIKE '%-watch:%'").await;
    assert_eq!(it.found().await, [unwatched(&it.called), unwatched(&it.visited)]);

    let it = Sound::new().await;
    // One of the appointment's two places, counted rightly; then a hold, which is no booking.
    it.plant(
        "DELETE FROM claim WHERE slot = (SELECT MAX(id) FROM slot WHERE office = 'SPR');
         UPDATE slot SET taken = 0 WHERE id = (SELECT MAX(id) FROM slot WHERE office = 'SPR')",
    )
    .await;
    let found = it.found().await;
    assert!(matches!(&found[..], [one] if lacks(one, &it.visited, 1)), "{found:?}");
    it.plant("UPDATE claim SET expires = now() WHERE slot = (SELECT id FROM slot WHERE office = 'line')")
        .await;
    let found = it.found().await;
    assert!(
        matches!(&found[..], [one, two] if lacks(one, &it.called, 1) && lacks(two, &it.visited, 1)),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_places_of_nobody_pairs_and_notices_nobody_sends() {
    let it = Sound::new().await;
    let holder = domain::change::Holder("018f0000-0000-7000-8000-00000000beef".parse().unwrap());
    it.plant(&format!(
        "INSERT INTO claim SELECT '{}', MIN(id), NULL FROM slot WHERE office = 'SPR';
         UPDATE slot SET taken = taken + 1 WHERE id = (SELECT MIN(id) FROM slot WHERE office = 'SPR');
         DROP INDEX inquiry_live; UPDATE inquiry SET person = '00000000-0000-0000-0000-000000000000';
         DELETE FROM job WHERE key LIKE 'send-notice:%'",
        holder.0
    ))
    .await;
    let (one, two) = (it.called.id, it.visited.id);
    let found = it.found().await;
    assert_eq!(found[0], Broken::Pair { inquiry: one.min(two), other: one.max(two) });
    assert!(
        matches!(&found[1], Broken::Stray { holder: by, slot } if *by == holder && slot.starts_with("SPR")),
        "{found:?}"
    );
    assert_eq!(found[2..], [Broken::Unsent { notice: it.notice, inquiry: one }]);
}

/// Each of these is found at entry 4, by both ways of looking.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_the_first_entry_that_was_touched() {
    for touch in [
        "UPDATE journal SET at = at + interval '1 microsecond' WHERE seq = 4",
        "UPDATE journal SET actor = replace(actor::text, 'contract', 'contrast')::json WHERE seq = 4",
        "UPDATE journal SET happened = replace(happened::text, '\"inquiry\"', '\"own-page\"')::json WHERE seq = 4",
        // It still reads the same: only the stored text tells.
        "UPDATE journal SET happened = (' ' || happened)::json WHERE seq = 4",
        "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 4",
        "UPDATE journal SET inquiry = (SELECT inquiry FROM journal WHERE seq = 1) WHERE seq = 4",
        "DELETE FROM journal WHERE seq = 4",
        // Two change places.
        "UPDATE journal SET seq = 104 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;
         UPDATE journal SET seq = 5 WHERE seq = 104",
        "DELETE FROM journal WHERE seq > 3",
        "UPDATE journal_end SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
    ] {
        let it = Sound::new().await;
        it.plant("ALTER TABLE journal DISABLE TRIGGER ALL").await;
        assert!(it.plant(touch).await > 0, "{touch}");
        let verified = it.store.verify_journal().await.unwrap();
        let whole = if touch.contains("journal_end") { 6 } else { 3 };
        assert_eq!((verified.whole, verified.broken), (whole, Some(Seq(4))), "{touch}");
        assert_eq!(it.found().await, [Broken::Chain { seq: 4 }], "{touch}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proves_a_whole_journal() {
    let it = Sound::new().await;
    let verified = it.store.verify_journal().await.unwrap();
    assert_eq!((verified.whole, verified.broken), (6, None));
    assert_eq!(verified.hash, it.store.journal(Seq(5), 1).await.unwrap()[0].hash);
}

/// What `jsonb` would change or refuse comes back as it was written: large floats, U+0000, the order of names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_documents_to_the_letter() {
    let (store, name) = fresh().await;
    let make = Maker::default();
    let mut inquiry = make.inquiry(0);
    inquiry.request.words = "one\u{0}two".into();
    let numbers = json!([1e16, 1.0, 2.5e-7, 18_446_744_073_709_551_615_u64]);
    inquiry.request.answers = Pii::new([("numbers".to_owned(), numbers)].into());
    let mut change = make.writing([write(&inquiry)]);
    change.answer = json!({ "z": 1e16, "a": "\u{0}", "n": -0.0 });
    let done = store.commit(change.clone()).await.unwrap();
    assert_eq!(done.answer, change.answer);
    assert_eq!(store.commit(change.clone()).await.unwrap().answer, change.answer);
    assert_eq!(store.inquiry(inquiry.id).await.unwrap(), Some(inquiry));
    // A name from outside that cannot be in any column finds nothing, and is no fault.
    assert_eq!(store.staff_named("sam\0").await.unwrap(), None);
    let stage = store::List::Stage { stage: "review\0".to_owned() };
    assert_eq!(store.list(&stage, store::Page::first(9)).await.unwrap().rows, []);
    let kept = format!("SELECT COUNT(*) FROM command WHERE answer::text = '{}'", change.answer);
    assert_eq!(shared().number(&name, &kept).await, 1);
}

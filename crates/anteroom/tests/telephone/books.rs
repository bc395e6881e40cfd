//! What an installation has in its store, written before it serves and looked at while it does.

use desk::Links;
use domain::{
    calendar::Zone,
    call_record::CallRecord,
    change::{JobKind, NewJob, Write},
    inquiry::Inquiry,
    notice::{Carrier, Notice, NoticeKind},
    phone::PhoneNumber,
    pii::Pii,
    text::Lang,
};
use jiff::Timestamp;
use std::{path::Path, time::Duration};
use store::{
    Calls, Store,
    contract::fixtures::{self, Maker},
};
use store_sqlite::{Options, SqliteStore};

/// The number that the inquiry below is reached at.
pub const NUMBER: &str = "2025550101";

/// The present, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the program under test lives in the real time")]
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_second(since.as_secs().try_into().unwrap()).unwrap()
}

/// The store while nobody else writes it.
pub async fn store(dir: &Path) -> SqliteStore {
    SqliteStore::open(dir.join("data/anteroom.db"), Options::default()).await.unwrap()
}

/// The store while the line writes it.
pub async fn looked(dir: &Path) -> SqliteStore {
    SqliteStore::open_read_only(dir.join("data/anteroom.db"), Options::default()).await.unwrap()
}

/// Its calls that are over, oldest first, once there are so many.
pub async fn kept(dir: &Path, number: &str, calls: usize) -> Vec<CallRecord> {
    let key = std::fs::read(dir.join("data/secret.key")).unwrap().try_into().unwrap();
    let number: PhoneNumber = number.parse().unwrap();
    let phone = Calls::Phone(Links::new(key).phone_key(&number));
    let begun = std::time::Instant::now();
    loop {
        let store = looked(dir).await;
        let mut kept = store.call_records(&phone, 99).await.unwrap();
        store.close().await;
        kept.retain(|call| call.ended.is_some());
        if kept.len() >= calls {
            kept.reverse();
            return kept;
        }
        assert!(begun.elapsed() < crate::running::LIMIT, "{kept:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// An inquiry of somebody born on 29 February 1980, with a call promised from so many minutes from now.
pub async fn promised(dir: &Path, from: i64) -> Inquiry {
    let [inquiry] = all_promised(dir, from).await;
    inquiry
}

/// The same for a minute ago, of somebody for whom it is about noon: they can be called again soon, whatever hour it is here.
pub async fn promised_at_noon(dir: &Path) -> Inquiry {
    let hour = i64::from(jiff::tz::TimeZone::UTC.to_datetime(now()).hour());
    // Names of this kind count against the sun: `Etc/GMT+5` is five hours behind.
    let zone: Zone = format!("Etc/GMT{:+}", hour - 12).parse().unwrap();
    let [inquiry] = promised_in(dir, -1, Some(zone)).await;
    inquiry
}

/// As many of them, each of another person at the same number.
pub async fn all_promised<const N: usize>(dir: &Path, from: i64) -> [Inquiry; N] {
    promised_in(dir, from, None).await
}

async fn promised_in<const N: usize>(dir: &Path, from: i64, zone: Option<Zone>) -> [Inquiry; N] {
    let (store, make) = (store(dir).await, Maker::default());
    let today = now().duration_since(fixtures::at(0)).as_mins();
    let mut promised = Vec::new();
    for _ in 0..N {
        let person = make.person();
        let mut inquiry = make.inquiry_of(&person, "proof-of-status", today - 60);
        inquiry.reach.relay = true;
        inquiry.reach.zone = zone.clone().unwrap_or(inquiry.reach.zone);
        let mut change = make.change_at(today - 60);
        change.writes.extend([Write::Person(Box::new(person)), fixtures::write(&inquiry)]);
        store.commit(change).await.unwrap();
        let mut change = make.change_at(today - 59);
        let mut callback = make.callback(today + from, None);
        callback.window.zone = inquiry.reach.zone.clone();
        promised.push(fixtures::promise(&mut change, &inquiry, &callback));
        store.commit(change).await.unwrap();
    }
    store.close().await;
    promised.try_into().unwrap()
}

/// A notice that waits to be told by a call, to somebody who has agreed to that.
pub async fn to_be_told(dir: &Path) -> Notice {
    let (store, make) = (store(dir).await, Maker::default());
    let today = now().duration_since(fixtures::at(0)).as_mins();
    let person = make.person();
    let mut inquiry = make.inquiry_of(&person, "proof-of-status", today - 60);
    inquiry.reach.calls = true;
    let sample =
        notices::samples(&Lang::en()).into_iter().find(|facts| facts.kind() == NoticeKind::InquiryClosed);
    let mut notice = make.notice(inquiry.id, today - 1);
    (notice.by, notice.kind) = (Carrier::Call, NoticeKind::InquiryClosed);
    notice.to = Pii::new(inquiry.reach.phone.e164().to_owned());
    notice.facts = Pii::new(serde_json::to_value(sample.unwrap()).unwrap());
    let mut change = make.change_at(today - 1);
    let writes =
        [Write::Person(Box::new(person)), fixtures::write(&inquiry), Write::Notice(Box::new(notice.clone()))];
    change.writes.extend(writes);
    change.jobs.push(NewJob::new(JobKind::SendNotice { notice: notice.id }, now()));
    store.commit(change).await.unwrap();
    store.close().await;
    notice
}

/// Waits for what the store does, where nothing else waits.
pub fn wait<T>(what: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(what)
}

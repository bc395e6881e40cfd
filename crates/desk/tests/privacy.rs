//! What the journal and the logs may not say.

use crate::common::{Room, request};
use domain::{journal::Seq, text::Lang};

#[tokio::test]
async fn the_journal_names_nobody() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Zenobia", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let windows = room.desk.windows(&inquiry, room.now, 5).await.unwrap();
    room.desk
        .promise_callback(&room.as_staff("m.ortega").await, inquiry.id, windows[0].window.start, None)
        .await
        .unwrap();
    room.desk.open_inquiry(&room.as_staff("operator").await, inquiry.id).await.unwrap();
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let until = room.now;
    room.until(until).await;
    let entries = room.store.journal(Seq(0), 1000).await.unwrap();
    assert!(entries.len() > 10);
    let text = serde_json::to_string(&entries).unwrap();
    for personal in
        ["Zenobia", "Example", "1980-05-17", "5550101", "example.org", "90012", "blue river", "Please help"]
    {
        assert!(!text.contains(personal), "{personal} stands in the journal");
    }
}

#[tokio::test]
async fn nothing_personal_is_printed() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Zenobia", "immigration-judge-grant", "90012", Lang::en());
    let received = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap();
    let text = format!(
        "{:?} {:?} {:?}",
        ask,
        received.inquiry,
        room.store.notices(received.inquiry.id).await.unwrap()
    );
    for personal in ["Zenobia", "1980-05-17", "5550101", "example.org", "90012", "blue river", "Please help"]
    {
        assert!(!text.contains(personal), "{personal} is printed");
    }
}

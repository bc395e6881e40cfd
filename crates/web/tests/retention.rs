//! Keeping and erasing records on the pages: holds, requests that two people decide, and what is left where a record was.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, Room, faults::faults, reading::plain};
use axum::http::StatusCode;
use domain::{inquiry::Inquiry, text::Lang};
use jiff::SignedDuration;

const NOW: &str = "2026-11-23T17:00:00Z";

async fn closed(room: &Room) -> Inquiry {
    let inquiry = room.ask("Zenobia", "Quill", "case-question", Lang::en()).await;
    let person = room.caller(desk::Who::Person(inquiry.id));
    room.desk.withdraw(&person, inquiry.id).await.unwrap();
    room.until(room.now()).await;
    inquiry
}

#[tokio::test]
async fn a_records_officer_holds_and_lifts_with_a_reason() {
    let room = Room::at(NOW).await;
    let inquiry = closed(&room).await;
    let path = format!("/inquiry/{}/records", inquiry.number.digits());
    let mut auditor = room.browser("auditor", "en").await;
    let form = Form::of(&auditor.get(&path).await.body, "/hold").with("what", "inquiry");
    let missing = auditor.submit(&form).await;
    assert_eq!(missing.status, StatusCode::CONFLICT);
    assert!(missing.body.contains("Enter a reason") && faults(&missing.body, "en").is_empty());
    for (what, title) in [("inquiry", "This inquiry is under"), ("person", "Everything about the person is")]
    {
        let form = Form::of(&auditor.get(&path).await.body, "/hold").with("what", what);
        let set = auditor.submit(&form.with("hold-reason", "Doe v. Agency")).await;
        let page = auditor.follow(&set).await;
        assert!(page.body.contains("hold is set") && page.body.contains(title), "{what}");
    }
    for lang in ["en", "es"] {
        let mut auditor = room.browser("auditor", lang).await;
        for path in [&path, "/records"] {
            let page = auditor.get(path).await;
            assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]), "{path}");
            assert!(page.body.contains("Doe v. Agency"), "{path}");
        }
    }
    // Held, it cannot be asked to be erased; what was typed is still there.
    let form = Form::of(&auditor.get(&path).await.body, "/erase").with("erase-reason", "By letter");
    let held = auditor.submit(&form).await;
    assert_eq!(held.status, StatusCode::CONFLICT);
    assert!(held.body.contains("It is under legal hold.") && held.body.contains("By letter"));
    for what in ["inquiry", "person"] {
        let form = Form::all(&auditor.get(&path).await.body);
        let form = form.into_iter().find(|form| form.value("what") == Some(what)).unwrap();
        let lifted = auditor.submit(&form).await;
        assert!(auditor.follow(&lifted).await.body.contains("hold is lifted"), "{what}");
    }
    assert!(auditor.get("/records").await.body.contains("Nothing is under legal hold"));
}

#[tokio::test]
async fn two_people_erase_and_the_pages_say_what_was_there() {
    let room = Room::at(NOW).await;
    let inquiry = closed(&room).await;
    let number = inquiry.number.digits();
    let link = format!("/go/{}", room.desk.links().sign(inquiry.id, room.now()));
    let mut person = room.nobody("en");
    let own = person.open(&link).await;
    assert_eq!(person.follow(&own).await.status, StatusCode::OK);

    let mut auditor = room.browser("auditor", "en").await;
    let path = format!("/inquiry/{number}/records");
    let form = Form::of(&auditor.get(&path).await.body, "/erase");
    let asked = auditor.submit(&form.with("erase-reason", "By letter of November 20")).await;
    assert!(auditor.follow(&asked).await.body.contains("Another person must agree"));
    // Whoever asked is offered to take it back only; and is refused all the same.
    let page = auditor.get("/records").await.body;
    assert!(page.contains("By letter of November 20") && !page.contains("/records/agree"));
    let mine = Form::of(&page, "/records/decline").value("person").unwrap().to_owned();
    let refused = auditor.post("/records/agree", &[("_key", "k"), ("person", &mine)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);

    let mut admin = room.browser("admin", "en").await;
    let page = admin.get("/records").await;
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    assert!(!page.body.contains("Zenobia") && !page.body.contains("id=\"due\""), "the request and no more");
    let form = Form::of(&page.body, "/records/agree");
    room.pass(16).await;
    let proof = admin.submit(&form).await;
    assert_eq!(proof.status, StatusCode::FORBIDDEN, "a fresh proof is asked for");
    let mut admin = room.browser("admin", "en").await;
    let agreed = admin.submit(&form).await;
    assert!(admin.follow(&agreed).await.body.contains("has been erased"));
    let again = admin.post("/records/agree", &[("_key", "other"), ("person", &mine)]).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("Nobody asks for this"));

    // The person's own link says so, and tells nothing else.
    let gone = person.follow(&own).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.body.contains("has been erased") && !gone.body.contains("Zenobia"));
    plain(&gone.body, "en");
    let again = person.open(&link).await;
    assert_eq!(person.follow(&again).await.status, StatusCode::GONE);
    let stranger = room.nobody("en").open(&format!("/en/inquiry/{number}")).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    for lang in ["en", "es"] {
        let mut officer = room.browser("m.ortega", lang).await;
        let page = officer.get(&format!("/inquiry/{number}")).await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::GONE, vec![]));
        assert!(!page.body.contains("/journal?"), "an officer does not read the journal");
        let found = officer.get(&format!("/find?number={number}")).await;
        assert_eq!(officer.follow(&found).await.status, StatusCode::GONE);
    }
    let mut auditor = room.browser("auditor", "en").await;
    let page = auditor.get(&path).await;
    assert!(page.status == StatusCode::GONE && page.body.contains(&format!("/journal?number={number}")));
    let journal = auditor.get(&format!("/journal?number={number}")).await;
    assert!(journal.body.contains("Record erased") && journal.status == StatusCode::OK);
    for role in ["clerk.nyc", "analyst"] {
        let page = room.browser(role, "en").await.get(&format!("/inquiry/{number}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{role} does not learn that it was there");
    }
}

#[tokio::test]
async fn a_rule_is_named_where_the_record_was() {
    let room = Room::at(NOW).await;
    let inquiry = closed(&room).await;
    let then = room.now() + SignedDuration::from_hours(24 * 1096);
    assert_eq!(room.desk.erase_due(then).await.unwrap().unwrap().erased, 1);
    let page =
        room.browser("m.ortega", "es").await.get(&format!("/inquiry/{}", inquiry.number.digits())).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.body.contains("GRS 6.5, item 010") && page.body.contains("2029"), "{}", page.body);
}

//! Where somebody is signed in, an end to it, and a fresh proof for what is dangerous.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, PASSWORD, Room, faults::faults};
use axum::http::StatusCode;
use domain::journal::{Happened, Seq};

const NOW: &str = "2026-11-23T17:00:00Z";

/// The form that leads there.
fn form(body: &str, to: &str) -> Form {
    let mut forms = Form::all(body);
    let at = forms.iter().position(|form| form.action.ends_with(to));
    forms.swap_remove(at.unwrap_or_else(|| panic!("no form leads to {to}: {body}")))
}

async fn happened(room: &Room) -> Vec<Happened> {
    let all = room.store.journal(Seq(0), 500).await.unwrap();
    all.into_iter().map(|written| written.entry.happened).collect()
}

#[tokio::test]
async fn whoever_is_signed_in_sees_where_and_ends_it() {
    let room = Room::at(NOW).await;
    let mut desk = room.browser("m.ortega", "en").await;
    let mut lost = room.browser("m.ortega", "es").await;
    let mut third = room.browser("m.ortega", "en").await;
    let mut other = room.browser("j.lee", "en").await;
    for (browser, lang) in [(&mut desk, "en"), (&mut lost, "es")] {
        let page = browser.get("/account").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.matches("<article").count(), 3);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new());
    }
    let page = desk.get("/account").await.body;
    // This browser's own has the way out, and no button that ends it from afar: the newest of the others comes first.
    let end = form(&page, "/account/end");
    assert_eq!(desk.submit(&end).await.status, StatusCode::SEE_OTHER);
    assert_eq!(third.get("/account").await.status, StatusCode::SEE_OTHER, "it has ended at once");
    assert_eq!(lost.get("/account").await.status, StatusCode::OK);
    assert_eq!(desk.submit(&end).await.status, StatusCode::SEE_OTHER, "again is no fault");
    let page = desk.get("/account?did=ended").await.body;
    assert!(page.contains("That has ended."));
    desk.submit(&form(&page, "/account/end-others")).await;
    assert_eq!(lost.get("/account").await.status, StatusCode::SEE_OTHER);
    assert!(!desk.get("/account").await.body.contains("/account/end"), "nothing is left to end");
    // Somebody else's is not touched, whatever is sent.
    let theirs = room.store.staff_named("j.lee").await.unwrap().unwrap();
    let theirs = room.store.sessions_of(theirs.id.into()).await.unwrap()[0].id.to_string();
    desk.post("/account/end", &[("_key", "k"), ("id", &theirs)]).await;
    assert_eq!(other.get("/account").await.status, StatusCode::OK);
    let ended = happened(&room).await.iter().filter(|h| matches!(h, Happened::SessionEnded { .. })).count();
    assert_eq!(ended, 2);
}

#[tokio::test]
async fn an_administrator_ends_another_persons_sessions() {
    let room = Room::at(NOW).await;
    let mut gone = room.browser("j.lee", "en").await;
    let mut also = room.browser("j.lee", "en").await;
    let id = room.id("j.lee").await;
    let path = format!("/people/{id}");
    for lang in ["en", "es"] {
        let mut admin = room.browser("admin", lang).await;
        for path in ["/people", "/people?name=LEE", "/people?name=nobody-at-all", &path] {
            let page = admin.get(path).await;
            assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]), "{path}");
        }
    }
    let mut admin = room.browser("admin", "en").await;
    let found = admin.get("/people?name=LEE").await.body;
    assert!(found.contains("j.lee") && !found.contains("m.ortega"));
    let page = admin.get(&path).await.body;
    admin.submit(&form(&page, "/end")).await;
    assert_eq!(also.get("/review").await.status, StatusCode::SEE_OTHER);
    assert_eq!(gone.get("/review").await.status, StatusCode::OK);
    admin.submit(&form(&page, "/end-all")).await;
    assert_eq!(gone.get("/review").await.status, StatusCode::SEE_OTHER);
    assert!(admin.get(&path).await.body.contains("No browser is signed in."));
    let mut officer = room.browser("m.ortega", "en").await;
    assert_eq!(
        officer.post(&format!("{path}/end-all"), &[("_key", "k")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_dangerous_asks_for_a_fresh_proof_and_loses_nothing() {
    let room = Room::at(NOW).await;
    let mut boss = room.browser("supervisor", "en").await;
    let mut officer = room.browser("m.ortega", "en").await;
    let words = "Lines are down in Ohio.\nCall again <tomorrow> & thank you.";
    let until = "2026-11-23T20:00";
    let say = [("_key", "k"), ("does", "tells"), ("text-en", words), ("text-es", words), ("until", until)];
    room.pass(16).await;
    assert_eq!(boss.get("/line/announcements").await.status, StatusCode::OK, "to look needs no proof");
    let asked = boss.post("/line/announcements", &say).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert_eq!(faults(&asked.body, "en"), Vec::<String>::new());
    assert!(room.store.line_notices(room.now(), 9).await.unwrap().is_empty(), "nothing is done yet");
    // Whoever may not is not asked: there is no such page for them.
    assert_eq!(officer.post("/line/announcements", &say).await.status, StatusCode::NOT_FOUND);

    let form = form(&asked.body, "/line/announcements");
    let wrong = boss.submit(&form.clone().with("proof-password", "correct horse")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Lines are down in Ohio") && !wrong.body.contains("correct horse"));
    assert_eq!(boss.post("/line/announcements", &say).await.status, StatusCode::FORBIDDEN);
    let done = boss.submit(&form.with("proof-password", PASSWORD)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let notices = room.store.line_notices(room.now(), 9).await.unwrap();
    assert_eq!(notices.len(), 1);
    let said = notices[0].text.in_lang(&domain::text::Lang::en());
    assert_eq!(said, words.split_whitespace().collect::<Vec<_>>().join(" "));
    assert_eq!(happened(&room).await.iter().filter(|h| **h == Happened::ProvedAnew).count(), 1);
    // The proof counts for a while.
    room.pass(14).await;
    let id = notices[0].id.to_string();
    let back = boss.post("/line/announcements/withdraw", &[("_key", "k"), ("id", &id)]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    room.pass(2).await;
    let asked = boss.post("/line/announcements/withdraw", &[("_key", "k"), ("id", &id)]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
}

//! A person says that they could come earlier, and takes the time that is kept for them, without scripts.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, Room, reading::plain};
use axum::http::StatusCode;
use desk::{Who, acts::BookPlace};
use domain::{
    change::{Change, Write},
    inquiry::{Inquiry, Stage},
    text::Lang,
};
use jiff::SignedDuration;

/// Somebody with a visit at one of the office's free times, so many from the first.
async fn booked(room: &Room, given: &str, which: usize) -> Inquiry {
    let mut asked = room.ask(given, "Gómez", "proof-of-status", Lang::en()).await;
    asked.version += 1;
    asked.stage = Stage::ToBook { since: room.now(), due: room.now() };
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Inquiry(Box::new(asked.clone())));
    room.store.commit(change).await.unwrap();
    let place = room.desk.places(&asked, None, room.now()).await.unwrap().all.remove(which);
    let book = BookPlace {
        office: place.office.clone(),
        start: place.start,
        pool: place.pool,
        held: None,
        bring_also: vec![],
        because: None,
    };
    room.desk.book(&room.as_staff("m.ortega").await, asked.id, &book).await.unwrap()
}

#[tokio::test]
async fn a_person_asks_to_come_earlier_and_takes_the_time_that_is_kept() {
    let room = Room::at("2026-11-30T17:00:00Z").await;
    let (ana, bo) = (booked(&room, "Ana", 150).await, booked(&room, "Bo", 300).await);
    let token = room.desk.links().sign(bo.id, room.now());
    let mut browser = room.nobody("en");
    let answer = browser.open(&format!("/go/{token}")).await;
    browser.follow(&answer).await;
    let base = format!("/en/inquiry/{}", bo.number.digits());
    assert!(browser.open(&base).await.body.contains("/visit/earlier"));
    let page = browser.open(&format!("{base}/visit/earlier")).await;
    assert_eq!(page.status, StatusCode::OK);
    plain(&page.body, "en");
    let form = Form::of(&page.body, "/visit/earlier");
    let wrong = browser.submit(&form.clone().with("until_year", "2025")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("The last day must not be before the first day"), "{}", wrong.body);
    let kept = browser.submit(&form).await;
    assert_eq!(kept.location, Some(format!("{base}?done=earlier-asked")));

    room.desk.cancel_appointment(&room.caller(Who::Person(ana.id)), ana.id).await.unwrap();
    let mut tries = 0;
    while room.reload(&bo).await.offer().is_none() {
        room.until(room.now() + SignedDuration::from_mins(15)).await;
        tries += 1;
        assert!(tries < 200, "he is never offered anything");
    }
    let page = browser.open(&base).await.body;
    plain(&page, "en");
    assert!(page.contains("An earlier time is kept for you"), "{page}");
    let take = Form::of(&page, "/visit/earlier/take");
    let took = browser.submit(&take).await;
    assert_eq!(took.location, Some(format!("{base}?done=earlier-taken")));
    let now = room.reload(&bo).await;
    assert_eq!(now.appointment().unwrap().start, ana.appointment().unwrap().start);
    assert_eq!(browser.submit(&take).await.location, took.location, "the same form is the same command");
    let page = browser.open(&base).await.body;
    assert!(page.contains("You took the earlier time") && !page.contains("/visit/earlier/take"), "{page}");
    assert!(room.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_operator_notes_it_for_whoever_says_so_by_telephone() {
    for lang in ["en", "es"] {
        let room = Room::at("2026-11-30T17:00:00Z").await;
        let ana = booked(&room, "Ana", 150).await;
        let path = format!("/inquiry/{}", ana.number.digits());
        let mut operator = room.browser("operator", lang).await;
        let page = operator.get(&path).await.body;
        let form = Form::of(&page, "/earlier");
        // Nobody is put on the list of whom it is not said how they agreed.
        let refused = operator.submit(&form.clone().with("earlier-said", "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(room.reload(&ana).await.earlier.is_none());
        let noted = form.with("earlier-said", "telephone");
        let done = operator.submit(&noted).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let earlier = room.reload(&ana).await.earlier.unwrap();
        let how = earlier.noted.unwrap();
        assert_eq!((how.said.as_str(), how.by.staff()), ("telephone", Some(room.id("operator").await)));
        assert_eq!(
            operator.submit(&noted).await.location,
            done.location,
            "the same form is the same command"
        );
        // It stands on the page, and on the person's own, where they can stop it.
        let page = operator.get(&path).await.body;
        assert!(page.contains("OPERATOR"), "{page}");
        let mut person = room.nobody("en");
        let answer = person.open(&format!("/go/{}", room.desk.links().sign(ana.id, room.now()))).await;
        person.follow(&answer).await;
        let own = person.open(&format!("/en/inquiry/{}", ana.number.digits())).await.body;
        assert!(own.contains("/visit/earlier/stop"));
        // And an operator takes them off again.
        let off = operator.submit(&Form::of(&page, "/stop-earlier")).await;
        assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
        assert!(room.reload(&ana).await.earlier.is_none());
        let clerk = room.browser("clerk.los", lang).await.get(&path).await.body;
        assert!(!clerk.contains("/earlier\""), "a clerk finds no such form");
    }
}

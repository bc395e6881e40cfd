//! An office that still lets people choose their own time, until its date and no longer, by its own clock.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, Room, forms::offered, reading::plain};
use axum::http::StatusCode;
use domain::{
    inquiry::{Inquiry, Stage},
    slots::Pool,
    text::Lang,
};
use jiff::Timestamp;
use pack::Files;

/// The USCIS pack, but Los Angeles lets people choose until `last`.
fn until(last: &str) -> Files {
    let mut files = Room::files();
    let offices = String::from_utf8(files.bytes("offices.csv").unwrap().to_vec()).unwrap();
    let offered = offices.replace(
        "America/Los_Angeles,large,no,,LOS,W,CSC",
        &format!("America/Los_Angeles,large,no,{last},LOS,W,CSC"),
    );
    assert_ne!(offices, offered);
    files.insert("offices.csv", offered);
    files
}

/// A person with a fresh inquiry at Los Angeles, and their browser on it.
async fn ana(room: &Room) -> (Inquiry, Browser<'_>, String) {
    let asked = room.ask("Ana", "Gómez", "proof-of-status", Lang::en()).await;
    let token = room.desk.links().sign(asked.id, room.now());
    let mut browser = room.nobody("en");
    let answer = browser.open(&format!("/go/{token}")).await;
    browser.follow(&answer).await;
    let base = format!("/en/inquiry/{}", asked.number.digits());
    (asked, browser, base)
}

async fn choose(browser: &mut Browser<'_>, base: &str, which: usize) -> (Form, Answer) {
    let page = browser.open(&format!("{base}/visit/choose")).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    plain(&page.body, "en");
    let start = offered(&page.body, "start")[which].clone();
    let sure = browser.submit(&Form::of(&page.body, "/visit/choose").with("start", &start)).await;
    assert_eq!(sure.status, StatusCode::OK, "{sure:?}");
    let form = Form::of(&sure.body, "/visit/choose");
    let booked = browser.submit(&form).await;
    (form, booked)
}

#[tokio::test]
async fn a_person_chooses_moves_and_gives_back_a_time_without_an_officer() {
    let room = Room::of("2026-11-23T17:00:00Z", None, &until("2027-01-29")).await;
    let (asked, mut browser, base) = ana(&room).await;
    let page = browser.open(&base).await.body;
    assert!(page.contains("/visit/choose") && page.contains("January 29"), "{page}");
    let (form, booked) = choose(&mut browser, &base, 20).await;
    assert_eq!(booked.location, Some(format!("{base}?done=visit-chosen")));
    let inquiry = room.reload(&asked).await;
    let first = inquiry.appointment().unwrap().clone();
    assert_eq!(first.pool, Pool::SelfScheduled);
    assert!(first.slots.iter().all(|slot| slot.pool == Pool::SelfScheduled));
    // The same form again is the same command: one visit.
    assert_eq!(browser.submit(&form).await.location, booked.location);
    assert_eq!(room.reload(&asked).await.version, inquiry.version);
    // Another person is not offered what is full: one place at a time here.
    let other = room.ask("Luis", "Pérez", "proof-of-status", Lang::en()).await;
    let left = room.desk.own_places(&other, room.now()).await.unwrap();
    assert!(left.iter().all(|place| place.start != first.start) && !left.is_empty());

    let page = browser.open(&format!("{base}/visit/time")).await;
    let start = offered(&page.body, "start")[1].clone();
    assert!(start.ends_with("self-scheduled"), "people move among the same places: {start}");
    let sure = browser.submit(&Form::of(&page.body, "/visit/time").with("start", &start)).await;
    browser.submit(&Form::of(&sure.body, "/visit/time")).await;
    let moved = room.reload(&asked).await;
    assert_eq!(
        (moved.appointment().unwrap().moves, moved.appointment().unwrap().pool),
        (1, Pool::SelfScheduled)
    );
    // An officer's place cannot be had this way.
    let officers = format!("{} officer", start.split(' ').next().unwrap());
    let forged = Form::of(&sure.body, "/visit/time").with("start", &officers);
    assert_eq!(browser.submit(&forged).await.status, StatusCode::CONFLICT);

    let page = browser.open(&format!("{base}/visit/cancel")).await.body;
    browser.submit(&Form::of(&page, "/visit/cancel")).await;
    assert!(matches!(room.reload(&asked).await.stage, Stage::Review { .. }), "an officer looks at it now");
    assert!(room.store.check().await.unwrap().is_empty());
}

/// The last second of an office's last day, and the first of the next, over both changes of the clocks.
#[tokio::test]
async fn it_ends_at_the_offices_own_midnight() {
    for (last, midnight) in [
        // The clocks go back in the night before, and forward: the day has 25 hours, and 23.
        ("2026-11-01", "2026-11-02T08:00:00Z"),
        ("2027-03-14", "2027-03-15T07:00:00Z"),
        ("2026-12-31", "2027-01-01T08:00:00Z"),
    ] {
        let midnight: Timestamp = midnight.parse().unwrap();
        let before = midnight - jiff::SignedDuration::from_secs(1);
        let room = Room::of(&before.to_string(), None, &until(last)).await;
        let (asked, mut browser, base) = ana(&room).await;
        let office = browser.open("/en/offices/LOS").await.body;
        let map = "https://www.openstreetmap.org/search?query=300%20North%20Los%20Angeles";
        assert!(
            office.contains(map) && office.contains("noreferrer"),
            "the way there is shown, by a link alone"
        );
        assert!(office.contains("Yes, until"), "{office}");
        assert!(browser.open(&base).await.body.contains("/visit/choose"));
        let page = browser.open(&format!("{base}/visit/choose")).await;
        assert_eq!(page.status, StatusCode::OK);

        // Somebody who stands before the form at midnight is told, and loses nothing.
        let start = room.now() + jiff::SignedDuration::from_hours(96);
        let asks = Form {
            action: format!("{base}/visit/choose"),
            fields: vec![("start".into(), start.to_string())],
        };
        let sure = browser.submit(&asks).await;
        let form = Form::of(&sure.body, "/visit/choose");
        room.until(midnight).await;
        let late = browser.submit(&form).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{late:?}");
        assert!(late.body.contains("The last day to choose a time yourself"), "{}", late.body);
        assert!(late.body.contains("You lose nothing"));
        assert!(matches!(room.reload(&asked).await.stage, Stage::Review { .. }));
        assert!(!browser.open(&base).await.body.contains("/visit/choose"));
        assert_eq!(browser.open(&format!("{base}/visit/choose")).await.status, StatusCode::CONFLICT);
        assert!(room.desk.own_places(&asked, room.now()).await.unwrap().is_empty());
        let office = browser.open("/en/offices/LOS").await.body;
        assert!(
            office.contains("The last day to choose a time yourself") && office.contains("/en/request"),
            "{office}"
        );
    }
}

#[tokio::test]
async fn an_office_that_never_did_says_how_to_ask_and_a_zip_code_finds_its_office() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let mut anyone = room.nobody("en");
    let page = anyone.open("/en/offices").await.body;
    let found = anyone.submit(&Form::of(&page, "/offices").with("zip", "90012")).await;
    assert_eq!(found.location.as_deref(), Some("/en/offices/LOS"));
    let office = anyone.follow(&found).await.body;
    assert!(office.contains("No. At this office you cannot choose a time yourself."), "{office}");
    assert!(office.contains("Thanksgiving"), "what is closed soon is told: {office}");
    let wrong = anyone.submit(&Form::of(&page, "/offices").with("zip", "9001<")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"9001&lt;\""));
    let military = anyone.submit(&Form::of(&page, "/offices").with("zip", "09012")).await;
    assert!(military.body.contains("military mail"), "{}", military.body);
    assert_eq!(anyone.open("/en/offices/XYZ").await.status, StatusCode::NOT_FOUND);
    let (asked, mut browser, base) = ana(&room).await;
    assert!(!browser.open(&base).await.body.contains("/visit/choose"));
    assert_eq!(browser.open(&format!("{base}/visit/choose")).await.status, StatusCode::CONFLICT);
    let start = room.now() + jiff::SignedDuration::from_hours(72);
    let caller = room.caller(desk::Who::Person(asked.id));
    assert!(room.desk.schedule_own(&caller, asked.id, start).await.is_err());
}

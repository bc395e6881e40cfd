//! What everybody may read of how well people are served: nothing of anybody, in plain words, counted once a day.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Room, faults::faults, reading::plain};
use axum::http::{StatusCode, header};
use domain::{callback::CallOutcome, text::Lang};
use jiff::SignedDuration;

/// So many people are promised a call each at their own window, and reached there; then the next day begins.
async fn reached(people: u8) -> Room {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let mut all = Vec::new();
    for n in 0..people {
        let given = format!("Ana{}", char::from(b'a' + n));
        let asked = room.ask(&given, "Example", "case-question", Lang::en()).await;
        let window = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.clone();
        let officer = room.as_staff("m.ortega").await;
        room.desk.promise_callback(&officer, asked.id, window.start, None).await.unwrap();
        all.push((window.start, asked));
    }
    all.sort_by_key(|(start, _)| *start);
    for (start, asked) in &all {
        room.until(*start + SignedDuration::from_mins(1)).await;
        room.desk.start_call(&room.as_staff("m.ortega").await, asked.id).await.unwrap();
        room.desk.end_call(&room.as_staff("m.ortega").await, asked.id, CallOutcome::Reached).await.unwrap();
    }
    room.pass(3 * 24 * 60).await;
    room
}

#[tokio::test]
async fn what_few_people_stand_behind_is_not_told() {
    for (people, hidden) in [(9, true), (10, false)] {
        let room = reached(people).await;
        let mut anybody = room.nobody("en");
        let csv = anybody.open("/en/statistics.csv").await;
        assert_eq!(csv.status, StatusCode::OK);
        assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        let groups =
            ["all,", "reason,case-question", "office,LOS", "lang,en", "relay,yes", "represented,yes"];
        for group in groups {
            let found = format!("promises-kept,2,{group}");
            let line = csv
                .body
                .lines()
                .find(|line| line.contains(&found))
                .unwrap_or_else(|| panic!("{found} in {}", csv.body));
            let cells: Vec<&str> = line.split(',').collect();
            let wanted = if hidden { ["", "", "", "yes", "yes"] } else { ["1000", "10", "0", "no", "yes"] };
            assert_eq!(cells[7..], wanted, "{line}");
        }
        let page = anybody.open("/en/statistics").await.body;
        assert_eq!(page.contains("Too few to tell"), hidden);
        assert_eq!(page.contains("100.0"), !hidden, "{page}");
    }
}

#[tokio::test]
async fn the_page_is_plain_whole_and_led_to_from_the_start() {
    let room = reached(10).await;
    for lang in ["en", "es"] {
        let mut anybody = room.nobody(lang);
        // The start page waits for no counting; once it is done, the first figures stand there.
        room.desk.published(room.now()).await.unwrap();
        let start = anybody.open(&format!("/{lang}")).await.body;
        let kept = if lang == "en" { "We kept" } else { "Cumplimos" };
        assert!(start.contains(kept), "{start}");
        plain(&start, lang);
        assert!(start.contains(&format!("href=\"/{lang}/statistics\"")));
        let page = anybody.open(&format!("/{lang}/statistics")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
        plain(&page.body, lang);
        assert!(!page.body.contains("Anaa") && !page.body.contains("ORTEGA"), "nobody is named");
    }
}

/// Today's promises are in tomorrow's figures: what was told today stays.
#[tokio::test]
async fn figures_are_those_of_whole_days() {
    let room = reached(10).await;
    let before = room.desk.published(room.now()).await.unwrap();
    room.pass(30).await;
    let same = room.desk.published(room.now()).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &same), "counted once");
    room.pass(24 * 60).await;
    let next = room.desk.published(room.now()).await.unwrap();
    assert_eq!(next.to, before.to.tomorrow().unwrap());
}

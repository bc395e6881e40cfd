//! The call display for the hall: which ticket goes where, in every language, and nobody's name.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, Room, faults::faults};
use axum::http::StatusCode;
use desk::acts::{BookPlace, DecideNeed};
use domain::{decision::Need, inquiry::Inquiry, text::Lang};
use jiff::SignedDuration;

/// Two people are at the office of Los Angeles, with tickets A001 and A002.
async fn two_at_the_office() -> (Room, Vec<Inquiry>) {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let mut all = Vec::new();
    for given in ["Ana", "Bo"] {
        let asked = room.ask(given, "Example", "proof-of-status", Lang::en()).await;
        let need = DecideNeed {
            need: Need::Visit,
            missing: vec![],
            because: Some("Because.".into()),
            sentence: None,
        };
        room.desk.decide_need(&room.as_staff("m.ortega").await, asked.id, &need).await.unwrap();
        let places = room.desk.places(&asked, None, room.now()).await.unwrap();
        let place = places.all.iter().find(|place| place.start > room.now()).unwrap();
        let ask = BookPlace {
            office: place.office.clone(),
            start: place.start,
            pool: place.pool,
            held: None,
            bring_also: vec![],
            because: None,
        };
        all.push(room.desk.book(&room.as_staff("m.ortega").await, asked.id, &ask).await.unwrap());
    }
    let first = all.iter().filter_map(|one| one.appointment().map(|a| a.start)).max().unwrap();
    room.until(first - SignedDuration::from_mins(5)).await;
    for one in &mut all {
        *one = room.desk.check_in(&room.as_staff("clerk.los").await, one.id).await.unwrap();
    }
    (room, all)
}

fn latest(page: &str) -> &str {
    page.split(" data-latest=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[tokio::test]
async fn a_call_is_seen_by_everybody_and_names_nobody() {
    let (room, all) = two_at_the_office().await;
    let display = "/office/LOS/display";
    for lang in ["en", "es"] {
        let answer = room.browser("clerk.los", lang).await.get(display).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(faults(&answer.body, lang), Vec::<String>::new(), "{lang}");
        assert_eq!(latest(&answer.body), "", "nobody was called");
    }
    let clerk = room.as_staff("clerk.los").await;
    room.desk.call_ticket(&clerk, all[1].id, "3").await.unwrap();
    let first = room.browser("clerk.los", "en").await.get(display).await.body;
    assert!(latest(&first).starts_with("A002-3-"), "{}", latest(&first));
    let calls = first.split("hall-calls").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(calls.contains("A002") && !calls.contains("A001"), "{calls}");
    assert!(calls.contains("lang=\"en\"") && calls.contains("lang=\"es\""), "{calls}");
    let waiting = first.split("hall-waiting").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(waiting.contains("A001") && !waiting.contains("A002"), "{waiting}");
    assert!(!first.contains("Ana") && !first.contains("Example"), "a hall reads no names");

    // Called again from the day's list by the same counter: the bell rings again, and it stands above a later call.
    room.pass(1).await;
    room.desk.call_ticket(&room.as_staff("clerk.los").await, all[0].id, "4").await.unwrap();
    room.pass(1).await;
    let mut clerk = room.browser("clerk.los", "en").await;
    clerk.cookies.insert("counter".into(), "3".into());
    let date = "2026-11-23".parse::<jiff::civil::Date>().unwrap();
    let day = all[0].appointment().map_or(date, |a| a.zone.date(a.start));
    let board = clerk.get(&format!("/office/LOS/day/{day}")).await.body;
    assert_eq!(board.matches("Call again").count(), 1, "another counter's ticket is not ours to call");
    let number = all[1].number.digits();
    let answer =
        clerk.post(&format!("/office/LOS/day/{day}/call"), &[("_key", "k"), ("number", &number)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = clerk.get(display).await.body;
    assert!(latest(&again).starts_with("A002-3-"));
    assert_ne!(latest(&again), latest(&first));
    let calls = again.split("hall-calls").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(calls.find("A002").unwrap() < calls.find("A001").unwrap(), "the newest call first: {calls}");
}

#[tokio::test]
async fn a_screen_shows_the_calls_with_nobody_signed_in() {
    let (room, all) = two_at_the_office().await;
    assert_eq!(room.nobody("en").open("/en/hall").await.status, StatusCode::NOT_FOUND);
    let mut screen = room.browser("clerk.los", "en").await;
    let day = screen.get("/office/LOS/day").await;
    let day = if day.status == StatusCode::SEE_OTHER { screen.follow(&day).await } else { day };
    let opened = screen.submit(&Form::of(&day.body, "/hall")).await;
    assert_eq!(opened.location.as_deref(), Some("/en/hall"), "{opened:?}");
    let cookie = |answer: &crate::staff_room::Answer| {
        let set = answer.cookies.iter().find_map(|line| line.strip_prefix("display="));
        set.map(|set| set.split(';').next().unwrap().to_owned())
    };
    let token = cookie(&opened).unwrap();
    assert_eq!(screen.get("/day").await.status, StatusCode::SEE_OTHER, "nobody is signed in any more");
    let clerk = room.as_staff("clerk.los").await;
    room.desk.call_ticket(&clerk, all[1].id, "3").await.unwrap();
    for lang in ["en", "es"] {
        let mut screen = room.nobody(lang);
        screen.cookies.insert("display".into(), token.clone());
        let page = screen.open(&format!("/{lang}/hall")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
        assert!(latest(&page.body).starts_with("A002-3-"), "{}", page.body);
        assert!(page.body.contains(&format!("/{lang}/live/hall?from=")), "{}", page.body);
        assert_eq!(cookie(&page), None, "it lasts");
        // What makes a screen a display makes it no kiosk.
        screen.cookies.insert("kiosk".into(), token.clone());
        assert_eq!(screen.open(&format!("/{lang}/kiosk")).await.status, StatusCode::NOT_FOUND);
    }
    // A screen that is used stays one; one that was off for longer is none any more.
    room.pass(2 * 24 * 60).await;
    let mut screen = room.nobody("en");
    screen.cookies.insert("display".into(), token.clone());
    let renewed = cookie(&screen.open("/en/hall").await).unwrap();
    room.pass(30 * 24 * 60).await;
    let mut screen = room.nobody("en");
    screen.cookies.insert("display".into(), token);
    assert_eq!(screen.open("/en/hall").await.status, StatusCode::NOT_FOUND);
    screen.cookies.insert("display".into(), renewed);
    assert_eq!(screen.open("/en/hall").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_offices_hall_is_not_there() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let answer = room.browser("clerk.nyc", "en").await.get("/office/LOS/display").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

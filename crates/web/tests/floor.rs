//! The floor of an office, page by page: somebody without an appointment, the line, and the kiosk in the hall.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Browser, Room, faults::faults, forms::Form};
use axum::http::StatusCode;
use desk::acts::{BookPlace, DecideNeed};
use domain::{decision::Need, inquiry::Inquiry, text::Lang};
use futures::StreamExt;
use jiff::SignedDuration;
use pack::Files;

/// Nine in the morning in Los Angeles.
const NINE: &str = "2026-11-23T17:00:00Z";
const TODAY: &str = "/office/LOS/day/2026-11-23";

/// The USCIS pack, but Los Angeles sees people without an appointment.
fn open() -> Files {
    let mut files = Room::files();
    let offices = String::from_utf8(files.bytes("offices.csv").unwrap().to_vec()).unwrap();
    let opened = offices
        .replace("America/Los_Angeles,large,no,,LOS,W,CSC", "America/Los_Angeles,large,yes,,LOS,W,CSC");
    assert_ne!(offices, opened);
    files.insert("offices.csv", opened);
    files
}

/// The form about somebody who has no number, as a clerk fills it.
fn filled(page: &str, given: &str) -> Form {
    let mut form = Form::of(page, "/walk-in");
    for (name, value) in [
        ("ask_card_state", "lost"),
        ("ask_pending_form", "none"),
        ("ask_proof_needed_month", "12"),
        ("ask_proof_needed_day", "3"),
        ("ask_proof_needed_year", "2026"),
        ("ask_cannot_wait", "yes"),
        ("ask_mail_safe", "no"),
        ("ask_photo_on_file", "no"),
        ("given", given),
        ("family", "Example"),
        ("born_month", "5"),
        ("born_day", "4"),
        ("born_year", "1980"),
        ("zip", "90012"),
        ("phone", "202-555-0101"),
        ("lang", "en"),
    ] {
        form = form.with(name, value);
    }
    form
}

async fn let_in(browser: &mut Browser<'_>, given: &str) -> String {
    let page = browser.get("/office/LOS/walk-in?reason=proof-of-status").await;
    let form = filled(&page.body, given).with("verdict", "yes").with("because", "A funeral on Friday.");
    let sent = browser.submit(&form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    browser.follow(&sent).await.body
}

#[tokio::test]
async fn somebody_without_an_appointment_is_let_in_or_told_what_comes_next() {
    let room = Room::of(NINE, None, &open()).await;
    for lang in ["en", "es"] {
        let page =
            room.browser("manager.los", lang).await.get("/office/LOS/walk-in?reason=proof-of-status").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
    }
    let mut manager = room.browser("manager.los", "en").await;
    // Nothing typed is lost, and each fault is said where it is.
    let page = manager.get("/office/LOS/walk-in?reason=proof-of-status").await.body;
    let half = manager.submit(&Form::of(&page, "/walk-in").with("given", "Ana")).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Form::of(&half.body, "/walk-in").value("given"), Some("Ana"));
    assert_eq!(faults(&half.body, "en"), Vec::<String>::new());
    assert!(half.body.contains("Write why."));
    let day = let_in(&mut manager, "Ana").await;
    assert!(day.contains("A001") && day.contains("Walked in"), "{day}");
    assert_eq!(faults(&day, "en"), Vec::<String>::new());
    let page = manager.get("/office/LOS/walk-in?reason=proof-of-status").await.body;
    let no = filled(&page, "Bo").with("verdict", "no").with("because", "It can wait until Friday.");
    let sent = manager.submit(&no).await;
    let told = manager.follow(&sent).await.body;
    assert!(told.contains("is not seen today") && told.contains("An officer looks at the matter"), "{told}");
    // A clerk who may not decide is not shown the way, and finds nothing there.
    let mut clerk = room.browser("clerk.los", "en").await;
    assert!(!clerk.get(TODAY).await.body.contains("/walk-in"));
    assert_eq!(clerk.get("/office/LOS/walk-in?reason=proof-of-status").await.status, StatusCode::NOT_FOUND);
    let number = sent.location.unwrap().rsplit('=').next().unwrap().to_owned();
    let story = room.browser("auditor", "en").await.get(&format!("/inquiry/{number}")).await.body;
    assert!(story.contains("was not let in") && story.contains("It can wait until Friday."), "{story}");
}

#[tokio::test]
async fn the_line_is_called_in_turn_and_who_steps_aside_keeps_it() {
    let room = Room::of(NINE, None, &open()).await;
    let mut manager = room.browser("manager.los", "en").await;
    for given in ["Ana", "Bo"] {
        let_in(&mut manager, given).await;
        room.pass(1).await;
    }
    let mut clerk = room.browser("clerk.los", "en").await;
    let day = clerk.get(TODAY).await.body;
    assert!(day.contains("Say which counter you are at"), "first the counter");
    clerk.cookies.insert("counter".into(), "4".into());
    let day = clerk.get(TODAY).await.body;
    let sent = clerk.submit(&Form::of(&day, "/next")).await;
    let day = clerk.follow(&sent).await.body;
    assert!(day.contains("is called to counter"), "{day}");
    for (act, says) in [
        ("/not-here", "did not come to the counter."),
        ("/back", "is back in line"),
        ("/park", "keeps the turn"),
    ] {
        let page = clerk.get(TODAY).await.body;
        let sent = clerk.submit(&Form::of(&page, act)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{act}: {}", sent.body);
        let day = clerk.follow(&sent).await.body;
        assert!(day.contains(says), "{act}: {day}");
        assert_eq!(faults(&day, "en"), Vec::<String>::new(), "{act}");
    }
    let board = clerk.get("/office/LOS/display").await.body;
    assert!(
        board.contains("A002") && !board.contains("A001"),
        "whoever does something else waits for nothing"
    );
}

/// Somebody who is awaited at the office in five minutes.
async fn awaited(room: &Room) -> Inquiry {
    let asked = room.ask("Ana", "Example", "proof-of-status", Lang::en()).await;
    let need =
        DecideNeed { need: Need::Visit, missing: vec![], because: Some("Because.".into()), sentence: None };
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
    let booked = room.desk.book(&room.as_staff("m.ortega").await, asked.id, &ask).await.unwrap();
    room.until(place.start - SignedDuration::from_mins(5)).await;
    booked
}

#[tokio::test]
async fn a_kiosk_checks_people_in_and_opens_nothing_else() {
    let room = Room::of(NINE, None, &open()).await;
    let inquiry = awaited(&room).await;
    assert_eq!(room.nobody("en").open("/en/kiosk").await.status, StatusCode::NOT_FOUND);
    let mut screen = room.browser("clerk.los", "en").await;
    let day = screen.get("/office/LOS/day").await;
    let day = screen.follow(&day).await.body;
    let opened = screen.submit(&Form::of(&day, "/kiosk")).await;
    assert_eq!(opened.location.as_deref(), Some("/en/kiosk"), "{opened:?}");
    let kiosk = opened.cookies.iter().find_map(|line| line.strip_prefix("kiosk=")).unwrap();
    screen.cookies.insert("kiosk".into(), kiosk.split(';').next().unwrap().into());
    assert_eq!(screen.get("/day").await.status, StatusCode::SEE_OTHER, "the clerk's session has ended");
    for lang in ["en", "es"] {
        let page = screen.open(&format!("/{lang}/kiosk")).await;
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
    }
    let page = screen.open("/en/kiosk").await.body;
    let form = Form::of(&page, "/kiosk");
    // What is wrong, what is nobody's, and what belongs elsewhere are told apart from nothing that is here.
    let wrong = screen.submit(&form.clone().with("number", "12345678")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = room.ask("Bo", "Example", "case-question", Lang::en()).await;
    let elsewhere = screen.submit(&form.clone().with("number", &other.number.digits())).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    assert!(elsewhere.body.contains("Please go to the counter"));
    let done = screen.submit(&form.with("number", &inquiry.number.digits())).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(done.body.contains("A001") && done.body.contains("Nobody is before you"), "{}", done.body);
    assert!(!done.body.contains("Ana"), "a screen in the hall names nobody");
    assert_eq!(faults(&done.body, "en"), Vec::<String>::new());
    // The next day it is a screen like any other.
    room.pass(24 * 60).await;
    assert_eq!(screen.open("/en/kiosk").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_board_is_told_of_what_is_done_at_its_own_office_and_of_no_reading() {
    let room = Room::at(NINE).await;
    let clerk = room.browser("clerk.los", "en").await;
    let mut officer = room.browser("m.ortega", "en").await;
    let from = room.store.signal().now().0;
    let inquiry = room.ask("Ana", "Example", "proof-of-status", Lang::en()).await;
    let here = inquiry.office.as_str();
    let there = if here == "NYC" { "MIA" } else { "NYC" };
    let told = async |office: &str, from: u64| {
        let mut stream = clerk.listen(&format!("/en/live/staff?from={from}&office={office}")).await;
        let first = tokio::time::timeout(std::time::Duration::from_secs(2), stream.next()).await;
        first.is_ok_and(|said| String::from_utf8(said.unwrap().unwrap().to_vec()).unwrap().contains("look"))
    };
    assert!(told(here, from).await, "it was done here");
    assert!(!told(there, from).await, "and not there");
    let since = room.store.signal().now().0;
    officer.get(&format!("/inquiry/{}", inquiry.number.digits())).await;
    assert!(room.store.signal().now().0 > since, "reading is written down");
    assert!(!told(here, since).await, "and is no news");
}

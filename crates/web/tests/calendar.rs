//! Calendars that keep themselves up to date: what stands in them, who may read them, and for how long.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, Room, reading::whole};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::Who;
use domain::{
    change::{Change, Write},
    inquiry::Inquiry,
    journal::{Happened, ReadWhat},
    text::Lang,
};
use tower::ServiceExt;

const MONDAY: &str = "2026-11-23T17:00:00Z";

/// The form that leads there.
fn form(body: &str, to: &str) -> Form {
    let mut forms = Form::all(body);
    let at = forms.iter().position(|form| form.action.ends_with(to));
    forms.swap_remove(at.unwrap_or_else(|| panic!("no form leads to {to}: {body}")))
}

/// The address that a page shows, without the server.
fn address(body: &str) -> String {
    let at = body.find("/calendar/").unwrap();
    body[at..].chars().take_while(|c| !matches!(c, '"' | '<')).collect()
}

/// Lines put together again, by name; of the events, one after the other.
fn events(file: &str) -> Vec<Vec<(String, String)>> {
    let whole = file.replace("\r\n ", "");
    let parts = whole.split("BEGIN:VEVENT\r\n").skip(1);
    parts
        .map(|part| {
            let lines = part.split("END:VEVENT").next().unwrap().split_terminator("\r\n");
            lines
                .map(|line| {
                    let (name, value) = line.split_once(':').unwrap();
                    (name.split(';').next().unwrap().to_owned(), value.to_owned())
                })
                .collect()
        })
        .collect()
}

fn of<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    event.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.as_str())
}

async fn opened<'a>(room: &'a Room, inquiry: &Inquiry) -> (Browser<'a>, String) {
    let mut browser = room.nobody("en");
    let to = format!("/go/{}", room.desk.links().sign(inquiry.id, room.now()));
    let own = browser.open(&to).await;
    let page = browser.follow(&own).await;
    (browser, page.body)
}

async fn read(room: &Room, address: &str) -> Answer {
    room.nobody("en").open(address).await
}

#[tokio::test]
async fn a_persons_calendar_follows_what_is_promised() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::en()).await;
    let (mut luis, page) = opened(&room, &asked).await;
    let shown = luis.submit(&form(&page, "/calendar")).await;
    assert_eq!(shown.status, StatusCode::OK);
    whole(&shown.body, "en");
    assert!(shown.body.contains("webcal://"), "{}", shown.body);
    let to = address(&shown.body);
    assert!(!to.contains(&asked.number.digits()));

    let empty = read(&room, &to).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_eq!(empty.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert!(events(&empty.body).is_empty() && empty.body.contains("BEGIN:VTIMEZONE"), "{}", empty.body);

    let officer = room.as_staff("m.ortega").await;
    let windows = room.desk.windows(&asked, room.now(), 20).await.unwrap();
    let (first, later) = (windows[0].window.clone(), windows[8].window.clone());
    room.desk.promise_callback(&officer, asked.id, first.start, None).await.unwrap();
    let promised = read(&room, &to).await;
    let told = events(&promised.body);
    assert_eq!(told.len(), 1);
    let call = |event: &[(String, String)]| {
        ["UID", "SEQUENCE", "STATUS", "DTSTART"].map(|name| of(event, name).to_owned())
    };
    let utc = |at: jiff::Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let [uid, sequence, status, start] = call(&told[0]);
    assert_eq!((sequence.as_str(), status.as_str(), start), ("0", "CONFIRMED", utc(first.start)));
    for private in ["Luis", "Gómez", &asked.number.digits(), "proof", "4821", "2025550101"] {
        assert!(!promised.body.contains(private), "{private}: {}", promised.body);
    }

    // Whoever has it is told so.
    let tag = promised.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = Request::get(&to).header(header::HOST, "desk.test").header(header::IF_NONE_MATCH, &tag);
    let again = room.pages.clone().oneshot(again.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

    let caller = room.caller(Who::Person(asked.id));
    room.desk.move_callback(&caller, asked.id, later.start).await.unwrap();
    let moved = read(&room, &to).await;
    assert_ne!(moved.headers[header::ETAG], tag.as_str());
    assert_eq!(call(&events(&moved.body)[0]), [&uid, "1", "CONFIRMED", &utc(later.start)]);
    room.desk.cancel_callback(&room.caller(Who::Person(asked.id)), asked.id).await.unwrap();
    assert_eq!(
        call(&events(&read(&room, &to).await.body)[0]),
        [&uid, "2", "CANCELLED", &utc(later.start)],
        "a calendar strikes it out"
    );
    // Asking is written down, once a day however often it is asked.
    let story = room.store.story(asked.id).await.unwrap();
    let reads =
        story.iter().filter(|written| written.entry.happened == Happened::Read { what: ReadWhat::Calendar });
    assert_eq!(reads.count(), 1);
}

/// What was revoked, replaced or made up opens nothing, and each is answered as the others.
#[tokio::test]
async fn an_address_ends_when_its_owner_ends_it() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    let (mut luis, page) = opened(&room, &asked).await;
    let make = form(&page, "/calendar");
    let first = address(&luis.submit(&make).await.body);
    let again = luis.submit(&make).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "nobody knows the address any more");
    assert!(read(&room, &first).await.body.starts_with("BEGIN:VCALENDAR"));

    let page = luis.follow(&again).await.body;
    whole(&page, "es");
    let second = address(&luis.submit(&form(&page, "/calendar")).await.body);
    let nobodys = format!("/calendar/{}.ics", "0".repeat(64));
    let gone = read(&room, &first).await;
    let none = read(&room, &nobodys).await;
    assert_eq!((gone.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(gone.body, none.body);
    assert_eq!(read(&room, &second).await.status, StatusCode::OK);
    let ended = luis.submit(&form(&page, "/calendar/end")).await;
    let page = luis.follow(&ended).await.body;
    assert!(page.contains("Ningún calendario puede preguntarnos ya."));
    assert_eq!(read(&room, &second).await.status, StatusCode::NOT_FOUND);

    // An address may be seen by others: of somebody who is protected it says nothing, and none is made.
    let third = address(&luis.submit(&form(&page, "/calendar")).await.body);
    let officer = room.as_staff("m.ortega").await;
    let safe = std::collections::BTreeSet::new();
    room.desk.protect(&officer, asked.id, &"vawa".parse().unwrap(), &safe).await.unwrap();
    let kept = read(&room, &third).await;
    assert_eq!((kept.status, kept.body), (StatusCode::NOT_FOUND, gone.body));
    let refused = room.desk.make_calendar(&room.caller(Who::Person(asked.id))).await;
    assert!(matches!(refused, Err(desk::DeskError::NotFound)), "{refused:?}");
}

/// Who guesses is stopped, and shuts nobody out.
#[tokio::test]
async fn guessing_is_slow() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::en()).await;
    let (mut luis, page) = opened(&room, &asked).await;
    let own = address(&luis.submit(&form(&page, "/calendar")).await.body);
    let mut said = Vec::new();
    for n in 0..32 {
        said.push(read(&room, &format!("/calendar/{n:064}.ics")).await.status);
    }
    assert!(said[..30].iter().all(|status| *status == StatusCode::NOT_FOUND));
    assert!(said[30..].iter().all(|status| *status == StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(read(&room, &own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_officers_calendar_has_their_calls_and_nobodys_name() {
    let room = Room::at(MONDAY).await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get("/account").await.body;
    let shown = officer.submit(&form(&page, "/account/calendar")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let to = address(&shown.body);
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::en()).await;
    let other = room.ask("Ana", "Example", "proof-of-status", Lang::en()).await;
    let (me, system) = (room.id("m.ortega").await, room.as_staff("m.ortega").await);
    let windows = room.desk.windows(&asked, room.now(), 20).await.unwrap();
    room.desk.promise_callback(&system, asked.id, windows[8].window.start, Some(me)).await.unwrap();
    let system = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&system, other.id, windows[7].window.start, None).await.unwrap();
    let file = read(&room, &to).await.body;
    let told = events(&file);
    assert_eq!(told.len(), 1, "what nobody holds is nobody's appointment: {file}");
    assert!(of(&told[0], "URL").ends_with("/en/staff/callbacks"), "{file}");
    for private in ["Luis", "Gómez", &asked.number.digits(), "ORTEGA"] {
        assert!(!file.contains(private), "{private}: {file}");
    }

    let page = officer.get("/account").await.body;
    whole(&page, "en");
    // An account that is closed reads nothing.
    let mut staff = room.store.staff(me).await.unwrap().unwrap();
    staff.version += 1;
    staff.active = false;
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Staff(Box::new(staff.clone())));
    room.store.commit(change).await.unwrap();
    assert_eq!(read(&room, &to).await.status, StatusCode::NOT_FOUND);
    staff.version += 1;
    staff.active = true;
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Staff(Box::new(staff)));
    room.store.commit(change).await.unwrap();
    assert_eq!(read(&room, &to).await.status, StatusCode::OK);
    officer.submit(&form(&page, "/account/calendar/end")).await;
    assert_eq!(read(&room, &to).await.status, StatusCode::NOT_FOUND);
}

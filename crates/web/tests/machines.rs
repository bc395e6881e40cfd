//! Far more forms than usual: browsers work a little first, whoever has no scripts waits, and nobody loses what was typed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room,
    forms::{attribute, offered, tags},
    reading::whole,
};
use axum::http::{StatusCode, header};
use desk::{Who, Work};
use domain::{inquiry::Inquiry, text::Lang};
use jiff::Timestamp;
use std::collections::BTreeMap;

const MONDAY: &str = "2026-11-23T17:00:00Z";

/// A request that is filled in but for the last button; the browser that holds it.
async fn filled_in<'a>(room: &'a Room, n: usize, lang: &'static str) -> Browser<'a> {
    let (given, email) = (format!("Person{n}"), format!("person-{n}@example.org"));
    let fields = [
        ("zip", "90012"),
        ("reason", "proof-of-status"),
        ("ask_card_state", "lost"),
        ("ask_pending_form", "i90"),
        ("ask_proof_needed_month", "12"),
        ("ask_proof_needed_day", "31"),
        ("ask_proof_needed_year", "2026"),
        ("ask_cannot_wait", "no"),
        ("ask_mail_safe", "no"),
        ("ask_photo_on_file", "yes"),
        ("words", "My card never came."),
        ("given", &given),
        ("family", "Invented"),
        ("born_month", "2"),
        ("born_day", "3"),
        ("born_year", "1980"),
        ("phone", "2135550101"),
        ("email", &email),
        ("lang", lang),
        ("phrase", "blue river"),
        ("behalf", "no"),
    ];
    let seen = [
        "zip",
        "reason",
        "first",
        "words",
        "papers",
        "times",
        "you",
        "reach",
        "call",
        "help",
        "behalf",
        "ask_card_state",
        "ask_pending_form",
        "ask_proof_needed",
        "ask_cannot_wait",
        "ask_mail_safe",
        "ask_photo_on_file",
    ];
    let seen = seen.map(|step| (format!("seen_{step}"), "yes".to_owned()));
    let all = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().chain(seen);
    let all: BTreeMap<_, _> = all.map(|(name, value)| (name, vec![value])).collect();
    let token = room.desk.dice().token();
    let lang_of = if lang == "en" { Lang::en() } else { Lang::es() };
    room.desk.save_draft(&room.caller(Who::Anyone), &token, &lang_of, &all).await.unwrap();
    let mut browser = room.nobody(lang);
    browser.cookies.insert("request".into(), token);
    browser
}

async fn send(browser: &mut Browser<'_>, lang: &str) -> Answer {
    let page = browser.open(&format!("/{lang}/request/check")).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    browser.submit(&Form::of(&page.body, "/request/check")).await
}

/// What a browser with scripts does with the page that asks for work.
fn worked(page: &Answer, end: &str) -> Form {
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{page:?}");
    let form = tags(&page.body, "form").into_iter().find(|tag| tag.contains("data-work")).unwrap();
    let given = attribute(form, "data-work").unwrap();
    let work =
        Work { asked: Timestamp::UNIX_EPOCH, bits: attribute(form, "data-bits").unwrap().parse().unwrap() };
    let found = (0..u64::MAX).map(|n| n.to_string()).find(|n| work.is_done(&given, n)).unwrap();
    Form::of(&page.body, end).with("found", &found)
}

fn goes_on(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.location.as_ref().unwrap().ends_with("/received")
}

#[tokio::test]
async fn a_rush_of_requests_costs_work_and_nobody_loses_a_word() {
    let room = Room::where_calm_is(1, MONDAY, &Room::files()).await;
    for n in 0..2 {
        assert!(goes_on(&send(&mut filled_in(&room, n, "en").await, "en").await), "as ever: {n}");
    }
    for (n, lang) in [(2, "en"), (3, "es")] {
        let mut browser = filled_in(&room, n, lang).await;
        let page = send(&mut browser, lang).await;
        whole(&page.body, lang);
        assert!(page.headers.contains_key(header::RETRY_AFTER) && page.body.contains("work.js"), "{page:?}");
        let form = worked(&page, "/request/check");
        // Neither a guess nor work for another form opens it.
        let guess = browser.submit(&form.clone().with("found", "1")).await;
        assert_eq!(guess.status, StatusCode::TOO_MANY_REQUESTS);
        let mut other = filled_in(&room, 90 + n, lang).await;
        assert_eq!(other.submit(&form).await.status, StatusCode::TOO_MANY_REQUESTS);
        let sent = browser.submit(&form).await;
        assert!(goes_on(&sent), "{sent:?}");
        // Sent twice, it is the same request.
        assert_eq!(browser.submit(&form).await.location, Some(format!("/{lang}/request")));
    }
}

#[tokio::test]
async fn without_scripts_one_waits_a_minute_and_not_for_a_crowd() {
    let room = Room::where_calm_is(1, MONDAY, &Room::files()).await;
    let mut browsers = Vec::new();
    for n in 0..8 {
        let mut browser = filled_in(&room, n, "en").await;
        let page = send(&mut browser, "en").await;
        if n >= 2 {
            browsers.push((Form::of(&page.body, "/request/check"), browser));
        }
    }
    let (form, browser) = &mut browsers[0];
    assert_eq!(browser.submit(form).await.status, StatusCode::TOO_MANY_REQUESTS, "too soon");
    room.pass(1).await;
    let mut went = 0;
    for (form, browser) in &mut browsers {
        went += usize::from(goes_on(&browser.submit(form).await));
    }
    assert_eq!(went, 2, "from one address twice, then it takes its time");
}

/// The USCIS pack, but Los Angeles lets people choose.
fn chosen() -> pack::Files {
    let mut files = Room::files();
    let offices = String::from_utf8(files.bytes("offices.csv").unwrap().to_vec()).unwrap();
    let at = "America/Los_Angeles,large,no,,LOS,W,CSC";
    files.insert("offices.csv", offices.replace(at, &at.replace(",no,,", ",no,2027-01-29,")));
    files
}

/// A person with an inquiry at Los Angeles, who opened it by the link that we sent, or who has just sent it.
async fn person<'a>(room: &'a Room, name: &str, by_message: bool) -> (Inquiry, Browser<'a>, String) {
    let asked = room.ask(name, "Gómez", "proof-of-status", Lang::en()).await;
    let mut browser = room.nobody("en");
    if by_message {
        let answer = browser.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        browser.follow(&answer).await;
    } else {
        let token = room.desk.links().sign_here(asked.id, room.now());
        browser.cookies.insert(format!("inquiry_{}", asked.number.digits()), token);
    }
    let to = format!("/en/inquiry/{}/visit/choose", asked.number.digits());
    (asked, browser, to)
}

async fn choose(browser: &mut Browser<'_>, to: &str) -> Answer {
    let page = browser.open(to).await;
    if page.status != StatusCode::OK {
        return page;
    }
    let start = offered(&page.body, "start")[0].clone();
    let sure = browser.submit(&Form::of(&page.body, "/visit/choose").with("start", &start)).await;
    browser.submit(&Form::of(&sure.body, "/visit/choose")).await
}

#[tokio::test]
async fn in_a_rush_times_go_to_whom_our_messages_reach() {
    let room = Room::where_calm_is(1, MONDAY, &chosen()).await;
    for name in ["Ana", "Luis"] {
        let (asked, mut browser, to) = person(&room, name, false).await;
        assert_eq!(choose(&mut browser, &to).await.status, StatusCode::SEE_OTHER);
        assert!(room.reload(&asked).await.appointment().is_some());
    }
    let (asked, mut browser, to) = person(&room, "Eva", false).await;
    let page = choose(&mut browser, &to).await;
    // The third is the first of a rush: work, and then the link.
    let page = browser.submit(&worked(&page, "/visit/choose")).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{page:?}");
    whole(&page.body, "en");
    assert!(page.body.contains("/inquiry/link"), "a fresh link can be had: {page:?}");
    assert_eq!(
        browser.open(&to).await.status,
        StatusCode::CONFLICT,
        "and it is said before anything is chosen"
    );
    assert!(room.reload(&asked).await.may_schedule_own(), "nothing is lost");

    let answer = browser.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
    browser.follow(&answer).await;
    let page = choose(&mut browser, &to).await;
    let sent = browser.submit(&worked(&page, "/visit/choose")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{sent:?}");
    assert!(room.reload(&asked).await.appointment().is_some());
}

#[tokio::test]
async fn one_contact_keeps_five_times_a_day() {
    let room = Room::of(MONDAY, None, &chosen()).await;
    let mut went = Vec::new();
    for n in 0..7 {
        // All have the same telephone number here.
        let (_, mut browser, to) = person(&room, &format!("Client{n}"), true).await;
        let answer = choose(&mut browser, &to).await;
        if answer.status == StatusCode::CONFLICT {
            whole(&answer.body, "en");
        }
        went.push(answer.status);
    }
    assert_eq!(went.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 5, "{went:?}");
    assert_eq!(went[5..], [StatusCode::CONFLICT, StatusCode::CONFLICT]);
}

//! A representative goes on with their next client: what is theirs is not asked again, what was the client's is not there.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::staff_room::{Browser, Form, Room, reading::whole, request};
use axum::http::StatusCode;
use desk::Who;
use domain::{inquiry::Inquiry, text::Lang};

const MONDAY: &str = "2026-11-23T17:00:00Z";

async fn go(browser: &mut Browser<'_>, page: &str, end: &str, fields: &[(&str, &str)], lang: &str) -> String {
    let form = fields.iter().fold(Form::of(page, end), |form, (name, value)| form.with(name, value));
    let sent = browser.submit(&form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{end}: {sent:?}");
    let page = browser.follow(&sent).await;
    whole(&page.body, lang);
    page.body
}

async fn asked(room: &Room, lang: &str) -> Inquiry {
    let ask = request("Ana", "Reyes", "case-question", lang.parse().unwrap());
    room.desk.request_meeting(&room.caller(Who::Anyone), &ask).await.unwrap().inquiry
}

/// From the page that says that a request has come in to the first page of the next one.
async fn begun(room: &Room, inquiry: &Inquiry, browser: &mut Browser<'_>, lang: &str) -> String {
    let own = browser.open(&format!("/go/{}", room.desk.links().sign_here(inquiry.id, room.now()))).await;
    browser.follow(&own).await;
    let at = format!("/{lang}/inquiry/{}/received", inquiry.number.digits());
    let page = browser.open(&at).await;
    whole(&page.body, lang);
    let sent = browser.submit(&Form::of(&page.body, "/next-client")).await;
    let to = sent.location.clone().unwrap();
    assert_eq!(to, format!("/{lang}/request/zip"), "nothing of anybody stands in an address");
    let cookie = sent.cookies.iter().find(|cookie| cookie.starts_with("request=")).unwrap();
    assert!(!cookie.contains("Max-Age"), "it goes with the browser: {cookie}");
    let page = browser.follow(&sent).await;
    whole(&page.body, lang);
    page.body
}

/// The heading is about the client, not about whoever reads it.
#[track_caller]
fn asks_of_client(page: &str, lang: &str) {
    let heading = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default();
    let client = if lang == "en" { "our client" } else { "u cliente" };
    assert!(heading.contains(client), "{heading:?}");
}

/// Who says at the beginning that they answer for somebody else is asked about that one, also the first time.
#[tokio::test]
async fn the_first_request_of_a_representative_asks_about_the_client_as_well() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        let mut agent = room.nobody(lang);
        let page = agent.open(&format!("/{lang}/request")).await.body;
        whole(&page, lang);
        let page = go(&mut agent, &page, "/request", &[("for_client", "yes")], lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/zip", &[("zip", "90012")], lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/reason", &[("reason", "case-question")], lang).await;
        asks_of_client(&page, lang);
        // Without it, as ever.
        let mut alone = room.nobody(lang);
        let page = alone.open(&format!("/{lang}/request")).await.body;
        let page = go(&mut alone, &page, "/request", &[], lang).await;
        assert!(!page.contains(if lang == "en" { "our client" } else { "u cliente" }), "{page}");
    }
}

#[tokio::test]
async fn the_next_client_is_asked_for_without_what_is_the_representatives() {
    for lang in ["en", "es"] {
        let room = Room::at(MONDAY).await;
        let ana = asked(&room, lang).await;
        let mut agent = room.nobody(lang);
        let page = begun(&room, &ana, &mut agent, lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/zip", &[("zip", "90012")], lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/reason", &[("reason", "proof-of-status")], lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/first", &[], lang).await;
        let page = go(&mut agent, &page, "/card_state", &[("ask_card_state", "lost")], lang).await;
        let page = go(&mut agent, &page, "/pending_form", &[("ask_pending_form", "i90")], lang).await;
        let date = [
            ("ask_proof_needed_month", "12"),
            ("ask_proof_needed_day", "31"),
            ("ask_proof_needed_year", "2026"),
        ];
        let page = go(&mut agent, &page, "/proof_needed", &date, lang).await;
        let page = go(&mut agent, &page, "/cannot_wait", &[("ask_cannot_wait", "no")], lang).await;
        let page = go(&mut agent, &page, "/mail_safe", &[("ask_mail_safe", "no")], lang).await;
        let page = go(&mut agent, &page, "/photo_on_file", &[("ask_photo_on_file", "yes")], lang).await;
        let page = go(&mut agent, &page, "/words", &[], lang).await;
        let page = go(&mut agent, &page, "/papers", &[("papers", "passport")], lang).await;
        asks_of_client(&page, lang);
        let page = go(&mut agent, &page, "/times", &[], lang).await;
        asks_of_client(&page, lang);
        assert!(!page.contains("Reyes") && !page.contains("1980"), "{page}");
        let you = [
            ("given", "Luis"),
            ("family", "Paz"),
            ("born_month", "2"),
            ("born_day", "29"),
            ("born_year", "1984"),
        ];
        // Neither how they are reached nor how a call is known is asked: the client's help comes next.
        let page = go(&mut agent, &page, "/you", &you, lang).await;
        let help = Form::of(&page, "/request/help");
        assert_eq!(help.value("interpreter"), Some(""), "what the last client needed is theirs");
        assert_eq!(help.value("relay"), Some("yes"));
        let page = go(&mut agent, &page, "/help", &[], lang).await;
        let behalf = Form::of(&page, "/behalf");
        assert_eq!((behalf.value("behalf"), behalf.value("behalf_name")), (Some("yes"), Some("R. Example")));
        assert_eq!(behalf.value("behalf_on_file"), None, "for each client anew");
        let page = go(&mut agent, &page, "/behalf", &[("behalf_on_file", "yes")], lang).await;
        assert!(page.contains("ana@example.org") && page.contains("Example Law"), "{page}");
        let page = go(&mut agent, &page, "/check", &[], lang).await;
        assert!(page.contains("/next-client"), "and the next: {page}");
        let shown = page.split("number__digits\"><bdi>").nth(1).unwrap().split('<').next().unwrap();
        let number = shown.replace(' ', "").parse().unwrap();
        let luis = room.store.inquiry_numbered(number).await.unwrap().unwrap();
        assert_eq!((luis.reach.phone, luis.reach.phrase), (ana.reach.phone, ana.reach.phrase));
        assert_eq!(luis.request.call_hours, ana.request.call_hours);
        let agent = luis.request.representative.unwrap();
        assert!(agent.on_file && agent.name.reveal() == "R. Example");
    }
}

#[tokio::test]
async fn it_ends_by_itself_and_by_a_button_and_what_is_the_clients_stays() {
    let room = Room::at(MONDAY).await;
    let ana = asked(&room, "en").await;
    let mut agent = room.nobody("en");
    let page = begun(&room, &ana, &mut agent, "en").await;
    let page = go(&mut agent, &page, "/zip", &[("zip", "90012")], "en").await;
    go(&mut agent, &page, "/reason", &[("reason", "case-question")], "en").await;
    assert!(agent.open("/en/request/zip").await.body.contains("/request/end"));
    room.pass(4 * 60).await;
    let page = agent.open("/en/request/zip").await;
    assert!(!page.body.contains("/request/end"));
    assert_eq!(Form::of(&page.body, "/zip").value("zip"), Some("90012"));
    go(&mut agent, &page.body, "/zip", &[("zip", "90012")], "en").await;
    // The button.
    let page = begun(&room, &ana, &mut agent, "en").await;
    let page = go(&mut agent, &page, "/request/end", &[], "en").await;
    assert!(!agent.cookies.contains_key("request") && !page.contains("/request/later"), "{page}");
}

#[tokio::test]
async fn a_link_alone_fills_in_nothing_and_somebody_without_a_representative_is_not_asked() {
    let room = Room::at(MONDAY).await;
    let ana = asked(&room, "en").await;
    let here = format!("/en/inquiry/{}", ana.number.digits());
    let mut reader = room.nobody("en");
    let own = reader.open(&format!("/go/{}", room.desk.links().sign(ana.id, room.now()))).await;
    let page = reader.follow(&own).await;
    assert!(!page.body.contains("/next-client"), "{}", page.body);
    let form = Form { action: format!("{here}/next-client"), fields: Vec::new() };
    let first = reader.submit(&form).await;
    assert_eq!(first.status, StatusCode::CONFLICT);
    whole(&first.body, "en");
    assert_ne!(room.nobody("en").submit(&form).await.status, StatusCode::SEE_OTHER);
    let mut ask = request("Luis", "Paz", "case-question", Lang::en());
    ask.request.representative = None;
    let luis = room.desk.request_meeting(&room.caller(Who::Anyone), &ask).await.unwrap().inquiry;
    let mut alone = room.nobody("en");
    let own = alone.open(&format!("/go/{}", room.desk.links().sign_here(luis.id, room.now()))).await;
    assert!(!alone.follow(&own).await.body.contains("/next-client"));
    let form =
        Form { action: format!("/en/inquiry/{}/next-client", luis.number.digits()), fields: Vec::new() };
    assert_eq!(alone.submit(&form).await.status, StatusCode::NOT_FOUND);
}

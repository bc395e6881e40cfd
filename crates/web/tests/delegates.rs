//! Somebody lets others act for them on their page; each opens it by a link of their own, and sees and does no more than they may.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::staff_room::{Form, Room, reading::whole, request};
use axum::http::StatusCode;
use desk::Who;
use domain::{inquiry::Inquiry, text::Lang};

const MONDAY: &str = "2026-11-23T17:00:00Z";

fn said(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

async fn represented(room: &Room, given: &str, lang: &str) -> Inquiry {
    let mut ask = request(given, "Example", "case-question", lang.parse().unwrap());
    ask.request.representative.as_mut().unwrap().on_file = true;
    room.desk.request_meeting(&room.caller(Who::Anyone), &ask).await.unwrap().inquiry
}

fn filled(page: &str, may: &[&str]) -> Form {
    let mut form = Form::of(page, "/delegates")
        .with("delegate_name", "Petra <Legal>")
        .with("delegate_email", "petra.legal@example.org")
        .with("delegate_until_month", "12")
        .with("delegate_until_day", "31")
        .with("delegate_until_year", "2026");
    form.fields.extend(may.iter().map(|act| ("delegate_may".to_owned(), (*act).to_owned())));
    form
}

/// The link of the delegate with this number.
async fn link(room: &Room, inquiry: &Inquiry, nth: u8) -> String {
    let now = room.reload(inquiry).await;
    format!("/go/{}", room.desk.links().sign_delegate(inquiry.id, now.delegate(nth).unwrap()))
}

#[tokio::test]
async fn from_the_form_to_what_the_delegate_may_and_may_not() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        let ana = represented(&room, &format!("Ana{lang}"), lang).await;
        let here = format!("/{lang}/inquiry/{}", ana.number.digits());
        let start = room.desk.windows(&ana, room.now(), 1).await.unwrap()[0].window.start;
        room.desk.promise_callback(&room.as_staff("m.ortega").await, ana.id, start, None).await.unwrap();
        // A link that was sent may be read by others: it lets nobody name anybody.
        let mut reader = room.nobody(lang);
        let own = reader.open(&format!("/go/{}", room.desk.links().sign(ana.id, room.now()))).await;
        reader.follow(&own).await;
        let first = reader.open(&format!("{here}/delegates")).await;
        assert_eq!(first.status, StatusCode::CONFLICT);
        whole(&first.body, lang);
        assert!(!first.body.contains("delegate_name"), "{}", first.body);

        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign_here(ana.id, room.now()))).await;
        let page = person.follow(&own).await;
        whole(&page.body, lang);
        assert!(page.body.contains(&format!("{here}/delegates")), "{}", page.body);
        let page = person.open(&format!("{here}/delegates")).await;
        whole(&page.body, lang);
        let none = Form::of(&page.body, "/delegates");
        let wrong = person.submit(&none).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&wrong.body, lang);
        for field in ["delegate_name-error", "delegate_email-error", "delegate_until-error"] {
            assert!(wrong.body.contains(field), "{field}");
        }
        let late = person.submit(&filled(&page.body, &[]).with("delegate_until_year", "2028")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        whole(&late.body, lang);
        assert!(late.body.contains("Petra &lt;Legal&gt;"), "nothing typed is lost");
        let kept = person.submit(&filled(&page.body, &["confirm", "correct"])).await;
        let page = person.follow(&kept).await;
        whole(&page.body, lang);
        assert!(page.body.contains("Petra &lt;Legal&gt;"), "{}", page.body);

        let mut petra = room.nobody(lang);
        let own = petra.open(&link(&room, &ana, 1).await).await;
        let page = petra.follow(&own).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        whole(&page.body, lang);
        assert!(page.body.contains(&format!("{here}/correct")), "what was given is there");
        for not in
            ["/call/time", "/call/cancel", "/withdraw", "/texts", "/calendar", "blue river", "213-555-0101"]
        {
            assert!(!page.body.contains(not), "{not} is on the page: {}", page.body);
        }
        assert!(!page.body.contains(&format!("{here}/delegates\"")), "a delegate names nobody");
        let form = petra.open(&format!("{here}/correct")).await;
        whole(&form.body, lang);
        assert!(!form.body.contains("name=\"email\"") && !form.body.contains("blue river"), "{}", form.body);
        let form = Form::of(&form.body, "/correct");
        let sly = petra.submit(&form.clone().with("email", "thief@example.org")).await;
        assert_eq!(sly.status, StatusCode::CONFLICT);
        whole(&sly.body, lang);
        let kept = petra.submit(&form.with("interpreter", "Quechua")).await;
        let page = petra.follow(&kept).await;
        whole(&page.body, lang);
        assert_eq!(room.reload(&ana).await.reach.interpreter.as_deref(), Some("Quechua"));

        // What is not theirs is refused with a sentence, whatever is sent.
        for to in
            ["/call/cancel", "/withdraw", "/review", "/post", "/texts", "/calendar", "/papers", "/delegates"]
        {
            let form = Form { action: format!("{here}{to}"), fields: vec![("sure".into(), "yes".into())] };
            let refused = petra.submit(&form).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{to}: {}", refused.body);
            whole(&refused.body, lang);
        }
        let page = person.open(&here).await;
        let by = if lang == "en" { "did this for you" } else { "lo hizo por usted" };
        assert!(said(&page.body).contains(by), "{}", page.body);

        // A new link: the old one and the page that it opened are shut, and the last day is another.
        let old = link(&room, &ana, 1).await;
        let asks = person.open(&format!("{here}/delegates/1/link")).await;
        whole(&asks.body, lang);
        let form = Form::of(&asks.body, "/delegates/1/link");
        assert_eq!(
            (form.value("renew_until_day"), form.value("renew_until_month")),
            (Some("31"), Some("12"))
        );
        let far = person.submit(&form.clone().with("renew_until_year", "2030")).await;
        assert_eq!(far.status, StatusCode::CONFLICT);
        whole(&far.body, lang);
        let sent = person.submit(&form.clone().with("renew_until_day", "30")).await;
        whole(&person.follow(&sent).await.body, lang);
        let new = link(&room, &ana, 1).await;
        assert_ne!(old, new);
        assert_eq!(petra.open(&here).await.status, StatusCode::NOT_FOUND);
        assert_eq!(petra.open(&old).await.status, StatusCode::NOT_FOUND);
        let own = petra.open(&new).await;
        assert_eq!(petra.follow(&own).await.status, StatusCode::OK);
        let soon = person.submit(&form.with("renew_until_day", "29")).await;
        assert_eq!(soon.status, StatusCode::CONFLICT);
        whole(&soon.body, lang);

        // Ended, they are out: with the page that is open, and by the link.
        let gone = person.submit(&Form::of(&page.body, "/delegates/1/end")).await;
        let page = person.follow(&gone).await;
        whole(&page.body, lang);
        assert!(!page.body.contains("/delegates/1/end"));
        for to in [here.clone(), link(&room, &ana, 1).await] {
            let out = petra.open(&to).await;
            assert_eq!(out.status, StatusCode::CONFLICT, "{to}");
            assert!(!out.body.contains("Quechua") && !out.body.contains("Petra"), "{}", out.body);
        }
    }
}

#[tokio::test]
async fn a_delegate_moves_the_call_and_leaves() {
    let room = Room::at(MONDAY).await;
    let ana = represented(&room, "Ana", "en").await;
    let offers = room.desk.windows(&ana, room.now(), 2).await.unwrap();
    let (start, other) = (offers[0].window.start, offers[1].window.start);
    room.desk.promise_callback(&room.as_staff("m.ortega").await, ana.id, start, None).await.unwrap();
    let here = format!("/en/inquiry/{}", ana.number.digits());
    let mut person = room.nobody("en");
    let own = person.open(&format!("/go/{}", room.desk.links().sign_here(ana.id, room.now()))).await;
    person.follow(&own).await;
    let page = person.open(&format!("{here}/delegates")).await;
    person.submit(&filled(&page.body, &["call", "take-call"])).await;
    let mut petra = room.nobody("en");
    let own = petra.open(&link(&room, &ana, 1).await).await;
    let page = petra.follow(&own).await;
    assert!(page.body.contains("blue river") && page.body.contains("/call/cancel"), "{}", page.body);
    let list = petra.open(&format!("{here}/call/time")).await;
    let sure = petra.submit(&Form::of(&list.body, "/call/time").with("start", &other.to_string())).await;
    let moved = petra.submit(&Form::of(&sure.body, "/call/time")).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    assert_eq!(room.reload(&ana).await.callback().unwrap().window.start, other);
    let page = petra.follow(&moved).await;
    let left = petra.submit(&Form::of(&page.body, "/delegates/1/end")).await;
    assert_eq!(left.location.as_deref(), Some("/en"));
    let out = petra.open(&here).await;
    assert_eq!(out.status, StatusCode::NOT_FOUND, "the browser has forgotten it");
}

#[tokio::test]
async fn staff_see_who_may_speak_and_name_and_end_them() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        // The form is not on file: the person cannot name anybody, staff see for themselves.
        let ana = room.ask(&format!("Ana{lang}"), "Example", "case-question", Lang::en()).await;
        let at = format!("/inquiry/{}", ana.number.digits());
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign_here(ana.id, room.now()))).await;
        person.follow(&own).await;
        let none = person.open(&format!("/{lang}{at}/delegates")).await;
        assert_eq!(none.status, StatusCode::CONFLICT);
        whole(&none.body, lang);
        assert!(none.body.contains(&format!("href=\"/{lang}{at}\"")), "back to the inquiry: {}", none.body);

        let mut operator = room.browser("operator", lang).await;
        let page = operator.get(&format!("{at}/delegates")).await;
        whole(&page.body, lang);
        let wrong = operator.submit(&filled(&page.body, &["call"])).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&wrong.body, lang);
        assert!(wrong.body.contains("of-error") && wrong.body.contains("said-error"));
        let form = filled(&page.body, &["call"]).with("of", "representative").with("said", "telephone");
        let kept = operator.submit(&form).await;
        let page = operator.follow(&kept).await;
        whole(&page.body, lang);
        assert!(page.body.contains("Petra &lt;Legal&gt;"), "{}", page.body);
        let page = operator.get(&format!("{at}/delegates")).await;
        let end = Form::of(&page.body, "/delegates/end");
        let wrong = operator.submit(&end.clone()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&wrong.body, lang);
        let end = end.with("nth", "1").with("end_of", "person").with("end_said", "writing");
        let ended = operator.submit(&end).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
        assert_eq!(room.reload(&ana).await.delegates_now(room.now()).count(), 0);
        let mut clerk = room.browser("clerk.los", lang).await;
        assert_eq!(clerk.get(&format!("{at}/delegates")).await.status, StatusCode::NOT_FOUND);
    }
}

//! A person corrects on their page what was recorded, and goes on where they were.

use crate::staff_room::{Form, Room, reading::whole};
use axum::http::StatusCode;
use desk::Who;
use domain::text::Lang;

/// A page without the signs that keep what is put into a sentence apart from it.
fn said(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

const MONDAY: &str = "2026-11-23T17:00:00Z";

#[tokio::test]
async fn a_wrong_address_is_corrected_and_whoever_got_our_links_is_out() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    let link = format!("/go/{}", room.desk.links().sign(asked.id, room.now()));
    for lang in ["en", "es"] {
        let mut luis = room.nobody(lang);
        let own = luis.open(&link).await;
        luis.follow(&own).await;
        let number = asked.number.digits();
        let to = format!("/{lang}/inquiry/{number}/correct");
        let page = luis.open(&to).await;
        assert_eq!(page.status, StatusCode::OK);
        whole(&page.body, lang);
        let form = || Form::of(&page.body, "/correct");
        let wrong = luis.submit(&form().with("email", "nobody").with("given", "").with("family", "")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&wrong.body, lang);
        for field in ["email-error", "given-error"] {
            assert!(wrong.body.contains(field), "{field}");
        }
        let kept = luis.submit(&form().with("phrase", &format!("blue hill {lang}"))).await;
        let after = luis.follow(&kept).await;
        whole(&after.body, lang);
        assert!(after.body.contains(&format!("blue hill {lang}")), "{}", after.body);
    }
    room.pass(1).await;
    let mut luis = room.nobody("es");
    let mut other = room.nobody("es");
    for browser in [&mut luis, &mut other] {
        let own = browser.open(&link).await;
        assert_eq!(browser.follow(&own).await.status, StatusCode::OK);
    }
    let to = format!("/es/inquiry/{}", asked.number.digits());
    let page = luis.open(&format!("{to}/correct")).await;
    let kept = luis.submit(&Form::of(&page.body, "/correct").with("email", "l.gomez@example.org")).await;
    let after = luis.follow(&kept).await;
    assert_eq!(after.status, StatusCode::OK, "whoever corrects it goes on");
    assert!(after.body.contains("l.gomez@example.org"));
    // From now on they are written to in the language that they chose there.
    let page = luis.open(&format!("{to}/correct")).await;
    let kept = luis.submit(&Form::of(&page.body, "/correct").with("lang", "en")).await;
    let after = luis.follow(&kept).await;
    assert!(said(&after.body).contains("Usted corrigió: su idioma."), "{}", after.body);
    let known = room.store.inquiry(asked.id).await.unwrap().unwrap();
    assert_eq!(known.reach.lang, Lang::en());
    // Who opened it before by a link that went elsewhere does not, and the link is worth nothing.
    assert_ne!(other.open(&to).await.status, StatusCode::OK);
    assert_ne!(room.nobody("es").open(&link).await.status, StatusCode::SEE_OTHER);
}

/// A person says what is safe, and whoever calls them sees it before they dial.
#[tokio::test]
async fn what_is_safe_is_said_by_the_person_and_seen_by_who_calls() {
    let room = Room::at(MONDAY).await;
    for (lang, given, family) in [("en", "Ana", "Reyes"), ("es", "Luis", "Paz")] {
        let lang_of = lang.parse::<Lang>().unwrap();
        let asked = room.ask(given, family, "proof-of-status", lang_of).await;
        let number = asked.number.digits();
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        person.follow(&own).await;
        let page = person.open(&format!("/{lang}/inquiry/{number}/correct")).await;
        let form = Form::of(&page.body, "/correct").with("say_who", "yes");
        let kept = person.submit(&form.clone().with("discreet", "email")).await;
        let after = person.follow(&kept).await;
        whole(&after.body, lang);
        assert!(room.reload(&asked).await.leaves_message());
        let kept = person.submit(&form.with("no_message", "yes").with("discreet", "email")).await;
        whole(&person.follow(&kept).await.body, lang);
        let known = room.reload(&asked).await;
        assert!(!known.leaves_message() && known.is_discreet(domain::notice::Carrier::Email));
        // It stands in the form, to be taken back.
        let page = person.open(&format!("/{lang}/inquiry/{number}/correct")).await;
        let form = Form::of(&page.body, "/correct");
        assert_eq!((form.value("no_message"), form.value("discreet")), (Some("yes"), Some("email")));
        let mut officer = room.browser("m.ortega", lang).await;
        let page = officer.open(&format!("/{lang}/staff/inquiry/{number}")).await;
        let says = if lang == "en" { "leave no message" } else { "no se deja mensaje" };
        assert!(page.body.contains(says), "{}", page.body);
    }
}

/// How a place moves is told by what the person's own browser keeps, day by day, until they leave.
#[tokio::test]
async fn how_a_place_moved_is_told_until_somebody_leaves() {
    let room = Room::at(MONDAY).await;
    let first = room.ask("Ana", "Reyes", "proof-of-status", Lang::en()).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::en()).await;
    let mut luis = room.nobody("en");
    let own = luis.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
    let page = said(&luis.follow(&own).await.body);
    assert!(page.contains("You are number 2 of 2") && !page.contains("You were number"), "{page}");
    room.desk.withdraw(&room.caller(Who::Person(first.id)), first.id).await.unwrap();
    room.pass(24 * 60).await;
    let to = format!("/en/inquiry/{}", asked.number.digits());
    let page = luis.open(&to).await.body;
    whole(&page, "en");
    assert!(said(&page).contains("You are number 1 of 1"), "{page}");
    assert!(said(&page).contains("You were number 2 on Monday, November 23."), "{page}");
    // Whoever looks with another browser has not looked before.
    let mut other = room.nobody("en");
    let own = other.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
    assert!(!said(&other.follow(&own).await.body).contains("You were number"));
    luis.submit(&Form::of(&page, "/leave")).await;
    assert!(luis.cookies.keys().all(|name| !name.starts_with("place_")), "{:?}", luis.cookies);
}

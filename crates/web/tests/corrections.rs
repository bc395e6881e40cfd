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

/// Who lives elsewhere reads first what follows from it; wishes, and who acts for them, are corrected beside it.
#[tokio::test]
async fn another_zip_code_says_first_which_office_follows() {
    let room = Room::at(MONDAY).await;
    for (lang, given, family) in [("en", "Ana", "Reyes"), ("es", "Luis", "Paz")] {
        let asked = room.ask(given, family, "proof-of-status", lang.parse::<Lang>().unwrap()).await;
        let number = asked.number.digits();
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        person.follow(&own).await;
        let to = format!("/{lang}/inquiry/{number}/correct");
        let page = person.open(&to).await;
        let form = Form::of(&page.body, "/correct");
        assert_eq!(form.value("zip"), Some("90012"));
        let wrong = person.submit(&form.clone().with("zip", "00000").with("time1_date", "2020-01-01")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        whole(&wrong.body, lang);
        let filled = form
            .with("zip", "10001")
            .with("time1_weekday", "monday")
            .with("behalf", "yes")
            .with("behalf_name", "R. Example");
        let first = person.submit(&filled).await;
        assert_eq!(first.status, StatusCode::OK, "{first:?}");
        whole(&first.body, lang);
        assert!(said(&first.body).contains("New York"), "{}", first.body);
        assert_eq!(room.reload(&asked).await.office, asked.office, "nothing is done before it was read");
        let kept = person.submit(&Form::of(&first.body, "/correct")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{kept:?}");
        let after = person.follow(&kept).await;
        whole(&after.body, lang);
        let known = room.reload(&asked).await;
        assert_ne!(known.office, asked.office);
        assert_eq!(known.request.preferred.len(), 1);
        assert_eq!(known.request.representative.unwrap().name.reveal(), "R. Example");
        // Another look changes nothing, also when what was wished for has passed.
        let page = person.open(&to).await;
        let form = Form::of(&page.body, "/correct");
        assert_eq!((form.value("time1_weekday"), form.value("behalf")), (Some("monday"), Some("yes")));
    }
}

/// What somebody proves themselves by is corrected by staff, with what they showed; the page shows nothing of what is recorded.
#[tokio::test]
async fn staff_correct_a_date_of_birth_for_somebody_who_showed_who_they_are() {
    let room = Room::at(MONDAY).await;
    for (lang, given) in [("en", "Ana"), ("es", "Luis")] {
        let asked = room.ask(given, "Reyes", "proof-of-status", lang.parse::<Lang>().unwrap()).await;
        let number = asked.number.digits();
        let mut operator = room.browser("operator", lang).await;
        let to = format!("/{lang}/staff/inquiry/{number}/proof");
        let page = operator.open(&to).await;
        assert_eq!(page.status, StatusCode::OK);
        let form = Form::of(&page.body, "/proof");
        assert!(form.value("born_year").unwrap_or_default().is_empty(), "what is recorded is not shown");
        let empty = operator.submit(&form).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("because-error") && empty.body.contains("born-error"), "{}", empty.body);
        let filled = form
            .with("born_month", "3")
            .with("born_day", "2")
            .with("born_year", "1979")
            .with("said", "office")
            .with("because", "Showed a passport.");
        let kept = operator.submit(&filled).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{kept:?}");
        let after = operator.follow(&kept).await;
        assert!(after.body.contains("Showed a passport."), "{}", after.body);
        let born = domain::pii::Pii::new(jiff::civil::date(1979, 3, 2));
        assert!(room.desk.prove_person(asked.number, &born, room.now()).await.unwrap().is_some());
        let mut clerk = room.browser("clerk.los", lang).await;
        assert_ne!(clerk.open(&to).await.status, StatusCode::OK);
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

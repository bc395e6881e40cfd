//! A person asks on their page for a review; another officer than the one who decided decides on it.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::staff_room::{Form, Room, reading::whole};
use axum::http::StatusCode;
use desk::acts::DecideNeed;
use domain::{decision::Need, inquiry::Inquiry, text::Lang};

const MONDAY: &str = "2026-11-23T17:00:00Z";

fn said(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

async fn mailed(room: &Room, given: &str, lang: Lang) -> Inquiry {
    let asked = room.ask(given, "Example", "proof-of-status", lang).await;
    let because = Some("colleagues only".to_owned());
    let ask = DecideNeed { need: Need::Mail, missing: vec![], because, sentence: None };
    room.desk.decide_need(&room.as_staff("m.ortega").await, asked.id, &ask).await.unwrap()
}

#[tokio::test]
async fn from_the_link_on_the_page_to_the_answer() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        let asked = mailed(&room, &format!("Luis {lang}"), lang.parse().unwrap()).await;
        let number = asked.number.digits();
        let mut luis = room.nobody(lang);
        let own = luis.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        let page = luis.follow(&own).await;
        whole(&page.body, lang);
        let to = format!("/{lang}/inquiry/{number}/review");
        assert!(page.body.contains(&to), "{}", page.body);
        assert!(!page.body.contains("colleagues only"), "what is for colleagues stays with them");
        let form = luis.open(&to).await;
        whole(&form.body, lang);
        let form = Form::of(&form.body, "/review");
        for (why, field) in [(String::new(), "why-error"), ("x".repeat(2_001), "why-error")] {
            let wrong = luis.submit(&form.clone().with("why", &why)).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            whole(&wrong.body, lang);
            assert!(wrong.body.contains(field));
        }
        let kept = luis.submit(&form.with("why", "I have <no> address.")).await;
        let page = luis.follow(&kept).await;
        whole(&page.body, lang);
        assert!(page.body.contains("I have &lt;no&gt; address."), "{}", page.body);
        let again = luis.open(&to).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        whole(&again.body, lang);

        // Whoever decided it sees that it is not theirs; a colleague decides, and must say why.
        let at = format!("/inquiry/{number}");
        let mut first = room.browser("m.ortega", lang).await;
        let list = first.get("/review").await.body;
        assert!(
            list.contains(if lang == "en" { "review asked for" } else { "pidió una revisión" }),
            "{list}"
        );
        let page = first.get(&at).await.body;
        assert!(
            page.contains("I have &lt;no&gt; address.") && !page.contains("name=\"need-need\""),
            "{page}"
        );
        let mut second = room.browser("j.lee", lang).await;
        let page = second.get(&at).await.body;
        let form = Form::of(&page, "/need").with("need-need", "mail");
        let wrong = second.submit(&form.clone().with("need-because", "")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let preview = second.submit(&form.with("need-because", "The post office keeps it.")).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
        assert!(preview.body.contains("The post office keeps it."));
        let sent = second.submit(&Form::of(&preview.body, "/need")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = luis.open(&format!("/{lang}/inquiry/{number}")).await;
        whole(&page.body, lang);
        assert!(page.body.contains("The post office keeps it."), "{}", page.body);
        let same = if lang == "en" { "It stays as it was." } else { "Queda como estaba." };
        assert!(said(&page.body).contains(same), "{}", page.body);
    }
}

#[tokio::test]
async fn nobody_else_asks_and_what_is_late_is_shown_as_late() {
    let room = Room::at(MONDAY).await;
    let asked = mailed(&room, "Ana", Lang::en()).await;
    let to = format!("/en/inquiry/{}/review", asked.number.digits());
    let mut nobody = room.nobody("en");
    assert_ne!(nobody.open(&to).await.status, StatusCode::OK);
    let mut ana = room.nobody("en");
    let own = ana.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
    ana.follow(&own).await;
    let form = Form::of(&ana.open(&to).await.body, "/review").with("why", "x");
    let sent = ana.submit(&form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    room.pass(60 * 24 * 21).await;
    let page = ana.open(&format!("/en/inquiry/{}", asked.number.digits())).await.body;
    assert!(said(&page).contains("We are late with this."), "{page}");
}

/// Where nothing was decided it says so, and leads back to the inquiry.
#[tokio::test]
async fn with_nothing_to_review_the_page_says_so_and_leads_back() {
    let room = Room::at(MONDAY).await;
    for (lang, given) in [("en", "Ana"), ("es", "Luis")] {
        let asked = room.ask(given, "Example", "case-question", lang.parse().unwrap()).await;
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        person.follow(&own).await;
        let number = asked.number.digits();
        let page = person.open(&format!("/{lang}/inquiry/{number}/review")).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{page:?}");
        whole(&page.body, lang);
        let says = if lang == "en" { "nothing to review" } else { "nada que revisar" };
        assert!(page.body.contains(says), "{}", page.body);
        assert!(page.body.contains(&format!("href=\"/{lang}/inquiry/{number}\"")), "{}", page.body);
    }
}

//! "Was it you?" A code is answered for, and whoever asks learns nothing else.

use crate::staff_room::{Form, Room, reading::whole};
use axum::http::StatusCode;
use domain::{mark::MarkCode, text::Lang};

const MONDAY: &str = "2026-11-23T17:00:00Z";

#[tokio::test]
async fn a_code_is_answered_for_and_says_nothing_of_anybody() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    room.until(room.now()).await;
    let notice = room.store.notices(asked.id).await.unwrap().remove(0);
    let code = room.desk.links().notice_mark(notice.id);
    let other = MarkCode::from_mac(4_711);
    for lang in ["en", "es"] {
        let mut anyone = room.nobody(lang);
        let short = anyone.open("/check").await;
        assert!(
            short.location.is_some_and(|to| to.ends_with("/our-calls")),
            "what stands on messages is short"
        );
        let page = anyone.open(&format!("/{lang}/our-calls")).await;
        whole(&page.body, lang);
        let ask = |code: &str| Form::of(&page.body, "/our-calls").with("code", code);
        let lower = format!("{} {}", &code.as_str()[..3], &code.as_str()[3..]).to_lowercase();
        let yes = anyone.submit(&ask(&lower)).await;
        let no = anyone.submit(&ask(other.as_str())).await;
        assert_eq!((yes.status, no.status), (StatusCode::OK, StatusCode::OK));
        assert!(yes.body.contains(code.as_str()) && no.body.contains(other.as_str()));
        assert_ne!(yes.body.replace(code.as_str(), ""), no.body.replace(other.as_str(), ""));
        for said in [&yes.body, &no.body] {
            whole(said, lang);
            assert!(!said.contains("Luis") && !said.contains("Gómez"));
            assert!(!said.replace(' ', "").contains(&asked.number.digits()));
        }
        for (wrong, id) in [("K7PM", "code-error"), (&format!("{}A", &code.as_str()[..6]), "code-error")] {
            let wrong = anyone.submit(&ask(wrong)).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.body.contains(id), "{}", wrong.body);
            whole(&wrong.body, lang);
        }
    }
    // What was sent stands on its own page with the same code.
    let mut luis = room.nobody("es");
    let own = luis.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
    assert!(luis.follow(&own).await.body.contains(code.as_str()));
}

#[tokio::test]
async fn guessing_is_slow_whether_a_code_is_ours_or_not() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    room.until(room.now()).await;
    let notice = room.store.notices(asked.id).await.unwrap().remove(0);
    let ours = room.desk.links().notice_mark(notice.id);
    let mut thief = room.nobody("en");
    let page = thief.open("/en/our-calls").await.body;
    let mut said = Vec::new();
    for n in 0..12 {
        let code = if n % 2 == 0 { ours } else { MarkCode::from_mac(n) };
        said.push(thief.submit(&Form::of(&page, "/our-calls").with("code", code.as_str())).await.status);
    }
    assert!(said[..10].iter().all(|status| *status == StatusCode::OK));
    assert!(said[10..].iter().all(|status| *status == StatusCode::TOO_MANY_REQUESTS));
}

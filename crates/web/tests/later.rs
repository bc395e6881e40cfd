//! A request is gone on with on another device, by a code.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::staff_room::{Form, Room, reading::whole};
use axum::http::StatusCode;

const MONDAY: &str = "2026-11-23T17:00:00Z";

/// The code on the page that gives it.
fn code(page: &str) -> String {
    let (_, rest) = page.split_once("data-copy=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn what_was_begun_on_one_device_is_there_on_the_other() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        let mut first = room.nobody(lang);
        let none = first.open(&format!("/{lang}/request/later")).await;
        assert_eq!(none.location.as_deref(), Some(format!("/{lang}/request").as_str()), "nothing was begun");
        let page = first.open(&format!("/{lang}/request")).await;
        whole(&page.body, lang);
        let begun = first.submit(&Form::of(&page.body, "/request")).await;
        let page = first.follow(&begun).await;
        let sent = first.submit(&Form::of(&page.body, "/request/zip").with("zip", "90012")).await;
        let page = first.follow(&sent).await;
        assert!(page.body.contains("/request/later"), "{}", page.body);
        let page = first.open(&format!("/{lang}/request/later")).await;
        whole(&page.body, lang);
        let given = first.submit(&Form::of(&page.body, "/request/later")).await;
        assert_eq!(given.status, StatusCode::OK);
        whole(&given.body, lang);
        let code = code(&given.body);

        let mut other = room.nobody(lang);
        let page = other.open(&format!("/{lang}/request/continue")).await;
        whole(&page.body, lang);
        let form = Form::of(&page.body, "/request/continue");
        let mut swapped: Vec<char> = code.chars().collect();
        swapped[0] = if swapped[0] == '7' { '8' } else { '7' };
        for wrong in [String::new(), "abc".into(), swapped.into_iter().collect(), "2222222 2222222".into()] {
            let refused = other.submit(&form.clone().with("code", &wrong)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(refused.body.contains("code-error"), "{wrong}");
            whole(&refused.body, lang);
        }
        // From a camera: the code is typed in, and nothing is open before the button is pressed.
        let joined: String = code.chars().filter(|c| *c != ' ').collect();
        let page = other.open(&format!("/{lang}/request/continue/{joined}")).await;
        assert!(other.cookies.is_empty(), "{:?}", other.cookies);
        let there = other.submit(&Form::of(&page.body, "/request/continue")).await;
        assert_eq!(there.location.as_deref(), Some(format!("/{lang}/request/check").as_str()));
        let page = other.open(&format!("/{lang}/request/zip")).await;
        assert!(page.body.contains("value=\"90012\""), "{}", page.body);
    }
}

#[tokio::test]
async fn whoever_guesses_is_stopped() {
    let room = Room::at(MONDAY).await;
    let mut nobody = room.nobody("en");
    let page = nobody.open("/en/request/continue").await;
    let form = Form::of(&page.body, "/request/continue").with("code", "2222222 2222222");
    let mut last = StatusCode::OK;
    for _ in 0..12 {
        last = nobody.submit(&form).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

//! Programs' tokens as administrators see them: made once, shown once, listed, and ended.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, PASSWORD, Room, faults::faults};
use axum::http::StatusCode;
use domain::journal::{Happened, Seq};
use jiff::SignedDuration;

const NOW: &str = "2026-11-23T17:00:00Z";

async fn acts(room: &Room) -> Vec<String> {
    let all = room.store.journal(Seq(0), 500).await.unwrap();
    all.into_iter().map(|written| written.entry.happened.act()).collect()
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_ended() {
    let room = Room::at(NOW).await;
    let mut admin = room.browser("admin", "en").await;
    let page = admin.get("/people").await.body;
    assert!(page.contains("/en/staff/programs\""), "the way to it is where people are");
    let page = admin.get("/programs").await;
    assert_eq!((page.status, faults(&page.body, "en")), (StatusCode::OK, vec![]));
    assert!(page.body.contains("No program has a token."));

    let page = admin.get("/programs/new").await;
    assert_eq!((page.status, faults(&page.body, "en")), (StatusCode::OK, vec![]));
    assert!(page.body.contains("Bring in cases, staff, offices"), "what a scope allows is said in words");
    let form = Form::of(&page.body, "/programs/new");
    assert_eq!(form.value("until"), Some("2027-02-21"), "ninety days, unless somebody says otherwise");
    let empty = admin.submit(&form.clone().with("until", "2029-01-01")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("name-error"), "{}", empty.body);
    let named = form.with("name", "nightly export");
    assert!(admin.submit(&named).await.body.contains("scope-error"));
    let named = named.with("scope", "read");
    for day in ["2029-01-01", "2026-11-22", "soon", ""] {
        let refused = admin.submit(&named.clone().with("until", day)).await;
        assert!(refused.body.contains("until-error"), "{day}: {}", refused.body);
    }
    let lee = room.id("j.lee").await.to_string();
    let theirs = admin.submit(&named.clone().with("of", &lee)).await;
    assert!(theirs.body.contains("of-error"), "nobody lets a program act as a colleague: {}", theirs.body);
    assert!(!acts(&room).await.iter().any(|act| act.starts_with("token")));

    let ends_soon = named.with("until", "2026-12-01");
    let made = admin.submit(&ends_soon).await;
    assert_eq!((made.status, faults(&made.body, "en")), (StatusCode::OK, vec![]));
    let (_, rest) = made.body.split_once("translate=\"no\">").unwrap();
    let token = rest.split('<').next().unwrap().to_owned();
    let (staff, session) = room.desk.staff_of(&token, room.now()).await.unwrap().unwrap();
    assert_eq!(staff.sign_in, "admin");
    assert_eq!(session.until, "2026-12-02T05:00:00Z".parse().unwrap(), "the whole day, where the line is");
    let again = admin.submit(&ends_soon).await;
    assert!(again.location.is_some_and(|to| to.ends_with("did=made")), "sent twice it is made once");

    for lang in ["en", "es"] {
        let page = room.browser("admin", lang).await.get("/programs").await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
        assert!(page.body.contains("nightly export") && !page.body.contains(&token), "{}", page.body);
        let new = room.browser("admin", lang).await.get("/programs/new").await;
        assert_eq!(faults(&new.body, lang), Vec::<String>::new());
    }
    let page = admin.get("/programs").await.body;
    assert!(page.contains("Make the next one before the program stops.") && page.contains("ends soon"));
    let ended = admin.submit(&Form::of(&page, "/programs/end")).await;
    assert!(ended.location.is_some_and(|to| to.ends_with("did=ended")));
    assert_eq!(room.desk.staff_of(&token, room.now()).await.unwrap(), None);
    let acts = acts(&room).await;
    for act in ["token-created", "token-revoked"] {
        assert_eq!(acts.iter().filter(|one| *one == act).count(), 1, "{act}");
    }
}

#[tokio::test]
async fn a_program_of_its_own_account_asks_for_a_fresh_proof() {
    let room = Room::at(NOW).await;
    let mut admin = room.browser("admin", "en").await;
    let page = admin.get("/people/new").await.body;
    let account = Form::of(&page, "/people/new")
        .with("name", "Case feed")
        .with("sign-in", "case.feed")
        .with("role", "officer");
    assert_eq!(admin.submit(&account).await.status, StatusCode::OK);
    let feed = room.store.staff_named("case.feed").await.unwrap().unwrap();
    let page = admin.get("/programs/new").await.body;
    let of = feed.id.to_string();
    assert!(page.contains(&of) && !page.contains(&room.id("j.lee").await.to_string()));
    let form = Form::of(&page, "/programs/new").with("name", "feed").with("scope", "import").with("of", &of);
    room.until(room.now() + SignedDuration::from_mins(16)).await;
    let asked = admin.submit(&form).await;
    assert_eq!((asked.status, faults(&asked.body, "en")), (StatusCode::FORBIDDEN, vec![]));
    assert_eq!(room.store.sessions_of(feed.id.into()).await.unwrap(), [], "nothing is done yet");
    let made = admin.submit(&Form::of(&asked.body, "/programs/new").with("proof-password", PASSWORD)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let all = room.store.sessions_of(feed.id.into()).await.unwrap();
    assert_eq!(all.len(), 1);
    let program = all[0].program.as_ref().unwrap();
    assert_eq!((program.name.as_str(), program.by), ("feed", Some(room.id("admin").await)));
    let written = room.store.journal(Seq(0), 500).await.unwrap();
    assert!(written.iter().any(|one| matches!(&one.entry.happened,
        Happened::TokenLent { token, of, .. } if *token == all[0].id && *of == feed.id)));
}

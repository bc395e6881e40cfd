//! Accounts are made, changed and closed at the desk; whoever was given a password chooses their own before anything else.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Browser, Form, Room, faults::faults};
use axum::http::StatusCode;
use domain::journal::{Happened, Seq};

const NOW: &str = "2026-11-23T17:00:00Z";
const OWN: &str = "a heron on the third pier";

/// The first password that a page shows.
fn shown(body: &str) -> String {
    let (_, rest) =
        body.split_once("translate=\"no\">").unwrap_or_else(|| panic!("nothing is shown: {body}"));
    rest.split('<').next().unwrap().to_owned()
}

async fn acts(room: &Room) -> Vec<String> {
    let all = room.store.journal(Seq(0), 500).await.unwrap();
    all.into_iter().map(|written| written.entry.happened.act()).collect()
}

async fn sign_in<'a>(room: &'a Room, name: &str, password: &str) -> (Browser<'a>, StatusCode) {
    let mut browser = room.nobody("en");
    let page = browser.get("/sign-in").await.body;
    let form = Form::of(&page, "/sign-in").with("name", name).with("password", password);
    let status = browser.submit(&form).await.status;
    (browser, status)
}

#[tokio::test]
async fn a_new_colleague_gets_an_account_and_chooses_their_own_password() {
    let room = Room::at(NOW).await;
    for lang in ["en", "es"] {
        let mut admin = room.browser("admin", lang).await;
        let page = admin.get("/people/new").await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
    }
    let mut admin = room.browser("admin", "en").await;
    let page = admin.get("/people/new").await.body;
    // What does not fit is said at its field, and nothing is made.
    let empty = admin.submit(&Form::of(&page, "/people/new").with("sign-in", "x")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name-error", "sign-in-error", "role-error"] {
        assert!(empty.body.contains(field), "{field}: {}", empty.body);
    }
    let filled = Form::of(&page, "/people/new").with("name", "Noor Adams").with("role", "operator");
    let taken = admin.submit(&filled.clone().with("sign-in", "M.Ortega")).await;
    assert!(taken.body.contains("Another account has this name."), "{}", taken.body);
    let clerk = filled.clone().with("sign-in", "n.adams").with("role", "clerk");
    assert!(admin.submit(&clerk).await.body.contains("office-error"), "a clerk works at an office");

    let filled = filled.with("sign-in", "N.Adams").with("lang", "es").with("reason", "lost-card");
    let made = admin.submit(&filled).await;
    assert_eq!((made.status, faults(&made.body, "en")), (StatusCode::OK, vec![]));
    let first = shown(&made.body);
    let again = admin.submit(&filled).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "sent twice it is made once, and nothing is shown");
    let noor = room.store.staff_named("n.adams").await.unwrap().unwrap();
    assert_eq!(noor.takes.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(), ["lost-card"]);
    assert!(noor.first_password.is_some());
    assert!(!admin.get(&format!("/people/{}", noor.id)).await.body.contains(&first), "it is shown once");

    // With it they come to one page only.
    let (mut new, status) = sign_in(&room, "n.adams", &first).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for path in ["", "/account", "/review", "/account/proofs"] {
        let answer = new.get(path).await;
        assert!(answer.location.is_some_and(|to| to.ends_with("/account/password")), "{path}");
    }
    let page = new.get("/account/password").await;
    assert_eq!((page.status, faults(&page.body, "en")), (StatusCode::OK, vec![]));
    let choose = Form::of(&page.body, "/account/password");
    for (chosen, again, says) in [
        ("qwertz", "qwertz", "This is too short."),
        ("ababababababababab", "ababababababababab", "too few different"),
        ("this is n.adams speaking", "this is n.adams speaking", "Your name to sign in is in it."),
        (OWN, "a heron on the fourth pier", "The two are not the same."),
        (&first, &first, "This is the password you have."),
    ] {
        let refused = new.submit(&choose.clone().with("password", chosen).with("again", again)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(refused.body.contains(says) && !refused.body.contains(chosen), "{says}: {}", refused.body);
    }
    let (mut other, _) = sign_in(&room, "n.adams", &first).await;
    let done = new.submit(&choose.with("password", OWN).with("again", OWN)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(new.get("/review").await.status, StatusCode::OK, "the desk is open");
    let gone = other.get("/account/password").await;
    assert!(gone.location.is_some_and(|to| to.contains("/sign-in")), "their other browser is signed out");
    assert_eq!(sign_in(&room, "n.adams", &first).await.1, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&room, "n.adams", OWN).await.1, StatusCode::SEE_OTHER);
    let acts = acts(&room).await;
    for act in ["account-made", "password-given", "password-chosen"] {
        assert_eq!(acts.iter().filter(|one| *one == act).count(), 1, "{act}");
    }
}

#[tokio::test]
async fn an_account_is_changed_by_somebody_else_and_as_it_stands() {
    let room = Room::at(NOW).await;
    let mut admin = room.browser("admin", "en").await;
    let lee = room.id("j.lee").await;
    let path = format!("/people/{lee}/change");
    for lang in ["en", "es"] {
        let page = room.browser("admin", lang).await.get(&path).await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
    }
    let page = admin.get(&path).await.body;
    let change = Form::of(&page, "/change");
    let done = admin.submit(&change.clone().with("name", "Jo Lee").with("role", "supervisor")).await;
    assert!(done.location.is_some_and(|to| to.ends_with("did=changed")));
    let after = room.store.staff(lee).await.unwrap().unwrap();
    assert_eq!(after.name, "Jo Lee");
    assert!(after.is(domain::actor::Role::Supervisor));
    // The page that another administrator still has open is of an account that is no more.
    let stale = admin.submit(&change.with("name", "Joe Lee")).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("meanwhile") && stale.body.contains("Jo Lee"), "{}", stale.body);
    // One's own: the name, and no roles.
    let own = room.id("admin").await;
    let page = admin.get(&format!("/people/{own}/change")).await.body;
    let mine = Form::of(&page, "/change");
    assert!(page.contains("changed by another administrator"));
    let raised = admin.submit(&mine.clone().with("role", "supervisor")).await;
    assert_eq!(raised.status, StatusCode::CONFLICT);
    assert!(raised.body.contains("This account cannot be changed so"));
    assert_eq!(admin.submit(&mine.with("name", "A. Admin")).await.status, StatusCode::SEE_OTHER);
    let before = room.store.staff(own).await.unwrap().unwrap();
    assert_eq!((before.name.as_str(), before.roles.len()), ("A. Admin", 1));
    let page = admin.get(&format!("/people/{own}")).await.body;
    assert!(!page.contains("/close\"") && !page.contains("/password\""), "nobody closes their own account");
    assert_eq!(
        admin.post(&format!("/people/{own}/close"), &[("_key", "k"), ("close", "yes")]).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn a_closed_account_opens_nothing_and_leaves_no_call_behind() {
    let room = Room::at(NOW).await;
    let officer = room.id("m.ortega").await;
    let inquiry = room.promised("Ana", "m.ortega").await;
    let mut theirs = room.browser("m.ortega", "en").await;
    let mut admin = room.browser("admin", "en").await;
    let path = format!("/people/{officer}");
    let page = admin.get(&path).await.body;
    let close = Form::of(&page, "/close").with("close", "yes");
    let why = admin.submit(&close).await;
    assert!(why.location.is_some_and(|to| to.ends_with("did=calls")), "their calls need a reason");
    assert!(room.store.staff(officer).await.unwrap().unwrap().active);
    assert!(admin.get(&format!("{path}?did=calls")).await.body.contains("Say why"));
    let done = admin.submit(&close.with("because", "They have left.")).await;
    assert!(done.location.is_some_and(|to| to.ends_with("did=closed")));
    assert_eq!(theirs.get("/review").await.status, StatusCode::SEE_OTHER, "signed out at once");
    assert_eq!(
        sign_in(&room, "m.ortega", crate::staff_room::PASSWORD).await.1,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let held = room.reload(&inquiry).await;
    assert_eq!(held.callback().unwrap().owner, None, "whoever is on duty calls");
    let happened = room.store.journal(Seq(0), 500).await.unwrap();
    let given =
        happened.iter().filter(|one| matches!(one.entry.happened, Happened::CallbackGiven { .. })).count();
    assert_eq!(given, 1);
    let page = admin.get(&path).await.body;
    assert_eq!(faults(&page, "en"), Vec::<String>::new());
    admin.submit(&Form::of(&page, "/open")).await;
    assert_eq!(sign_in(&room, "m.ortega", crate::staff_room::PASSWORD).await.1, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_opens_for_three_days() {
    let room = Room::at(NOW).await;
    let lee = room.id("j.lee").await;
    let mut theirs = room.browser("j.lee", "en").await;
    let mut admin = room.browser("admin", "en").await;
    let page = admin.get(&format!("/people/{lee}")).await.body;
    let give = Form::of(&page, "/password").with("give", "yes");
    let first = shown(&admin.submit(&give).await.body);
    assert_eq!(theirs.get("/review").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        sign_in(&room, "j.lee", crate::staff_room::PASSWORD).await.1,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = admin.get(&format!("/people/{lee}")).await.body;
    assert!(page.contains("have not chosen their own"), "{page}");
    room.pass(72 * 60).await;
    let mut late = room.nobody("en");
    let page = late.get("/sign-in").await.body;
    let answer =
        late.submit(&Form::of(&page, "/sign-in").with("name", "j.lee").with("password", &first)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("too old. Ask an administrator"), "{}", answer.body);
}

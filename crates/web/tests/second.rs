//! A second proof at sign-in: set up, asked for, used once, lost and reset.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, PASSWORD, Room, faults::faults};
use axum::http::StatusCode;
use domain::{
    actor::Role,
    journal::{Happened, Seq},
    second::{ProofKind, ResetWhy},
};

const NOW: &str = "2026-11-23T17:00:00Z";
const OTHER: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// An app, as a person's phone has it.
struct App(Vec<u8>);

impl App {
    /// From the letters that the page shows.
    fn of(page: &str) -> Self {
        let letters = page.split("second-letters\">").nth(1).unwrap().split('<').next().unwrap();
        let (mut held, mut bits, mut secret) = (0_u32, 0, Vec::new());
        for letter in letters.chars().filter(|c| *c != ' ') {
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
            held = held << 5 | u32::try_from(value).unwrap();
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                secret.push(u8::try_from(held >> bits & 0xff).unwrap());
            }
        }
        assert_eq!(secret.len(), 20);
        Self(secret)
    }

    fn shows(&self, room: &Room) -> String {
        desk::app_code(&self.0, u64::try_from(room.now().as_second()).unwrap() / 30)
    }
}

/// A code that is not the app's now.
fn other_than(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn set_up(room: &Room, browser: &mut Browser<'_>) -> (App, Vec<String>) {
    let page = browser.get("/account/proofs/app").await;
    let app = App::of(&page.body);
    let form = Form::of(&page.body, "/proofs/app");
    let done = browser.submit(&form.with("code", &app.shows(room))).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let codes: Vec<String> =
        done.body.split("<li><code>").skip(1).map(|part| part[..19].to_owned()).collect();
    (app, codes)
}

/// The first step, which leads to the second.
async fn half(browser: &mut Browser<'_>, name: &str) -> Answer {
    let sent =
        browser.post("/sign-in", &[("name", name), ("password", PASSWORD), ("then", "/staff/account")]).await;
    assert_eq!(sent.status, OTHER);
    assert!(!browser.cookies.contains_key("staff"), "a password alone opens nothing");
    browser.follow(&sent).await
}

async fn with_code(browser: &mut Browser<'_>, code: &str) -> Answer {
    browser.post("/sign-in/code", &[("code", code), ("then", "/staff/account")]).await
}

async fn happened(room: &Room) -> Vec<Happened> {
    let all = room.store.journal(Seq(0), 500).await.unwrap();
    all.into_iter().map(|written| written.entry.happened).collect()
}

#[tokio::test]
async fn an_app_is_set_up_and_asked_for_and_no_code_opens_twice() {
    let room = Room::at(NOW).await;
    let mut desk = room.browser("m.ortega", "en").await;
    for lang in ["en", "es"] {
        let mut there = room.browser("m.ortega", lang).await;
        for path in ["/account/proofs", "/account/proofs/app"] {
            let page = there.get(path).await;
            assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]), "{path}");
        }
    }
    let page = desk.get("/account/proofs/app").await;
    let (app, form) = (App::of(&page.body), Form::of(&page.body, "/proofs/app"));
    let wrong = desk.submit(&form.clone().with("code", &other_than(&app.shows(&room)))).await;
    assert_eq!(wrong.status, WRONG);
    assert_eq!(App::of(&wrong.body).0, app.0, "the same secret is shown again");
    let first = app.shows(&room);
    let form = form.with("code", &first);
    let done = desk.submit(&form).await;
    assert_eq!((done.status, faults(&done.body, "en")), (StatusCode::OK, vec![]));
    let codes: Vec<&str> = done.body.split("<li><code>").skip(1).map(|part| &part[..19]).collect();
    assert_eq!(codes.len(), 10);
    assert_eq!(desk.submit(&form).await.status, OTHER, "sent again it shows no codes");
    let kept = room.store.proofs(room.id("m.ortega").await).await.unwrap();
    let kept = serde_json::to_string(&kept).unwrap();
    assert!(!kept.contains(&hex::encode(&app.0)) && codes.iter().all(|code| !kept.contains(code)));

    let mut browser = room.nobody("en");
    let page = half(&mut browser, "m.ortega").await;
    assert_eq!((page.status, faults(&page.body, "en")), (StatusCode::OK, vec![]));
    let again = with_code(&mut browser, &first).await;
    assert_eq!((again.status, faults(&again.body, "en")), (WRONG, vec![]));
    assert!(again.body.contains("used before"), "the code that set it up is used up");
    assert_eq!(with_code(&mut browser, &other_than(&app.shows(&room))).await.status, WRONG);
    room.pass(1).await;
    let code = app.shows(&room);
    let done = with_code(&mut browser, &code).await;
    assert_eq!(done.location.as_deref(), Some("/en/staff/account"));
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    // The same code in another browser, and a recovery code there: each opens once.
    let mut other = room.nobody("es");
    half(&mut other, "m.ortega").await;
    assert_eq!(with_code(&mut other, &code).await.status, WRONG);
    assert_eq!(with_code(&mut other, &codes[3].to_uppercase()).await.status, OTHER);
    let mut third = room.nobody("en");
    half(&mut third, "m.ortega").await;
    assert_eq!(with_code(&mut third, codes[3]).await.status, WRONG);
    assert_eq!(with_code(&mut third, codes[4]).await.status, OTHER);

    let happened = happened(&room).await;
    let count = |what: &Happened| happened.iter().filter(|h| *h == what).count();
    assert_eq!(count(&Happened::ProofAdded { kind: ProofKind::App }), 1);
    assert_eq!(count(&Happened::RecoveryMade), 1);
    assert_eq!(count(&Happened::SignedIn { with: Some(ProofKind::App) }), 1);
    assert_eq!(count(&Happened::SignedIn { with: Some(ProofKind::Recovery) }), 2);
    let refused = happened.iter().filter(|h| matches!(h, Happened::SecondRefused { .. })).count();
    assert_eq!(refused, 4);
}

#[tokio::test]
async fn the_second_step_is_there_for_ten_minutes_after_a_right_password_only() {
    let room = Room::at(NOW).await;
    let mut desk = room.browser("m.ortega", "en").await;
    let (app, _) = set_up(&room, &mut desk).await;
    let mut browser = room.nobody("en");
    assert_eq!(browser.get("/sign-in/code").await.status, WRONG);
    assert_eq!(with_code(&mut browser, &app.shows(&room)).await.status, WRONG);
    // A wrong password tells nothing of a second proof.
    let wrong = |name| [("name", name), ("password", "correct horse"), ("then", "")];
    let theirs = browser.post("/sign-in", &wrong("m.ortega")).await;
    let nobodys = browser.post("/sign-in", &wrong("nobody")).await;
    assert_eq!(theirs.body.replace("m.ortega", "nobody"), nobodys.body);
    half(&mut browser, "m.ortega").await;
    room.pass(10).await;
    let late = with_code(&mut browser, &app.shows(&room)).await;
    assert_eq!((late.status, faults(&late.body, "en")), (WRONG, vec![]));
    assert!(late.body.contains("took too long"));
}

#[tokio::test]
async fn whoever_guesses_codes_is_held_back_and_shuts_nobody_out() {
    let room = Room::at(NOW).await;
    let mut desk = room.browser("m.ortega", "en").await;
    let (app, codes) = set_up(&room, &mut desk).await;
    let mut own = room.nobody("en");
    half(&mut own, "m.ortega").await;
    room.pass(1).await;
    assert_eq!(with_code(&mut own, &app.shows(&room)).await.status, OTHER);
    let mut guesser = room.nobody("en");
    half(&mut guesser, "m.ortega").await;
    room.pass(1).await;
    let wrong = other_than(&app.shows(&room));
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = with_code(&mut guesser, &wrong).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(with_code(&mut guesser, &app.shows(&room)).await.status, StatusCode::TOO_MANY_REQUESTS);
    // In the browser that knows them the code goes in, and elsewhere a recovery code.
    own.post("/sign-out", &[("_key", "k")]).await;
    half(&mut own, "m.ortega").await;
    assert_eq!(with_code(&mut own, &app.shows(&room)).await.status, OTHER);
    let mut elsewhere = room.nobody("en");
    half(&mut elsewhere, "m.ortega").await;
    assert_eq!(with_code(&mut elsewhere, &codes[0]).await.status, OTHER);
}

#[tokio::test]
async fn whoever_must_have_one_sets_it_up_before_anything_else() {
    let room = Room::requiring(NOW, &[Role::Administrator]).await;
    let mut free = room.browser("m.ortega", "en").await;
    assert_eq!(free.get("/review").await.status, StatusCode::OK);
    let mut admin = room.browser("admin", "en").await;
    for path in ["/people", "/account", "/overview"] {
        let sent = admin.get(path).await;
        assert_eq!(sent.location.as_deref(), Some("/en/staff/account/proofs"), "{path}");
    }
    let page = admin.get("/account/proofs").await;
    assert_eq!((page.status, faults(&page.body, "en")), (StatusCode::OK, vec![]));
    let mut meanwhile = room.browser("admin", "en").await;
    set_up(&room, &mut admin).await;
    assert_eq!(admin.get("/people").await.status, StatusCode::OK);
    // Another session that only a password opened adds nothing to what is there now, and takes nothing away.
    let page = meanwhile.get("/account/proofs/app").await;
    let app = App::of(&page.body);
    let form = Form::of(&page.body, "/proofs/app").with("code", &app.shows(&room));
    assert_eq!(meanwhile.submit(&form).await.status, WRONG);
    let gone = meanwhile.post("/account/proofs/remove", &[("_key", "k"), ("kind", "app")]).await;
    assert_eq!(gone.status, WRONG);
    // The last one stays where one is required.
    let kept = admin.post("/account/proofs/remove", &[("_key", "k"), ("kind", "app")]).await;
    assert_eq!((kept.status, faults(&kept.body, "en")), (WRONG, vec![]));
    assert!(kept.body.contains("at least one second proof"));
    let mut officer = room.browser("m.ortega", "en").await;
    set_up(&room, &mut officer).await;
    let gone = officer.post("/account/proofs/remove", &[("_key", "k"), ("kind", "app")]).await;
    assert_eq!(gone.status, OTHER);
    assert!(happened(&room).await.contains(&Happened::ProofRemoved { kind: ProofKind::App }));
}

#[tokio::test]
async fn a_code_is_a_fresh_proof_too() {
    let room = Room::at(NOW).await;
    let mut boss = room.browser("supervisor", "en").await;
    let (app, _) = set_up(&room, &mut boss).await;
    room.pass(16).await;
    let back = boss.post("/line/announcements/withdraw", &[("_key", "k"), ("id", "none")]).await;
    assert_eq!((back.status, faults(&back.body, "en")), (StatusCode::FORBIDDEN, vec![]));
    let form = Form::of(&back.body, "/withdraw").with("proof-password", "");
    let wrong = boss.submit(&form.clone().with("proof-code", &other_than(&app.shows(&room)))).await;
    assert_eq!((wrong.status, faults(&wrong.body, "en")), (WRONG, vec![]));
    boss.submit(&form.with("proof-code", &app.shows(&room))).await;
    assert!(happened(&room).await.contains(&Happened::ProvedAnew));
}

#[tokio::test]
async fn an_administrator_resets_with_a_reason_and_a_new_one_is_set_up() {
    let room = Room::at(NOW).await;
    let mut officer = room.browser("m.ortega", "en").await;
    let (app, _) = set_up(&room, &mut officer).await;
    let id = room.id("m.ortega").await;
    let mut admin = room.browser("admin", "en").await;
    for lang in ["en", "es"] {
        let mut admin = room.browser("admin", lang).await;
        let page = admin.get(&format!("/people/{id}")).await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
    }
    let form = Form::of(&admin.get(&format!("/people/{id}")).await.body, "/reset-proofs");
    let unsaid = admin.submit(&form).await;
    assert!(admin.follow(&unsaid).await.body.contains("Say why"));
    assert!(room.store.proofs(id).await.unwrap().unwrap().any());
    let done = admin.submit(&form.with("why", "stolen")).await;
    let page = admin.follow(&done).await;
    assert!(page.body.contains("must set up a new"), "{}", page.body);
    assert_eq!(officer.get("/review").await.status, OTHER, "their browsers are signed out");
    assert!(happened(&room).await.contains(&Happened::ProofsReset { of: id, why: ResetWhy::Stolen }));

    let sent = officer.post("/sign-in", &[("name", "m.ortega"), ("password", PASSWORD)]).await;
    assert_eq!(sent.status, OTHER);
    assert_eq!(officer.get("/review").await.location.as_deref(), Some("/en/staff/account/proofs"));
    let (new, _) = set_up(&room, &mut officer).await;
    assert_ne!(new.0, app.0);
    assert_eq!(officer.get("/review").await.status, StatusCode::OK);
    // Nobody resets their own.
    let own = room.id("admin").await;
    let own = admin.post(&format!("/people/{own}/reset-proofs"), &[("_key", "k"), ("why", "lost")]).await;
    assert_eq!(own.status, WRONG);
}

//! Every public page has its reading grade checked: the list of routes is read from where they are made, so that a new page cannot be
//! forgotten.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use crate::staff_room::{
    Room,
    reading::{plain, whole},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
    response::Response,
};
use desk::{Clock, Screen, Who};
use jiff::{SignedDuration, Timestamp};
use notices::Press;
use std::{collections::BTreeSet, fs, path::Path, sync::Arc};
use tower::ServiceExt;
use web::{App, Options, router};

/// Opened here, in both languages, with the gaps filled.
const HERE: [&str; 17] = [
    "/",
    "/call",
    "/our-calls",
    "/status",
    "/offices",
    "/offices/{code}",
    "/topics",
    "/topics/{code}",
    "/statistics",
    "/privacy",
    "/accessibility",
    "/request",
    "/request/continue",
    "/inquiry",
    "/inquiry/{number}",
    "/inquiry/{number}/received",
    "/inquiry/{number}/withdraw",
];

/// Opened here where the agency prints letters, and on the screens in a hall.
const SOMEWHERE: [&str; 3] = ["/inquiry/{number}/post", "/hall", "/kiosk"];

/// Looked at where they come to be: the file of tests, and what of their address stands in it.
const ELSEWHERE: [(&str, &str, &str); 16] = [
    ("/request/later", "later.rs", "/request/later"),
    ("/request/continue/{code}", "later.rs", "/request/continue"),
    ("/request/{step}", "public.rs", "/zip"),
    ("/request/ask/{question}", "public.rs", "/card_state"),
    ("/inquiry/{number}/call/time", "public.rs", "/call/time"),
    ("/inquiry/{number}/call/cancel", "public.rs", "/call/cancel"),
    ("/inquiry/{number}/visit/choose", "own_time.rs", "/visit/choose"),
    ("/inquiry/{number}/visit/time", "public.rs", "/visit/time"),
    ("/inquiry/{number}/visit/cancel", "public.rs", "/visit/cancel"),
    ("/inquiry/{number}/visit/earlier", "earlier.rs", "/visit/earlier"),
    ("/inquiry/{number}/review", "reviews.rs", "/review"),
    ("/inquiry/{number}/correct", "corrections.rs", "/correct"),
    ("/inquiry/{number}/delegates", "delegates.rs", "/delegates"),
    ("/inquiry/{number}/delegates/{nth}/link", "delegates.rs", "/link"),
    ("/inquiry/{number}/appointment.ics", "", "a file for a calendar"),
    ("/statistics.csv", "", "a file of figures"),
];

fn sources(dir: &Path, into: &mut String) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// The addresses of the public pages that can be opened, by what follows the language.
fn routes() -> BTreeSet<String> {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/public"), &mut text);
    let parts = text.split(".route(").skip(1);
    let named = parts.filter_map(|part| {
        let (path, rest) = part.trim_start().strip_prefix('"')?.split_once('"')?;
        let door = rest.split(".route(").next()?.lines().next()?;
        door.contains("get(").then(|| path.to_owned())
    });
    named.collect()
}

#[test]
fn no_public_page_is_forgotten() {
    let routes = routes();
    assert!(routes.len() > 30, "they are read: {routes:?}");
    let here = HERE.iter().chain(&SOMEWHERE).copied();
    let known: BTreeSet<String> = here.chain(ELSEWHERE.map(|(path, ..)| path)).map(str::to_owned).collect();
    let (new, gone): (Vec<_>, Vec<_>) =
        (routes.difference(&known).collect(), known.difference(&routes).collect());
    assert!(new.is_empty(), "whose reading grade nobody checks: {new:?}");
    assert!(gone.is_empty(), "there is no such page: {gone:?}");
    for (path, file, says) in ELSEWHERE.iter().filter(|(_, file, _)| !file.is_empty()) {
        let text =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file)).unwrap();
        assert!(
            text.contains(says) && (text.contains("whole(") || text.contains("plain(")),
            "{file} does not look at {path}"
        );
    }
}

#[tokio::test]
async fn every_page_that_anybody_may_open_is_plain() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    for (lang, given) in [("en", "Ana"), ("es", "Luis")] {
        let asked = room.ask(given, "Example", "proof-of-status", lang.parse().unwrap()).await;
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        person.follow(&own).await;
        for path in HERE {
            let path = path.strip_suffix('/').unwrap_or(path);
            let code = if path.starts_with("/offices") { "LOS" } else { "proof-of-status" };
            let path = path.replace("{code}", code).replace("{number}", &asked.number.digits());
            let page = person.open(&format!("/{lang}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            whole(&page.body, lang);
        }
        room.desk.withdraw(&room.caller(Who::Person(asked.id)), asked.id).await.unwrap();
    }
}

struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[tokio::test]
async fn what_only_some_can_open_is_plain_too() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let (regular, bold) = web::typefaces().unwrap();
    let desk = room.desk.clone().with_press(Some(Arc::new(Press::new(regular, bold).unwrap())));
    let options = Options { public_url: "http://desk.test".into(), ..Options::default() };
    room.pages = router(App::new(desk, Arc::new(At(room.now())), options));
    let (office, until) = ("LOS".parse().unwrap(), room.now() + SignedDuration::from_hours(1));
    for (lang, given) in [("en", "Ana"), ("es", "Luis")] {
        let asked = room.ask(given, "Example", "proof-of-status", lang.parse().unwrap()).await;
        let mut person = room.nobody(lang);
        let own = person.open(&format!("/go/{}", room.desk.links().sign(asked.id, room.now()))).await;
        person.follow(&own).await;
        let page = person.open(&format!("/{lang}/inquiry/{}/post", asked.number.digits())).await;
        assert_eq!(page.status, StatusCode::OK);
        whole(&page.body, lang);
        for (screen, name, path) in
            [(Screen::Kiosk, "kiosk", "/kiosk"), (Screen::Display, "display", "/hall")]
        {
            let mut hall = room.nobody(lang);
            hall.cookies.insert(name.into(), room.desk.links().sign_screen(screen, &office, until));
            let page = hall.open(&format!("/{lang}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            plain(&page.body, lang);
        }
    }
}

async fn get(room: &Room, path: &str) -> Response {
    room.pages.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
}

/// A preview of a link has a picture of the agency's name, from here and from nobody else.
#[tokio::test]
async fn a_preview_has_a_picture_of_ours() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    for lang in ["en", "es"] {
        let mut anyone = room.nobody(lang);
        let page = anyone.open(&format!("/{lang}")).await;
        let at = format!("/assets/preview/{lang}.png");
        assert!(
            page.body.contains(&format!("property=\"og:image\" content=\"http://desk.test{at}\"")),
            "{page:?}"
        );
        let picture = get(&room, &at).await;
        assert_eq!(
            (picture.status(), &picture.headers()["content-type"]),
            (StatusCode::OK, &"image/png".parse().unwrap())
        );
    }
    assert_eq!(get(&room, "/assets/preview/xx.png").await.status(), StatusCode::NOT_FOUND);
}

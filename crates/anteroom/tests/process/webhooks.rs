//! Programs that are told what happens, over real HTTP: in order, again after a fault, again after a kill, and again when told to.

use crate::{
    figures::request,
    installed::Installed,
    running::{LIMIT, Visitor},
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use jiff::Timestamp;
use notices::HookSecret;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

const SIGNED_WITH: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What came, each with its identifier; and how many more are not taken.
#[derive(Clone, Default)]
struct Told {
    all: Arc<Mutex<Vec<(String, Value)>>>,
    refuses: Arc<Mutex<u32>>,
}

impl Told {
    /// A program that is told, and where.
    async fn listens(self) -> SocketAddr {
        let app = Router::new().route("/told", post(take)).with_state(self);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        at
    }

    /// What it was told, once it is so much and the last of it is of this type.
    fn until(&self, count: usize, last: &str) -> Vec<(String, Value)> {
        let begun = Instant::now();
        loop {
            let all = self.all.lock().unwrap().clone();
            if all.len() >= count && all.last().is_some_and(|(_, body)| body["type"] == last) {
                return all;
            }
            assert!(begun.elapsed() < LIMIT, "never told {last}: {all:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the program under test lives in the real time")]
async fn take(State(told): State<Told>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let secret: HookSecret = SIGNED_WITH.parse().unwrap();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let Ok(id) = secret.check(header, &body, Timestamp::now()) else { return StatusCode::UNAUTHORIZED };
    let mut refuses = told.refuses.lock().unwrap();
    if *refuses > 0 {
        *refuses -= 1;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    told.all.lock().unwrap().push((id.to_owned(), serde_json::from_slice(&body).unwrap()));
    StatusCode::NO_CONTENT
}

fn types(all: &[(String, Value)]) -> Vec<&str> {
    all.iter().map(|(_, body)| body["type"].as_str().unwrap()).collect()
}

fn seqs(all: &[(String, Value)]) -> Vec<u64> {
    all.iter().map(|(_, body)| body["data"]["seq"].as_u64().unwrap()).collect()
}

fn signs_in(at: SocketAddr, name: &str, password: &str) -> Visitor {
    let mut visitor = Visitor::of(at);
    let page = "/en/staff/sign-in";
    let signed = visitor.fill(page, page, &[("name", name), ("password", password)]);
    assert_eq!(signed.status, 303, "{}", signed.body);
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_what_happens_in_order_and_nothing_is_missed() {
    let told = Told::default();
    let at = told.clone().listens().await;
    tokio::task::spawn_blocking(move || tells(&told, at)).await.unwrap();
}

fn tells(told: &Told, at: SocketAddr) {
    let hooks = format!(
        "[[webhook]]\nname = \"register\"\nurl = \"http://{at}/told\"\nsecret-file = \"secret\"\n\
         events = [\"request-received\", \"signed-in\", \"hook-rewound\"]\n"
    );
    let files = [("webhooks.toml", &*hooks), ("secret", SIGNED_WITH)];
    let installed = Installed::with("[webhooks]\nfile = \"webhooks.toml\"\n", &files);
    let token = installed.token("m.ortega", &["request", "read"]);
    let mut running = installed.serve("log");
    let at = running.address("\"serving\"");
    let mut program = Visitor::with(at, &token);
    // It is told of nothing that was before, and begins before anybody can have done anything.
    let mut admin = signs_in(at, "admin", "correct horse battery");
    let page = "/en/staff/webhooks";
    told.until(1, "signed-in");
    *told.refuses.lock().unwrap() = 1;
    let answer = program.command("/api/v1/inquiries", "k1", &request("Anahí"));
    assert_eq!(answer.status, 201, "{answer:?}");
    let inquiry: Value = serde_json::from_str(&answer.body).unwrap();
    let begun = Instant::now();
    while !admin.open(page).body.contains("It does not take the next message") {
        assert!(begun.elapsed() < LIMIT, "{}", admin.open(page).body);
        std::thread::sleep(Duration::from_millis(50));
    }
    // What happens meanwhile waits behind it.
    signs_in(at, "m.ortega", "correct horse battery");
    let all = told.until(3, "signed-in");
    assert_eq!(
        types(&all),
        ["signed-in", "request-received", "signed-in"],
        "the refused one came again, in its place"
    );
    let (_, received) = &all[1];
    assert_eq!(received["data"]["inquiry"], inquiry["inquiry"]);
    let text = serde_json::to_string(&all).unwrap();
    for personal in ["Anah", "Quintanilla", "Ortega", "5550134"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
    // Killed while nobody listens to it, it goes on where it was.
    *told.refuses.lock().unwrap() = 1;
    signs_in(at, "m.ortega", "correct horse battery");
    drop(running);
    let mut running = installed.serve("log2");
    let at = running.address("\"serving\"");
    let before = all;
    let begun = Instant::now();
    while told.all.lock().unwrap().len() == before.len() {
        assert!(begun.elapsed() < LIMIT, "{}", running.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut admin = signs_in(at, "admin", "correct horse battery");
    let again = admin.fill(page, page, &[("hook", "register"), ("after", "0")]);
    assert_eq!((again.status, &*again.location), (303, "/en/staff/webhooks?did=again"), "{}", again.body);
    let all = told.until(before.len() + 1, "hook-rewound");
    let ids: BTreeSet<&String> = all.iter().map(|(id, _)| id).collect();
    let places: BTreeSet<u64> = seqs(&all).into_iter().collect();
    assert_eq!(ids.len(), places.len(), "one entry, one identifier");
    // Everything that concerns it, from the beginning, in order, ends what it was told.
    let whole: Vec<u64> = places.into_iter().collect();
    assert!(seqs(&all).ends_with(&whole), "{:?} {whole:?}", seqs(&all));
    assert!(running.stop());
}

#[test]
fn a_file_that_cannot_be_used_is_told_before_anything_is_served() {
    let files = [
        (
            "webhooks.toml",
            "[[webhook]]\nname = \"a\"\nurl = \"http://far.example/\"\nsecret-file = \"secret\"\n",
        ),
        ("secret", SIGNED_WITH),
    ];
    let installed = Installed::with("", &files);
    let told = |file: &str| {
        std::fs::write(installed.path("webhooks.toml"), file).unwrap();
        let config = format!(
            "{}\n[webhooks]\nfile = \"webhooks.toml\"\n",
            std::fs::read_to_string(installed.config()).unwrap()
        );
        let at = installed.path("with.toml");
        std::fs::write(&at, config).unwrap();
        let (well, says) = crate::running::run(&["doctor", "--config", &at]);
        assert!(!well, "{says}");
        says
    };
    let hook = |more: &str| format!("[[webhook]]\nname = \"a\"\n{more}secret-file = \"secret\"\n");
    for (file, says) in [
        (hook("url = \"http://far.example/\"\n"), "webhook \"a\": url: an https address"),
        (hook("url = \"https://far.example/\"\nevents = [\"close\"]\n"), "there is no event \"close\""),
        (hook("adress = \"https://far.example/\"\n"), "webhooks.toml:3: unknown field `adress`"),
        (format!("{0}{0}", hook("url = \"https://far.example/\"\n")), "there are two of this name"),
        (hook("url = \"https://far.example/\"\n").replace("secret\"", "webhooks.toml\""), "whsec_"),
    ] {
        let told = told(&file);
        assert!(told.contains(says), "{told}");
    }
}

//! A whole API over a real store, with its own clock.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "each test file uses its own part of this"
)]

use api::{Api, OpenRates, Options, Rate};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use cases::ImportedCases;
use desk::{
    Caller, Calm, Clock, Desk, Dice, Links, Parts, Site, Who, Worker,
    acts::{CreateToken, NewStaff},
};
use domain::{
    actor::{PasswordHash, Role, Staff},
    change::IdempotencyKey,
    session::Scope,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use locale::{Overrides, Words};
use notices::{Mailer, Sender, Texts};
use pack::{Files, Pack};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};
use store::Store;
use store_sqlite::{Options as StoreOptions, SqliteStore};
use tower::ServiceExt;

#[derive(Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub struct Room {
    pub desk: Desk,
    pub store: Arc<dyn Store>,
    pub clock: TestClock,
    pub router: Router,
    keys: AtomicU32,
    _dir: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body of what went well.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.json()
    }

    /// Status and code of a problem.
    #[track_caller]
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        assert_eq!(body["type"], format!("/api/docs#problem-{}", body["code"].as_str().unwrap()));
        (self.status.as_u16(), body["code"].as_str().unwrap().to_owned())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub const STAFF: [(&str, Role, Option<&str>); 10] = [
    ("operator", Role::Operator, None),
    ("m.ortega", Role::Officer, None),
    ("j.lee", Role::Officer, None),
    ("clerk.los", Role::Clerk, Some("LOS")),
    ("clerk.nyc", Role::Clerk, Some("NYC")),
    ("manager.los", Role::OfficeManager, Some("LOS")),
    ("supervisor", Role::Supervisor, None),
    ("analyst", Role::Analyst, None),
    ("admin", Role::Administrator, None),
    ("auditor", Role::Auditor, None),
];

impl Room {
    pub async fn at(now: &str) -> Self {
        Self::with_rate(now, Rate { requests: 1_000_000, seconds: 1 }).await
    }

    pub async fn with_rate(now: &str, rate: Rate) -> Self {
        Self::with(now, rate, None, 1_000_000).await
    }

    /// Where one network that sends more than twice as many requests in ten minutes is noticed.
    pub async fn where_calm_is(now: &str, calm: u32) -> Self {
        Self::with(now, Rate { requests: 1_000_000, seconds: 1 }, None, calm).await
    }

    /// With a carrier of text messages.
    pub async fn with_texts(now: &str, texts: Texts) -> Self {
        Self::with(now, Rate { requests: 1_000_000, seconds: 1 }, Some(Arc::new(texts)), 1_000_000).await
    }

    async fn with(now: &str, rate: Rate, texts: Option<Arc<Texts>>, calm: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = StoreOptions::default();
        let store: Arc<dyn Store> =
            Arc::new(SqliteStore::open(dir.path().join("anteroom.db"), options).await.unwrap());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis");
        let (pack, _) = Pack::load(&Files::read_dir(&folder).unwrap()).unwrap();
        let desk = Desk::new(Parts {
            store: Arc::clone(&store),
            pack: Arc::new(pack),
            cases: Arc::new(ImportedCases::new(Arc::clone(&store))),
            mailer: Arc::new(Mailer::drop_into(dir.path().join("mail")).unwrap()),
            words: Arc::new(Words::load(&Overrides::none()).unwrap()),
            links: Arc::new(Links::new([7; 32])),
            dice: Arc::new(Dice::new([1; 32])),
            site: Site {
                base: "https://help.agency.example".into(),
                sender: Sender { address: "no-reply@agency.example".into(), domain: "agency.example".into() },
            },
        })
        .with_texts(texts)
        .where_calm_is(Calm { everybody: 1_000_000, network: calm });
        let clock = TestClock(Arc::new(Mutex::new(now.parse().unwrap())));
        let options = Options {
            public_url: "https://help.agency.example".into(),
            rate,
            wrong_rate: rate,
            open_rates: OpenRates {
                read: rate,
                case: rate,
                code: rate,
                proof: rate,
                request: rate,
                link: rate,
            },
            ..Options::default()
        };
        let router = api::router(Api::new(desk.clone(), Arc::new(clock.clone()), options));
        let room = Self { desk, store, clock, router, keys: AtomicU32::new(0), _dir: dir };
        let staff = STAFF.map(|(sign_in, role, office)| NewStaff {
            sign_in: sign_in.into(),
            name: sign_in.to_uppercase(),
            roles: vec![role],
            office: office.map(|o| o.parse().unwrap()),
            langs: vec![Lang::en()],
            password: PasswordHash("none".into()),
        });
        let caller = Caller::new(Who::System("test"), room.key(), room.now());
        room.desk.import_staff(&caller, staff.to_vec()).await.unwrap();
        room
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey::of("test", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    pub async fn staff(&self, sign_in: &str) -> Staff {
        self.store.staff_named(sign_in).await.unwrap().unwrap()
    }

    pub async fn token_with(&self, sign_in: &str, scopes: BTreeSet<Scope>) -> String {
        let staff = self.staff(sign_in).await;
        let caller = Caller::new(Who::Staff(Box::new(staff)), self.key(), self.now());
        let until = self.now() + SignedDuration::from_hours(24 * 90);
        let ask = CreateToken { name: "test".into(), scopes, until, within: None };
        self.desk.create_token(&caller, &ask).await.unwrap().token.unwrap()
    }

    pub async fn token(&self, sign_in: &str) -> String {
        self.token_with(sign_in, Scope::ALL.into()).await
    }

    /// Sends exactly this.
    pub async fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(text.to_vec()).unwrap(),
        }
    }

    pub async fn get(&self, token: &str, path: &str) -> Reply {
        let token = format!("Bearer {token}");
        self.raw("GET", &format!("/api/v1{path}"), &[("authorization", &token)], vec![]).await
    }

    /// Sends a command under a key of its own.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Reply {
        let key = self.keys.fetch_add(1, Ordering::Relaxed);
        self.post_as(token, path, &format!("k{key}"), &[], body).await
    }

    pub async fn post_as(
        &self,
        token: &str,
        path: &str,
        key: &str,
        more: &[(&str, &str)],
        body: &Value,
    ) -> Reply {
        let token = format!("Bearer {token}");
        let mut headers = vec![("authorization", token.as_str()), ("idempotency-key", key)];
        headers.extend(more);
        let body = if body.is_null() { vec![] } else { body.to_string().into_bytes() };
        if !body.is_empty() {
            headers.push(("content-type", "application/json"));
        }
        self.raw("POST", &format!("/api/v1{path}"), &headers, body).await
    }

    /// Moves to `then` through every job that falls due on the way, as a running server would.
    pub async fn until(&self, then: Timestamp) {
        let worker = Worker { name: "test".into() };
        while let Some(due) = self.store.next_job().await.unwrap().filter(|due| *due <= then) {
            let now = self.now().max(due);
            *self.clock.0.lock().unwrap() = now;
            assert_eq!(self.desk.run_due(&worker, now).await.unwrap().failed, 0);
        }
        let now = self.now().max(then);
        *self.clock.0.lock().unwrap() = now;
    }

    pub async fn pass(&self, minutes: i64) {
        self.until(self.now() + SignedDuration::from_mins(minutes)).await;
    }

    /// Takes a request and gives its number.
    pub async fn ask(&self, token: &str, given: &str) -> String {
        let reply = self.post(token, "/inquiries", &request(given)).await;
        reply.ok()["inquiry"].as_str().unwrap().to_owned()
    }

    /// A person's token for their own inquiry.
    pub async fn access(&self, number: &str) -> String {
        let asks = json!({ "number": number, "born": "1980-05-17" }).to_string().into_bytes();
        let headers = [("content-type", "application/json")];
        let reply = self.raw("POST", "/api/v1/public/access", &headers, asks).await;
        reply.ok()["token"].as_str().unwrap().to_owned()
    }

    /// The start of the first window that is offered.
    pub async fn window(&self, token: &str, number: &str) -> Timestamp {
        let windows = self.get(token, &format!("/inquiries/{number}/windows")).await.ok();
        time(&windows["windows"][0]["start"])
    }

    /// An inquiry for which a visit is to be booked.
    pub async fn to_book(&self, given: &str) -> String {
        let officer = self.token("m.ortega").await;
        let number = self.ask(&officer, given).await;
        let at = |act: &str| format!("/inquiries/{number}/{act}");
        let start = self.window(&officer, &number).await;
        self.post(&officer, &at("callback"), &json!({ "start": start })).await.ok();
        self.until(start).await;
        self.post(&officer, &at("call/start"), &Value::Null).await.ok();
        self.pass(5).await;
        self.post(&officer, &at("call/end"), &json!({ "outcome": "reached" })).await.ok();
        let need = json!({ "need": "visit", "because": "The order needs a stamp." });
        self.post(&officer, &at("need"), &need).await.ok();
        number
    }

    /// The best place for an inquiry, as booking it wants it.
    pub async fn place(&self, number: &str, nth: usize) -> Value {
        let officer = self.token("m.ortega").await;
        let places = self.get(&officer, &format!("/inquiries/{number}/places")).await.ok();
        let best = &places["best"][nth];
        json!({ "office": best["office"], "start": best["start"], "pool": best["pool"] })
    }
    /// The last place that is free for an inquiry.
    pub async fn last_place(&self, number: &str) -> Value {
        let officer = self.token("m.ortega").await;
        let places = self.get(&officer, &format!("/inquiries/{number}/places?limit=200")).await.ok();
        let last = places["all"].as_array().unwrap().last().unwrap();
        json!({ "office": last["office"], "start": last["start"], "pool": last["pool"] })
    }
}

pub fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

/// A request for an invented person.
pub fn request(given: &str) -> Value {
    json!({
        "reason": "immigration-judge-grant",
        "zip": "90012",
        "name": { "given": given, "family": "Example" },
        "born": "1980-05-17",
        "words": "Please help.",
        "reach": {
            "lang": "es", "phone": "+12135550101", "phrase": "blue river",
            "email": format!("{}@example.org", given.to_lowercase()),
        },
    })
}

/// A file of holidays with one day that is none in the pack.
pub const HOLIDAYS: &str = "date,name_en,name_es\n2027-07-02,Day off,Día libre\n";

/// A clerk at an office, as a program would bring them in.
pub fn member(sign_in: &str) -> Value {
    json!({
        "sign_in": sign_in, "name": "N. Clerk", "roles": ["clerk"], "office": "LOS", "langs": ["en", "es"],
        "password_hash": "$argon2id$v=19$m=19456,t=2,p=1$YW4gaW52ZW50ZWQgc2FsdA$3dQNzVYzZHe7RYKVnFzXTCJzxLLC0RjdKwRY6xzk9K0",
    })
}

pub const START: &str = "2026-11-23T17:00:00Z";

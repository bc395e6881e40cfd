//! The desks on a real store in virtual time, and a browser without scripts that fills in forms as people do.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "each test uses its own part of this, and may fail by unwrapping"
)]

pub mod faults;
pub mod forms;
pub mod reading;
pub mod script;
pub mod walk;

use super::site::{App, Options, router, switchboard::Switchboard};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use cases::ImportedCases;
use desk::{
    Caller, Calm, Clock, Desk, Dice, Links, Parts, Site, Who, Worker,
    acts::{Entrance, NewStaff, RequestMeeting},
};
use domain::{
    actor::{PasswordHash, Role},
    case::{Case, CaseState, CaseStep},
    change::IdempotencyKey,
    ids::StaffId,
    inquiry::{Channel, Inquiry, Request as Asked},
    person::{Name, Reach, Representative},
    pii::Pii,
    second::Required,
    text::{Lang, Text},
};
pub use forms::Form;
use jiff::{SignedDuration, Timestamp};
use locale::{Overrides, Words};
use notices::{Mailer, Sender};
use pack::{Files, Pack};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
};
use store::Store;
use store_sqlite::SqliteStore;
use tower::ServiceExt;

/// Everybody's password here.
pub const PASSWORD: &str = "correct horse battery";

static HASH: LazyLock<String> = LazyLock::new(|| desk::passwords::hash(PASSWORD, [7; 16]).unwrap().0);

/// Everybody who works here: sign-in name, role, office.
pub const STAFF: [(&str, Role, Option<&str>); 10] = [
    ("m.ortega", Role::Officer, None),
    ("j.lee", Role::Officer, None),
    ("operator", Role::Operator, None),
    ("clerk.los", Role::Clerk, Some("LOS")),
    ("clerk.nyc", Role::Clerk, Some("NYC")),
    ("manager.los", Role::OfficeManager, Some("LOS")),
    ("supervisor", Role::Supervisor, None),
    ("analyst", Role::Analyst, None),
    ("admin", Role::Administrator, None),
    ("auditor", Role::Auditor, None),
];

struct Hand(Mutex<Timestamp>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub struct Room {
    pub desk: Desk,
    pub store: Arc<dyn Store>,
    pub pages: Router,
    clock: Arc<Hand>,
    _dir: tempfile::TempDir,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: String,
    pub cookies: Vec<String>,
    pub headers: HeaderMap,
}

impl Room {
    /// The desks of the USCIS pack at `now`.
    pub async fn at(now: &str) -> Self {
        Self::with(now, None).await
    }

    /// The same with a telephone.
    pub async fn with(now: &str, board: Option<Arc<dyn Switchboard>>) -> Self {
        Self::of(now, board, &Self::files()).await
    }

    /// The USCIS pack's files.
    pub fn files() -> Files {
        Files::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis")).unwrap()
    }

    /// The desks of another pack.
    pub async fn of(now: &str, board: Option<Arc<dyn Switchboard>>, files: &Files) -> Self {
        Self::made(now, board, files, Required::default(), Calm::default()).await
    }

    /// The same, where `calm` requests in ten minutes are many.
    pub async fn where_calm_is(calm: u32, now: &str, files: &Files) -> Self {
        Self::made(now, None, files, Required::default(), Calm { everybody: calm, ..Calm::default() }).await
    }

    /// The desks of the USCIS pack, where these must have a second proof.
    pub async fn requiring(now: &str, roles: &[Role]) -> Self {
        Self::made(now, None, &Self::files(), Required(roles.iter().copied().collect()), Calm::default())
            .await
    }

    async fn made(
        now: &str,
        board: Option<Arc<dyn Switchboard>>,
        files: &Files,
        second: Required,
        calm: Calm,
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sqlite = SqliteStore::open(dir.path().join("anteroom.db"), store_sqlite::Options::default());
        let store: Arc<dyn Store> = Arc::new(sqlite.await.unwrap());
        let (pack, _) = Pack::load(files).unwrap();
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
        .with_second(second)
        .where_calm_is(calm);
        let clock = Arc::new(Hand(Mutex::new(now.parse().unwrap())));
        let options = Options { public_url: "http://desk.test".into(), ..Options::default() };
        let app = App::new(desk.clone(), clock.clone(), options);
        let pages = router(match board {
            Some(board) => app.with_switchboard(board),
            None => app,
        });
        let room = Self { desk, store, pages, clock, _dir: dir };
        let people = STAFF.map(|(sign_in, role, office)| NewStaff {
            sign_in: sign_in.into(),
            name: sign_in.to_uppercase(),
            roles: vec![role],
            office: office.map(|o| o.parse().unwrap()),
            langs: vec![Lang::en()],
            password: PasswordHash(HASH.clone()),
        });
        room.desk.import_staff(&room.system(), people.to_vec()).await.unwrap();
        room.desk.import_cases(&room.system(), vec![case()]).await.unwrap();
        room
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn caller(&self, who: Who) -> Caller {
        Caller::new(who, IdempotencyKey::of("test", self.desk.dice().token()), self.now())
    }

    pub async fn id(&self, sign_in: &str) -> StaffId {
        self.store.staff_named(sign_in).await.unwrap().unwrap().id
    }

    pub fn system(&self) -> Caller {
        self.caller(Who::System("test"))
    }

    pub async fn as_staff(&self, sign_in: &str) -> Caller {
        self.caller(Who::Staff(Box::new(self.store.staff_named(sign_in).await.unwrap().unwrap())))
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

    pub async fn reload(&self, inquiry: &Inquiry) -> Inquiry {
        self.store.inquiry(inquiry.id).await.unwrap().unwrap()
    }

    /// An invented person asks.
    pub async fn ask(&self, given: &str, family: &str, reason: &str, lang: Lang) -> Inquiry {
        let ask = request(given, family, reason, lang);
        self.desk.request_meeting(&self.caller(Who::Anyone), &ask).await.unwrap().inquiry
    }

    /// An invented person asks, and an officer promises to call.
    pub async fn promised(&self, given: &str, officer: &str) -> Inquiry {
        let asked = self.ask(given, "Example", "case-question", Lang::en()).await;
        let window = self.desk.windows(&asked, self.now(), 1).await.unwrap()[0].window.clone();
        let (caller, owner) = (self.as_staff(officer).await, self.id(officer).await);
        self.desk.promise_callback(&caller, asked.id, window.start, Some(owner)).await.unwrap()
    }

    /// A browser in which somebody is signed in, without going through the form.
    pub async fn browser(&self, sign_in: &str, lang: &'static str) -> Browser<'_> {
        let staff = self.store.staff_named(sign_in).await.unwrap().unwrap();
        let from = Entrance::default();
        let token = self.desk.sign_in(&self.caller(Who::Anyone), &staff, &from).await.unwrap().token;
        let mut browser = self.nobody(lang);
        browser.cookies.insert("staff".into(), token);
        browser
    }

    /// A browser in which nobody is signed in.
    pub fn nobody(&self, lang: &'static str) -> Browser<'_> {
        Browser { room: self, lang, cookies: BTreeMap::new() }
    }
}

/// A browser without scripts.
pub struct Browser<'a> {
    room: &'a Room,
    lang: &'static str,
    pub cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    /// Opens a page below the desks of the browser's language.
    pub async fn get(&mut self, path: &str) -> Answer {
        let to = format!("/{}/staff{path}", self.lang);
        self.send(Method::GET, &to, None, "same-origin").await
    }

    /// Opens any address.
    pub async fn open(&mut self, to: &str) -> Answer {
        self.send(Method::GET, to, None, "same-origin").await
    }

    /// Sends fields to an address below the desks.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let to = format!("/{}/staff{path}", self.lang);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, &to, Some(body), "same-origin").await
    }

    /// Sends a text that is no form, as scripts do.
    pub async fn post_text(&mut self, to: &str, text: &str) -> Answer {
        self.send_as(Method::POST, to, Some(("application/sdp", text.to_owned())), "same-origin").await
    }

    /// Sends a form of a page.
    pub async fn submit(&mut self, form: &Form) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
        self.send(Method::POST, &form.action, Some(body), "same-origin").await
    }

    /// Sends a form from another site.
    pub async fn submit_from_elsewhere(&mut self, form: &Form) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
        self.send(Method::POST, &form.action, Some(body), "cross-site").await
    }

    /// Follows where the answer points.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        let to = answer.location.clone().unwrap_or_else(|| panic!("leads nowhere: {answer:?}"));
        self.open(&to).await
    }

    /// Opens a live stream: what it says, bit by bit.
    pub async fn listen(&self, to: &str) -> axum::body::BodyDataStream {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            Request::get(to).header(header::HOST, "desk.test").header(header::COOKIE, jar.join("; "));
        let response = self.room.pages.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{to}");
        response.into_body().into_data_stream()
    }

    async fn send(&mut self, method: Method, to: &str, body: Option<String>, site: &str) -> Answer {
        let body = body.map(|body| ("application/x-www-form-urlencoded", body));
        self.send_as(method, to, body, site).await
    }

    async fn send_as(
        &mut self,
        method: Method,
        to: &str,
        body: Option<(&str, String)>,
        site: &str,
    ) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(to)
            .header(header::HOST, "desk.test")
            .header(header::COOKIE, jar.join("; "))
            .header("sec-fetch-site", site);
        if let Some((kind, _)) = &body {
            request = request.header(header::CONTENT_TYPE, *kind);
        }
        let request = request.body(body.map_or_else(Body::empty, |(_, body)| Body::from(body))).unwrap();
        let response = self.room.pages.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned();
        let cookies: Vec<String> = parts.headers.get_all(header::SET_COOKIE).iter().map(text).collect();
        for cookie in &cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        // A live stream has no end: whoever asked for one has its status.
        let live = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if live { Vec::new() } else { to_bytes(body, 10_000_000).await.unwrap().to_vec() };
        Answer {
            status: parts.status,
            location: parts.headers.get(header::LOCATION).map(text),
            body: String::from_utf8(body).unwrap(),
            cookies,
            headers: parts.headers,
        }
    }
}

pub fn request(given: &str, family: &str, reason: &str, lang: Lang) -> RequestMeeting {
    RequestMeeting {
        reason: reason.parse().unwrap(),
        zip: "90012".parse().unwrap(),
        name: Name { given: given.into(), family: family.into() },
        born: Pii::new("1980-05-17".parse().unwrap()),
        file_number: None,
        receipt: Some("IOE9999999901".parse().unwrap()),
        request: Asked {
            channel: Channel::Web,
            words: "I lost my card <on the bus> & need it for work.\nPlease help.".into(),
            answers: Pii::new(BTreeMap::from([
                ("card_state".to_owned(), "lost".into()),
                ("cannot_wait".to_owned(), true.into()),
            ])),
            papers: vec![],
            preferred: vec![],
            call_hours: Some("after work".into()),
            representative: Some(Representative {
                name: "R. Example".into(),
                organisation: Some("Example Law".into()),
                on_file: false,
            }),
        },
        reach: Reach {
            lang,
            phone: "2135550101".parse().unwrap(),
            email: Some(format!("{}@example.org", given.to_lowercase()).into()),
            texts: false,
            calls: false,
            post: None,
            zone: "UTC".parse().unwrap(),
            say_who_calls: false,
            no_message: false,
            discreet: std::collections::BTreeSet::new(),
            relay: true,
            interpreter: Some("Mixteco".into()),
            accommodation: Some("A chair near the counter".into()),
            phrase: "blue river".into(),
        },
        zone_chosen: false,
        draft_token: None,
    }
}

fn case() -> Case {
    let text = |en: &str, es: &str| Text::new([(Lang::en(), en.to_owned()), (Lang::es(), es.to_owned())]);
    Case {
        receipt: "IOE9999999901".parse().unwrap(),
        form: "I-90".into(),
        state: CaseState::Pending,
        title: text("Case is being reviewed", "El caso se está revisando"),
        meaning: text("An officer is looking at it.", "Un oficial lo está viendo."),
        received: Some("2026-03-02".parse().unwrap()),
        updated: "2026-10-15".parse().unwrap(),
        history: vec![CaseStep {
            on: "2026-03-02".parse().unwrap(),
            title: text("Case was received", "Se recibió el caso"),
        }],
    }
}

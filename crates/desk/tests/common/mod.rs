//! A whole desk on a real store, with its own clock.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "each test file uses its own part of this, and a test may fail by unwrapping"
)]

use cases::ImportedCases;
use desk::{
    Caller, Desk, DeskError, Dice, Links, Parts, Site, Who, Worker,
    acts::{BookPlace, NewStaff, OperatorState, RequestMeeting},
};
use domain::{
    actor::{Actor, PasswordHash, Role, Staff},
    change::{Change, IdempotencyKey, Write},
    decision::{Deciding, Need, Outcome, RuleCited},
    ids::{InquiryId, StaffId},
    inquiry::{Channel, Inquiry, Request, Stage},
    person::{Name, Reach},
    pii::Pii,
    slots::Opening,
    text::{Lang, Text},
    wait::Choice,
};
use jiff::{SignedDuration, Timestamp};
use locale::{Overrides, Words};
use notices::{Mailer, Press, Sender};
use pack::{Files, Pack};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use store::Store;
use store_sqlite::{Options, SqliteStore};

pub struct Room {
    pub desk: Desk,
    pub store: Arc<dyn Store>,
    pub now: Timestamp,
    pub mail: std::path::PathBuf,
    keys: AtomicU32,
    _dir: tempfile::TempDir,
}

impl Room {
    /// A desk of the USCIS pack at `now`, with an administrator's staff: two officers, a clerk at LOS, an operator.
    pub async fn at(now: &str) -> Self {
        Self::of(now, &Self::files()).await
    }

    /// The USCIS pack's files.
    pub fn files() -> Files {
        Files::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis")).unwrap()
    }

    /// The same with another pack.
    pub async fn of(now: &str, files: &Files) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sqlite = SqliteStore::open(dir.path().join("anteroom.db"), Options::default()).await.unwrap();
        let store: Arc<dyn Store> = Arc::new(sqlite);
        let (pack, _) = Pack::load(files).unwrap();
        let mail = dir.path().join("mail");
        let desk = Desk::new(Parts {
            store: Arc::clone(&store),
            pack: Arc::new(pack),
            cases: Arc::new(ImportedCases::new(Arc::clone(&store))),
            mailer: Arc::new(Mailer::drop_into(&mail).unwrap()),
            words: Arc::new(Words::load(&Overrides::none()).unwrap()),
            links: Arc::new(Links::new([7; 32])),
            dice: Arc::new(Dice::new([1; 32])),
            site: Site {
                base: "https://help.agency.example".into(),
                sender: Sender { address: "no-reply@agency.example".into(), domain: "agency.example".into() },
            },
        });
        let room = Self { desk, store, now: now.parse().unwrap(), mail, keys: AtomicU32::new(0), _dir: dir };
        room.desk.import_staff(&room.system(), staff()).await.unwrap();
        room
    }

    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey::of("test", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    pub fn system(&self) -> Caller {
        Caller::new(Who::System("test"), self.key(), self.now)
    }

    pub fn anyone(&self) -> Caller {
        Caller::new(Who::Anyone, self.key(), self.now)
    }

    pub fn person(&self, id: InquiryId) -> Caller {
        Caller::new(Who::Person(id), self.key(), self.now)
    }

    pub async fn staff(&self, sign_in: &str) -> Staff {
        self.store.staff_named(sign_in).await.unwrap().unwrap()
    }

    pub async fn as_staff(&self, sign_in: &str) -> Caller {
        Caller::new(Who::Staff(Box::new(self.staff(sign_in).await)), self.key(), self.now)
    }

    /// Somebody who works here and is in no store: the `n`th of their kind.
    pub fn colleague(&self, n: u8, role: Role) -> Caller {
        let staff = Staff {
            id: StaffId::new("2026-01-01T00:00:00Z".parse().unwrap(), &[n; 10]),
            version: 1,
            sign_in: format!("analyst{n}"),
            name: format!("Analyst {n}"),
            roles: vec![role],
            office: None,
            langs: vec![],
            password: PasswordHash("none".into()),
            active: true,
            rights: BTreeSet::new(),
            roster: None,
            planned_before: None,
            takes: domain::actor::Takes::default(),
            first_password: None,
        };
        Caller::new(Who::Staff(Box::new(staff)), self.key(), self.now)
    }

    pub fn pass(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// Comes on duty, without being rung: their promised calls stay theirs.
    pub async fn on_duty(&self, sign_in: &str) {
        let choice = Choice::NotReady { reason: None };
        let state = OperatorState { choice, node: None };
        let id = self.staff(sign_in).await.id;
        self.desk.set_operator_state(&self.as_staff(sign_in).await, id, &state).await.unwrap();
    }

    /// Lets go out what is due, and gives the e-mails that say `what`.
    pub async fn mails(&mut self, what: &str) -> Vec<String> {
        self.until(self.now).await;
        std::fs::read_dir(&self.mail)
            .unwrap()
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .filter(|mail| mail.contains(what))
            .collect()
    }

    /// Moves to `then` through every job that falls due on the way, as a running server would.
    pub async fn until(&mut self, then: Timestamp) {
        let worker = Worker { name: "test".into() };
        while let Some(due) = self.store.next_job().await.unwrap().filter(|due| *due <= then) {
            self.now = self.now.max(due);
            let report = self.desk.run_due(&worker, self.now).await.unwrap();
            assert_eq!(report.failed, 0);
        }
        self.now = self.now.max(then);
    }

    /// An inquiry that needs a visit, as if an officer had decided so.
    pub async fn needs_visit(&self, given: &str) -> Inquiry {
        let ask = request(given, "immigration-judge-grant", "90012", Lang::en());
        let mut inquiry = self.desk.request_meeting(&self.anyone(), &ask).await.unwrap().inquiry;
        inquiry.version += 1;
        inquiry.stage = Stage::ToBook { since: self.now, due: self.now + SignedDuration::from_hours(72) };
        let need = Outcome::Need(Need::Visit);
        let rule = RuleCited {
            policy: "need".into(),
            version: "1".into(),
            hash: "0".into(),
            row: "R1".into(),
            cite: None,
            outcome: std::collections::BTreeMap::from([("need".to_owned(), "visit".into())]),
            tried: vec![],
        };
        let deciding = Deciding { rule, because: None, sentence: Text::default(), change: None };
        inquiry.decisions.push(deciding.record(need, Actor::system("test"), self.now, &[9; 10]));
        let mut change = Change::new(self.system().command());
        change.writes.push(Write::Inquiry(Box::new(inquiry.clone())));
        self.store.commit(change).await.unwrap();
        inquiry
    }

    /// Books a place for an inquiry, as the desk itself.
    pub async fn book(&self, inquiry: &Inquiry, place: &Opening) -> Result<Inquiry, DeskError> {
        let ask = BookPlace {
            office: place.office.clone(),
            start: place.start,
            pool: place.pool,
            held: None,
            bring_also: vec![],
            because: None,
        };
        self.desk.book(&self.system(), inquiry.id, &ask).await
    }

    /// How many notices of a kind an inquiry's person was sent.
    pub async fn told(&self, inquiry: InquiryId, kind: &str) -> usize {
        self.store.notices(inquiry).await.unwrap().iter().filter(|n| n.kind.as_str() == kind).count()
    }

    pub async fn reload(&self, inquiry: &Inquiry) -> Inquiry {
        self.store.inquiry(inquiry.id).await.unwrap().unwrap()
    }

    /// The acts of an inquiry's story, by their stable names.
    pub async fn story(&self, inquiry: &Inquiry) -> Vec<String> {
        let story = self.store.story(inquiry.id).await.unwrap();
        story
            .iter()
            .map(|e| serde_json::to_value(&e.entry.happened).unwrap()["act"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// Two officers, clerks at two offices, a manager of one, an operator.
pub fn staff() -> Vec<NewStaff> {
    [
        ("m.ortega", Role::Officer, None),
        ("j.lee", Role::Officer, None),
        ("clerk.los", Role::Clerk, Some("LOS")),
        ("clerk.nyc", Role::Clerk, Some("NYC")),
        ("manager.los", Role::OfficeManager, Some("LOS")),
        ("operator", Role::Operator, None),
    ]
    .map(|(sign_in, role, office)| NewStaff {
        sign_in: sign_in.into(),
        name: sign_in.to_uppercase(),
        roles: vec![role],
        office: office.map(|o| o.parse().unwrap()),
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    })
    .to_vec()
}

/// A request as an invented person sends it.
pub fn request(given: &str, reason: &str, zip: &str, lang: Lang) -> RequestMeeting {
    RequestMeeting {
        reason: reason.parse().unwrap(),
        zip: zip.parse().unwrap(),
        name: Name { given: given.into(), family: "Example".into() },
        born: Pii::new("1980-05-17".parse().unwrap()),
        file_number: None,
        receipt: None,
        request: Request {
            channel: Channel::Web,
            words: "Please help.".into(),
            answers: Pii::default(),
            papers: vec![],
            preferred: vec![],
            call_hours: None,
            representative: None,
        },
        reach: Reach {
            lang,
            phone: "2135550101".parse().unwrap(),
            email: Some(format!("{}@example.org", given.to_lowercase()).into()),
            texts: false,
            calls: false,
            post: None,
            zone: "UTC".parse().unwrap(),
            say_who_calls: true,
            no_message: false,
            discreet: std::collections::BTreeSet::new(),
            relay: false,
            interpreter: None,
            accommodation: None,
            phrase: "blue river".into(),
        },
        zone_chosen: false,
        draft_token: None,
    }
}

/// What prints letters, with the typefaces of the pages.
pub fn press() -> Arc<Press> {
    let face = |weight: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../web/assets/dist/print/sourcesanspro-{weight}-webfont.ttf"));
        std::fs::read(&path).unwrap_or_else(|_| panic!("no {}: run `cargo xtask assets`", path.display()))
    };
    Arc::new(Press::new(face("regular"), face("bold")).unwrap())
}

//! What is moved is the same to the letter, and what cannot be moved whole is not moved at all.

use super::*;
use crate::{
    address::OldSchema,
    clock::SystemClock,
    config::{Mail, MailWay, Stored},
    data, demo, packs,
    wiring::{Installation, Made, at_the_terminal},
};
use async_trait::async_trait;
use desk::{
    Caller, Clock, Who, Worker,
    acts::{CreateToken, JoinWait, OperatorState, PlanClosing, Run, TableFile},
};
use domain::{
    call_record::{CallRecord, Way},
    change::{Busy, Change, Claim, IdempotencyKey, Write},
    decision::DecisionKind,
    federated::{Federated, FederatedKey},
    handover::{HandedCall, Handover, NewHandover, Target, Whose},
    hook::HookAct,
    ids::{CallRecordId, CallbackId, HandoverId, InquiryId, PassId, StaffId},
    line_notice::{LineDoes, NewLineNotice},
    mark::{Mark, MarkCode, MarkedWay},
    pace::Limits,
    pass::{Pass, PassFor, PassOf},
    remembered::{Accommodation, Remembered},
    revision::Subject,
    second::Proofs,
    session::Scope,
    slots::{Pool, SlotKey},
    text::{Lang, Text},
    urgency::Urgency,
    wait::Choice,
};
use jiff::SignedDuration;
use notices::Sender;
use std::path::Path;
use store::{
    StoreError,
    moving::{End, MoveError, Part, Row, Source, Value},
};
use store_postgres::testing::shared;

fn at(url: &str) -> Address {
    Address::parse(url).unwrap()
}

/// A desk over a store elsewhere, with the data folder's key.
async fn over(dir: &Path, url: &str) -> Installation {
    let sender = Sender { address: "no-reply@agency.example".into(), domain: "agency.example".into() };
    let made = Made {
        data: dir,
        store: &Stored { at: at(url), old: OldSchema::Refuse },
        pack: packs::uscis().unwrap(),
        cases: &crate::config::Cases::File,
        mail: &Mail { sender, way: MailWay::Folder(dir.join("mail")) },
        texts: None,
        staff: crate::config::StaffRules::default(),
        public_url: "http://127.0.0.1:8080",
        chance: [5; 32],
    };
    Installation::open(made).await.unwrap()
}

async fn copied(from: &str, into: &str) -> Result<(), Faults> {
    run(&StoreCopy { from: from.into(), into: into.into() }).await
}

async fn rows(source: &mut dyn Source, part: Part) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    loop {
        // Pages of another size than the copy's.
        let page = source.page(part, rows.last(), 77).await.unwrap();
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// Every row of every part, compared; the parts that have none.
async fn same(one: &str, other: &str) -> Vec<&'static str> {
    let mut sources = [at(one).source().await.unwrap(), at(other).source().await.unwrap()];
    let mut empty = Vec::new();
    for part in Part::ALL {
        let mut found = Vec::new();
        for source in &mut sources {
            found.push(rows(&mut **source, part).await);
        }
        assert!(found[0] == found[1], "{}", part.name());
        if found[0].is_empty() {
            empty.push(part.name());
        }
    }
    for source in sources {
        source.close().await;
    }
    let mut proved = Vec::new();
    for url in [one, other] {
        let store = at(url).look().await.unwrap();
        proved.push(store.verify_journal().await.unwrap());
        assert_eq!(store.check().await.unwrap(), [], "{url}");
        store.close().await;
    }
    assert_eq!(proved[0], proved[1]);
    assert_eq!(proved[0].broken, None);
    empty
}

/// Weeks of an agency's life, with a token and an imported table.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_moves_to_postgresql_and_back_to_the_letter() {
    let now = "2026-11-24T17:35:00Z";
    let (dir, installation, ..) = demo::tests::told_at(now).await;
    let (desk, now) = (&installation.desk, now.parse().unwrap());
    let officer = desk.store().staff_named("m.ortega").await.unwrap();
    let officer = officer.unwrap_or(desk.store().all_staff().await.unwrap().remove(0));
    let operator = officer.id;
    let caller = Caller::new(Who::Staff(Box::new(officer)), IdempotencyKey::of("test", "token"), now);
    let until = now + SignedDuration::from_hours(48);
    let ask = CreateToken { name: "nightly".into(), scopes: [Scope::Read].into(), until, within: None };
    desk.create_token(&caller, &ask).await.unwrap();
    let zips = TableFile {
        name: "zips.csv".into(),
        content: b"ZipCode,IsRetired,FieldOfficeDesignation\n94105,no,SNJ\n".to_vec(),
    };
    desk.import_zips(&at_the_terminal(desk, "import"), &zips, Run::Write).await.unwrap();
    let limits = Limits { per_second: 5, burst: 1, per_day: 100, zone: jiff::tz::TimeZone::UTC };
    desk.store().take_turn("register", &limits, now, SignedDuration::ZERO).await.unwrap();
    let take = HookAct::Take { lease: SignedDuration::from_secs(60) };
    desk.store().hook("register", take, now).await.unwrap();
    let node = desk.begin_line(&at_the_terminal(desk, "line")).await.unwrap();
    let join = JoinWait {
        queue: "operators".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550101".parse().unwrap()),
        first_asked: None,
        node: Some(node.id),
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    desk.join_wait(&at_the_terminal(desk, "join"), &join).await.unwrap();
    let ready = OperatorState { choice: Choice::Ready, node: None };
    desk.set_operator_state(&at_the_terminal(desk, "ready"), operator, &ready).await.unwrap();
    let number = "2025550101".parse().unwrap();
    let phone = desk.links().phone_key(&number);
    let call = CallRecordId::new(now, &desk.dice().chance());
    let mut call = CallRecord::begin(call, Way::In, now);
    call.phone = Some(phone.clone());
    let chosen = Remembered { phone, lang: Lang::es(), accommodation: Accommodation::Relay, seen: now };
    desk.keep_calls(&at_the_terminal(desk, "calls"), &[call], &[chosen]).await.unwrap();
    let new = NewLineNotice {
        does: LineDoes::Opens,
        queue: None,
        text: Text::default(),
        because: "after the storm".to_owned(),
        from: None,
        until: SystemClock.now() + SignedDuration::from_hours(2),
    };
    desk.announce_line(&at_the_terminal(desk, "announce"), &new).await.unwrap();
    let proofs = Proofs { recovery: ["a hash".to_owned()].into(), ..Proofs::none(operator).next() };
    let mut change = Change::new(at_the_terminal(desk, "proofs").command());
    change.writes.push(Write::Proofs(Box::new(proofs)));
    let key = FederatedKey::of("https://id.agency.example", "7");
    let code = MarkCode::from_mac(7);
    change.writes.push(Write::Mark(Mark { code, way: MarkedWay::Text, at: now }));
    let pass = PassId::new(now, &desk.dice().chance());
    let pass = Pass::begin(pass, "a hash".to_owned(), PassOf::Staff(operator), PassFor::Calendar, now);
    change.writes.push(Write::Pass(Box::new(pass)));
    change.writes.push(Write::Texting { phone: desk.links().phone_key(&number), stopped: Some(now) });
    change.writes.push(Write::Federated(Federated { key, staff: operator }));
    let (other, drawn) = (desk.dice().chance(), desk.dice().chance());
    let number = domain::number::InquiryNumber::from_chance(7);
    let (inquiry, callback) = (InquiryId::new(now, &other), CallbackId::new(now, &other));
    let handed = HandedCall { inquiry, number, callback, came: None };
    let until = now + SignedDuration::from_hours(2);
    let (whose, because) = (Whose::Officer { officer: operator }, "A fever.".to_owned());
    let ask = NewHandover { whose, from: now, until, target: Target::Pool, because };
    let by = domain::actor::Actor::system("test");
    let (handover, _) = Handover::propose(HandoverId::new(now, &drawn), ask, vec![handed], by, now).unwrap();
    change.writes.push(Write::Handover(Box::new(handover)));
    desk.store().commit(change).await.unwrap();
    let both = [Lang::en(), Lang::es()].map(|lang| (lang, "Snow.".to_owned()));
    let until = SystemClock.now() + SignedDuration::from_hours(26);
    let from = until - SignedDuration::from_hours(2);
    let close = PlanClosing { office: "LOS".parse().unwrap(), from, until, why: Text::new(both) };
    desk.plan_closing(&at_the_terminal(desk, "closing"), &close).await.unwrap();
    desk.begin_revision(&at_the_terminal(desk, "policy"), &Subject::Policy(DecisionKind::Need), "2026-01")
        .await
        .unwrap();
    installation.store.close().await;

    let file = format!("sqlite:{}", data::store_file(dir.path()).display());
    let name = shared().empty().await;
    let database = shared().url(&name);
    let back = format!("sqlite:{}", dir.path().join("back.db").display());
    copied(&file, &database).await.unwrap();
    assert_eq!(same(&file, &database).await, ["draft"], "the parts that prove nothing here");
    // Not when the server comes to it: its first reader is not to wait for every document to be read past.
    assert!(shared().settled_pages(&name).await > 0);
    copied(&database, &back).await.unwrap();
    same(&file, &back).await;

    // Neither takes it twice.
    for into in [&database, &back] {
        let told = copied(&file, into).await.unwrap_err().to_string();
        assert!(told.contains("is not empty: there are rows in person"), "{told}");
    }

    // Life goes on in both: counters stand behind what was moved, and work that was due is done.
    for url in [&database, &back] {
        let over = over(dir.path(), url).await;
        let worker = Worker { name: "test".into() };
        let later = now + SignedDuration::from_hours(2);
        assert!(over.desk.run_due(&worker, later).await.unwrap().done > 0, "{url}");
        over.store.commit(held(&over.desk, later)).await.unwrap();
        assert_eq!(over.store.check().await.unwrap(), []);
        over.store.close().await;
    }
}

/// A hold in a slot that nobody had a place in, and an officer's time for it.
fn held(desk: &desk::Desk, at: jiff::Timestamp) -> Change {
    let mut change = Change::new(at_the_terminal(desk, "test").command());
    let holder = CallbackId::new(at, &[7; 10]).into();
    let slot = SlotKey {
        office: "LOS".parse().unwrap(),
        service: "counter".parse().unwrap(),
        start: at + SignedDuration::from_hours(24 * 900),
        pool: Pool::Officer,
    };
    let end = slot.start + SignedDuration::from_mins(15);
    change.busy.push(Busy { officer: StaffId::new(at, &[8; 10]), holder, start: slot.start, end });
    change.claims.push(Claim { slot, holder, capacity: 1, expires: Some(at + SignedDuration::from_mins(5)) });
    change
}

/// A source that goes wrong at a part.
struct Wrong {
    of: Box<dyn Source>,
    at: Part,
    by: By,
}

#[derive(Clone)]
enum By {
    /// It fails.
    Failing,
    /// A text is not what it was.
    Changing,
    /// Somebody writes meanwhile.
    Writing(Box<desk::Desk>),
}

#[async_trait]
impl Source for Wrong {
    async fn page(&mut self, part: Part, after: Option<&Row>, limit: u32) -> Result<Vec<Row>, StoreError> {
        let mut page = self.of.page(part, after, limit).await?;
        if part == self.at && after.is_none() {
            match &self.by {
                By::Failing => return Err(StoreError::Busy),
                By::Changing => {
                    let text = page[0].iter_mut().find_map(|value| match value {
                        Value::Text(text) => Some(text),
                        _ => None,
                    });
                    text.unwrap().push(' ');
                }
                By::Writing(desk) => staff(desk, "late").await,
            }
        }
        Ok(page)
    }

    async fn end(&mut self) -> Result<End, StoreError> {
        self.of.end().await
    }

    async fn end_now(&mut self) -> Result<End, StoreError> {
        self.of.end_now().await
    }

    async fn close(self: Box<Self>) {
        self.of.close().await;
    }
}

async fn staff(desk: &desk::Desk, name: &str) {
    let staff = desk::acts::NewStaff {
        sign_in: name.into(),
        name: "Sam Poe".into(),
        roles: vec![domain::actor::Role::Officer],
        office: None,
        langs: vec![],
        password: domain::actor::PasswordHash("none".into()),
    };
    let caller = Caller::new(Who::System("test"), IdempotencyKey::of("test", name), SystemClock.now());
    desk.import_staff(&caller, vec![staff]).await.unwrap();
}

/// Whatever goes wrong, the target is as empty as before, and takes the next try.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_moved_whole_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation::bare(dir.path()).await.unwrap();
    staff(&installation.desk, "early").await;
    let file = format!("sqlite:{}", data::store_file(dir.path()).display());
    let first = shared().url(&shared().empty().await);
    copied(&file, &first).await.unwrap();
    let on_pg = over(dir.path(), &first).await;
    let targets =
        [shared().url(&shared().empty().await), format!("sqlite:{}", dir.path().join("new.db").display())];
    for (from, desk, into) in [(&file, &installation.desk, &targets[0]), (&first, &on_pg.desk, &targets[1])] {
        for (part, by) in [
            (Part::Journal, By::Failing),
            (Part::Journal, By::Changing),
            (Part::Command, By::Writing(Box::new(desk.clone()))),
        ] {
            let mut source = Wrong { of: at(from).source().await.unwrap(), at: part, by: by.clone() };
            let target = at(into).target().await.unwrap();
            let met = moving::all(&mut source, target, |_| {}).await.unwrap_err();
            Box::new(source).close().await;
            match by {
                By::Failing => assert!(matches!(met, MoveError::Store(StoreError::Busy)), "{met:?}"),
                By::Changing => assert!(matches!(met, MoveError::Journal(seq) if seq.0 == 1), "{met:?}"),
                By::Writing(_) => assert!(matches!(met, MoveError::Written), "{met:?}"),
            }
        }
        copied(from, into).await.unwrap();
        same(from, into).await;
    }
    installation.store.close().await;
    on_pg.store.close().await;
}

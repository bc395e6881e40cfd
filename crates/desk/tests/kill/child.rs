//! The process that is killed: people who ask, officers and clerks who work, and the work that falls due, all at once and
//! as fast as they can.

use crate::{
    common::press,
    order::{Line, Order, What},
};
use cases::ImportedCases;
use desk::{Caller, Desk, Dice, Links, Parts, Site, Who, Worker, acts::PlanClosing};
use domain::{
    change::IdempotencyKey,
    codes::OfficeCode,
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    slots::Opening,
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp};
use locale::{Overrides, Words};
use notices::{Mailer, Press, Sender, Texts};
use pack::{Files, Pack};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex},
};
use store::Store;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

/// What the child is to do, in its environment.
pub const WORK: &str = "ANTEROOM_KILL_WORK";

/// What is said when something was acknowledged.
pub const DONE: &str = "done";

/// So many people and members of staff at once.
const TASKS: u32 = 8;

/// Read once by whoever proves, who opens the store a hundred times.
static PACK: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis");
    Arc::new(Pack::load(&Files::read_dir(&folder).unwrap()).unwrap().0)
});
static PRESS: LazyLock<Arc<Press>> = LazyLock::new(press);
static WORDS: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::load(&Overrides::none()).unwrap()));

/// One life of the process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Life {
    /// `sqlite:FILE` or a URL of PostgreSQL's.
    pub store: String,
    /// Where mail goes.
    pub mail: PathBuf,
    /// Where texts go.
    pub texts: PathBuf,
    /// Where it is written down what was tried and what was done.
    pub log: PathBuf,
    /// Which life it is.
    pub round: u32,
    /// What its chance is made from. Whoever proves has other chance than whoever was killed: their identifiers must not
    /// meet.
    pub seed: u64,
}

impl Life {
    /// When it is, in this life. Four hours lie between two lives, so that what one leaves falls due in the next.
    pub fn now(&self) -> Timestamp {
        let monday: Timestamp = "2026-11-30T14:00:00Z".parse().unwrap();
        monday + SignedDuration::from_hours(4 * i64::from(self.round))
    }

    /// Opens the store and puts a desk around it.
    pub async fn open(&self) -> Desk {
        let store: Arc<dyn Store> = if let Some(file) = self.store.strip_prefix("sqlite:") {
            Arc::new(SqliteStore::open(file, store_sqlite::Options::default()).await.unwrap())
        } else {
            Arc::new(PostgresStore::open(&self.store, store_postgres::Options::default()).await.unwrap())
        };
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_be_bytes());
        seed[8..12].copy_from_slice(&self.round.to_be_bytes());
        Desk::new(Parts {
            cases: Arc::new(ImportedCases::new(Arc::clone(&store))),
            store,
            pack: Arc::clone(&PACK),
            mailer: Arc::new(Mailer::drop_into(&self.mail).unwrap()),
            words: Arc::clone(&WORDS),
            links: Arc::new(Links::new([7; 32])),
            dice: Arc::new(Dice::new(seed)),
            site: Site {
                base: "https://help.agency.example".into(),
                sender: Sender { address: "no-reply@agency.example".into(), domain: "agency.example".into() },
            },
        })
        .with_texts(Some(Arc::new(Texts::drop_into(&self.texts).unwrap())))
        .with_press(Some(Arc::clone(&PRESS)))
    }
}

/// Is this process the one to be killed?
pub fn asked() -> bool {
    std::env::var_os(WORK).is_some()
}

/// Works until it is killed, or whoever started it is gone.
pub async fn work() {
    std::thread::spawn(|| {
        // Nothing is ever said on this line: it ends when the other end does.
        drop(std::io::stdin().read(&mut [0]));
        std::process::exit(1);
    });
    let life: Life = serde_json::from_str(&std::env::var(WORK).unwrap()).unwrap();
    let desk = life.open().await;
    let log = Arc::new(Log::open(&life.log));
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..TASKS {
        let hand = Hand { desk: desk.clone(), life: life.clone(), log: Arc::clone(&log), task };
        tasks.spawn(hand.work());
    }
    tasks.spawn(manager(desk.clone(), life.clone()));
    let now = life.now();
    tasks.spawn(async move {
        let worker = Worker { name: format!("life-{}", life.round) };
        for n in 0_u32.. {
            desk.run_due(&worker, now).await.unwrap();
            // Now and then the print room says that its batch is in the post.
            if n % 50 == 49 {
                let key = IdempotencyKey::of("posted", format!("{}-{n}", life.round));
                desk.post_letters(&Caller::new(Who::System("kill"), key, now), now).await.unwrap();
            }
            tokio::task::yield_now().await;
        }
    });
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
}

/// Closes two hours of an office in the middle of it all, and half the time opens them again.
async fn manager(desk: Desk, life: Life) {
    let now = life.now();
    let chance = |below| i64::from(desk.dice().number() % below);
    let office: OfficeCode = ["LOS", "NYC"][usize::try_from(life.round % 2).unwrap()].parse().unwrap();
    let date = desk.pack().office(&office).unwrap().zone().date(now);
    let date = date.checked_add(jiff::Span::new().days(1 + chance(7))).unwrap();
    let from = desk.day_of(&office, date).unwrap().0 + SignedDuration::from_hours(8 + chance(6));
    let why = Text::new([(Lang::en(), "No power.".to_owned()), (Lang::es(), "Sin luz.".to_owned())]);
    let ask = PlanClosing { office, from, until: from + SignedDuration::from_hours(2), why };
    let caller = |what| Caller::new(Who::System("manager"), IdempotencyKey::of(what, life.round), now);
    // Others take what was found, or have closed that time already: then it is left at that.
    let Ok(plan) = desk.plan_closing(&caller("plan"), &ask).await else { return };
    if desk.close_day(&caller("close"), plan.id).await.is_err() {
        return;
    }
    for _ in 0..chance(400) {
        tokio::task::yield_now().await;
    }
    if chance(2) == 0 {
        drop(desk.undo_closing(&caller("undo"), plan.id).await);
    }
}

/// Lines that are with the operating system as soon as they are written, as acknowledgements on a wire would be.
struct Log(Mutex<File>);

impl Log {
    fn open(path: &Path) -> Self {
        Self(Mutex::new(OpenOptions::new().create(true).append(true).open(path).unwrap()))
    }

    fn write(&self, line: &Line) {
        let mut text = serde_json::to_vec(line).unwrap();
        text.push(b'\n');
        self.0.lock().unwrap().write_all(&text).unwrap();
    }
}

/// One of those who are at work.
struct Hand {
    desk: Desk,
    life: Life,
    log: Arc<Log>,
    task: u32,
}

impl Hand {
    fn chance(&self, below: usize) -> usize {
        usize::try_from(self.desk.dice().number()).unwrap() % below.max(1)
    }

    async fn work(self) {
        // What earlier lives left is shared out by identifier.
        let left = self.desk.store().live_inquiries(None, 500).await.unwrap();
        let mut mine: Vec<InquiryId> = left
            .iter()
            .map(|inquiry| inquiry.id)
            .filter(|id| id.uuid().as_u128() % u128::from(TASKS) == u128::from(self.task))
            .collect();
        for n in 0_u32.. {
            let what = if mine.is_empty() || self.chance(3) == 0 {
                Some(self.ask(n))
            } else {
                let at = self.chance(mine.len());
                match self.desk.store().inquiry(mine[at]).await.unwrap() {
                    Some(inquiry) if inquiry.is_live() => self.next(&inquiry).await,
                    _ => {
                        mine.swap_remove(at);
                        continue;
                    }
                }
            };
            let Some((by, what)) = what else { continue };
            let key = format!("{}-{}-{n}", self.life.round, self.task);
            let order = Order { key, at: self.life.now(), by: by.map(str::to_owned), what };
            self.log.write(&Line::Try(order.clone()));
            match order.give(&self.desk).await {
                Some(done) => {
                    if let What::Ask { .. } = order.what {
                        mine.push(done.answer["inquiry"].as_str().unwrap().parse().unwrap());
                    }
                    self.log.write(&Line::Done { key: order.key, seq: done.seq.0, answer: done.answer });
                    // The parent counts these.
                    println!("\n{DONE}");
                }
                None => self.log.write(&Line::Refused { key: order.key }),
            }
        }
    }

    fn ask(&self, n: u32) -> (Option<&'static str>, What) {
        let given = format!("Ana{}x{}x{n}", self.life.round, self.task);
        let reason = ["immigration-judge-grant", "case-question", "proof-of-status"][self.chance(3)];
        let zip = ["90012", "10001"][self.chance(2)];
        (None, What::Ask { given, reason: reason.into(), zip: zip.into() })
    }

    /// What comes next for an inquiry, by its stage.
    async fn next(&self, inquiry: &Inquiry) -> Option<(Option<&'static str>, What)> {
        let id = inquiry.id;
        let officer = Some(["m.ortega", "j.lee"][self.chance(2)]);
        if self.chance(12) == 0 {
            return Some((None, What::Withdraw { inquiry: id }));
        }
        Some(match &inquiry.stage {
            Stage::Review { .. } | Stage::Unreached { .. } => {
                let start = self.window(inquiry).await?;
                let owner = match self.chance(2) {
                    0 => Some(self.desk.store().staff_named("m.ortega").await.unwrap().unwrap().id),
                    _ => None,
                };
                (officer, What::Promise { inquiry: id, start, owner })
            }
            Stage::Promised(_) if self.chance(4) == 0 => {
                (None, What::MoveCall { inquiry: id, start: self.window(inquiry).await? })
            }
            Stage::Promised(_) => (officer, What::Call { inquiry: id }),
            Stage::Calling { officer, .. } => {
                let caller = self.desk.store().staff(*officer).await.unwrap().unwrap();
                let name = ["m.ortega", "j.lee"].into_iter().find(|name| *name == caller.sign_in);
                (name, What::Reached { inquiry: id })
            }
            Stage::Spoken { .. } => (officer, What::Visit { inquiry: id }),
            Stage::ToBook { .. } => {
                let place = self.place(inquiry).await?;
                (
                    officer,
                    What::Book { inquiry: id, office: place.office, start: place.start, pool: place.pool },
                )
            }
            Stage::Booked(visit) if visit.start > self.life.now() + SignedDuration::from_hours(1) => {
                let place = self.place(inquiry).await?;
                let (office, start, pool) = (place.office, place.start, place.pool);
                (officer, What::MoveVisit { inquiry: id, office, start, pool })
            }
            Stage::Booked(visit) => (Some(clerk(visit.office.as_str())), What::CheckIn { inquiry: id }),
            Stage::CheckedIn { appointment, .. } => {
                (Some(clerk(appointment.office.as_str())), What::Served { inquiry: id })
            }
            Stage::Papers { .. } | Stage::Closed { .. } => return None,
        })
    }

    async fn window(&self, inquiry: &Inquiry) -> Option<Timestamp> {
        let windows = self.desk.windows(inquiry, self.life.now(), 12).await.unwrap();
        windows.get(self.chance(windows.len())).map(|offer| offer.window.start)
    }

    async fn place(&self, inquiry: &Inquiry) -> Option<Opening> {
        let places = self.desk.places(inquiry, None, self.life.now()).await.ok()?;
        places.all.get(self.chance(places.all.len().min(40))).cloned()
    }
}

fn clerk(office: &str) -> &'static str {
    if office == "NYC" { "clerk.nyc" } else { "clerk.los" }
}

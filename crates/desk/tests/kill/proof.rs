//! Kills, and proves afterwards.

use crate::{
    child::{DONE, Life, WORK},
    common::staff,
    order::{Line, Order},
};
use desk::{Caller, Desk, Who, Worker};
use domain::{
    change::IdempotencyKey,
    ids::{InquiryId, NoticeId},
    journal::Seq,
    notice::{Carrier, Delivery},
};
use jiff::SignedDuration;
use rand::{RngExt, SeedableRng, rngs::ChaCha20Rng};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

const KILLS: u32 = 50;

/// What is said once for each time it happens, under the name of both.
const ANNOUNCED: [&str; 7] = [
    "request-received",
    "callback-promised",
    "callback-moved",
    "appointment-booked",
    "appointment-moved",
    "day-closed",
    "day-reopened",
];

/// What a closing does to a visit follows its entry, and is told by the one message of it.
const BY_CLOSING: usize = 3;

/// Fifty lives on one store.
pub struct Trial {
    test: &'static str,
    life: Life,
    chance: ChaCha20Rng,
    done: BTreeMap<String, (Order, u64, serde_json::Value)>,
    in_flight: u32,
    done_unheard: u32,
}

/// What one life left in its log.
#[derive(Default)]
struct Left {
    done: Vec<(Order, u64, serde_json::Value)>,
    in_flight: Vec<Order>,
}

impl Trial {
    pub fn new(test: &'static str, store: String, dir: &Path) -> Self {
        // The moments of death are the operating system's in any case; the seed repeats what was tried until then.
        let seed = std::env::var("ANTEROOM_KILL_SEED")
            .map_or_else(|_| RandomState::new().hash_one(test), |seed| seed.parse().unwrap());
        eprintln!("ANTEROOM_KILL_SEED={seed}");
        let life = Life {
            store,
            mail: dir.join("mail"),
            texts: dir.join("texts"),
            log: dir.join("log"),
            round: 0,
            seed,
        };
        let chance = ChaCha20Rng::seed_from_u64(seed);
        Self { test, life, chance, done: BTreeMap::new(), in_flight: 0, done_unheard: 0 }
    }

    pub async fn fifty_kills(mut self) {
        let desk = &self.open().await;
        let key = IdempotencyKey::of("kill", "staff");
        let caller = Caller::new(Who::System("kill"), key, self.life.now());
        desk.import_staff(&caller, staff()).await.unwrap();
        desk.store().close().await;
        let mut least = 0;
        for round in 1..=KILLS {
            self.life.round = round;
            self.life.log.set_file_name(format!("log-{round}"));
            let child = self.begin();
            // Most die at work, some while they are still opening the store.
            let (enough, wait) = match round % 7 {
                0 => (0, self.chance.random_range(0..300_000)),
                _ => (self.chance.random_range(1..=15), self.chance.random_range(0..5_000)),
            };
            least += enough;
            let wait = Duration::from_micros(wait);
            tokio::task::spawn_blocking(move || kill(child, enough, wait)).await.unwrap();
            self.prove().await;
        }
        self.at_the_end().await;
        eprintln!(
            "{}: {} orders acknowledged, {} in flight when killed, {} of those were done",
            self.test,
            self.done.len(),
            self.in_flight,
            self.done_unheard
        );
        assert!(self.done.len() >= least, "{least} orders were acknowledged, and fewer are known");
        assert!(self.in_flight > 0, "nothing was under way when the process died");
    }

    fn begin(&self) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args([self.test, "--exact", "--nocapture"])
            .env(WORK, serde_json::to_string(&self.life).unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The desk for whoever proves.
    async fn open(&self) -> Desk {
        Life { seed: !self.life.seed, ..self.life.clone() }.open().await
    }

    /// The store is opened again, and everything is as it was acknowledged.
    async fn prove(&mut self) {
        let round = self.life.round;
        let left = left_in(&self.life.log);
        let desk = &self.open().await;
        assert_eq!(desk.store().check().await.unwrap(), [], "round {round}");
        let end = desk.store().journal_end().await.unwrap();
        for (order, seq, answer) in left.done {
            assert!(seq <= end.0, "round {round}: entry {seq} of {order:?} is lost");
            same(desk, &order, seq, &answer).await;
            self.done.insert(order.key.clone(), (order, seq, answer));
        }
        for order in left.in_flight {
            self.in_flight += 1;
            let before = order.known(desk).await;
            let end = desk.store().journal_end().await.unwrap();
            let Some(given) = order.give(desk).await else {
                assert!(
                    before.is_none(),
                    "round {round}: {order:?} was done, and refused when it was repeated"
                );
                continue;
            };
            if let Some(before) = before {
                self.done_unheard += 1;
                assert_eq!((given.seq, &given.answer), (before.seq, &before.answer), "{order:?}");
                assert_eq!(desk.store().journal_end().await.unwrap(), end, "{order:?} was done twice");
            }
            // And once more, now that it is known to be done.
            order.give(desk).await.unwrap();
            same(desk, &order, given.seq.0, &given.answer).await;
            self.done.insert(order.key.clone(), (order, given.seq.0, given.answer));
        }
        desk.store().close().await;
    }

    /// Everything that is due is done; then every order is still answered as it was, and every message was sent once.
    async fn at_the_end(&mut self) {
        self.life.round += 1;
        let desk = &self.open().await;
        for (order, seq, answer) in self.done.values() {
            same(desk, order, *seq, answer).await;
        }
        // Later by half a day, so that no lease of a dead worker stands, and at an hour at which texts are sent in both zones.
        let now = self.life.now() + SignedDuration::from_hours(14);
        let report = desk.run_due(&Worker { name: "last".into() }, now).await.unwrap();
        assert_eq!(report.failed, 0);
        for batch in 0.. {
            let key = |what: &str| IdempotencyKey::of(what, format!("last-{batch}"));
            let caller = |what| Caller::new(Who::System("kill"), key(what), now);
            if desk.letters(&caller("look"), now).await.unwrap().is_empty() {
                break;
            }
            desk.post_letters(&caller("posted"), now).await.unwrap();
        }
        assert_eq!(desk.store().check().await.unwrap(), []);
        let (mut by, mut again) = (BTreeMap::new(), 0);
        for inquiry in inquiries(desk).await {
            let story = desk.store().story(inquiry).await.unwrap();
            let acts: Vec<serde_json::Value> =
                story.iter().map(|e| serde_json::to_value(&e.entry.happened).unwrap()).collect();
            let notices = desk.store().notices(inquiry).await.unwrap();
            let reach = desk.store().inquiry(inquiry).await.unwrap().unwrap().reach;
            let ways = if reach.texts { 2 } else { 1 };
            for what in ANNOUNCED {
                let told_so =
                    |act: &&serde_json::Value| act["act"] == "day-closed" || act["act"] == "day-reopened";
                let alone = |(n, act): &(usize, &serde_json::Value)| {
                    let before = &acts[n.saturating_sub(BY_CLOSING)..*n];
                    let closing =
                        before.iter().rev().take_while(|act| act["act"] != "notice-queued").find(told_so);
                    act["act"] == what && closing.is_none()
                };
                let happened = acts.iter().enumerate().filter(alone).count();
                let told = notices.iter().filter(|notice| notice.kind.as_str() == what).count();
                assert_eq!(told, happened * ways, "{inquiry}: {what} was announced so often");
            }
            for notice in &notices {
                let handed = acts
                    .iter()
                    .filter(|act| act["act"] == "notice-sent" && act["notice"] == notice.id.to_string());
                let attempts: Vec<u64> = handed.map(|act| act["attempt"].as_u64().unwrap()).collect();
                match &notice.delivery {
                    Delivery::Sent { .. } => {
                        assert_eq!(attempts.len(), 1, "{} was sent so often", notice.id);
                        again += u32::from(attempts[0] > 1);
                        by.entry(notice.by).or_insert(BTreeSet::new()).insert(notice.id);
                    }
                    Delivery::Dropped { .. } => {
                        assert!(attempts.is_empty(), "{} was dropped and sent", notice.id);
                    }
                    other => panic!("{} of {inquiry} is {other:?}", notice.id),
                }
            }
        }
        // What lies with each carrier is what was sent, each under the one name of its notice.
        let mut of = |carrier| by.remove(&carrier).unwrap_or_default();
        let (mail, texts, letters) = (of(Carrier::Email), of(Carrier::Text), of(Carrier::Post));
        assert_eq!(carried(&self.life.mail), mail);
        assert_eq!(texted(&self.life.texts), texts);
        assert!(!mail.is_empty() && !texts.is_empty() && !letters.is_empty());
        eprintln!(
            "{}: {} messages, {} texts and {} letters, {again} of them begun by more than one life",
            self.test,
            mail.len(),
            texts.len(),
            letters.len()
        );
        desk.store().close().await;
    }
}

/// Kills the child a moment after it has had so much acknowledged.
fn kill(mut child: Child, enough: usize, after: Duration) {
    // Held to the end: a child that speaks to nobody would end by itself.
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let done = lines.by_ref().map(Result::unwrap).filter(|line| line == DONE).take(enough).count();
    assert_eq!(done, enough, "the child ended by itself");
    std::thread::sleep(after);
    assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
}

fn left_in(log: &PathBuf) -> Left {
    let mut tried = BTreeMap::new();
    let mut left = Left::default();
    // A life that died while it opened the store has left none.
    let text = std::fs::read_to_string(log).unwrap_or_default();
    // What stands behind the last line's end was cut off by the kill.
    for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        match serde_json::from_str(line).unwrap() {
            Line::Try(order) => drop(tried.insert(order.key.clone(), order)),
            Line::Done { key, seq, answer } => left.done.push((tried.remove(&key).unwrap(), seq, answer)),
            Line::Refused { key } => drop(tried.remove(&key).unwrap()),
        }
    }
    left.in_flight = tried.into_values().collect();
    left
}

/// The order is answered as it was.
async fn same(desk: &Desk, order: &Order, seq: u64, answer: &serde_json::Value) {
    let known = order.known(desk).await.unwrap_or_else(|| panic!("{order:?} was acknowledged and is lost"));
    assert_eq!((known.seq, &known.answer), (Seq(seq), answer), "{order:?}");
}

/// Every inquiry that the journal names.
async fn inquiries(desk: &Desk) -> BTreeSet<InquiryId> {
    let mut all = BTreeSet::new();
    let mut after = Seq(0);
    loop {
        let entries = desk.store().journal(after, 500).await.unwrap();
        let Some(last) = entries.last() else { return all };
        after = last.seq;
        all.extend(entries.iter().filter_map(|entry| entry.entry.inquiry));
    }
}

/// The notices whose messages lie in the folder, by the messages' own names.
fn carried(mail: &Path) -> BTreeSet<NoticeId> {
    let mut all = BTreeSet::new();
    for entry in std::fs::read_dir(mail).unwrap() {
        let path = entry.unwrap().path();
        // A message that was cut off while it was written has not been sent, and no name yet.
        if path.extension().is_some_and(|kind| kind == "part") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("Message-ID: <")).unwrap();
        let id: NoticeId = name.split('@').next().unwrap().parse().unwrap();
        assert!(path.ends_with(format!("{id}.eml")), "{} holds the message {id}", path.display());
        assert!(all.insert(id), "{id} was sent twice");
    }
    all
}

/// The notices whose texts lie in the folder; a file has the name of its notice, so that none lies there twice.
fn texted(texts: &Path) -> BTreeSet<NoticeId> {
    let files = std::fs::read_dir(texts).unwrap().map(|entry| entry.unwrap().path());
    let whole = files.filter(|path| path.extension().is_some_and(|kind| kind == "txt"));
    whole.map(|path| path.file_stem().unwrap().to_str().unwrap().parse().unwrap()).collect()
}

//! Ten thousand machines and a thousand people want the places that an office still lets people choose themselves.
//!
//! Each machine has an address of its own, four of them a network, invents a person and fills in the whole form. One in twenty also
//! does the work that a browser is asked for; none can read what is sent to the address that it made up. A person does the work, and
//! opens the link that was sent to them.

use crate::{
    chance::Chance,
    client::{Ask, Line},
    report::Report,
    server::Server,
};
use anyhow::{Context, Result, ensure};
use desk::{Links, Work};
use domain::slots::{Pool, slots};
use hyper::{StatusCode, header};
use jiff::{Timestamp, ToSpan};
use pack::{Files, Office, Pack};
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const WHERE: &str = "SQLite";
/// How many there are.
const MACHINES: usize = 10_000;
const PEOPLE: usize = 1_000;
/// How many are at it at the same moment.
const AT_ONCE: usize = 220;
/// One machine in so many does the work.
const WORKS: usize = 20;
/// How often somebody tries another place when one has gone.
const TRIES: usize = 5;
/// What the form asks, page by page.
const STEPS: [(&str, &str); 14] = [
    ("zip", "zip=90012"),
    ("reason", "reason=other"),
    ("first", ""),
    ("ask/letter_asks_visit", "ask_letter_asks_visit=no"),
    ("ask/asked_before", "ask_asked_before=no"),
    ("ask/cannot_wait", "ask_cannot_wait=no"),
    ("words", "words=My+card+never+came."),
    ("papers", ""),
    ("times", ""),
    ("you", "given=Given{n}&family=Invented{n}&born_month=2&born_day=3&born_year=1980"),
    ("reach", "phone=213555{last}&email=person-{n}%40example.org&lang=en"),
    ("call", "phrase=blue+river"),
    ("help", ""),
    ("behalf", "behalf=no"),
];

/// The pack, but the office at which the rest is measured lets people choose their times; what it has of them.
pub fn pack(from: &Path, to: &Path, now: Timestamp) -> Result<Vec<Timestamp>> {
    crate::copy(from, to)?;
    let offices = to.join("offices.csv");
    let text = fs::read_to_string(&offices)?;
    let row = "America/Los_Angeles,large,no,,LOS";
    let last = now.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(60.days());
    let open = text.replacen(row, &format!("America/Los_Angeles,large,no,{last},LOS"), 2);
    ensure!(open != text, "the pack's offices have changed: none is like Los Angeles");
    fs::write(&offices, open)?;
    let (pack, _) = Pack::load(&Files::read_dir(to)?)
        .map_err(|faults| anyhow::anyhow!("the pack is refused: {}", faults.len()))?;
    let office = pack.office(&crate::OFFICE.parse()?).context("no such office")?;
    Ok(places(office, pack.line().visits.horizon_days, now))
}

fn places(office: &Office, days: u16, now: Timestamp) -> Vec<Timestamp> {
    let today = office.calendar.zone.date(now);
    let last = today.saturating_add(i64::from(days).days());
    slots(&office.plan, &office.calendar, today.saturating_add(8.days()), last)
        .into_iter()
        .filter(|slot| slot.service.as_str() == "counter")
        .flat_map(|slot| {
            let many = usize::try_from(slot.capacity_in(Pool::SelfScheduled)).unwrap_or(0);
            std::iter::repeat_n(slot.start, many)
        })
        .collect()
}

/// What came of everybody's tries.
#[derive(Debug, Default)]
struct Came {
    /// Requests that were taken at once, and after work.
    at_once: usize,
    worked: usize,
    /// Requests that were not taken.
    held: usize,
    /// Times that were chosen.
    chosen: usize,
    /// How long those took who got a time, from their first page on.
    took: Vec<Duration>,
}

/// Somebody who wants a place.
struct Wanting {
    n: usize,
    person: bool,
    line: Line,
    cookies: BTreeMap<String, String>,
    from: String,
    links: Arc<Links>,
    places: Arc<Vec<Timestamp>>,
    chance: Chance,
}

impl Wanting {
    async fn send(&mut self, path: &str, body: String) -> Result<crate::client::Answer> {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = self.line.whole(&Ask::person(path, &self.from, jar.join("; ")).with_form(body)).await?;
        for set in answer.head.get_all(header::SET_COOKIE) {
            let first = set.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = first.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }

    /// Sends a form, and again after the work if that is asked for; none when it is not let through.
    async fn through(&mut self, path: &str, body: String) -> Result<Option<(crate::client::Answer, bool)>> {
        let answer = self.send(path, body.clone()).await?;
        if answer.took.status != StatusCode::TOO_MANY_REQUESTS {
            return Ok(Some((answer, false)));
        }
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        let of =
            |name: &str| page.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        let (Some(given), Some(bits)) = (of("data-work"), of("data-bits")) else { return Ok(None) };
        if !self.person && !self.n.is_multiple_of(WORKS) {
            return Ok(None);
        }
        let (given, work) = (given.to_owned(), Work { asked: Timestamp::UNIX_EPOCH, bits: bits.parse()? });
        let found = {
            let given = given.clone();
            tokio::task::spawn_blocking(move || {
                (0..u64::MAX).map(|n| n.to_string()).find(|n| work.is_done(&given, n))
            })
        };
        let found = found.await?.context("nothing was found")?;
        let answer = self.send(path, format!("{body}&work={given}&found={found}")).await?;
        Ok(Some((answer, true)))
    }

    async fn play(mut self, came: &Mutex<[Came; 2]>, now: Timestamp) -> Result<()> {
        let (begun, person) = (Instant::now(), self.person);
        let note = |what: &dyn Fn(&mut Came)| {
            what(&mut came.lock().unwrap_or_else(PoisonError::into_inner)[usize::from(person)]);
        };
        let n = self.n;
        self.send("/en/request", String::new()).await?;
        for (step, body) in STEPS {
            let body = body.replace("{n}", &n.to_string()).replace("{last}", &format!("{:04}", n % 10_000));
            let answer = self.send(&format!("/en/request/{step}"), body).await?;
            ensure!(answer.took.status == StatusCode::SEE_OTHER, "{step}: {}", answer.took.status);
        }
        let Some((sent, worked)) = self.through("/en/request/check", String::new()).await? else {
            note(&|came| came.held += 1);
            return Ok(());
        };
        let to = sent.head.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let Some(number) = to.strip_suffix("/received").and_then(|to| to.rsplit('/').next()) else {
            note(&|came| came.held += 1);
            return Ok(());
        };
        let number = number.to_owned();
        note(&|came| *(if worked { &mut came.worked } else { &mut came.at_once }) += 1);
        if self.person {
            // Their mail has come: the link opens what the number and the day of birth open, and says that messages reach them.
            let cookie = format!("inquiry_{number}");
            let here = self.cookies.get(&cookie).context("the request gave no proof")?;
            let inquiry = self.links.open(here, now).context("the proof opens nothing")?;
            self.cookies.insert(cookie, self.links.sign(inquiry, now));
        }
        for _ in 0..TRIES {
            let start = self.places.get(self.chance.below(self.places.len())).context("no places")?;
            let body = format!("start={start}&sure=yes&_key={}", self.chance.token());
            let path = format!("/en/inquiry/{number}/visit/choose");
            let Some((answer, _)) = self.through(&path, body).await? else { return Ok(()) };
            if answer.took.status == StatusCode::SEE_OTHER {
                let took = begun.elapsed();
                note(&|came| {
                    came.chosen += 1;
                    came.took.push(took);
                });
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Plays it.
pub async fn play(server: &Server, places: &[Timestamp], now: Timestamp, report: &mut Report) -> Result<()> {
    let (to, places): (SocketAddr, _) = (server.addr, Arc::new(places.to_vec()));
    let (came, links) = (Arc::new(Mutex::new(<[Came; 2]>::default())), Arc::new(Links::new([7; 32])));
    let (all, begun) = (MACHINES + PEOPLE, Instant::now());
    let turn = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (turn, came, links, places) =
            (Arc::clone(&turn), Arc::clone(&came), Arc::clone(&links), Arc::clone(&places));
        workers.spawn(async move {
            loop {
                let n = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if n >= all {
                    return Ok::<_, anyhow::Error>(());
                }
                let person = n % (all / PEOPLE) == 5;
                // Four machines have one network; each person has another.
                let from = if person {
                    format!("172.{}.{}.7", 16 + n / 250, n % 250)
                } else {
                    format!("10.{}.{}.{}", n / 4 / 250, n / 4 % 250, n % 4 + 1)
                };
                let (links, places) = (Arc::clone(&links), Arc::clone(&places));
                let (line, chance) = (Line::to(to).await?, Chance::of(n));
                let wanting =
                    Wanting { n, person, line, cookies: BTreeMap::new(), from, links, places, chance };
                wanting.play(&came, now).await?;
            }
        });
    }
    while let Some(done) = workers.join_next().await {
        done??;
    }
    let came = came.lock().unwrap_or_else(PoisonError::into_inner);
    let what =
        format!("{MACHINES} machines and {PEOPLE} people want {} places that can be chosen", places.len());
    let [machines, people] = &*came;
    for (who, of) in [("machines", machines), ("people", people)] {
        let figure = format!(
            "requests taken at once {}, after work {}, not taken {}; places {}",
            of.at_once, of.worked, of.held, of.chosen
        );
        report.note(WHERE, &format!("{what}: {who}"), figure);
    }
    let figure = crate::client::spread(people.took.clone());
    report.note(WHERE, &format!("{what}: a person, from the first page to the time"), figure);
    report.note(WHERE, &format!("{what}: all of it"), format!("{:.0} s", begun.elapsed().as_secs_f64()));
    Ok(())
}

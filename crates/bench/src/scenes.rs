//! What is measured, one after the other, on one running server.

use crate::{
    cast::Keys,
    client::{self, Ask, Outcome},
    ready::Ready,
    report::Report,
    server::{self, Server},
};
use anyhow::{Result, ensure};
use domain::slots::{Pool, slots};
use hyper::StatusCode;
use jiff::{Timestamp, ToSpan, civil::Date};
use pack::{Office, Reason};
use serde_json::json;
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// How many people want one place at the same moment.
pub const RIVALS: usize = 200;
/// How often.
pub const RUSHES: usize = 10;
/// How many places there are.
const WIDE: u32 = 5;

/// Places that take five.
pub fn wide_places(office: &Office, reason: &Reason, now: Timestamp) -> Vec<Timestamp> {
    let today = office.calendar.zone.date(now);
    // Far ahead: the booking load begins with what is near.
    let (first, last) = (today.saturating_add(35.days()), today.saturating_add(44.days()));
    slots(&office.plan, &office.calendar, first, last)
        .into_iter()
        .filter(|slot| slot.service == reason.service && slot.capacity_in(Pool::Officer) == WIDE)
        .map(|slot| slot.start)
        .collect()
}

/// A running server and what it can be asked.
pub struct Stage {
    /// Which store.
    pub name: String,
    /// With what to ask.
    pub keys: Keys,
    /// Bookings that can be made.
    pub ready: Vec<Ready>,
    /// The day at the office where many want one place.
    pub today: Date,
    /// People who want one place.
    pub rivals: Vec<Vec<String>>,
    /// The places they want.
    pub places: Vec<Timestamp>,
    /// How many connections ask at once.
    pub connections: usize,
    /// How long each load lasts.
    pub lasts: Duration,
    /// The database's server, if it is a process of its own.
    pub database: Option<u32>,
    /// Whether nothing but bookings is played.
    pub only_bookings: bool,
    /// Whether nothing but the desks is played.
    pub only_desks: bool,
    /// Whether nothing but the public side is played.
    pub only_public: bool,
}

fn booking((number, office, start): (&str, &str, Timestamp), token: &str, n: usize) -> Ask {
    let body = json!({ "office": office, "start": start, "pool": "officer" });
    Ask::act(format!("/inquiries/{number}/appointment"), token, format!("bench-{n}"), &body)
}

impl Stage {
    fn token(&self, n: usize) -> &str {
        &self.keys.tokens[n % self.keys.tokens.len()]
    }

    /// Plays every scene.
    pub async fn play(&self, server: &Server, now: Timestamp, report: &mut Report) -> Result<()> {
        let to = server.addr;
        if self.only_desks {
            return self.desks_at_work(server, now, report).await;
        }
        if self.only_public {
            return self.public_side(server, now, report).await;
        }
        if self.only_bookings {
            return self.bookings(server, report).await;
        }
        self.http_limit(to, report).await?;
        self.availability(to, report).await?;
        self.bookings(server, report).await?;
        self.rushes(to, report).await?;
        self.pages(to, report).await?;
        self.public_side(server, now, report).await?;
        self.desks_at_work(server, now, report).await
    }

    /// The booking that is asked for with the token whose turn it is.
    pub fn booking_of(&self, ready: &Ready, n: usize) -> Ask {
        booking(ready.wants(), self.token(n), 2_000_000 + n)
    }

    /// How many answers a second the same client gets of the same server when nothing has to be done for them.
    async fn http_limit(&self, to: SocketAddr, report: &mut Report) -> Result<()> {
        let of =
            client::drive(to, self.connections, Duration::from_secs(3), |_| Some(Ask::page("/healthz", "")));
        report.times(&self.name, "answers that need no work (limit of client and server)", &of.await?);
        Ok(())
    }

    /// The processor time that each who takes part in a booking has used so far, in seconds.
    fn used(&self, server: &Server) -> Result<Vec<(&'static str, f64)>> {
        let mut used =
            vec![("the server", server.used()?.cpu), ("the client", server::cpu(std::process::id())?)];
        if let Some(database) = self.database {
            used.push(("PostgreSQL", server::cpu_of_family(database)?));
        }
        Ok(used)
    }

    /// Bookings spread over many places, each one durable when it is answered.
    async fn bookings(&self, server: &Server, report: &mut Report) -> Result<()> {
        let (ready, tokens) = (Arc::new(self.ready.clone()), Arc::new(self.keys.tokens.clone()));
        let before = self.used(server)?;
        let of = client::drive(server.addr, self.connections, self.lasts, move |n| {
            Some(booking(ready.get(n)?.wants(), &tokens[n % tokens.len()], n))
        });
        let of = of.await?;
        let used = self.used(server)?;
        report.times(&self.name, "bookings, durable, spread over many places", &of);
        for ((who, before), (_, after)) in before.iter().zip(&used) {
            #[expect(clippy::cast_precision_loss, reason = "milliseconds in three digits")]
            let each = (after - before) * 1000.0 / of.well().max(1) as f64;
            let what = format!("processor time of {who} for each booking");
            report.note(&self.name, &what, format!("{each:.3} ms"));
        }
        let memory = server.used()?.memory;
        report.note(&self.name, "memory of the server", format!("{} MiB", memory >> 20));
        ensure!(of.well() == of.all.len(), "some bookings were refused: {:?}", refused(&of));
        Ok(())
    }

    /// Two hundred at once on a place that takes five.
    async fn rushes(&self, to: SocketAddr, report: &mut Report) -> Result<()> {
        let mut all = Outcome::default();
        let mut counts = Vec::new();
        for (rush, (rivals, start)) in self.rivals.iter().zip(&self.places).enumerate() {
            let asks = rivals.iter().enumerate().map(|(n, number)| {
                booking((number, "LOS", *start), self.token(n), 1_000_000 + rush * RIVALS + n)
            });
            let of = client::rush(to, asks.collect()).await?;
            ensure!(
                of.well() + of.with(StatusCode::CONFLICT) == of.all.len(),
                "neither booked nor full: {:?}",
                refused(&of)
            );
            counts.push(of.well());
            all.wall += of.wall;
            all.all.extend(of.all);
        }
        ensure!(counts.iter().all(|n| *n == 5), "five places, and booked were {counts:?}");
        let figure = format!(
            "exactly 5 in each of {} rushes; p50 {:.0} ms, p99 {:.0} ms",
            counts.len(),
            all.within(50.0),
            all.within(99.0)
        );
        report.note(&self.name, "200 at once on a place that takes five", figure);
        Ok(())
    }

    /// What can be booked within the horizon.
    async fn availability(&self, to: SocketAddr, report: &mut Report) -> Result<()> {
        for (what, part) in
            [("one office", "/places?limit=20"), ("the best of all offices", "/places/anywhere?limit=20")]
        {
            for connections in [1, 16] {
                let (ready, tokens) = (Arc::new(self.ready.clone()), Arc::new(self.keys.tokens.clone()));
                let of = client::drive(to, connections, Duration::from_secs(3), move |n| {
                    // The last of them: the booking load begins with the first.
                    let one = &ready[ready.len() - 1 - n % 500];
                    Some(Ask::read(format!("/inquiries/{}{part}", one.number), &tokens[n % tokens.len()]))
                });
                let what = format!("what can be booked: {what}, {connections} at once");
                report.times(&self.name, &what, &of.await?);
            }
        }
        Ok(())
    }

    /// Pages that people and staff look at.
    async fn pages(&self, to: SocketAddr, report: &mut Report) -> Result<()> {
        let day = format!("/en/staff/office/{}/day/{}", self.keys.clerk.1, self.today);
        let pages = [
            ("start page", "/en".to_owned(), String::new()),
            ("review list", "/en/staff/review".to_owned(), self.keys.officer.clone()),
            ("callbacks", "/en/staff/callbacks".to_owned(), self.keys.officer.clone()),
            ("overview", "/en/staff/overview".to_owned(), self.keys.supervisor.clone()),
            ("an office's day", day, self.keys.clerk.0.clone()),
            ("one inquiry", format!("/en/staff/inquiry/{}", self.ready[0].number), self.keys.officer.clone()),
        ];
        for (what, path, session) in pages {
            let ask = Ask::page(path, &session);
            let of = client::drive(to, 4, Duration::from_secs(3), move |_| Some(ask.clone())).await?;
            ensure!(of.well() == of.all.len(), "{what}: {:?}", refused(&of));
            report.times(&self.name, &format!("page: {what}"), &of);
        }
        Ok(())
    }
}

/// How many were answered how, of those that were not answered well.
fn refused(of: &Outcome) -> std::collections::BTreeMap<u16, usize> {
    let mut by_status = std::collections::BTreeMap::new();
    for took in of.all.iter().filter(|took| !took.status.is_success()) {
        *by_status.entry(took.status.as_u16()).or_default() += 1;
    }
    by_status
}

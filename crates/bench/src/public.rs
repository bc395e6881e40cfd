//! What the public opens: how many pages a second while almost nobody waits, and what ten thousand people do to everybody else who
//! open their inquiry's page within half a minute, as after an office closes a day.

use crate::{
    client::{self, Ask, Line, Outcome},
    report::Report,
    scenes::Stage,
    server::Server,
};
use anyhow::{Result, ensure};
use desk::Links;
use jiff::Timestamp;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// The key that the server signs links with, as it was put into its data folder.
const KEY: [u8; 32] = [7; 32];
/// What hardly anybody notices, in milliseconds.
const SMOOTH: f64 = 20.0;
/// How many people open their page after the closure, and within how much time.
const PEOPLE: usize = 10_000;
const WITHIN: Duration = Duration::from_secs(30);
/// How much time lies between two of those who do something else meanwhile, of each kind.
const BETWEEN: Duration = Duration::from_millis(100);

/// An address of its own for each.
pub fn address(n: usize) -> String {
    format!("10.{}.{}.{}", n / 62_500 % 250, n / 250 % 250, n % 250 + 1)
}

/// A receipt number of its own for each, from all over their range: what was kept of one answer serves no other.
fn receipt(n: usize) -> String {
    format!("IOE{:010}", n * 7_777_777_777 % 10_000_000_000)
}

impl Stage {
    fn pages_of_people(&self, now: Timestamp) -> Arc<Vec<(String, String)>> {
        let links = Links::new(KEY);
        let page = |ready: &crate::ready::Ready| {
            let token = links.sign(ready.inquiry, now);
            (format!("/en/inquiry/{}", ready.number), format!("inquiry_{}={token}", ready.number))
        };
        Arc::new(self.ready.iter().rev().take(PEOPLE).map(page).collect())
    }

    /// Plays it.
    pub async fn public_side(&self, server: &Server, now: Timestamp, report: &mut Report) -> Result<()> {
        let to = server.addr;
        let people = self.pages_of_people(now);
        self.smoothly(to, "start page", report, |n| Ask::person("/en", &address(n), String::new())).await?;
        self.smoothly(to, "a case's status, asked by its number", report, |n| {
            Ask::person("/en/status", &address(n), String::new()).with_form(format!("receipt={}", receipt(n)))
        })
        .await?;
        let pages = Arc::clone(&people);
        self.smoothly(to, "one's own inquiry", report, move |n| {
            let (path, cookie) = &pages[n % pages.len()];
            Ask::person(path, &address(n), cookie.clone())
        })
        .await?;
        self.after_a_closure(to, &people, report).await
    }

    /// The most answers a second of which 99 in a hundred take no longer than is smooth.
    async fn smoothly(
        &self,
        to: SocketAddr,
        what: &str,
        report: &mut Report,
        ask: impl Fn(usize) -> Ask + Clone + Send + Sync + 'static,
    ) -> Result<()> {
        let (mut best, mut asked): (Option<(usize, Outcome)>, usize) = (None, 0);
        for connections in [1, 2, 4, 8, 16, 32, 64, 128] {
            let (ask, before) = (ask.clone(), asked);
            let longest = Duration::from_secs(2);
            let of = client::drive(to, connections, longest, move |n| Some(ask(before + n))).await?;
            asked += of.all.len();
            // Whoever types a number that nobody has is answered with a page that says so.
            let answered = of.all.iter().all(|took| !took.status.is_server_error());
            ensure!(answered, "{what}: some were not answered");
            let smooth = of.within(99.0) <= SMOOTH;
            if smooth && best.as_ref().is_none_or(|(_, best)| of.all.len() > best.all.len()) {
                best = Some((connections, of));
            }
        }
        let figure = best.map_or_else(
            || "never so fast".to_owned(),
            |(connections, of)| {
                let (half, nearly) = (of.within(50.0), of.within(99.0));
                #[expect(clippy::cast_precision_loss, reason = "a rate in five digits")]
                let rate = of.all.len() as f64 / of.wall.as_secs_f64();
                format!("{rate:.0}/s with {connections} at once, p50 {half:.2} ms, p99 {nearly:.2} ms")
            },
        );
        report.note(&self.name, &format!("most a second with p99 under 20 ms: {what}"), figure);
        Ok(())
    }

    /// Ten thousand people open their page; others work on.
    async fn after_a_closure(
        &self,
        to: SocketAddr,
        people: &Arc<Vec<(String, String)>>,
        report: &mut Report,
    ) -> Result<()> {
        let calm = self.others(to, 0, Duration::from_secs(10)).await?;
        let opened = Arc::new(Mutex::new(Outcome::default()));
        let mut crowd = JoinSet::new();
        let begun = Instant::now();
        for (n, (path, cookie)) in people.iter().cloned().enumerate() {
            let opened = Arc::clone(&opened);
            crowd.spawn(async move {
                let many = f64::from(u32::try_from(PEOPLE)?);
                tokio::time::sleep(WITHIN.mul_f64(f64::from(u32::try_from(n)?) / many)).await;
                let ask = Ask::person(path, &address(n), cookie);
                let took = Line::to(to).await?.ask(&ask).await?;
                opened.lock().unwrap_or_else(PoisonError::into_inner).all.push(took);
                Ok::<_, anyhow::Error>(())
            });
        }
        let rushed = self.others(to, 1, WITHIN.saturating_sub(Duration::from_secs(1))).await?;
        while let Some(done) = crowd.join_next().await {
            done??;
        }
        let mut opened = std::mem::take(&mut *opened.lock().unwrap_or_else(PoisonError::into_inner));
        opened.wall = begun.elapsed();
        report.times(&self.name, "10,000 people open their page within 30 s", &opened);
        for ((what, before), (_, meanwhile)) in calm.iter().zip(&rushed) {
            report.times(&self.name, &format!("{what}, before"), before);
            report.times(&self.name, &format!("{what}, meanwhile"), meanwhile);
        }
        ensure!(opened.well() == opened.all.len(), "not everybody saw their page");
        Ok(())
    }

    /// Ten a second of each: a request's first page, an officer's list, an office's day, a booking.
    async fn others(
        &self,
        to: SocketAddr,
        turn: usize,
        lasts: Duration,
    ) -> Result<Vec<(&'static str, Outcome)>> {
        let day = format!("/en/staff/office/{}/day/{}", self.keys.clerk.1, self.today);
        let many = usize::try_from(lasts.as_millis() / BETWEEN.as_millis())?;
        // Each booking once, of those that no other scene makes: behind the people whose pages are opened.
        let from = self.ready.len().saturating_sub(PEOPLE + (turn + 1) * 1_000);
        let kinds: Vec<(&'static str, Vec<Ask>)> = vec![
            ("the start page", (0..many).map(|n| Ask::person("/en", &address(n), String::new())).collect()),
            ("an officer's review list", vec![Ask::page("/en/staff/review", &self.keys.officer); many]),
            ("an office's day", vec![Ask::page(day, &self.keys.clerk.0); many]),
            ("a booking", (0..many).map(|n| self.booking_of(&self.ready[from + n], from + n)).collect()),
        ];
        let mut all = JoinSet::new();
        for (at, (_, asks)) in kinds.iter().enumerate() {
            let asks = asks.clone();
            all.spawn(async move { Ok::<_, anyhow::Error>((at, paced(to, asks).await?)) });
        }
        let mut outcomes: Vec<(&'static str, Outcome)> =
            kinds.iter().map(|(what, _)| (*what, Outcome::default())).collect();
        while let Some(done) = all.join_next().await {
            let (at, of) = done??;
            outcomes[at].1 = of;
        }
        Ok(outcomes)
    }
}

/// Asks at its pace, however long each takes.
async fn paced(to: SocketAddr, asks: Vec<Ask>) -> Result<Outcome> {
    let begun = Instant::now();
    let mut pace = tokio::time::interval(BETWEEN);
    let mut all = JoinSet::new();
    for ask in asks {
        pace.tick().await;
        all.spawn(async move { Line::to(to).await?.ask(&ask).await });
    }
    let mut outcome = Outcome::default();
    while let Some(done) = all.join_next().await {
        outcome.all.push(done??);
    }
    outcome.wall = begun.elapsed();
    Ok(outcome)
}

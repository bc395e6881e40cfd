//! Five hundred desks at work: each has a screen open that is told when something happens and asks for what is new, and
//! opens a page now and then, while fifty changes a second are made.

use crate::{
    client::{self, Ask, Line, Outcome},
    report::Report,
    scenes::Stage,
    server::Server,
};
use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// How many desks there are: officers at the review list, officers at the list of callbacks, clerks at their offices' days.
const DESKS: [(View, usize); 3] = [(View::Review, 200), (View::Callbacks, 200), (View::Day, 100)];
/// How much time lies between two changes.
const BETWEEN: Duration = Duration::from_millis(20);
/// How much time lies between two pages that one desk opens.
const BROWSES: Duration = Duration::from_secs(10);
/// How long all of it lasts.
const LASTS: Duration = Duration::from_secs(20);

/// What stands on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum View {
    Review,
    Callbacks,
    Day,
}

impl View {
    const fn says(self) -> &'static str {
        match self {
            Self::Review => "review list",
            Self::Callbacks => "callbacks",
            Self::Day => "an office's day",
        }
    }
}

/// One desk: its session, its page, what it asks for when it is told to look, and its stream.
#[derive(Debug, Clone)]
struct Desk {
    view: View,
    session: String,
    page: String,
    news: String,
    stream: String,
}

/// What came of it.
#[derive(Debug, Default)]
struct Seen {
    /// Pages opened, by what stands on them.
    pages: BTreeMap<View, Outcome>,
    /// What was asked for when a screen was told to look.
    news: Outcome,
    /// For each screen: when it asked for what was new, and when it had it.
    fresh: Vec<Vec<(Instant, Instant)>>,
    /// When each change was answered.
    changed: Vec<Instant>,
    changes: Outcome,
}

type Shared = Arc<Mutex<Seen>>;

fn with<T>(seen: &Shared, act: impl FnOnce(&mut Seen) -> T) -> T {
    act(&mut seen.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Stage {
    fn desks(&self, now: Timestamp) -> Result<Vec<Desk>> {
        let (mut officers, mut clerks) = (self.keys.officers.iter().cycle(), self.keys.clerks.iter().cycle());
        let mut desks = Vec::new();
        let since = now.as_microsecond();
        for (view, many) in DESKS {
            for _ in 0..many {
                let list = |name: &str, session: &String| Desk {
                    view,
                    session: session.clone(),
                    page: format!("/en/staff/{name}"),
                    news: format!("/en/staff/{name}/news?since={since}&page=0"),
                    stream: "/en/live/staff".to_owned(),
                };
                desks.push(match view {
                    View::Review => list("review", officers.next().context("no officers")?),
                    View::Callbacks => list("callbacks", officers.next().context("no officers")?),
                    View::Day => {
                        let (session, office) = clerks.next().context("no clerks")?;
                        let page = format!("/en/staff/office/{office}/day/{}", self.today);
                        let stream = format!("/en/live/staff?office={office}");
                        Desk { view, session: session.clone(), news: page.clone(), page, stream }
                    }
                });
            }
        }
        Ok(desks)
    }

    /// Plays it.
    pub async fn desks_at_work(&self, server: &Server, now: Timestamp, report: &mut Report) -> Result<()> {
        let to = server.addr;
        let desks = self.desks(now)?;
        let seen = Shared::default();
        with(&seen, |seen| seen.fresh = vec![Vec::new(); desks.len()]);
        // Whoever opens a page first makes the server read what it keeps: that is no screen's memory.
        for desk in desks.iter().step_by(50) {
            ensure!(
                client::once(to, &Ask::page(&desk.page, &desk.session)).await?.0.is_success(),
                "{}",
                desk.page
            );
        }
        let before = server.used()?;
        let end = Instant::now() + LASTS + Duration::from_secs(3);
        let mut all = JoinSet::new();
        for (n, desk) in desks.iter().enumerate() {
            let line = Line::to(to).await?;
            all.spawn(watch(to, n, desk.clone(), line, Arc::clone(&seen), end));
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let open = server.used()?;
        for (n, desk) in desks.iter().enumerate() {
            all.spawn(browse(to, n, desks.len(), desk.clone(), Arc::clone(&seen), end));
        }
        all.spawn(change(to, self.changes(), Arc::clone(&seen)));
        let begun = Instant::now();
        while let Some(done) = all.join_next().await {
            done??;
        }
        let after = server.used()?;
        let each = (open.memory.saturating_sub(before.memory)) / 1024 / desks.len() as u64;
        report.note(&self.name, "memory of the server for each screen that is open", format!("{each} KiB"));
        let busy = (after.cpu - open.cpu) / begun.elapsed().as_secs_f64();
        report.note(&self.name, "processors busy meanwhile (server)", format!("{busy:.2} of 2"));
        let seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        self.tell(&seen, report);
        Ok(())
    }

    fn changes(&self) -> Vec<Ask> {
        let many = LASTS.as_millis() / BETWEEN.as_millis();
        let many = usize::try_from(many).unwrap_or(usize::MAX);
        let of = |(n, ready)| self.booking_of(ready, n);
        self.ready.iter().rev().take(many).enumerate().map(of).collect()
    }

    fn tell(&self, seen: &Seen, report: &mut Report) {
        let desks: usize = DESKS.iter().map(|(_, many)| many).sum();
        let told = |what: &str| format!("{desks} desks, 50 changes a second: {what}");
        report.times(&self.name, &told("the changes"), &seen.changes);
        for (view, of) in &seen.pages {
            report.times(&self.name, &told(&format!("page: {}", view.says())), of);
        }
        report.times(&self.name, &told("what is new, asked by a screen that was told to look"), &seen.news);
        let lists: usize = DESKS.iter().filter(|(view, _)| *view != View::Day).map(|(_, many)| many).sum();
        let mut waits = Vec::new();
        for fresh in seen.fresh.iter().take(lists) {
            for changed in &seen.changed {
                // What was asked for before the change may have been read before it, too.
                let next = fresh.partition_point(|(asked, _)| asked < changed);
                waits.extend(fresh.get(next).map(|(_, came)| came.duration_since(*changed)));
            }
        }
        let figure = client::spread(waits);
        report.note(&self.name, &told("from a change's answer to what is new on a list's screen"), figure);
    }
}

/// A screen: listens, and asks for what is new when it is told to look. A browser has the answer before it asks again.
async fn watch(
    to: SocketAddr,
    n: usize,
    desk: Desk,
    mut line: Line,
    seen: Shared,
    end: Instant,
) -> Result<()> {
    let mut stream = client::Events::open(to, &Ask::page(&desk.stream, &desk.session)).await?;
    let ask = Ask::page(&desk.news, &desk.session);
    loop {
        let told = tokio::time::timeout_at(end.into(), stream.next()).await;
        let Ok(told) = told else { return Ok(()) };
        if told?.as_deref() != Some("look") {
            continue;
        }
        // What came meanwhile asks for the same.
        let asked = Instant::now();
        let took = line.ask(&ask).await?;
        with(&seen, |seen| {
            seen.news.all.push(took);
            if let Some(fresh) = seen.fresh.get_mut(n) {
                fresh.push((asked, asked + took.time));
            }
            seen.news.wall = LASTS;
        });
    }
}

/// Opens its page now and then; the desks begin one after the other.
async fn browse(to: SocketAddr, n: usize, of: usize, desk: Desk, seen: Shared, end: Instant) -> Result<()> {
    let mut line = Line::to(to).await?;
    let ask = Ask::page(&desk.page, &desk.session);
    let offset = BROWSES.mul_f64(f64::from(u32::try_from(n)?) / f64::from(u32::try_from(of)?));
    tokio::time::sleep(offset).await;
    while Instant::now() + Duration::from_secs(3) < end {
        let took = line.ask(&ask).await?;
        with(&seen, |seen| {
            let of = seen.pages.entry(desk.view).or_default();
            of.all.push(took);
            of.wall = LASTS;
        });
        tokio::time::sleep(BROWSES.saturating_sub(took.time)).await;
    }
    Ok(())
}

/// Makes changes at their pace, however long each takes.
async fn change(to: SocketAddr, asks: Vec<Ask>, seen: Shared) -> Result<()> {
    let mut pace = tokio::time::interval(BETWEEN);
    let mut all = JoinSet::new();
    for ask in asks {
        pace.tick().await;
        let seen = Arc::clone(&seen);
        all.spawn(async move {
            let took = Line::to(to).await?.ask(&ask).await?;
            with(&seen, |seen| {
                seen.changed.push(Instant::now());
                seen.changes.all.push(took);
                seen.changes.wall = LASTS;
            });
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(done) = all.join_next().await {
        done??;
    }
    Ok(())
}

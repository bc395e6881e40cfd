//! The demo: the USCIS pack, invented people, and three weeks of their inquiries up to now.

mod callers;
mod cast;
mod chance;
mod matters;
mod people;
mod plan;
mod play;
mod records;
mod script;
mod tour;

#[cfg(test)]
pub mod tests;

use crate::{
    address::OldSchema,
    args::{self, Begin, SipAt},
    checks,
    clock::{DemoClock, SystemClock},
    config::{Cases, LogFormat, Mail, MailWay, Stored, TextWay},
    data,
    fault::Faults,
    logs, packs, pages, say, secret, server,
    telephone::{Ringing, Telephone},
    traces::Traces,
    wiring::{Installation, Made},
    work,
};
use chance::Chance;
use desk::{
    Caller, Calm, Clock, Desk, Who,
    acts::{Run, TableFile},
};
use domain::{calendar::BusinessCalendar, change::IdempotencyKey};
use jiff::{SignedDuration, Timestamp};
use notices::{Sender, SmtpConfig, Tls};
use pack::Pack;
use plan::Moments;
use play::Told;
use script::Script;
use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::net::{TcpListener, UdpSocket};

/// What the story is made from: the same seed tells the same story.
const SEED: u64 = 20_191_022;
/// Says that a folder was made by the demo, and may be made anew.
const MARK: &str = "made-by-the-demo";
/// Where telephones call, unless it is said otherwise.
const SIP: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 5_060);
/// The demo's office, which sees people without an appointment: the pack has only what is published of each.
const WALK_INS: &str = "code,name,street,city,state,zip,zone,plan,walk_ins,district,region,service_center
LOS,Los Angeles,300 North Los Angeles Street,Los Angeles,CA,90012,America/Los_Angeles,large,yes,LOS,W,CSC
";
/// Whoever looks at the demo has at least so long until the line closes.
const STAYS_OPEN: SignedDuration = SignedDuration::from_hours(1);
/// How far a day has come into which the demo begins: after the first rush of the line.
const INTO_THE_DAY: SignedDuration = SignedDuration::from_mins(270);
/// Where mail goes, in the demo's folder.
const MAIL: &str = "mail";
/// Where its texts go.
const TEXTS: &str = "texts";

/// Runs the demo until told to stop.
pub async fn run(args: &args::Demo) -> Result<(), Faults> {
    let level = std::env::var("ANTEROOM_LOG_LEVEL").unwrap_or_else(|_| "warn".to_owned());
    let format = match std::env::var("ANTEROOM_LOG_FORMAT").as_deref() {
        Ok("json") => LogFormat::Json,
        _ => LogFormat::Human,
    };
    logs::start(&level, format, &Traces::to(None)?)?;
    let stop = server::Stop::new();
    stop.at_signals()?;
    // Listening comes first: when the address is taken, the folder is left as it is.
    let listener = server::listen(args.http).await?;
    let address = listener.local_addr()?;
    let public_url = format!("http://{address}");
    let fresh = prepare(&args.data, args.keep)?;
    let pack = if args.mirrored { packs::uscis_mirrored } else { packs::uscis };
    let clock = Arc::new(match args.at {
        None => DemoClock::default(),
        Some(Begin::At(at)) => DemoClock::starting_at(at),
        Some(Begin::Open) => DemoClock::starting_at(lively(&pack()?.line().calendar, SystemClock.now())),
    });
    let mail = Mail {
        sender: Sender {
            address: "no-reply@uscis-demo.example".to_owned(),
            domain: "uscis-demo.example".to_owned(),
        },
        way: MailWay::Folder(args.data.join(MAIL)),
    };
    // The weeks before now were written into the folder; only what visitors cause goes to a server.
    let live = Mail { way: args.smtp.map_or_else(|| mail.way.clone(), smtp), ..mail.clone() };
    let texts = TextWay::Folder(args.data.join(TEXTS));
    let now = Clock::now(&*clock);
    let store = Stored { at: data::store(&args.data), old: OldSchema::Migrate };
    let made = |mail, chance| {
        let (data, public_url) = (args.data.as_path(), public_url.as_str());
        Ok::<_, Faults>(Made {
            data,
            store: &store,
            pack: pack()?,
            cases: &Cases::File,
            mail,
            texts: Some(&texts),
            staff: crate::config::StaffRules::default(),
            public_url,
            chance,
        })
    };
    let moments = if fresh {
        let begun = SystemClock.now();
        let installation = Installation::open(made(&mail, Chance::new(SEED).seed())?).await?;
        let told = tell(&installation.desk, SEED, now).await;
        installation.store.close().await;
        let (told, moments) = told?;
        let took = SystemClock.now().duration_since(begun).as_secs_f64();
        tracing::info!(inquiries = told.inquiries, refused = told.refused.len(), took, "seeded");
        for refused in &told.refused {
            tracing::debug!(refused, "the story was told no");
        }
        moments
    } else {
        story(&pack()?, SEED, now)?.1
    };
    // From here on chance is real: sessions must not be guessed even in a demo.
    let mut installation =
        Installation::open(made(&live, secret::chance()?)?).await?.with_tables(now).await?;
    let at = match args.sip {
        Some(SipAt::At(addr)) => Some(addr),
        Some(SipAt::Off) => None,
        // Whoever has a softphone often has it on this very port; the demo does without it then.
        None => free(SIP).await.then_some(SIP),
    };
    let telephone = Telephone::of_demo(at, args.telephone, &args.data, secret::chance()?)?;
    let calm = args.calm.map(|everybody| Calm { everybody, ..Calm::default() });
    installation.desk =
        installation.desk.where_calm_is(calm.unwrap_or_default()).with_calls(telephone.calls());
    let desk = &installation.desk;
    for line in tour::lines(desk, &public_url, &args.data.join(MAIL), &moments).await? {
        say::line(line);
    }
    for line in tour::how_to_call(&public_url, at) {
        say::line(line);
    }
    if at.is_none() && args.telephone.is_some() {
        return Err(Faults::one("--telephone needs --sip: calls go out where calls come in"));
    }
    say::line("Ctrl-C ends the demo");
    let options = web::Options { public_url, trusted_proxies: Vec::new(), demo: Some(clock.clone()) };
    let clock: Arc<dyn Clock> = clock;
    let telephone = Some(telephone.start(&installation.desk, Arc::clone(&clock), stop.watch()).await?);
    let board = telephone.as_ref().map(Ringing::board);
    let pages = pages::of(&installation, &clock, &stop, options, board, None);
    let duties = server::Duties { pace: work::Pace::AsDue, check_every: checks::EVERY };
    server::run(installation, clock, listener, pages, &stop, duties, telephone).await
}

/// Now while the line is open for some time yet, else some hours after it opens next: at night and on a holiday a contact centre has
/// little to show.
fn lively(line: &BusinessCalendar, now: Timestamp) -> Timestamp {
    if line.is_open_throughout(now, now + STAYS_OPEN) {
        return now;
    }
    line.next_open(now + STAYS_OPEN, 14).map_or(now, |opens| opens + INTO_THE_DAY)
}

/// Whether nobody listens there.
async fn free(addr: SocketAddr) -> bool {
    UdpSocket::bind(addr).await.is_ok() && TcpListener::bind(addr).await.is_ok()
}

/// A mail server on the visitor's own machine.
fn smtp(address: SocketAddr) -> MailWay {
    MailWay::Smtp(Box::new(SmtpConfig {
        host: address.ip().to_string(),
        port: address.port(),
        tls: Tls::None,
        trust: None,
        login: None,
        timeout: Duration::from_secs(10),
        pool: 2,
        hello: "localhost".to_owned(),
    }))
}

/// The story's scripts for a now.
fn story(pack: &Pack, seed: u64, now: Timestamp) -> Result<(Vec<Script>, Moments), Faults> {
    plan::story(pack, Chance::new(seed), now).ok_or_else(|| {
        Faults::one("the story is written for the USCIS pack, and for years that have calendars")
    })
}

/// Makes the folder ready; says whether it is empty. Only what a demo made is ever removed.
fn prepare(dir: &Path, keep: bool) -> Result<bool, Faults> {
    let mark = dir.join(MARK);
    let there = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if there && !mark.is_file() {
        return Err(Faults::at(dir, "this folder was not made by the demo; name another with --data"));
    }
    if there && !keep {
        for name in [data::STORE, "anteroom.db-wal", "anteroom.db-shm", secret::FILE] {
            remove(&dir.join(name), |path| fs::remove_file(path))?;
        }
        remove(&dir.join(MAIL), |path| fs::remove_dir_all(path))?;
        remove(&dir.join(TEXTS), |path| fs::remove_dir_all(path))?;
    }
    data::folder(dir)?;
    fs::write(&mark, "anteroom demo\n").map_err(|error| Faults::at(&mark, error))?;
    Ok(!data::store_file(dir).exists())
}

fn remove(path: &Path, with: impl Fn(&Path) -> std::io::Result<()>) -> Result<(), Faults> {
    match with(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Faults::at(path, error)),
        _ => Ok(()),
    }
}

/// Tells the story into an empty store, up to `now`.
async fn tell(desk: &Desk, seed: u64, now: Timestamp) -> Result<(Told, Moments), Faults> {
    let mut chance = Chance::new(seed);
    let begin = now - SignedDuration::from_hours(24 * (plan::STORY_DAYS + 1));
    let system = |what: &str| Caller::new(Who::System("demo"), IdempotencyKey::of("demo", what), begin);
    desk.import_staff(&system("staff"), cast::staff().await?).await?;
    let (scripts, moments) = story(desk.pack(), seed, now)?;
    let today = desk.pack().line().calendar.zone.date(begin);
    let file = records::file(&scripts, &mut chance, today)?;
    let cases =
        cases::parse(file.as_bytes(), cases::Format::Csv).map_err(|faults| Faults(faults.sentences()))?;
    desk.import_cases(&system("cases"), cases).await?;
    let told = Box::pin(play::play(desk, scripts, chance, now)).await?;
    // The office whose clerk visitors sign in as sees people without an appointment, so that they can try it.
    let opened = TableFile { name: "offices.csv".to_owned(), content: WALK_INS.as_bytes().to_vec() };
    desk.import_offices(&system("walk-ins"), &opened, Run::Write).await?;
    Ok((told, moments))
}

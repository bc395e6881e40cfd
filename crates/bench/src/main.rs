//! Measures the whole: a real server process, real stores, load over HTTP. `cargo xtask bench` builds and runs it;
//! `docs/benchmarks.md` says what each figure means and how it is taken.
#![expect(clippy::print_stdout, reason = "a command of the terminal speaks by printing")]

mod cast;
mod chance;
mod client;
mod desks;
mod hoard;
mod limits;
mod matter;
mod public;
mod ready;
mod report;
mod scenes;
mod server;
mod telephone;
mod year;

use anyhow::{Context, Result};
use cast::Cast;
use chance::Chance;
use clap::Parser;
use jiff::Timestamp;
use matter::Matters;
use pack::{Files, Pack};
use report::Report;
use scenes::Stage;
use server::Server;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use store::Store;
use store_postgres::{PostgresStore, testing::Cluster};
use store_sqlite::SqliteStore;

/// The office at which many want one place, and where the clerk sits.
const OFFICE: &str = "LOS";

/// What is measured, and with what.
#[derive(Debug, Parser)]
struct Args {
    /// The program to measure
    #[arg(long)]
    program: PathBuf,
    /// The agency pack's folder
    #[arg(long)]
    pack: PathBuf,
    /// Measure PostgreSQL too, on a server of its own that is started for it
    #[arg(long)]
    postgres: bool,
    /// Where the stores are made; a temporary folder otherwise
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Also on a store that holds a tenth of a nation's year, then on one that holds the whole: some 12 GiB, and twice that with
    /// --postgres
    #[arg(long)]
    seed_national: bool,
    /// The telephone line, called by sipp, and nothing else
    #[arg(long)]
    telephone: bool,
    /// New calls a second, with --telephone
    #[arg(long, default_value_t = 150)]
    rate: u32,
    /// Calls that are held at once, with --telephone
    #[arg(long, default_value_t = 500)]
    held: u32,
    /// Leave out the rest; may be said several times
    #[arg(long, value_enum)]
    only: Vec<Only>,
    /// How many seconds each load lasts
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many bookings are prepared
    #[arg(long, default_value_t = 40_000)]
    ready: usize,
    /// How many connections ask at once
    #[arg(long, default_value_t = 32)]
    connections: usize,
}

/// What alone is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// The nation's stores (with --seed-national)
    National,
    /// PostgreSQL (with --postgres)
    Postgres,
    /// The bookings
    Bookings,
    /// Five hundred desks at work
    Desks,
    /// What the public opens: pages, and ten thousand people after a closure
    Public,
    /// Ten thousand machines that want five hundred places
    Hoard,
}

impl Args {
    fn only(&self, what: Only) -> bool {
        self.only.contains(&what)
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(args))
}

async fn run(args: Args) -> Result<()> {
    let temp = tempfile::tempdir()?;
    // Whole, since it is written into configurations that stand elsewhere.
    let dir = fs::canonicalize(args.dir.as_deref().unwrap_or_else(|| temp.path()))?;
    let pack = bench_pack(&args.pack, &dir.join("pack"))?;
    let mut report = Report::default();
    limits::disk(&dir, &mut report)?;
    let bench = Bench { args: &args, pack: &pack };
    if args.telephone {
        bench.telephone(&dir, &mut report).await?;
        println!("{report}");
        return Ok(());
    }
    if args.only.is_empty() || args.only(Only::Hoard) {
        bench.hoard(&dir, &mut report).await?;
    }
    if args.only.as_slice() == [Only::Hoard] {
        println!("{report}");
        return Ok(());
    }
    if !args.only(Only::National) && !args.only(Only::Postgres) {
        bench.fresh(&Address::file(&dir, "sqlite")?, "SQLite", &mut report).await?;
    }
    if args.postgres && !args.only(Only::National) {
        let cluster = Cluster::start_with(&["shared_buffers=256MB"]).await;
        limits::postgres(&cluster, &dir, &mut report).await?;
        let at = Address {
            url: cluster.url(&cluster.empty().await),
            data: folder(&dir, "postgres")?,
            database: Some(cluster.process()),
        };
        bench.fresh(&at, "PostgreSQL", &mut report).await?;
    }
    if args.seed_national {
        for part in [10, 1] {
            if !args.only(Only::Postgres) {
                bench.national_file(&dir, part, &mut report).await?;
            }
            if args.postgres {
                bench.national_database(&dir, part, &mut report).await?;
            }
        }
    }
    println!("{report}");
    Ok(())
}

fn folder(dir: &Path, name: &str) -> Result<PathBuf> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    let data = dir.join(name);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&data)?;
    // The key that links are signed with: a server refuses a store in use without it.
    let mut key = fs::OpenOptions::new();
    key.write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(data.join("secret.key"))?
        .write_all(&[7; 32])?;
    Ok(data)
}

/// Where a store is, and the data folder of its server.
struct Address {
    url: String,
    data: PathBuf,
    /// The database's server, if it is a process of its own.
    database: Option<u32>,
}

impl Address {
    fn file(dir: &Path, name: &str) -> Result<Self> {
        let data = folder(dir, name)?;
        Ok(Self { url: format!("sqlite:{}", data.join("anteroom.db").display()), data, database: None })
    }

    async fn open(&self) -> Result<Arc<dyn Store>> {
        Ok(match self.url.strip_prefix("sqlite:") {
            Some(file) => Arc::new(SqliteStore::open(file, store_sqlite::Options::default()).await?),
            None => Arc::new(PostgresStore::open(&self.url, store_postgres::Options::default()).await?),
        })
    }
}

/// The pack, with offices where five people can be seen at once.
struct BenchPack {
    pack: Pack,
    dir: PathBuf,
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut files = vec![PathBuf::new()];
    while let Some(part) = files.pop() {
        let (from, to) = (from.join(&part), to.join(&part));
        if from.is_dir() {
            fs::create_dir_all(&to)?;
            for entry in fs::read_dir(&from)? {
                files.push(part.join(entry?.file_name()));
            }
        } else {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

/// A copy of the pack whose large offices see five people at once in their first hour: the place that many want.
fn bench_pack(from: &Path, to: &Path) -> Result<BenchPack> {
    copy(from, to)?;
    let plans = to.join("offices.toml");
    let text = fs::read_to_string(&plans)?;
    let wide = text.replacen("capacity = { officer = 2, ", "capacity = { officer = 5, ", 1);
    anyhow::ensure!(wide != text, "the pack's plans have changed: none has two officers' places at once");
    fs::write(&plans, wide)?;
    let (pack, _) = Pack::load(&Files::read_dir(to)?)
        .map_err(|faults| anyhow::anyhow!("the pack is refused: {}", faults.len()))?;
    Ok(BenchPack { pack, dir: to.to_owned() })
}

struct Bench<'a> {
    args: &'a Args,
    pack: &'a BenchPack,
}

impl Bench<'_> {
    fn offices(&self) -> Vec<domain::codes::OfficeCode> {
        self.pack.pack.offices().iter().map(|office| office.code.clone()).collect()
    }

    /// A store that holds nothing but who is to be booked.
    async fn fresh(&self, at: &Address, name: &str, report: &mut Report) -> Result<()> {
        let store = at.open().await?;
        let mut matters = Matters::new(Chance::new(1));
        let begun = Instant::now();
        let cast = cast::hire(&*store, &self.offices(), &OFFICE.parse()?, now(), &mut Chance::new(2)).await?;
        let stage = self.ready(&store, cast, &mut matters, self.args.ready, name).await?;
        store.close().await;
        let figure = format!("{} people in {:.1} s", self.args.ready, begun.elapsed().as_secs_f64());
        report.note(name, "prepared for booking", figure);
        self.play(at, stage, report).await
    }

    /// The line under load, on a store that holds nothing.
    async fn telephone(&self, dir: &Path, report: &mut Report) -> Result<()> {
        let lasts = Duration::from_secs(self.args.seconds);
        let load = telephone::Load { rate: self.args.rate, held: self.args.held, lasts };
        let (program, pack) = (&self.args.program, &self.pack.dir);
        let at = Address::file(dir, "telephone")?;
        at.open().await?.close().await;
        let most = self.args.held.saturating_add(self.args.rate * 4);
        let line = telephone::Line::open(program, (&at.data, &at.url), pack, most).await?;
        line.play(load, report).await?;
        let at = Address::file(dir, "queue")?;
        at.open().await?.close().await;
        telephone::queue(program, (&at.data, &at.url), pack, report).await?;
        let at = Address::file(dir, "overload")?;
        at.open().await?.close().await;
        let load = telephone::Load { held: (self.args.held / 5).max(10), ..load };
        telephone::overload(program, (&at.data, &at.url), pack, load, report).await
    }

    /// Machines that want places, on a store that holds nothing.
    async fn hoard(&self, dir: &Path, report: &mut Report) -> Result<()> {
        let at = Address::file(dir, "hoard")?;
        at.open().await?.close().await;
        let pack = dir.join("hoard-pack");
        let office = hoard::pack(&self.pack.dir, &pack, now())?;
        let server = Server::start(&self.args.program, &at.data, &at.url, &pack).await?;
        hoard::play(&server, &office, now(), report).await?;
        server.stop().await
    }

    /// One part in `part` of a nation's year in a file.
    async fn national_file(&self, dir: &Path, part: u64, report: &mut Report) -> Result<()> {
        let at = Address::file(dir, &format!("national-{part}"))?;
        let name = format!("SQLite, {}", part_of(part));
        let stage = self.national(&at, part, &name, report).await?;
        let files = fs::read_dir(&at.data)?;
        let size: u64 = files.filter_map(|entry| entry.ok()?.metadata().ok()).map(|meta| meta.len()).sum();
        report.note(&name, "size on disk", format!("{:.2} GiB", gib(size)));
        self.play(&at, stage, report).await?;
        Ok(fs::remove_dir_all(&at.data)?)
    }

    /// And on a server of its own, that is as tidy as it is after a year: what a year's writing leaves to be swept is swept.
    async fn national_database(&self, dir: &Path, part: u64, report: &mut Report) -> Result<()> {
        let cluster = Cluster::start_with(&["shared_buffers=2GB", "max_wal_size=2GB"]).await;
        let database = cluster.empty().await;
        let at = Address {
            url: cluster.url(&database),
            data: folder(dir, &format!("national-postgres-{part}"))?,
            database: Some(cluster.process()),
        };
        let name = format!("PostgreSQL, {}", part_of(part));
        let stage = self.national(&at, part, &name, report).await?;
        let size = cluster.swept(&database).await;
        report.note(&name, "size on disk", format!("{:.2} GiB", gib(size.unsigned_abs())));
        self.play(&at, stage, report).await
    }

    /// Writes one part in `part` of a nation's year.
    async fn national(&self, at: &Address, part: u64, name: &str, report: &mut Report) -> Result<Stage> {
        let store = at.open().await?;
        let mut matters = Matters::new(Chance::new(1));
        let now = now();
        let cast = cast::hire(&*store, &self.offices(), &OFFICE.parse()?, now, &mut Chance::new(2)).await?;
        let begun = Instant::now();
        let said = year::write(&store, &self.pack.pack, &cast, &mut matters, part, now).await?;
        let figure = format!(
            "{} contacts, {} inquiries, {} appointments, {} notices, {} journal entries; written in {:.0} s",
            said.contacts,
            said.inquiries,
            said.appointments,
            said.notices,
            store.journal_end().await?.0,
            begun.elapsed().as_secs_f64()
        );
        report.note(name, "holds", figure);
        let stage = self.ready(&store, cast, &mut matters, self.args.ready.min(20_000), name).await?;
        store.close().await;
        Ok(stage)
    }

    async fn ready(
        &self,
        store: &Arc<dyn Store>,
        cast: Cast,
        matters: &mut Matters,
        count: usize,
        name: &str,
    ) -> Result<Stage> {
        let (pack, now) = (&self.pack.pack, now());
        let office = pack.office(&OFFICE.parse()?).context("no such office")?;
        let reason = ready::short_reason(pack)?;
        let ready = ready::people(store, pack, &cast, matters, count, now).await?;
        let mut rivals = Vec::new();
        for _ in 0..scenes::RUSHES {
            rivals.push(ready::rivals(store, office, reason, &cast, matters, scenes::RIVALS, now).await?);
        }
        Ok(Stage {
            name: name.to_owned(),
            keys: cast.keys,
            today: office.calendar.zone.date(now),
            ready,
            rivals,
            places: scenes::wide_places(office, reason, now),
            connections: self.args.connections,
            lasts: Duration::from_secs(self.args.seconds),
            database: None,
            only_bookings: self.args.only(Only::Bookings),
            only_desks: self.args.only(Only::Desks),
            only_public: self.args.only(Only::Public),
        })
    }

    async fn play(&self, at: &Address, stage: Stage, report: &mut Report) -> Result<()> {
        let stage = Stage { database: at.database, ..stage };
        let server = Server::start(&self.args.program, &at.data, &at.url, &self.pack.dir).await?;
        let started = format!("{:.0} ms", server.started_in.as_secs_f64() * 1000.0);
        report.note(&stage.name, "start to first answer", started);
        stage.play(&server, now(), report).await?;
        server.stop().await
    }
}

fn part_of(part: u64) -> &'static str {
    if part == 1 { "a nation's year" } else { "a tenth of a nation's year" }
}

#[expect(clippy::cast_precision_loss, reason = "a size in three digits")]
fn gib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program measured runs on the wall clock, so what is seeded must too"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

//! A PostgreSQL of our own for tests (feature `testing`): made in a temporary folder, run as nobody of importance, ended
//! whatever happens.
//!
//! A watcher between us and the server reads from a pipe that we hold. However this process ends (returns, panics, is
//! killed), the pipe closes; then the watcher ends the server and removes the folder. nextest runs each test in a process
//! of its own: there the server that they share lasts as long as nextest itself.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "this is for tests, in the library only so that several crates can use it"
)]

use crate::{Options, PostgresStore};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    fs::File,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use store::Store;

/// Runs the server until whoever wants it has gone (a process whose number is given, or else whoever holds our pipe), ends
/// it and removes its folder and, if another is named, that one too.
const WATCH: &str = r#"folder=$0; process=$1; with=$2; shift 2; "$@" & server=$!
if [ -n "$process" ]; then while [ -d "/proc/$process" ]; do sleep 1; done; else cat >/dev/null; fi
kill -QUIT "$server"; wait "$server"; rm -rf "$folder" ${with:+"$with"}"#;

/// A server and its folder.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    settings: Vec<String>,
    watchers: Mutex<Vec<Child>>,
    databases: AtomicU32,
    run: Option<Run>,
}

/// A run of many test processes that share a server.
#[derive(Debug, Clone)]
struct Run {
    /// The process that lasts as long as the run: the parent of us all.
    process: u32,
    /// Where they find each other.
    place: PathBuf,
}

/// A program of PostgreSQL's; Debian keeps them apart from the search path, by version.
fn program(name: &str) -> PathBuf {
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    versions.sort_by_key(|path| path.file_name().and_then(|v| v.to_str()?.parse::<u32>().ok()));
    versions
        .into_iter()
        .rev()
        .map(|version| version.join("bin"))
        .chain(on_path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{name} is missing. On Debian: apt-get install postgresql"))
}

/// Whom to be, when we are root: the server refuses to run as root.
fn servant() -> Option<(u32, u32)> {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let id = |flag: &str| {
        let output = Command::new("id").args([flag, "postgres"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
    };
    Some((id("-u"), id("-g")))
}

fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = servant() {
        command.uid(user).gid(group);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).current_dir("/");
    command
}

fn run(command: &mut Command) {
    let output = command.stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A folder that only the server's user may look into.
fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("anteroom-pg-").tempdir().unwrap().keep();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    if let Some((user, group)) = servant() {
        chown(&folder, Some(user), Some(group)).unwrap();
    }
    folder
}

impl Cluster {
    /// A new, empty server.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// A new, empty server with these settings (`name=value`).
    pub async fn start_with(settings: &[&str]) -> Self {
        Self::start_for(None, settings).await
    }

    async fn start_for(of: Option<Run>, settings: &[&str]) -> Self {
        let folder = folder();
        run(command(program("initdb")).arg("-D").arg(folder.join("data")).args([
            "--no-sync",
            "--auth=trust",
            "--username=anteroom",
            "--encoding=UTF8",
            "--locale=C",
        ]));
        Self::on(folder, of, settings).await
    }

    /// A standby of this server, streaming from it under this name.
    pub async fn standby(&self, name: &str) -> Self {
        let folder = folder();
        let from = format!("host=127.0.0.1 port={} user=anteroom application_name={name}", self.port);
        run(command(program("pg_basebackup"))
            .args(["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync", "-D"])
            .arg(folder.join("data"))
            .arg("-d")
            .arg(from));
        Self::on(folder, None, &["synchronous_standby_names="]).await
    }

    async fn on(folder: PathBuf, of: Option<Run>, settings: &[&str]) -> Self {
        let settings = settings.iter().map(|s| (*s).to_owned()).collect();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut cluster = Self::at(folder, port);
        (cluster.settings, cluster.run) = (settings, of);
        cluster.run().await;
        cluster
    }

    /// A server that somebody else has started.
    fn at(folder: PathBuf, port: u16) -> Self {
        let (watchers, databases) = (Mutex::default(), AtomicU32::new(0));
        Self { folder, port, settings: Vec::new(), watchers, databases, run: None }
    }

    /// Starts the server, again if it has been killed, and waits until it answers.
    pub async fn run(&self) {
        let log =
            std::fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut watcher = command("sh");
        watcher
            .args(["-c", WATCH])
            .arg(&self.folder)
            .arg(self.run.as_ref().map_or_else(String::new, |run| run.process.to_string()))
            .arg(self.run.as_ref().map_or(Path::new(""), |run| &run.place))
            .arg(program("postgres"))
            .arg("-D")
            .arg(self.folder.join("data"));
        let fixed = [
            format!("port={}", self.port),
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", self.folder.display()),
            "fsync=on".to_owned(),
            // A store that a case of the property test has let go of closes its connections by and by.
            "max_connections=400".to_owned(),
            "shared_buffers=64MB".to_owned(),
        ];
        for setting in fixed.iter().chain(&self.settings) {
            watcher.arg("-c").arg(setting);
        }
        watcher.stderr(log);
        if self.run.is_some() {
            // Not one of ours any more: it outlives us, and what ends us must not end it.
            drop(watcher.process_group(0).spawn().unwrap());
        } else {
            self.watchers.lock().unwrap().push(watcher.stdin(Stdio::piped()).spawn().unwrap());
        }
        let until = Instant::now() + Duration::from_secs(30);
        while let Err(error) = PgConnection::connect(&self.url("postgres")).await {
            assert!(Instant::now() < until, "{error}: {}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Kills the server as a power cut would: no goodbye, no last checkpoint.
    pub fn kill(&self) {
        self.signal("-QUIT");
        // The children go when they are told so; until then the port is taken.
        let pid = self.folder.join("data/postmaster.pid");
        let until = Instant::now() + Duration::from_secs(30);
        while pid.exists() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: &str) {
        let pid = self.process().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// The number of the server's first process, whose children serve.
    pub fn process(&self) -> u32 {
        let text = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        text.lines().next().unwrap().parse().unwrap()
    }

    /// Where the host is, for a URL.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The folder of its Unix socket.
    pub fn socket(&self) -> &Path {
        &self.folder
    }

    /// The port, which is in the Unix socket's name too.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// A URL of a database here.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://anteroom@{}/{database}", self.host())
    }

    /// A program of PostgreSQL's that talks to this server, such as `pg_dump`.
    pub fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string()).env("PGUSER", "anteroom");
        command
    }

    /// Runs statements in a database here, behind the store's back.
    pub async fn sql(&self, database: &str, sql: &str) -> u64 {
        let mut conn = self.connect(database).await;
        let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await;
        let done = done.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected();
        conn.close().await.unwrap();
        done
    }

    /// A connection of one's own to a database here.
    pub async fn connect(&self, database: &str) -> PgConnection {
        PgConnection::connect(&self.url(database)).await.unwrap()
    }

    /// The one number that a query tells.
    pub async fn number(&self, database: &str, sql: &str) -> i64 {
        let mut conn = self.connect(database).await;
        let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        found
    }

    /// How many pages of the inquiries the server knows to be settled, so that an index is enough to count by.
    pub async fn settled_pages(&self, database: &str) -> i64 {
        self.number(database, "SELECT relallvisible::bigint FROM pg_class WHERE relname = 'inquiry'").await
    }

    /// Sweeps what much writing has left to be swept, as the server does by itself in time. How many bytes the database has.
    pub async fn swept(&self, database: &str) -> i64 {
        for sql in ["VACUUM ANALYZE", "CHECKPOINT"] {
            self.sql(database, sql).await;
        }
        self.number(database, "SELECT pg_database_size(current_database())").await
    }

    /// A new, empty database; its name.
    pub async fn empty(&self) -> String {
        self.create("template1").await
    }

    /// A new database like another; its name.
    async fn create(&self, like: &str) -> String {
        let name = format!("test_{}_{}", std::process::id(), self.databases.fetch_add(1, Ordering::Relaxed));
        let mut conn = self.connect("postgres").await;
        // One at a time, in all processes: a database that is being copied cannot be copied again.
        for sql in ["SELECT pg_advisory_lock(1)", &format!("CREATE DATABASE {name} TEMPLATE {like}")] {
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
        }
        conn.close().await.unwrap();
        name
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "the server's last words: {}",
                self.log().lines().rev().take(20).collect::<Vec<_>>().join("\n")
            );
        }
        for mut watcher in std::mem::take(&mut *self.watchers.lock().unwrap()) {
            drop(watcher.stdin.take());
            watcher.wait().unwrap();
        }
    }
}

/// The server that tests share, each with a database of its own: those of one run of nextest, or those of this process.
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| {
        // A runtime of its own: that of the first test ends with the first test.
        std::thread::spawn(|| {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                match std::env::var("NEXTEST_RUN_ID") {
                    Ok(id) => joined(&id).await,
                    Err(_) => moulded(None).await,
                }
            })
        })
        .join()
        .unwrap()
    })
}

/// A server with a database that others are made like.
async fn moulded(run: Option<Run>) -> Cluster {
    let cluster = Cluster::start_for(run, &[]).await;
    cluster.sql("postgres", "CREATE DATABASE mould").await;
    open(&cluster.url("mould")).await.close().await;
    cluster
}

/// The server of a run, which the first of its processes to ask has to start.
async fn joined(id: &str) -> Cluster {
    let place = std::env::temp_dir().join(format!("anteroom-pg-run-{id}"));
    std::fs::create_dir_all(&place).unwrap();
    let door = File::options().create(true).append(true).open(place.join("door")).unwrap();
    // Whoever dies in here lets go of it.
    door.lock().unwrap();
    let at = place.join("at");
    if let Ok(text) = std::fs::read_to_string(&at) {
        let (port, folder) = text.split_once(' ').unwrap();
        return Cluster::at(folder.into(), port.parse().unwrap());
    }
    if let Some((user, group)) = servant() {
        // The watcher removes it in the end.
        chown(&place, Some(user), Some(group)).unwrap();
    }
    let process = std::os::unix::process::parent_id();
    let cluster = moulded(Some(Run { process, place })).await;
    std::fs::write(&at, format!("{} {}", cluster.port, cluster.folder.display())).unwrap();
    cluster
}

/// A store's database on the shared server, up to date and empty; its name.
pub async fn database() -> String {
    shared().create("mould").await
}

/// A store on a URL.
pub async fn open(url: &str) -> PostgresStore {
    PostgresStore::open(url, Options::default()).await.unwrap()
}

/// A store in a fresh database of the shared server, and the database's name.
pub async fn fresh() -> (PostgresStore, String) {
    let name = database().await;
    (open(&shared().url(&name)).await, name)
}

//! The line to the server: pools of connections, and finding the host that writes.

use crate::{
    Options,
    fault::{Fault, Kind},
};
use futures::future::join_all;
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use store::StoreError;

/// None of the hosts writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPrimary;

impl std::fmt::Display for NoPrimary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("none of the PostgreSQL hosts can be reached and writes")
    }
}

impl std::error::Error for NoPrimary {}

/// How the hosts are looked through, at least this far apart: a fail-over takes seconds, and a lost primary
/// must not be met with a storm of questions from every waiting request.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// Since when connections can be trusted: one that is older than the last trouble may be as dead as the one that
/// showed it.
#[derive(Debug, Clone, Default)]
struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    fn lost(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether there was trouble this shortly ago.
    fn was_lost_within(&self, time: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lost.is_some_and(|lost| lost.elapsed() < time)
    }

    fn covers(&self, age: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lost.is_none_or(|lost| age < lost.elapsed())
    }
}

/// Which host was found last, and when.
#[derive(Debug)]
struct Found {
    host: usize,
    at: Instant,
}

/// Connections to the host that writes.
pub(crate) struct Link {
    hosts: Vec<PgConnectOptions>,
    pub(crate) writers: PgPool,
    pub(crate) readers: PgPool,
    /// For the one connection that listens; it must never wait for the others.
    pub(crate) ears: PgPool,
    trust: Trust,
    found: tokio::sync::Mutex<Found>,
    read_only: bool,
    pub(crate) options: Options,
}

impl std::fmt::Debug for Link {
    /// Without how to connect: there may be a password in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("found", &self.found)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

impl Link {
    /// Finds the host that writes (with `read_only`: any that answers) and makes ready to connect to it.
    pub(crate) async fn new(
        hosts: Vec<PgConnectOptions>,
        options: Options,
        read_only: bool,
    ) -> Result<Self, StoreError> {
        let hosts: Vec<_> = hosts.into_iter().map(|host| dressed(host, &options, read_only)).collect();
        let deadline = Instant::now() + options.patience;
        let host = loop {
            match look(&hosts, options.acquire, read_only).await {
                Ok(host) => break host,
                // What the server itself refuses (a password, a database that is not there) waiting will not mend.
                Err(Some(fault)) if fault.kind() == Kind::Final => return Err(fault.into()),
                Err(fault) if Instant::now() >= deadline => {
                    return Err(
                        fault.map_or_else(|| StoreError::Engine(Box::new(NoPrimary)), StoreError::from)
                    );
                }
                Err(_) => tokio::time::sleep(BETWEEN_LOOKS).await,
            }
        };
        let trust = Trust::default();
        let pool = |size: u32, host: PgConnectOptions| {
            let trust = trust.clone();
            PgPoolOptions::new()
                .max_connections(size.max(1))
                .acquire_timeout(options.acquire)
                // A question before each use would double the round trips of a small read. A dead connection shows
                // itself, and then every one as old is let go.
                .test_before_acquire(false)
                .before_acquire(move |_, about| {
                    let trusted = trust.covers(about.age);
                    Box::pin(async move { Ok(trusted) })
                })
                .after_connect(move |conn, _| Box::pin(async move { greet(conn, read_only).await }))
                .connect_lazy_with(host)
        };
        Ok(Self {
            writers: pool(options.writers, planned_once(&hosts[host])),
            readers: pool(options.readers, hosts[host].clone()),
            ears: pool(1, hosts[host].clone()),
            trust: trust.clone(),
            found: tokio::sync::Mutex::new(Found { host, at: Instant::now() }),
            hosts,
            read_only,
            options,
        })
    }

    /// A connection was lost: those as old are not used again, and the host that writes is looked for, once for
    /// all who ask meanwhile. `false` when there is none for now.
    pub(crate) async fn find_again(&self) -> bool {
        let asked = Instant::now();
        self.trust.lost();
        let mut found = self.found.lock().await;
        if found.at > asked {
            return true;
        }
        self.look_into(&mut found).await.is_some()
    }

    /// No connection could be had in time: is it the server (then it is worth another try), or are all in use? Whoever
    /// waited while there was trouble waited for the server, though somebody else may have found it again meanwhile.
    pub(crate) async fn unreachable(&self) -> bool {
        let mut found = self.found.lock().await;
        let troubled = || self.trust.was_lost_within(self.options.acquire * 2);
        if found.at.elapsed() < self.options.acquire {
            return troubled();
        }
        if let Some(moved) = self.look_into(&mut found).await {
            return moved || troubled();
        }
        drop(found);
        tokio::time::sleep(BETWEEN_LOOKS).await;
        true
    }

    /// Looks through the hosts and follows the one that writes; whether that is another than before, or none when
    /// there is none.
    async fn look_into(&self, found: &mut Found) -> Option<bool> {
        match look(&self.hosts, self.options.acquire, self.read_only).await {
            Ok(host) => {
                let moved = found.host != host;
                if moved {
                    tracing::warn!(host, "another PostgreSQL host writes now");
                    self.writers.set_connect_options(planned_once(&self.hosts[host]));
                    for pool in [&self.readers, &self.ears] {
                        pool.set_connect_options(self.hosts[host].clone());
                    }
                    // Connections made while the pools still knew the old host.
                    self.trust.lost();
                }
                *found = Found { host, at: Instant::now() };
                Some(moved)
            }
            Err(fault) => {
                tracing::warn!(?fault, "no PostgreSQL host writes");
                None
            }
        }
    }

    /// Closes every connection.
    pub(crate) async fn close(&self) {
        self.ears.close().await;
        self.writers.close().await;
        self.readers.close().await;
    }

    /// How long to wait before hosts are looked through again.
    pub(crate) const fn between_looks() -> Duration {
        BETWEEN_LOOKS
    }
}

/// What every connection is told as it is made. The times are bounds for one statement and one lock: without them a
/// stuck server holds every request.
fn dressed(host: PgConnectOptions, options: &Options, read_only: bool) -> PgConnectOptions {
    let millis = |d: Duration| d.as_millis().to_string();
    let host = host.options([
        ("default_transaction_isolation", "read committed".to_owned()),
        ("statement_timeout", millis(options.statement)),
        ("lock_timeout", millis(options.lock)),
        ("idle_in_transaction_session_timeout", millis(options.statement)),
    ]);
    let host = if host.get_application_name().is_none() { host.application_name("anteroom") } else { host };
    let host = if read_only { host.options([("default_transaction_read_only", "on")]) } else { host };
    host.disable_statement_logging()
}

/// For whoever writes: a statement is planned once for a connection. Rows come as arrays there, and the server, which would see by their
/// length that a short one is cheaper than it takes a plan for any length to be, would plan the same statement anew each time.
fn planned_once(host: &PgConnectOptions) -> PgConnectOptions {
    host.clone().options([("plan_cache_mode", "force_generic_plan")])
}

/// Refuses a server that does not write. A server told to answer before it has flushed is told otherwise: what is
/// acknowledged here is durable. A stricter setting (`remote_apply`) stays.
async fn greet(conn: &mut PgConnection, read_only: bool) -> Result<(), sqlx::Error> {
    let (standby, _kept): (bool, String) = sqlx::query_as(
        "SELECT current_setting('transaction_read_only')::bool,
                set_config('synchronous_commit',
                  CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                    ELSE current_setting('synchronous_commit') END, false)",
    )
    .fetch_one(conn)
    .await?;
    if standby && !read_only {
        Err(sqlx::Error::Io(std::io::ErrorKind::ReadOnlyFilesystem.into()))
    } else {
        Ok(())
    }
}

/// Asks every host at once whether it writes. Of several that say so the one on the highest timeline is taken: an old
/// primary that came back is on a lower one than the standby that took its place.
async fn look(hosts: &[PgConnectOptions], within: Duration, read_only: bool) -> Result<usize, Option<Fault>> {
    let answers = join_all(hosts.iter().map(|host| async move {
        tokio::time::timeout(within, ask(host)).await.map_err(|_late| None).and_then(|a| a.map_err(Some))
    }))
    .await;
    let mut best: Option<(i64, usize)> = None;
    let mut fault = None;
    for (host, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(timeline) if timeline.is_some() || read_only => {
                let timeline = timeline.unwrap_or(-1);
                if best.is_none_or(|(highest, _)| timeline > highest) {
                    best = Some((timeline, host));
                }
            }
            Ok(_) => {}
            Err(why) => fault = why.map(Fault::from).or(fault),
        }
    }
    best.map(|(_, host)| host).ok_or(fault)
}

/// The timeline a host writes on; none when it only reads.
async fn ask(host: &PgConnectOptions) -> Result<Option<i64>, sqlx::Error> {
    let mut conn = host.connect().await?;
    // The setting asked for is the server's own, whatever this connection was told to be.
    let timeline = sqlx::query_scalar(
        "SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only')::bool THEN NULL
                ELSE ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint END",
    )
    .fetch_one(&mut conn)
    .await?;
    conn.close().await?;
    Ok(timeline)
}

//! Opening a file: how connections are made, and how its schema comes up to date.

use crate::{
    Options,
    convert::{Failed, engine},
    sql,
};
use rusqlite::OpenFlags;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{cmp::Ordering, path::Path};
use store::{Migrated, StoreError};

/// The schema's steps, in order. A step that was published is never changed: a new one is added.
const STEPS: [(i64, &str); 26] = [
    (1, include_str!("schema/0001-records.sql")),
    (2, include_str!("schema/0002-places.sql")),
    (3, include_str!("schema/0003-journal.sql")),
    (4, include_str!("schema/0004-jobs.sql")),
    (5, include_str!("schema/0005-sessions.sql")),
    (6, include_str!("schema/0006-imported.sql")),
    (7, include_str!("schema/0007-tickets.sql")),
    (8, include_str!("schema/0008-leased.sql")),
    (9, include_str!("schema/0009-review.sql")),
    (10, include_str!("schema/0010-pace.sql")),
    (11, include_str!("schema/0011-wait.sql")),
    (12, include_str!("schema/0012-calls.sql")),
    (13, include_str!("schema/0013-promises.sql")),
    (14, include_str!("schema/0014-letters.sql")),
    (15, include_str!("schema/0015-proofs.sql")),
    (16, include_str!("schema/0016-federated.sql")),
    (17, include_str!("schema/0017-of-person.sql")),
    (18, include_str!("schema/0018-closings.sql")),
    (19, include_str!("schema/0019-hooks.sql")),
    (20, include_str!("schema/0020-revisions.sql")),
    (21, include_str!("schema/0021-retention.sql")),
    (22, include_str!("schema/0022-marks.sql")),
    (23, include_str!("schema/0023-stopped.sql")),
    (24, include_str!("schema/0024-guard.sql")),
    (25, include_str!("schema/0025-passes.sql")),
    (26, include_str!("schema/0026-handovers.sql")),
];

/// The schema this program knows.
pub const SCHEMA: i64 = STEPS[STEPS.len() - 1].0;

fn connecting(path: &Path, options: &Options) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(options.lock_wait)
        .foreign_keys(true)
        .disable_statement_logging()
}

/// The one connection that writes, and which schema the file had and has.
pub(crate) async fn writer(path: &Path, options: &Options) -> Result<(SqliteConnection, Migrated), Failed> {
    if options.migrate {
        keep_private(path)?;
    }
    let mut conn = connecting(path, options)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: an acknowledged change survives a power cut, not only a crash of the program.
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    let from = version(&mut conn).await?;
    if options.migrate {
        migrate(&mut conn).await?;
    } else {
        expect_current(from)?;
    }
    let to = version(&mut conn).await?;
    Ok((conn, Migrated { from, to }))
}

/// The connection that the writer's thread keeps, on a file whose schema is up to date.
pub(crate) fn synchronous(path: &Path, options: &Options) -> Result<rusqlite::Connection, rusqlite::Error> {
    let conn = rusqlite::Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(options.lock_wait)?;
    conn.set_prepared_statement_cache_capacity(sql::KEPT);
    conn.pragma_update(None, "foreign_keys", true)?;
    // What is deleted or rewritten is overwritten in the file too: what was erased must not be found there.
    conn.pragma_update(None, "secure_delete", true)?;
    // FULL: an acknowledged change survives a power cut, not only a crash of the program.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // Negative: KiB. The pages that every change touches stay in memory.
    conn.pragma_update(None, "cache_size", -65_536)?;
    // Pages. Mostly the log is folded in beside the writer (`folding`); it finishes what is left when the log has grown to
    // this, so that it begins anew.
    conn.pragma_update(None, "wal_autocheckpoint", 16_000)?;
    // What a savepoint may have to take back is kept in memory, not in a temporary file.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(conn)
}

/// The connection that folds the write-ahead log into the file.
pub(crate) fn folding(path: &Path, options: &Options) -> Result<rusqlite::Connection, rusqlite::Error> {
    let conn = rusqlite::Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(options.lock_wait)?;
    // What is folded in is on the disk before its place in the log is used again.
    conn.pragma_update(None, "synchronous", "FULL")?;
    Ok(conn)
}

/// A connection that reads single records.
pub(crate) fn point(path: &Path, options: &Options) -> Result<rusqlite::Connection, rusqlite::Error> {
    let conn = rusqlite::Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(options.lock_wait)?;
    conn.set_prepared_statement_cache_capacity(sql::KEPT);
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "cache_size", -16_384)?;
    Ok(conn)
}

/// The connections that read, on a file that has been opened for writing here.
pub(crate) async fn readers(path: &Path, options: &Options) -> Result<SqlitePool, Failed> {
    pool(connecting(path, options).pragma("query_only", "on").pragma("cache_size", "-16384"), options).await
}

/// Connections that read a file which another process may be writing.
pub(crate) async fn read_only(path: &Path, options: &Options) -> Result<SqlitePool, Failed> {
    let pool = pool(connecting(path, options).read_only(true).pragma("query_only", "on"), options).await?;
    expect_current(version(&mut *pool.acquire().await?).await?)?;
    Ok(pool)
}

/// The schema a file has; 0 in an empty one.
async fn version(conn: &mut SqliteConnection) -> Result<i64, Failed> {
    Ok(sqlx::query_scalar("PRAGMA user_version").fetch_one(conn).await?)
}

/// Refuses a file that another version of the program wrote.
fn expect_current(found: i64) -> Result<(), StoreError> {
    match found.cmp(&SCHEMA) {
        Ordering::Greater => Err(StoreError::Newer { found, known: SCHEMA }),
        Ordering::Less => Err(StoreError::Older { found, known: SCHEMA }),
        Ordering::Equal => Ok(()),
    }
}

async fn pool(connecting: SqliteConnectOptions, options: &Options) -> Result<SqlitePool, Failed> {
    Ok(SqlitePoolOptions::new()
        .max_connections(options.readers.max(1))
        .acquire_timeout(options.lock_wait)
        .connect_with(connecting)
        .await?)
}

/// Writes a copy of what is committed at this moment. SQLite reads one snapshot, and whoever writes is not waited for.
pub(crate) async fn back_up(path: &Path, to: &Path, options: &Options) -> Result<(), Failed> {
    let io = |error: std::io::Error| Failed(StoreError::Engine(Box::new(error)));
    let name = to.to_str().ok_or_else(|| io(std::io::ErrorKind::InvalidFilename.into()))?;
    if to.exists() {
        return Err(io(std::io::ErrorKind::AlreadyExists.into()));
    }
    // Never a store of another version: what is copied must be understood by whoever restores it.
    let one = read_only(path, &Options { readers: 1, ..*options }).await?;
    one.close().await;
    // An empty file is taken for a new one, and keeps its rights.
    keep_private(to)?;
    let mut conn = connecting(path, options).read_only(true).connect().await?;
    sqlx::query("VACUUM INTO ?1").bind(name).execute(&mut conn).await?;
    conn.close().await?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(io)
}

/// Makes the file before SQLite does, readable by its owner only: it holds people's data. SQLite gives the
/// files it puts beside it the same rights.
fn keep_private(path: &Path) -> Result<(), Failed> {
    let mut file = std::fs::OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(drop).map_err(|e| Failed(StoreError::Engine(Box::new(e))))
}

/// Brings the schema up to date, one step in one transaction.
async fn migrate(conn: &mut SqliteConnection) -> Result<(), Failed> {
    loop {
        // The lock comes first: another process may be taking the same step.
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *conn).await?;
        let step = step(conn).await;
        let end = if matches!(step, Ok(true)) { "COMMIT" } else { "ROLLBACK" };
        sqlx::query(end).execute(&mut *conn).await?;
        if !step? {
            return Ok(());
        }
    }
}

/// Takes the next step; `false` when there is none.
async fn step(conn: &mut SqliteConnection) -> Result<bool, Failed> {
    let found = version(conn).await?;
    if found > SCHEMA {
        return Err(StoreError::Newer { found, known: SCHEMA }.into());
    }
    let Some((number, sql)) = STEPS.iter().find(|(number, _)| *number > found) else { return Ok(false) };
    sqlx::raw_sql(*sql).execute(&mut *conn).await.map_err(engine)?;
    // A PRAGMA takes no parameters; the number is ours.
    sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {number}"))).execute(&mut *conn).await?;
    Ok(true)
}

//! The schema: its steps, and bringing a database up to date.

use crate::fault::Fault;
use sqlx::{PgConnection, PgPool};
use std::cmp::Ordering;
use store::StoreError;

/// The schema's steps, in order. A step that was published is never changed: a new one is added. A step only adds
/// (expands) while the release before it may still run beside; what is no longer used goes in a later release (contracts).
const STEPS: [(i64, &str); 5] = [
    (1, include_str!("schema/0001-records.sql")),
    (2, include_str!("schema/0002-places.sql")),
    (3, include_str!("schema/0003-journal.sql")),
    (4, include_str!("schema/0004-jobs.sql")),
    (5, include_str!("schema/0005-imported.sql")),
];

/// The schema this program knows.
pub const SCHEMA: i64 = STEPS[STEPS.len() - 1].0;

/// The advisory lock that whoever migrates holds: "anteroom" in ASCII.
const LOCK: i64 = 0x61_6e_74_65_72_6f_6f_6d;

/// Brings the schema up to date, all steps or none, one node at a time.
pub(crate) async fn migrate(pool: &PgPool) -> Result<(), Fault> {
    let mut conn = pool.acquire().await?;
    if is_current(found(&mut conn).await?)? {
        return Ok(());
    }
    let mut all = sqlx::Connection::begin(&mut *conn).await?;
    // A step may rewrite a large table, and another node's steps are worth waiting for.
    sqlx::raw_sql("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").execute(&mut *all).await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *all).await?;
    // Another node may have taken the steps meanwhile. This session has looked for the table in vain, and would remember
    // that: asking for it to be made is what makes it look again.
    sqlx::raw_sql(
        "CREATE TABLE IF NOT EXISTS anteroom_schema (one boolean PRIMARY KEY CHECK (one), version bigint NOT NULL)",
    )
    .execute(&mut *all)
    .await?;
    let before = version(&mut all).await?;
    if !is_current(before)? {
        for (_, step) in STEPS.iter().filter(|(number, _)| *number > before) {
            sqlx::raw_sql(*step).execute(&mut *all).await?;
        }
        sqlx::query(
            "INSERT INTO anteroom_schema VALUES (true, $1)
             ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        )
        .bind(SCHEMA)
        .execute(&mut *all)
        .await?;
    }
    Ok(all.commit().await?)
}

/// Refuses a database that another version of the program wrote.
pub(crate) async fn expect_current(pool: &PgPool) -> Result<(), Fault> {
    let mut conn = pool.acquire().await?;
    let found = found(&mut conn).await?;
    if is_current(found)? { Ok(()) } else { Err(StoreError::Older { found, known: SCHEMA }.into()) }
}

/// The schema found; 0 in an empty database.
async fn found(conn: &mut PgConnection) -> Result<i64, Fault> {
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('anteroom_schema') IS NOT NULL").fetch_one(&mut *conn).await?;
    if !is_there {
        return Ok(0);
    }
    version(conn).await
}

/// The schema that the table tells, once there is one.
async fn version(conn: &mut PgConnection) -> Result<i64, Fault> {
    let version: Option<i64> =
        sqlx::query_scalar("SELECT version FROM anteroom_schema").fetch_optional(conn).await?;
    Ok(version.unwrap_or(0))
}

fn is_current(found: i64) -> Result<bool, StoreError> {
    match found.cmp(&SCHEMA) {
        Ordering::Greater => Err(StoreError::Newer { found, known: SCHEMA }),
        Ordering::Equal => Ok(true),
        Ordering::Less => Ok(false),
    }
}

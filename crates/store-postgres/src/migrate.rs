//! The schema: its steps, and bringing a database up to date.

use crate::fault::Fault;
use sqlx::{PgConnection, PgPool};
use store::{Migrated, StoreError};

/// The schema's steps, in order. A step that was published is never changed: a new one is added. A step only adds
/// (expands) while the release before it may still run beside; what is no longer used goes in a later release
/// (contracts), and that step raises [`NEEDS`]. Decision 0008 has the whole rule.
const STEPS: [(i64, &str); 26] = [
    (1, include_str!("schema/0001-records.sql")),
    (2, include_str!("schema/0002-places.sql")),
    (3, include_str!("schema/0003-journal.sql")),
    (4, include_str!("schema/0004-jobs.sql")),
    (5, include_str!("schema/0005-imported.sql")),
    (6, include_str!("schema/0006-tickets.sql")),
    (7, include_str!("schema/0007-pace.sql")),
    (8, include_str!("schema/0008-fresh.sql")),
    (9, include_str!("schema/0009-wait.sql")),
    (10, include_str!("schema/0010-review.sql")),
    (11, include_str!("schema/0011-calls.sql")),
    (12, include_str!("schema/0012-promises.sql")),
    (13, include_str!("schema/0013-letters.sql")),
    (14, include_str!("schema/0014-compress.sql")),
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

/// The oldest program that can work on this schema, by the schema it knows: the last step that took something away.
const NEEDS: i64 = 5;

/// The advisory lock that whoever migrates holds: "anteroom" in ASCII.
const LOCK: i64 = 0x61_6e_74_65_72_6f_6f_6d;

/// What a database says of its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Found {
    /// The last step that was taken; 0 in an empty database.
    version: i64,
    /// The oldest program that can work on it.
    needs: i64,
}

impl Found {
    /// Whether nothing is to be done. A program can work beside a newer one that has only added to the schema.
    const fn is_current(self) -> Result<bool, StoreError> {
        if self.needs > SCHEMA {
            return Err(StoreError::Newer { found: self.version, known: SCHEMA });
        }
        Ok(self.version >= SCHEMA)
    }
}

/// Brings the schema up to date, all steps or none, one node at a time.
pub(crate) async fn migrate(pool: &PgPool) -> Result<Migrated, Fault> {
    let mut conn = pool.acquire().await?;
    let before = found(&mut conn).await?;
    if before.is_current()? {
        return Ok(Migrated { from: before.version, to: before.version });
    }
    let mut all = sqlx::Connection::begin(&mut *conn).await?;
    // A step may rewrite a large table, and another node's steps are worth waiting for.
    sqlx::raw_sql("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").execute(&mut *all).await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *all).await?;
    // Another node may have taken the steps meanwhile. This session has looked for the table in vain, and would remember
    // that: asking for it to be made is what makes it look again.
    sqlx::raw_sql(
        "CREATE TABLE IF NOT EXISTS anteroom_schema (
           one     boolean PRIMARY KEY CHECK (one),
           version bigint  NOT NULL,
           needs   bigint  NOT NULL
         )",
    )
    .execute(&mut *all)
    .await?;
    let before = told(&mut all).await?;
    let current = before.is_current()?;
    if !current {
        for (_, step) in STEPS.iter().filter(|(number, _)| *number > before.version) {
            sqlx::raw_sql(*step).execute(&mut *all).await?;
        }
        sqlx::query(
            "INSERT INTO anteroom_schema VALUES (true, $1, $2)
             ON CONFLICT (one) DO UPDATE SET version = excluded.version, needs = excluded.needs",
        )
        .bind(SCHEMA)
        .bind(NEEDS)
        .execute(&mut *all)
        .await?;
    }
    all.commit().await?;
    Ok(Migrated { from: before.version, to: if current { before.version } else { SCHEMA } })
}

/// Refuses a database that another version of the program wrote.
pub(crate) async fn expect_current(pool: &PgPool) -> Result<(), Fault> {
    let mut conn = pool.acquire().await?;
    let found = found(&mut conn).await?;
    if found.is_current()? {
        Ok(())
    } else {
        Err(StoreError::Older { found: found.version, known: SCHEMA }.into())
    }
}

/// The schema found.
async fn found(conn: &mut PgConnection) -> Result<Found, Fault> {
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('anteroom_schema') IS NOT NULL").fetch_one(&mut *conn).await?;
    if is_there { told(conn).await } else { Ok(Found::default()) }
}

/// The schema that the table tells, once there is one.
async fn told(conn: &mut PgConnection) -> Result<Found, Fault> {
    let told: Option<(i64, i64)> =
        sqlx::query_as("SELECT version, needs FROM anteroom_schema").fetch_optional(conn).await?;
    Ok(told.map_or_else(Found::default, |(version, needs)| Found { version, needs }))
}

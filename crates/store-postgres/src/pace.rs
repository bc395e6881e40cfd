//! Turns that are shared by every node.

use crate::fault::Fault;
use domain::pace::{Limits, Pace, Turn};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use store::columns::{doc, read};

/// Takes a turn under the row's lock, and keeps what that leaves.
pub(crate) async fn take(
    pool: &PgPool,
    name: &str,
    limits: &Limits,
    now: Timestamp,
    patience: SignedDuration,
) -> Result<Turn, Fault> {
    let mut all = pool.begin().await?;
    // The row is there before it is locked: two nodes that find none would both begin with a full bucket.
    let fresh = doc("pace", &Pace::default())?;
    sqlx::query("INSERT INTO pace VALUES ($1, $2::json) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(&fresh)
        .execute(&mut *all)
        .await?;
    let kept: String = sqlx::query_scalar("SELECT doc::text FROM pace WHERE name = $1 FOR UPDATE")
        .bind(name)
        .fetch_one(&mut *all)
        .await?;
    let mut pace: Pace = read("pace", &kept)?;
    let turn = pace.take(limits, now, patience);
    if matches!(turn, Turn::At(_)) {
        sqlx::query("UPDATE pace SET doc = $2::json WHERE name = $1")
            .bind(name)
            .bind(doc("pace", &pace)?)
            .execute(&mut *all)
            .await?;
    }
    all.commit().await?;
    Ok(turn)
}

/// What is kept under a name.
pub(crate) async fn kept(pool: &PgPool, name: &str) -> Result<Option<Pace>, Fault> {
    let kept: Option<String> = sqlx::query_scalar("SELECT doc::text FROM pace WHERE name = $1")
        .bind(name)
        .fetch_optional(pool)
        .await?;
    Ok(kept.map(|text| read("pace", &text)).transpose()?)
}

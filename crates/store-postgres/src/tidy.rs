//! Forgetting what is over.

use crate::{fault::Fault, time::Time};
use domain::draft;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

/// Forgets answers older than `before`, and sessions and drafts that are over at `now`; how many in all.
pub(crate) async fn tidy(pool: &PgPool, now: Timestamp, before: Timestamp) -> Result<u64, Fault> {
    let kept = SignedDuration::from_hours(24 * draft::KEPT_DAYS);
    let mut all = pool.begin().await?;
    // A month of answers may go at once.
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *all).await?;
    let answers =
        sqlx::query("DELETE FROM command WHERE at < $1").bind(Time(before)).execute(&mut *all).await?;
    let sessions =
        sqlx::query("DELETE FROM session WHERE until <= $1").bind(Time(now)).execute(&mut *all).await?;
    let drafts = sqlx::query("DELETE FROM draft WHERE saved <= $1")
        .bind(Time(now.saturating_sub(kept).unwrap_or(Timestamp::MIN)))
        .execute(&mut *all)
        .await?;
    all.commit().await?;
    Ok(answers.rows_affected() + sessions.rows_affected() + drafts.rows_affected())
}

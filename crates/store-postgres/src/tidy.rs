//! Forgetting what is over.

use crate::{fault::Fault, time::Time};
use domain::{call_record, draft, remembered, wait};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

/// Forgets answers older than `before`, and sessions and drafts that are over at `now`, waits that have been for long, and processes gone for a
/// day whose calls nobody keeps; how many in all.
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
    let ago = |span: SignedDuration| Time(now.saturating_sub(span).unwrap_or(Timestamp::MIN));
    let waits = sqlx::query("DELETE FROM waiter WHERE ended <= $1")
        .bind(ago(SignedDuration::from_hours(24 * wait::KEPT_DAYS)))
        .execute(&mut *all)
        .await?;
    let calls = sqlx::query("DELETE FROM call_record WHERE ended <= $1")
        .bind(ago(SignedDuration::from_hours(24 * call_record::KEPT_DAYS)))
        .execute(&mut *all)
        .await?;
    let chosen = sqlx::query("DELETE FROM line_memory WHERE seen <= $1")
        .bind(ago(SignedDuration::from_hours(24 * remembered::KEPT_DAYS)))
        .execute(&mut *all)
        .await?;
    sqlx::query(
        "DELETE FROM line_node WHERE until <= $1
           AND NOT EXISTS (SELECT 1 FROM waiter WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM duty WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM call_record WHERE node = line_node.id)",
    )
    .bind(ago(SignedDuration::from_hours(24)))
    .execute(&mut *all)
    .await?;
    all.commit().await?;
    let records = sessions.rows_affected() + drafts.rows_affected() + waits.rows_affected();
    let records = records + calls.rows_affected() + chosen.rows_affected();
    Ok(answers.rows_affected() + records)
}

//! Forgetting what is over.

use crate::convert::{Failed, micros};
use domain::draft;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;

/// Forgets answers older than `before`, and sessions and drafts that are over at `now`; how many in all.
pub(crate) async fn tidy(
    conn: &mut SqliteConnection,
    now: Timestamp,
    before: Timestamp,
) -> Result<u64, Failed> {
    let ago = |span: SignedDuration| now.saturating_sub(span).map_or(i64::MIN, micros);
    let answers =
        sqlx::query("DELETE FROM command WHERE at < ?1").bind(micros(before)).execute(&mut *conn).await?;
    let sessions =
        sqlx::query("DELETE FROM session WHERE until <= ?1").bind(micros(now)).execute(&mut *conn).await?;
    let drafts = sqlx::query("DELETE FROM draft WHERE saved <= ?1")
        .bind(ago(SignedDuration::from_hours(24 * draft::KEPT_DAYS)))
        .execute(&mut *conn)
        .await?;
    Ok(answers.rows_affected() + sessions.rows_affected() + drafts.rows_affected())
}

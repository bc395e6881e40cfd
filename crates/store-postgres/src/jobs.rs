//! Leasing jobs to workers, of this node and of others.

use crate::{fault::Fault, time::Time};
use domain::ids::JobId;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use store::{
    LeasedJob, StoreError,
    columns::{count, read, small},
};
use uuid::Uuid;

/// A job's columns, in the order every query here names them.
pub(crate) type Row = (Uuid, String, Time, i64, i64, Option<String>);

/// A job from its row: `id, kind, due, attempts, fence, why`.
pub(crate) fn job((id, kind, due, attempts, fence, why): Row) -> Result<LeasedJob, StoreError> {
    Ok(LeasedJob {
        id: JobId::from_uuid(id),
        kind: read("job", &kind)?,
        due: due.0,
        attempts: small(attempts),
        fence: count(fence),
        why,
    })
}

/// Leases due jobs, earliest first. Each lease has a higher fence than the one before. What another node is leasing
/// or finishing at this moment is passed over.
pub(crate) async fn lease(
    pool: &PgPool,
    worker: &str,
    now: Timestamp,
    lasts: SignedDuration,
    limit: u32,
) -> Result<Vec<LeasedJob>, Fault> {
    let until = now.saturating_add(lasts).unwrap_or(now);
    let mut leased: Vec<Row> = sqlx::query_as(
        "UPDATE job SET attempts = attempts + 1, fence = fence + 1, worker = $1, lease_until = $2, again = false
         WHERE n IN (
           SELECT n FROM job
           WHERE died IS NULL AND due <= $3 AND (lease_until IS NULL OR lease_until <= $3)
           ORDER BY due, n LIMIT $4 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind::text, due, attempts, fence, why",
    )
    .bind(worker)
    .bind(Time(until))
    .bind(Time(now))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    // RETURNING promises no order.
    leased.sort_by_key(|(_, _, due, ..)| *due);
    Ok(leased.into_iter().map(job).collect::<Result<_, _>>()?)
}

//! Jobs: when the next can be had, and which were given up.

use crate::{
    fault::Fault,
    jobs::{Row, job},
    time::Time,
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::LeasedJob;

/// When the next job can be leased: when it is due and nobody has it.
pub(crate) async fn next(pool: &PgPool) -> Result<Option<Timestamp>, Fault> {
    let due: Option<Time> =
        sqlx::query_scalar("SELECT MIN(GREATEST(due, lease_until)) FROM job WHERE died IS NULL")
            .fetch_one(pool)
            .await?;
    Ok(due.map(|due| due.0))
}

pub(crate) async fn dead(pool: &PgPool, limit: u32) -> Result<Vec<LeasedJob>, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kind::text, due, attempts, fence, why FROM job WHERE died IS NOT NULL
         ORDER BY died DESC, n DESC LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(job).collect::<Result<_, _>>()?)
}

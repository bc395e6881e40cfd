//! Jobs: when the next can be had, and which were given up.

use crate::{
    convert::{Failed, int, time},
    jobs::{Row, job},
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::LeasedJob;

/// When the next job can be leased: when it is due and nobody has it.
pub(crate) async fn next(pool: &SqlitePool) -> Result<Option<Timestamp>, Failed> {
    // Asked after every commit: each half finds its row by an index, however many jobs wait.
    let due: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(due) FROM (
           SELECT * FROM (SELECT due FROM job WHERE died IS NULL AND lease_until IS NULL ORDER BY due, n LIMIT 1)
           UNION ALL
           SELECT MAX(due, lease_until) FROM job WHERE died IS NULL AND lease_until IS NOT NULL)",
    )
    .fetch_one(pool)
    .await?;
    Ok(due.map(time).transpose()?)
}

pub(crate) async fn dead(pool: &SqlitePool, limit: u32) -> Result<Vec<LeasedJob>, Failed> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kind, due, attempts, fence, why FROM job WHERE died IS NOT NULL
         ORDER BY died DESC, n DESC LIMIT ?1",
    )
    .bind(int(limit.into()))
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(job).collect::<Result<_, _>>()?)
}

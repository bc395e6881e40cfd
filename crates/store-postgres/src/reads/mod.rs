//! Reads, each made for a screen or a worker.

pub(crate) mod calls;
pub(crate) mod closings;
pub(crate) mod handovers;
pub(crate) mod imported;
pub(crate) mod indicators;
pub(crate) mod inquiries;
pub(crate) mod jobs;
pub(crate) mod journal;
pub(crate) mod marks;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod revisions;
pub(crate) mod single;
pub(crate) mod waits;

use crate::fault::Fault;
use sqlx::PgPool;
use store::columns::count;

/// The whole database.
pub(crate) async fn size(pool: &PgPool) -> Result<u64, Fault> {
    let bytes: i64 =
        sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(pool).await?;
    Ok(count(bytes))
}

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
pub(crate) mod waits;

use crate::convert::{Failed, count};
use sqlx::SqlitePool;

/// The file, with the log beside it folded in.
pub(crate) async fn size(pool: &SqlitePool) -> Result<u64, Failed> {
    let bytes: i64 =
        sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            .fetch_one(pool)
            .await?;
    Ok(count(bytes))
}

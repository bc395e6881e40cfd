//! The codes on what went out.

use crate::{fault::Fault, time::Time};
use domain::mark::{Mark, MarkCode, MarkedWay};
use sqlx::PgPool;

pub(crate) async fn mark(pool: &PgPool, code: MarkCode) -> Result<Option<Mark>, Fault> {
    let row: Option<(String, Time)> = sqlx::query_as("SELECT way, at FROM mark WHERE code = $1")
        .bind(code.as_str())
        .fetch_optional(pool)
        .await?;
    // A way that no program of today knows is none that it could name.
    Ok(row.and_then(|(way, at)| Some(Mark { code, way: MarkedWay::named(&way)?, at: at.0 })))
}

//! Handovers of many calls.

use crate::{fault::Fault, time::Time};
use domain::{handover::Handover, ids::HandoverId};
use sqlx::PgPool;
use store::{
    Handovers,
    columns::{LONGEST_PAGE, read},
};

pub(crate) async fn handovers(pool: &PgPool, which: Handovers, limit: u32) -> Result<Vec<Handover>, Fault> {
    let (one, since) = which.sought();
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM handover WHERE at > $1 AND ($3::uuid IS NULL OR id = $3)
         ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(Time(since))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .bind(one.map(HandoverId::uuid))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("handover", doc)).collect::<Result<_, _>>()?)
}

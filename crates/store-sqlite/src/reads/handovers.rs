//! Handovers of many calls.

use crate::convert::{Failed, int, micros, read};
use domain::handover::Handover;
use sqlx::SqlitePool;
use store::{Handovers, columns::LONGEST_PAGE};

pub(crate) async fn handovers(
    pool: &SqlitePool,
    which: Handovers,
    limit: u32,
) -> Result<Vec<Handover>, Failed> {
    let (one, since) = which.sought();
    let sql = if one.is_some() {
        "SELECT doc FROM handover WHERE at > ?1 AND id = ?3 LIMIT ?2"
    } else {
        "SELECT doc FROM handover WHERE at > ?1 AND ?3 IS NULL ORDER BY at DESC, id DESC LIMIT ?2"
    };
    let docs: Vec<String> = sqlx::query_scalar(sql)
        .bind(micros(since))
        .bind(int(limit.min(LONGEST_PAGE).into()))
        .bind(one.map(|id| id.to_string()))
        .fetch_all(pool)
        .await?;
    Ok(docs.iter().map(|doc| read("handover", doc)).collect::<Result<_, _>>()?)
}

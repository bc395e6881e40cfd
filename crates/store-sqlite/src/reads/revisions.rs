//! Versions of policies.

use crate::convert::{Failed, count, int, read, word};
use domain::{ids::RevisionId, revision::Revision};
use sqlx::SqlitePool;
use std::collections::BTreeMap;
use store::{Revisions, columns::LONGEST_PAGE};

pub(crate) async fn revisions(
    pool: &SqlitePool,
    which: Revisions,
    limit: u32,
) -> Result<Vec<Revision>, Failed> {
    let [one, other] = which.stages();
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM revision WHERE stage IN (?1, ?2) ORDER BY id DESC LIMIT ?3")
            .bind(one)
            .bind(other)
            .bind(int(limit.min(LONGEST_PAGE).into()))
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().rev().map(|doc| read("revision", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn standing(pool: &SqlitePool) -> Result<BTreeMap<RevisionId, u64>, Failed> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT id, version FROM revision WHERE stage = 'approved'").fetch_all(pool).await?;
    rows.into_iter().map(|(id, version)| Ok((word(&id)?, count(version)))).collect()
}

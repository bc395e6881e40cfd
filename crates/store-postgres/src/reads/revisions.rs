//! Versions of policies.

use crate::fault::Fault;
use domain::{ids::RevisionId, revision::Revision};
use sqlx::PgPool;
use std::collections::BTreeMap;
use store::{
    Revisions,
    columns::{LONGEST_PAGE, count, maybe, read},
};
use uuid::Uuid;

pub(crate) async fn revision(pool: &PgPool, id: RevisionId) -> Result<Option<Revision>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM revision WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("revision", doc)?)
}

pub(crate) async fn revisions(pool: &PgPool, which: Revisions, limit: u32) -> Result<Vec<Revision>, Fault> {
    let [one, other] = which.stages();
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM revision WHERE stage IN ($1, $2) ORDER BY id DESC LIMIT $3",
    )
    .bind(one)
    .bind(other)
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().rev().map(|doc| read("revision", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn standing(pool: &PgPool) -> Result<BTreeMap<RevisionId, u64>, Fault> {
    let rows: Vec<(Uuid, i64)> =
        sqlx::query_as("SELECT id, version FROM revision WHERE stage = 'approved'").fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(id, version)| (RevisionId::from_uuid(id), count(version))).collect())
}

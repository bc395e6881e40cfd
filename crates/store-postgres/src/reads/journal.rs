//! The journal, as it stands and as a story.

use crate::{fault::Fault, time::Time};
use domain::{
    ids::InquiryId,
    journal::{Entry, Seq, Written},
};
use sqlx::PgPool;
use store::{
    StoreError,
    columns::{count, int, read},
};
use uuid::Uuid;

/// An entry's columns.
type Row = (i64, Time, String, Option<Uuid>, String, String);

fn entry((seq, at, actor, inquiry, happened, hash): Row) -> Result<Written, StoreError> {
    Ok(Written {
        seq: Seq(count(seq)),
        at: at.0,
        actor: read("journal entry", &actor)?,
        entry: Entry {
            inquiry: inquiry.map(InquiryId::from_uuid),
            happened: read("journal entry", &happened)?,
        },
        hash,
    })
}

pub(crate) async fn story(pool: &PgPool, inquiry: InquiryId) -> Result<Vec<Written>, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at, actor::text, inquiry, happened::text, hash FROM journal WHERE inquiry = $1 ORDER BY seq",
    )
    .bind(inquiry.uuid())
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(entry).collect::<Result<_, _>>()?)
}

pub(crate) async fn after(pool: &PgPool, seq: Seq, limit: u32) -> Result<Vec<Written>, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at, actor::text, inquiry, happened::text, hash FROM journal
         WHERE seq > $1 ORDER BY seq LIMIT $2",
    )
    .bind(int(seq.0))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(entry).collect::<Result<_, _>>()?)
}

pub(crate) async fn end(pool: &PgPool) -> Result<Seq, Fault> {
    let seq: i64 = sqlx::query_scalar("SELECT seq FROM journal_end").fetch_one(pool).await?;
    Ok(Seq(count(seq)))
}

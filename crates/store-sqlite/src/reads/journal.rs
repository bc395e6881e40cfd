//! The journal, as it stands and as a story.

use crate::convert::{Failed, count, int, read, time, word};
use domain::{
    ids::InquiryId,
    journal::{Entry, Seq, Written},
};
use sqlx::SqlitePool;
use store::StoreError;

/// An entry's columns.
type Row = (i64, i64, String, String, String, String);

fn entry((seq, at, actor, inquiry, happened, hash): Row) -> Result<Written, StoreError> {
    Ok(Written {
        seq: Seq(count(seq)),
        at: time(at)?,
        actor: read("journal entry", &actor)?,
        entry: Entry {
            inquiry: if inquiry.is_empty() { None } else { Some(word(&inquiry)?) },
            happened: read("journal entry", &happened)?,
        },
        hash,
    })
}

pub(crate) async fn story(pool: &SqlitePool, inquiry: InquiryId) -> Result<Vec<Written>, Failed> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at, actor, inquiry, happened, hash FROM journal
         WHERE inquiry = ?1 AND inquiry <> '' ORDER BY seq",
    )
    .bind(inquiry.to_string())
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(entry).collect::<Result<_, _>>()?)
}

pub(crate) async fn after(pool: &SqlitePool, seq: Seq, limit: u32) -> Result<Vec<Written>, Failed> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at, actor, inquiry, happened, hash FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )
    .bind(int(seq.0))
    .bind(int(limit.into()))
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(entry).collect::<Result<_, _>>()?)
}

pub(crate) async fn end(pool: &SqlitePool) -> Result<Seq, Failed> {
    let seq: i64 = sqlx::query_scalar("SELECT seq FROM journal_end").fetch_one(pool).await?;
    Ok(Seq(count(seq)))
}

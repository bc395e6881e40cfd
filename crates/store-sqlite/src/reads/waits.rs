//! The wait: who waits, who is on duty, which processes hold calls.

use crate::convert::{Failed, count, int, micros, read, time, word};
use domain::wait::{LineNode, Operator, WaitingCaller};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::{Waits, columns::MOST_WAITS};

pub(crate) async fn waits(
    pool: &SqlitePool,
    which: &Waits,
    limit: u32,
) -> Result<Vec<WaitingCaller>, Failed> {
    let limit = int(limit.min(MOST_WAITS).into());
    let query = match which {
        Waits::All => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit),
        Waits::Queue(queue) => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 AND queue = ?2 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit)
        .bind(queue.as_str().to_owned()),
        Waits::Phone(key) => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 AND phone = ?2 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit)
        .bind(key.clone()),
        Waits::Person(id) => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 AND person = ?2 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit)
        .bind(id.to_string()),
        Waits::Inquiry(id) => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 AND inquiry = ?2 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit)
        .bind(id.to_string()),
        Waits::Node(id) => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 1 AND node = ?2 ORDER BY band, turn, first_asked, id LIMIT ?1",
        )
        .bind(limit)
        .bind(id.to_string()),
        Waits::Over { since } => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE ended >= ?2 ORDER BY ended DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(micros(*since)),
        Waits::OverFrom { phone, since } => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 0 AND phone = ?2 AND ended >= ?3 ORDER BY ended DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(phone.clone())
        .bind(micros(*since)),
        Waits::OverAbout { inquiry, since } => sqlx::query_scalar(
            "SELECT doc FROM waiter WHERE live = 0 AND inquiry = ?2 AND ended >= ?3 ORDER BY ended DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(inquiry.to_string())
        .bind(micros(*since)),
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("waiting caller", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn operators(pool: &SqlitePool) -> Result<Vec<Operator>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM duty WHERE on_duty = 1 ORDER BY id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("operator", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn nodes(pool: &SqlitePool) -> Result<Vec<LineNode>, Failed> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT id, version, until FROM line_node
         UNION SELECT node, 0, ?1 FROM waiter WHERE node IS NOT NULL AND node NOT IN (SELECT id FROM line_node)
         UNION SELECT node, 0, ?1 FROM duty WHERE node IS NOT NULL AND node NOT IN (SELECT id FROM line_node)
         UNION SELECT node, 0, ?1 FROM call_record WHERE node IS NOT NULL AND node NOT IN (SELECT id FROM line_node)
         ORDER BY id",
    )
    .bind(micros(Timestamp::UNIX_EPOCH))
    .fetch_all(pool)
    .await?;
    let node = |(id, version, until): (String, i64, i64)| {
        Ok(LineNode { id: word(&id)?, version: count(version), until: time(until)? })
    };
    rows.into_iter().map(node).collect()
}

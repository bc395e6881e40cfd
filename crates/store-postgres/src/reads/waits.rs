//! The wait: who waits, who is on duty, which processes hold calls.

use crate::{fault::Fault, time::Time};
use domain::{
    ids::{NodeId, StaffId, WaitId},
    wait::{LineNode, Operator, WaitingCaller},
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::{
    Waits,
    columns::{MOST_WAITS, count, maybe, read},
};
use uuid::Uuid;

pub(crate) async fn wait(pool: &PgPool, id: WaitId) -> Result<Option<WaitingCaller>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM waiter WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("waiting caller", doc)?)
}

pub(crate) async fn waits(pool: &PgPool, which: &Waits, limit: u32) -> Result<Vec<WaitingCaller>, Fault> {
    let limit = i64::from(limit.min(MOST_WAITS));
    let query = match which {
        Waits::All => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit),
        Waits::Queue(queue) => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live AND queue = $2 ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit)
        .bind(queue.as_str().to_owned()),
        // A key from outside that could stand in no column finds nobody.
        Waits::Phone(key) => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live AND phone = $2 ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit)
        .bind(key.replace('\0', "")),
        Waits::Person(id) => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live AND person = $2 ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit)
        .bind(id.uuid()),
        Waits::Inquiry(id) => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live AND inquiry = $2 ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit)
        .bind(id.uuid()),
        Waits::Node(id) => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE live AND node = $2 ORDER BY band, turn, first_asked, id LIMIT $1",
        )
        .bind(limit)
        .bind(id.uuid()),
        Waits::Over { since } => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE ended >= $2 ORDER BY ended DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(Time(*since)),
        Waits::OverFrom { phone, since } => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE NOT live AND phone = $2 AND ended >= $3
             ORDER BY ended DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(phone.replace('\0', ""))
        .bind(Time(*since)),
        Waits::OverAbout { inquiry, since } => sqlx::query_scalar(
            "SELECT doc::text FROM waiter WHERE NOT live AND inquiry = $2 AND ended >= $3
             ORDER BY ended DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(inquiry.uuid())
        .bind(Time(*since)),
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("waiting caller", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn operator(pool: &PgPool, id: StaffId) -> Result<Option<Operator>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM duty WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("operator", doc)?)
}

pub(crate) async fn operators(pool: &PgPool) -> Result<Vec<Operator>, Fault> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM duty WHERE on_duty ORDER BY id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("operator", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn nodes(pool: &PgPool) -> Result<Vec<LineNode>, Fault> {
    let rows: Vec<(Uuid, i64, Time)> = sqlx::query_as(
        "SELECT id, version, until FROM line_node
         UNION SELECT node, 0, $1 FROM waiter
           WHERE node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line_node WHERE id = waiter.node)
         UNION SELECT node, 0, $1 FROM duty
           WHERE node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line_node WHERE id = duty.node)
         UNION SELECT node, 0, $1 FROM call_record
           WHERE node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line_node WHERE id = call_record.node)
         ORDER BY id",
    )
    .bind(Time(Timestamp::UNIX_EPOCH))
    .fetch_all(pool)
    .await?;
    let node = |(id, version, until): (Uuid, i64, Time)| LineNode {
        id: NodeId::from_uuid(id),
        version: count(version),
        until: until.0,
    };
    Ok(rows.into_iter().map(node).collect())
}

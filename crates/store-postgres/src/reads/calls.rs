//! The records of calls, what numbers chose, and what supervisors said of the line.

use crate::{fault::Fault, time::Time};
use domain::{
    call_record::CallRecord,
    ids::{CallRecordId, InquiryId},
    inquiry::Inquiry,
    line_notice::LineNotice,
    phone::{PhoneKey, PhoneNumber},
    remembered::Remembered,
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::{
    Calls,
    columns::{LONGEST_PAGE, accommodation, maybe, read, word},
};
use uuid::Uuid;

pub(crate) async fn record(pool: &PgPool, id: CallRecordId) -> Result<Option<CallRecord>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM call_record WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("call record", doc)?)
}

pub(crate) async fn records(pool: &PgPool, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, Fault> {
    let limit = i64::from(limit.min(LONGEST_PAGE));
    let query = match which {
        Calls::Inquiry(id) => sqlx::query_scalar(
            "SELECT doc::text FROM call_record WHERE inquiry = $2 ORDER BY began DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(id.uuid()),
        Calls::Phone(key) => sqlx::query_scalar(
            "SELECT doc::text FROM call_record WHERE phone = $2 ORDER BY began DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(key.as_str().to_owned()),
        Calls::Node(id) => {
            sqlx::query_scalar("SELECT doc::text FROM call_record WHERE node = $2 ORDER BY id LIMIT $1")
                .bind(limit)
                .bind::<Uuid>(id.uuid())
        }
        Calls::Over { since } => sqlx::query_scalar(
            "SELECT doc::text FROM call_record WHERE ended >= $2 ORDER BY ended DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(Time(*since)),
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("call record", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn remembered(pool: &PgPool, phone: &PhoneKey) -> Result<Option<Remembered>, Fault> {
    let row: Option<(String, String, Time)> =
        sqlx::query_as("SELECT lang, accommodation, seen FROM line_memory WHERE phone = $1")
            .bind(phone.as_str())
            .fetch_optional(pool)
            .await?;
    let Some((lang, needs, seen)) = row else { return Ok(None) };
    let (lang, accommodation) = (word(&lang)?, accommodation(&needs));
    Ok(Some(Remembered { phone: phone.clone(), lang, accommodation, seen: seen.0 }))
}

pub(crate) async fn texts_stopped(pool: &PgPool, phone: &PhoneKey) -> Result<Option<Timestamp>, Fault> {
    let at: Option<Time> = sqlx::query_scalar("SELECT at FROM stopped WHERE phone = $1")
        .bind(phone.as_str())
        .fetch_optional(pool)
        .await?;
    Ok(at.map(|at| at.0))
}

pub(crate) async fn notices(pool: &PgPool, since: Timestamp, limit: u32) -> Result<Vec<LineNotice>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM line_notice WHERE ends > $1 ORDER BY ends DESC, id DESC LIMIT $2",
    )
    .bind(Time(since))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("line notice", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn reached_at(
    pool: &PgPool,
    number: &PhoneNumber,
    limit: u32,
) -> Result<Vec<InquiryId>, Fault> {
    let ids: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM inquiry WHERE phone = $1 ORDER BY id LIMIT $2")
        .bind(number.e164())
        .bind(i64::from(limit.min(LONGEST_PAGE)))
        .fetch_all(pool)
        .await?;
    Ok(ids.into_iter().map(InquiryId::from_uuid).collect())
}

pub(crate) async fn inquiries(
    pool: &PgPool,
    number: &PhoneNumber,
    limit: u32,
) -> Result<Vec<Inquiry>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM inquiry WHERE live AND phone = $1
         ORDER BY opened DESC, id DESC LIMIT $2",
    )
    .bind(number.e164())
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

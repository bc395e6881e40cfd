//! The records of calls, what numbers chose, and what supervisors said of the line.

use crate::convert::{Failed, int, micros, read, time, word};
use domain::{
    call_record::CallRecord,
    ids::InquiryId,
    inquiry::Inquiry,
    line_notice::LineNotice,
    phone::{PhoneKey, PhoneNumber},
    remembered::Remembered,
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::{
    Calls,
    columns::{LONGEST_PAGE, accommodation},
};

pub(crate) async fn records(pool: &SqlitePool, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, Failed> {
    let limit = int(limit.min(LONGEST_PAGE).into());
    let query = match which {
        Calls::Inquiry(id) => sqlx::query_scalar(
            "SELECT doc FROM call_record WHERE inquiry = ?2 ORDER BY began DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(id.to_string()),
        Calls::Phone(key) => sqlx::query_scalar(
            "SELECT doc FROM call_record WHERE phone = ?2 ORDER BY began DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(key.as_str().to_owned()),
        Calls::Node(id) => {
            sqlx::query_scalar("SELECT doc FROM call_record WHERE node = ?2 ORDER BY id LIMIT ?1")
                .bind(limit)
                .bind(id.to_string())
        }
        Calls::Over { since } => sqlx::query_scalar(
            "SELECT doc FROM call_record WHERE ended >= ?2 ORDER BY ended DESC, id DESC LIMIT ?1",
        )
        .bind(limit)
        .bind(micros(*since)),
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("call record", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn remembered(pool: &SqlitePool, phone: &PhoneKey) -> Result<Option<Remembered>, Failed> {
    let row: Option<(String, String, i64)> =
        sqlx::query_as("SELECT lang, accommodation, seen FROM line_memory WHERE phone = ?1")
            .bind(phone.as_str())
            .fetch_optional(pool)
            .await?;
    let Some((lang, needs, seen)) = row else { return Ok(None) };
    let (lang, accommodation) = (word(&lang)?, accommodation(&needs));
    Ok(Some(Remembered { phone: phone.clone(), lang, accommodation, seen: time(seen)? }))
}

pub(crate) async fn texts_stopped(pool: &SqlitePool, phone: &PhoneKey) -> Result<Option<Timestamp>, Failed> {
    let at: Option<i64> = sqlx::query_scalar("SELECT at FROM stopped WHERE phone = ?1")
        .bind(phone.as_str())
        .fetch_optional(pool)
        .await?;
    Ok(at.map(time).transpose()?)
}

pub(crate) async fn notices(
    pool: &SqlitePool,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<LineNotice>, Failed> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM line_notice WHERE ends > ?1 ORDER BY ends DESC, id DESC LIMIT ?2",
    )
    .bind(micros(since))
    .bind(int(limit.min(LONGEST_PAGE).into()))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("line notice", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn reached_at(
    pool: &SqlitePool,
    number: &PhoneNumber,
    limit: u32,
) -> Result<Vec<InquiryId>, Failed> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM inquiry WHERE phone = ?1 ORDER BY id LIMIT ?2")
        .bind(number.e164())
        .bind(int(limit.min(LONGEST_PAGE).into()))
        .fetch_all(pool)
        .await?;
    Ok(ids.iter().map(|id| word(id)).collect::<Result<_, _>>()?)
}

pub(crate) async fn inquiries(
    pool: &SqlitePool,
    number: &PhoneNumber,
    limit: u32,
) -> Result<Vec<Inquiry>, Failed> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM inquiry WHERE live = 1 AND phone = ?1
         ORDER BY opened DESC, id DESC LIMIT ?2",
    )
    .bind(number.e164())
    .bind(int(limit.min(LONGEST_PAGE).into()))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

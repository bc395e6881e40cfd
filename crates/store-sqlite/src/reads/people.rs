//! People, staff, sessions, drafts, notices and cases.

use crate::convert::{Failed, micros, read};
use domain::{
    actor::Staff,
    ids::{InquiryId, NoticeId, StaffId},
    notice::Notice,
    session::Session,
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::columns::LONGEST_PAGE;

pub(crate) async fn all_staff(pool: &SqlitePool) -> Result<Vec<Staff>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM staff ORDER BY name, id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("member of staff", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn sessions_of(pool: &SqlitePool, staff: StaffId) -> Result<Vec<Session>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM session WHERE json_extract(doc, '$.staff') = ?1 ORDER BY id")
            .bind(staff.to_string())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("session", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn notices(pool: &SqlitePool, inquiry: InquiryId) -> Result<Vec<Notice>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM notice WHERE inquiry = ?1 ORDER BY queued, id")
            .bind(inquiry.to_string())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("notice", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn to_print(
    pool: &SqlitePool,
    after: Option<(Timestamp, NoticeId)>,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Notice>, Failed> {
    let (at, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (micros(at), id.to_string()));
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM notice
         WHERE json_extract(doc, '$.delivery.state') = 'to-print' AND (queued, id) > (?1, ?2) AND queued <= ?3
         ORDER BY queued, id LIMIT ?4",
    )
    .bind(at)
    .bind(id)
    .bind(micros(until))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("notice", doc)).collect::<Result<_, _>>()?)
}

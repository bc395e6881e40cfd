//! People, staff, sessions, drafts, notices and cases.

use crate::convert::{Failed, micros, read};
use domain::{
    actor::Staff,
    ids::{InquiryId, NoticeId},
    notice::Notice,
    pass::{Pass, PassOf},
    person::Person,
    session::{Session, SessionsOf},
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::{People, columns::LONGEST_PAGE};

pub(crate) async fn all_staff(pool: &SqlitePool) -> Result<Vec<Staff>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM staff ORDER BY name, id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("member of staff", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn people(pool: &SqlitePool, which: People, limit: u32) -> Result<Vec<Person>, Failed> {
    let sql = match which {
        People::Held => {
            "SELECT doc FROM person WHERE json_extract(doc, '$.legal_hold') IS NOT NULL ORDER BY id LIMIT ?1"
        }
        People::ToErase => {
            "SELECT doc FROM person WHERE json_extract(doc, '$.erasure') IS NOT NULL ORDER BY id LIMIT ?1"
        }
    };
    let docs: Vec<String> =
        sqlx::query_scalar(sql).bind(i64::from(limit.min(LONGEST_PAGE))).fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("person", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn sessions_of(pool: &SqlitePool, of: SessionsOf) -> Result<Vec<Session>, Failed> {
    let query = match of {
        SessionsOf::Staff(staff) => {
            sqlx::query_scalar("SELECT doc FROM session WHERE json_extract(doc, '$.staff') = ?1 ORDER BY id")
                .bind(staff.to_string())
        }
        SessionsOf::Programs => {
            sqlx::query_scalar("SELECT doc FROM session WHERE doc -> '$.program' IS NOT NULL ORDER BY id")
        }
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("session", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn passes_of(pool: &SqlitePool, of: PassOf) -> Result<Vec<Pass>, Failed> {
    let docs: Vec<String> = sqlx::query_scalar("SELECT doc FROM pass WHERE owner = ?1 ORDER BY id")
        .bind(of.uuid().to_string())
        .fetch_all(pool)
        .await?;
    Ok(docs.iter().map(|doc| read("pass", doc)).collect::<Result<_, _>>()?)
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

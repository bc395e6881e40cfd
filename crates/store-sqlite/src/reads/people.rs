//! People, staff, sessions, drafts, notices and cases.

use crate::convert::{Failed, maybe, read};
use domain::{
    actor::Staff,
    case::{Case, ReceiptNumber},
    draft::Draft,
    ids::{InquiryId, NoticeId, PersonId, StaffId},
    notice::Notice,
    person::{IdentityKey, Person},
    session::Session,
};
use sqlx::SqlitePool;

/// The one document that a query finds under a text.
async fn one(pool: &SqlitePool, sql: &'static str, by: &str) -> Result<Option<String>, Failed> {
    Ok(sqlx::query_scalar(sql).bind(by).fetch_optional(pool).await?)
}

pub(crate) async fn person(pool: &SqlitePool, id: PersonId) -> Result<Option<Person>, Failed> {
    Ok(maybe("person", one(pool, "SELECT doc FROM person WHERE id = ?1", &id.to_string()).await?)?)
}

pub(crate) async fn identified(pool: &SqlitePool, identity: &IdentityKey) -> Result<Option<Person>, Failed> {
    Ok(maybe("person", one(pool, "SELECT doc FROM person WHERE identity = ?1", identity.as_str()).await?)?)
}

pub(crate) async fn staff(pool: &SqlitePool, id: StaffId) -> Result<Option<Staff>, Failed> {
    Ok(maybe("member of staff", one(pool, "SELECT doc FROM staff WHERE id = ?1", &id.to_string()).await?)?)
}

pub(crate) async fn staff_named(pool: &SqlitePool, sign_in: &str) -> Result<Option<Staff>, Failed> {
    Ok(maybe("member of staff", one(pool, "SELECT doc FROM staff WHERE sign_in = ?1", sign_in).await?)?)
}

pub(crate) async fn all_staff(pool: &SqlitePool) -> Result<Vec<Staff>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM staff ORDER BY name, id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("member of staff", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn session(pool: &SqlitePool, token_hash: &str) -> Result<Option<Session>, Failed> {
    Ok(maybe("session", one(pool, "SELECT doc FROM session WHERE token_hash = ?1", token_hash).await?)?)
}

pub(crate) async fn sessions_of(pool: &SqlitePool, staff: StaffId) -> Result<Vec<Session>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM session WHERE json_extract(doc, '$.staff') = ?1 ORDER BY id")
            .bind(staff.to_string())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("session", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn draft(pool: &SqlitePool, token_hash: &str) -> Result<Option<Draft>, Failed> {
    Ok(maybe("draft", one(pool, "SELECT doc FROM draft WHERE token_hash = ?1", token_hash).await?)?)
}

pub(crate) async fn notice(pool: &SqlitePool, id: NoticeId) -> Result<Option<Notice>, Failed> {
    Ok(maybe("notice", one(pool, "SELECT doc FROM notice WHERE id = ?1", &id.to_string()).await?)?)
}

pub(crate) async fn notices(pool: &SqlitePool, inquiry: InquiryId) -> Result<Vec<Notice>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM notice WHERE inquiry = ?1 ORDER BY queued, id")
            .bind(inquiry.to_string())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("notice", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn case(pool: &SqlitePool, receipt: &ReceiptNumber) -> Result<Option<Case>, Failed> {
    Ok(maybe("case", one(pool, "SELECT doc FROM case_record WHERE receipt = ?1", receipt.as_str()).await?)?)
}

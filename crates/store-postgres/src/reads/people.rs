//! People, staff, sessions, drafts, notices and cases.

use crate::{fault::Fault, time::Time};
use domain::{
    actor::Staff,
    case::{Case, ReceiptNumber},
    draft::Draft,
    federated::FederatedKey,
    ids::{InquiryId, NoticeId, PersonId, StaffId},
    notice::Notice,
    pass::{Pass, PassOf},
    person::{IdentityKey, Person},
    second::Proofs,
    session::{Session, SessionsOf},
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::{
    People,
    columns::{LONGEST_PAGE, maybe, read},
};
use uuid::Uuid;

/// The one document that a query finds under an identifier.
async fn by_id(pool: &PgPool, sql: &'static str, id: Uuid) -> Result<Option<String>, Fault> {
    Ok(sqlx::query_scalar(sql).bind(id).fetch_optional(pool).await?)
}

/// The one document that a query finds under a text. U+0000 can come from outside and stands in no column: the
/// server would call it an error, where the answer is that there is no such thing.
async fn by_text(pool: &PgPool, sql: &'static str, by: &str) -> Result<Option<String>, Fault> {
    if by.contains('\0') {
        return Ok(None);
    }
    Ok(sqlx::query_scalar(sql).bind(by).fetch_optional(pool).await?)
}

pub(crate) async fn person(pool: &PgPool, id: PersonId) -> Result<Option<Person>, Fault> {
    Ok(maybe("person", by_id(pool, "SELECT doc::text FROM person WHERE id = $1", id.uuid()).await?)?)
}

pub(crate) async fn identified(pool: &PgPool, identity: &IdentityKey) -> Result<Option<Person>, Fault> {
    let sql = "SELECT doc::text FROM person WHERE identity = $1";
    Ok(maybe("person", by_text(pool, sql, identity.as_str()).await?)?)
}

pub(crate) async fn people(pool: &PgPool, which: People, limit: u32) -> Result<Vec<Person>, Fault> {
    let sql = match which {
        People::Held => {
            "SELECT doc::text FROM person WHERE doc::text LIKE '%\"legal_hold\":{\"by\":%' ORDER BY id LIMIT $1"
        }
        People::ToErase => {
            "SELECT doc::text FROM person WHERE doc::text LIKE '%\"erasure\":{\"by\":%' ORDER BY id LIMIT $1"
        }
    };
    let docs: Vec<String> =
        sqlx::query_scalar(sql).bind(i64::from(limit.min(LONGEST_PAGE))).fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("person", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn staff(pool: &PgPool, id: StaffId) -> Result<Option<Staff>, Fault> {
    Ok(maybe("member of staff", by_id(pool, "SELECT doc::text FROM staff WHERE id = $1", id.uuid()).await?)?)
}

pub(crate) async fn staff_named(pool: &PgPool, sign_in: &str) -> Result<Option<Staff>, Fault> {
    let sql = "SELECT doc::text FROM staff WHERE sign_in = $1";
    Ok(maybe("member of staff", by_text(pool, sql, sign_in).await?)?)
}

pub(crate) async fn all_staff(pool: &PgPool) -> Result<Vec<Staff>, Fault> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM staff ORDER BY name, id").fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("member of staff", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn session(pool: &PgPool, token_hash: &str) -> Result<Option<Session>, Fault> {
    let sql = "SELECT doc::text FROM session WHERE token_hash = $1";
    Ok(maybe("session", by_text(pool, sql, token_hash).await?)?)
}

pub(crate) async fn sessions_of(pool: &PgPool, of: SessionsOf) -> Result<Vec<Session>, Fault> {
    let query = match of {
        SessionsOf::Staff(staff) => {
            sqlx::query_scalar("SELECT doc::text FROM session WHERE staff = $1 ORDER BY id")
                .bind(staff.uuid())
        }
        SessionsOf::Programs => {
            sqlx::query_scalar("SELECT doc::text FROM session WHERE doc -> 'program' IS NOT NULL ORDER BY id")
        }
    };
    let docs: Vec<String> = query.fetch_all(pool).await?;
    Ok(docs.iter().map(|doc| read("session", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn proofs(pool: &PgPool, staff: StaffId) -> Result<Option<Proofs>, Fault> {
    Ok(maybe("proofs", by_id(pool, "SELECT doc::text FROM proof WHERE staff = $1", staff.uuid()).await?)?)
}

pub(crate) async fn staff_federated(pool: &PgPool, key: &FederatedKey) -> Result<Option<Staff>, Fault> {
    let sql = "SELECT doc::text FROM staff WHERE id = (SELECT staff FROM federated WHERE key = $1)";
    Ok(maybe("member of staff", by_text(pool, sql, key.as_str()).await?)?)
}

pub(crate) async fn draft(pool: &PgPool, token_hash: &str) -> Result<Option<Draft>, Fault> {
    let sql = "SELECT doc::text FROM draft WHERE token_hash = $1";
    Ok(maybe("draft", by_text(pool, sql, token_hash).await?)?)
}

pub(crate) async fn pass(pool: &PgPool, token_hash: &str) -> Result<Option<Pass>, Fault> {
    let sql = "SELECT doc::text FROM pass WHERE token_hash = $1";
    Ok(maybe("pass", by_text(pool, sql, token_hash).await?)?)
}

pub(crate) async fn passes_of(pool: &PgPool, of: PassOf) -> Result<Vec<Pass>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar("SELECT doc::text FROM pass WHERE owner = $1 ORDER BY id")
        .bind(of.uuid())
        .fetch_all(pool)
        .await?;
    Ok(docs.iter().map(|doc| read("pass", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn notices(pool: &PgPool, inquiry: InquiryId) -> Result<Vec<Notice>, Fault> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM notice WHERE inquiry = $1 ORDER BY queued, id")
            .bind(inquiry.uuid())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("notice", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn case(pool: &PgPool, receipt: &ReceiptNumber) -> Result<Option<Case>, Fault> {
    let sql = "SELECT doc::text FROM case_record WHERE receipt = $1";
    Ok(maybe("case", by_text(pool, sql, receipt.as_str()).await?)?)
}

pub(crate) async fn to_print(
    pool: &PgPool,
    after: Option<(Timestamp, NoticeId)>,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Notice>, Fault> {
    let (at, id) = after.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |(at, id)| (at, id.uuid()));
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM notice
         WHERE doc -> 'delivery' ->> 'state' = 'to-print' AND (queued, id) > ($1, $2) AND queued <= $3
         ORDER BY queued, id LIMIT $4",
    )
    .bind(Time(at))
    .bind(id)
    .bind(Time(until))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("notice", doc)).collect::<Result<_, _>>()?)
}

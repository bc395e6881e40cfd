//! What many ask for at once, read with what others ask for (see `gather`): above all the records that every request
//! begins with.

use super::inquiries::Standing;
use crate::{
    fault::Fault,
    gather::{Gather, Kind},
    link::Link,
    time::Time,
};
use domain::{
    codes::OfficeCode,
    ids::{InquiryId, NoticeId},
    number::InquiryNumber,
};
use jiff::Timestamp;
use sqlx::PgPool;
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The ways into the next statement of each kind.
#[derive(Debug)]
pub(crate) struct Singles {
    pub(crate) numbered: Gather<Numbered>,
    pub(crate) inquiries: Gather<Inquiries>,
    pub(crate) notices: Gather<Notices>,
    pub(crate) sessions: Gather<Sessions>,
    pub(crate) commands: Gather<Commands>,
    pub(crate) taken: Gather<TakenAt>,
    pub(crate) standing: Gather<Standing>,
}

impl Singles {
    pub(crate) fn begin(link: &Arc<Link>) -> Self {
        Self {
            numbered: Gather::begin(Arc::clone(link)),
            inquiries: Gather::begin(Arc::clone(link)),
            notices: Gather::begin(Arc::clone(link)),
            sessions: Gather::begin(Arc::clone(link)),
            commands: Gather::begin(Arc::clone(link)),
            taken: Gather::begin(Arc::clone(link)),
            standing: Gather::begin(Arc::clone(link)),
        }
    }
}

/// Inquiries' documents, by their numbers.
pub(crate) struct Numbered;

impl Kind for Numbered {
    type Key = InquiryNumber;
    type Found = Option<String>;

    async fn read(
        pool: &PgPool,
        keys: &[InquiryNumber],
    ) -> Result<HashMap<InquiryNumber, Option<String>>, Fault> {
        let asked: HashMap<String, InquiryNumber> = keys.iter().map(|key| (key.digits(), *key)).collect();
        let found: Vec<(String, String)> =
            sqlx::query_as("SELECT number, doc::text FROM inquiry WHERE number = ANY($1)")
                .bind(asked.keys().map(String::as_str).collect::<Vec<_>>())
                .fetch_all(pool)
                .await?;
        Ok(found.into_iter().filter_map(|(digits, doc)| Some((*asked.get(&digits)?, Some(doc)))).collect())
    }
}

/// Inquiries' documents.
pub(crate) struct Inquiries;

impl Kind for Inquiries {
    type Key = InquiryId;
    type Found = Option<String>;

    async fn read(pool: &PgPool, keys: &[InquiryId]) -> Result<HashMap<InquiryId, Option<String>>, Fault> {
        let found = by_id(pool, "SELECT id, doc::text FROM inquiry WHERE id = ANY($1)", keys, |id| id.uuid());
        Ok(found.await?.into_iter().map(|(id, doc)| (InquiryId::from_uuid(id), Some(doc))).collect())
    }
}

/// Notices' documents.
pub(crate) struct Notices;

impl Kind for Notices {
    type Key = NoticeId;
    type Found = Option<String>;

    async fn read(pool: &PgPool, keys: &[NoticeId]) -> Result<HashMap<NoticeId, Option<String>>, Fault> {
        let found = by_id(pool, "SELECT id, doc::text FROM notice WHERE id = ANY($1)", keys, |id| id.uuid());
        Ok(found.await?.into_iter().map(|(id, doc)| (NoticeId::from_uuid(id), Some(doc))).collect())
    }
}

async fn by_id<K>(
    pool: &PgPool,
    sql: &'static str,
    keys: &[K],
    id: impl Fn(&K) -> Uuid,
) -> Result<Vec<(Uuid, String)>, Fault> {
    let ids: Vec<Uuid> = keys.iter().map(id).collect();
    Ok(sqlx::query_as(sql).bind(ids).fetch_all(pool).await?)
}

/// Sessions and their members of staff, by the hash of the token.
pub(crate) struct Sessions;

impl Kind for Sessions {
    type Key = String;
    type Found = Option<(String, String)>;

    async fn read(pool: &PgPool, keys: &[String]) -> Result<HashMap<String, Self::Found>, Fault> {
        // U+0000 can come from outside and stands in no column: the server would call it an error.
        let hashes: Vec<&str> = keys.iter().map(String::as_str).filter(|hash| !hash.contains('\0')).collect();
        let found: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT session.token_hash, session.doc::text, staff.doc::text
             FROM session JOIN staff ON staff.id = session.staff WHERE session.token_hash = ANY($1)",
        )
        .bind(hashes)
        .fetch_all(pool)
        .await?;
        Ok(found.into_iter().map(|(hash, session, staff)| (hash, Some((session, staff)))).collect())
    }
}

/// Whether commands have been answered, by their keys.
pub(crate) struct Commands;

impl Kind for Commands {
    type Key = String;
    type Found = bool;

    async fn read(pool: &PgPool, keys: &[String]) -> Result<HashMap<String, bool>, Fault> {
        let found: Vec<String> = sqlx::query_scalar("SELECT key FROM command WHERE key = ANY($1)")
            .bind(keys)
            .fetch_all(pool)
            .await?;
        Ok(found.into_iter().map(|key| (key, true)).collect())
    }
}

/// What is taken at offices in stretches of time, and what they close of it.
pub(crate) struct TakenAt;

/// A slot of an office in which something is taken (service, start, pool, how many); or time that it closes: from when, and,
/// at the end, until when and why.
pub(crate) type TakenRow = (String, Time, String, i64, Option<(Time, String)>);

/// The same as its columns.
type TakenColumns = (i64, String, Time, String, i64, Option<Time>, Option<String>);

impl Kind for TakenAt {
    type Key = (OfficeCode, Timestamp, Timestamp);
    type Found = Vec<TakenRow>;

    async fn read(pool: &PgPool, keys: &[Self::Key]) -> Result<HashMap<Self::Key, Vec<TakenRow>>, Fault> {
        // Each stretch is looked up in the index by itself, whatever the server thinks of them together.
        let rows: Vec<TakenColumns> = sqlx::query_as(
            "SELECT asked.n, found.service, found.start, found.pool, found.taken, found.ends, found.why
             FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS asked (office, since, until, n)
             CROSS JOIN LATERAL (
               SELECT service, start, pool, taken, NULL::timestamptz AS ends, NULL::text AS why FROM slot
               WHERE slot.office = asked.office AND start >= asked.since AND start < asked.until AND taken > 0
               UNION ALL
               SELECT '', starts, '', 0, closing.ends, closing.why::text FROM closing
               WHERE shuts AND closing.office = asked.office
                 AND closing.ends > asked.since AND starts < asked.until
               OFFSET 0) AS found",
        )
        .bind(keys.iter().map(|(office, ..)| office.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|(_, since, _)| Time(*since)).collect::<Vec<_>>())
        .bind(keys.iter().map(|(.., until)| Time(*until)).collect::<Vec<_>>())
        .fetch_all(pool)
        .await?;
        let mut found = vec![Vec::new(); keys.len()];
        for (n, service, start, pool, taken, ends, why) in rows {
            // Counted from one.
            if let Some(mine) = usize::try_from(n - 1).ok().and_then(|n| found.get_mut(n)) {
                mine.push((service, start, pool, taken, ends.zip(why)));
            }
        }
        Ok(keys.iter().cloned().zip(found).collect())
    }
}

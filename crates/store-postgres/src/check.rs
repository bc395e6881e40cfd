//! What must always hold, looked at in one moment. Reports, never mends.

use crate::{
    fault::Fault,
    time::Time,
    verify::{ONE_MOMENT, verify},
};
use domain::{
    change::Holder,
    ids::{InquiryId, NoticeId, StaffId},
    inquiry::Inquiry,
};
use sqlx::{PgConnection, PgPool};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Broken,
    columns::{past, promised, read},
};
use uuid::Uuid;

pub(crate) async fn check(pool: &PgPool) -> Result<Vec<Broken>, Fault> {
    // One moment: a change that is committed meanwhile must not look like a fault.
    let mut all = pool.begin_with(ONE_MOMENT).await?;
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *all).await?;
    let mut broken = Vec::new();
    counts(&mut all, &mut broken).await?;
    overlaps(&mut all, &mut broken).await?;
    pairs(&mut all, &mut broken).await?;
    unwatched(&mut all, &mut broken).await?;
    unbacked(&mut all, &mut broken).await?;
    unsent(&mut all, &mut broken).await?;
    if let Some(seq) = verify(&mut all).await?.broken {
        broken.push(Broken::Chain { seq: seq.0 });
    }
    all.rollback().await?;
    Ok(broken)
}

/// A slot's count is the number of its claims; no claim is of a slot that is not there.
async fn counts(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    let rows: Vec<(String, String, Time, String, i64, i64)> = sqlx::query_as(
        "SELECT office, service, start, pool, taken, COALESCE(claims, 0)
         FROM slot LEFT JOIN (SELECT slot, COUNT(*) AS claims FROM claim GROUP BY slot) AS held ON held.slot = slot.id
         WHERE taken <> COALESCE(claims, 0)
         ORDER BY start, office, service, pool",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (office, service, start, pool, taken, claims) in rows {
        let slot = format!("{office} {service} {} {pool}", start.0);
        broken.push(Broken::Count { slot, taken, claims });
    }
    let orphans: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT slot, COUNT(*) FROM claim WHERE NOT EXISTS (SELECT 1 FROM slot WHERE slot.id = claim.slot)
         GROUP BY slot ORDER BY slot",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (slot, claims) in orphans {
        broken.push(Broken::Count { slot: format!("row {slot}, which is missing"), taken: 0, claims });
    }
    Ok(())
}

async fn overlaps(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    let officers: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT a.officer FROM busy AS a JOIN busy AS b
           ON b.officer = a.officer AND b.id > a.id AND b.begins < a.ends AND b.ends > a.begins
         ORDER BY a.officer",
    )
    .fetch_all(conn)
    .await?;
    broken.extend(officers.into_iter().map(|id| Broken::Overlap { officer: StaffId::from_uuid(id) }));
    Ok(())
}

async fn pairs(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    // An aggregate over all live ones never asks the unique index, which may be what is broken. There is no MIN of
    // identifiers in every version, so the first and last of a sorted list are taken.
    let pairs: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT ids[1], ids[cardinality(ids)] FROM (
           SELECT array_agg(id ORDER BY id) AS ids FROM inquiry WHERE live GROUP BY person, reason HAVING COUNT(*) > 1
         ) AS pair ORDER BY 1",
    )
    .fetch_all(conn)
    .await?;
    broken.extend(pairs.into_iter().map(|(one, other)| Broken::Pair {
        inquiry: InquiryId::from_uuid(one),
        other: InquiryId::from_uuid(other),
    }));
    Ok(())
}

async fn unwatched(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    let inquiries: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM inquiry WHERE watch IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    broken.extend(inquiries.into_iter().map(|id| Broken::Unwatched { inquiry: InquiryId::from_uuid(id) }));
    Ok(())
}

/// A slot's key as its row has it.
type Place = (String, String, i64, String);

/// Every promise has its places, no cancelled booking has any, and nobody unknown has a place for good.
async fn unbacked(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    let firm: Vec<(Uuid, String, String, Time, String)> = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
         FROM claim JOIN slot ON slot.id = claim.slot WHERE claim.expires IS NULL",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut held: BTreeMap<Holder, BTreeSet<Place>> = BTreeMap::new();
    for (holder, office, service, start, pool) in firm {
        held.entry(Holder(holder)).or_default().insert((office, service, start.0.as_microsecond(), pool));
    }
    let none = BTreeSet::new();
    let mut known = BTreeSet::new();
    let mut last = Uuid::nil();
    loop {
        let docs: Vec<(Uuid, String)> =
            sqlx::query_as("SELECT id, doc::text FROM inquiry WHERE id > $1 ORDER BY id LIMIT 500")
                .bind(last)
                .fetch_all(&mut *conn)
                .await?;
        let Some((id, _)) = docs.last() else { break };
        last = *id;
        for (_, doc) in &docs {
            let inquiry: Inquiry = read("inquiry", doc)?;
            let mut right = true;
            if let Some((holder, slots)) = promised(&inquiry) {
                known.insert(holder);
                let wanted: BTreeSet<Place> = slots
                    .iter()
                    .map(|s| {
                        let start = s.start.as_microsecond();
                        (s.office.to_string(), s.service.to_string(), start, s.pool.to_string())
                    })
                    .collect();
                right &= held.get(&holder).unwrap_or(&none) == &wanted;
            }
            for (holder, may) in past(&inquiry) {
                if !known.insert(holder) {
                    continue;
                }
                right &= may || !held.contains_key(&holder);
            }
            if !right {
                broken.push(Broken::Unbacked { inquiry: inquiry.id });
            }
        }
    }
    broken.extend(
        held.into_keys().filter(|holder| !known.contains(holder)).map(|holder| Broken::Stray { holder }),
    );
    Ok(())
}

async fn unsent(conn: &mut PgConnection, broken: &mut Vec<Broken>) -> Result<(), Fault> {
    let notices: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM notice WHERE owed
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'send-notice:' || notice.id AND died IS NULL)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    broken.extend(notices.into_iter().map(|id| Broken::Unsent { notice: NoticeId::from_uuid(id) }));
    Ok(())
}

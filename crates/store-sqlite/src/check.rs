//! What must always hold, looked at in one snapshot. Reports, never mends.

use crate::{
    convert::{Failed, micros, read, time, word},
    verify,
};
use domain::{change::Holder, inquiry::Inquiry};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use std::collections::BTreeSet;
use store::{
    Broken,
    columns::{past, promised},
};

pub(crate) async fn check(pool: &SqlitePool) -> Result<Vec<Broken>, Failed> {
    let mut conn = pool.acquire().await?;
    // One snapshot: a change that is committed meanwhile must not look like a fault.
    let mut all = conn.begin().await?;
    let mut broken = Vec::new();
    counts(&mut all, &mut broken).await?;
    overlaps(&mut all, &mut broken).await?;
    pairs(&mut all, &mut broken).await?;
    unwatched(&mut all, &mut broken).await?;
    unbacked(&mut all, &mut broken).await?;
    unsent(&mut all, &mut broken).await?;
    if let Some(seq) = verify::verify(&mut all).await?.broken {
        broken.push(Broken::Chain { seq: seq.0 });
    }
    all.rollback().await?;
    Ok(broken)
}

/// A slot's count is the number of its claims; no claim is of a slot that is not there.
async fn counts(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    let rows: Vec<(String, String, i64, String, i64, i64)> = sqlx::query_as(
        "SELECT office, service, start, pool, taken, (SELECT COUNT(*) FROM claim WHERE claim.slot = slot.id) AS claims
         FROM slot WHERE taken <> claims
         ORDER BY start, office, service, pool",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (office, service, start, pool, taken, claims) in rows {
        let slot = format!("{office} {service} {} {pool}", time(start)?);
        broken.push(Broken::Count { slot, taken, claims });
    }
    let orphans: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT slot, COUNT(*) FROM claim WHERE slot NOT IN (SELECT id FROM slot) GROUP BY slot ORDER BY slot",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (slot, claims) in orphans {
        broken.push(Broken::Count { slot: format!("row {slot}, which is missing"), taken: 0, claims });
    }
    Ok(())
}

async fn overlaps(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    let officers: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT a.officer FROM busy AS a JOIN busy AS b
           ON b.officer = a.officer AND b.id > a.id AND b.begins < a.ends AND b.ends > a.begins
         ORDER BY a.officer",
    )
    .fetch_all(conn)
    .await?;
    for officer in officers {
        broken.push(Broken::Overlap { officer: word(&officer)? });
    }
    Ok(())
}

async fn pairs(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    // Read from the documents' own columns without the unique index: it may be what is broken.
    let pairs: Vec<(String, String)> = sqlx::query_as(
        "SELECT MIN(id), MAX(id) FROM inquiry WHERE +live = 1 GROUP BY person, reason HAVING COUNT(*) > 1
         ORDER BY 1",
    )
    .fetch_all(conn)
    .await?;
    for (one, other) in pairs {
        broken.push(Broken::Pair { inquiry: word(&one)?, other: word(&other)? });
    }
    Ok(())
}

async fn unwatched(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    let inquiries: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM inquiry WHERE watch IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    for inquiry in inquiries {
        broken.push(Broken::Unwatched { inquiry: word(&inquiry)? });
    }
    Ok(())
}

/// Every promise has its places, no cancelled booking has any, and nobody unknown has a place for good.
async fn unbacked(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    let firm: Vec<(String, String, String, i64, String)> = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
         FROM claim JOIN slot ON slot.id = claim.slot WHERE claim.expires IS NULL ORDER BY claim.holder",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut held: std::collections::BTreeMap<Holder, BTreeSet<(String, String, i64, String)>> =
        std::collections::BTreeMap::new();
    for (holder, office, service, start, pool) in firm {
        held.entry(Holder(word(&holder)?)).or_default().insert((office, service, start, pool));
    }
    let none = BTreeSet::new();
    let mut known = BTreeSet::new();
    let mut last = String::new();
    loop {
        let docs: Vec<(String, String)> =
            sqlx::query_as("SELECT id, doc FROM inquiry WHERE id > ?1 ORDER BY id LIMIT 500")
                .bind(&last)
                .fetch_all(&mut *conn)
                .await?;
        let Some((id, _)) = docs.last() else { break };
        last.clone_from(id);
        for (_, doc) in &docs {
            let inquiry: Inquiry = read("inquiry", doc)?;
            let mut right = true;
            if let Some((holder, slots)) = promised(&inquiry) {
                known.insert(holder);
                let wanted: BTreeSet<_> = slots
                    .iter()
                    .map(|s| {
                        (s.office.to_string(), s.service.to_string(), micros(s.start), s.pool.to_string())
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

async fn unsent(conn: &mut SqliteConnection, broken: &mut Vec<Broken>) -> Result<(), Failed> {
    let notices: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM notice WHERE owed = 1
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'send-notice:' || notice.id AND died IS NULL)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    for notice in notices {
        broken.push(Broken::Unsent { notice: word(&notice)? });
    }
    Ok(())
}

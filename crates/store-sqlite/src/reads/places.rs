//! What is taken: places at offices, officers' time, holds that have run out.

use crate::convert::{Failed, count, int, micros, small, time, word};
use domain::{
    change::{Busy, Holder},
    codes::OfficeCode,
    ids::StaffId,
    slots::{SlotKey, Taken},
};
use jiff::{Timestamp, civil::Date};
use sqlx::SqlitePool;

/// What is taken in a stretch of time, at one office or anywhere.
pub(crate) async fn taken(
    pool: &SqlitePool,
    office: Option<&OfficeCode>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Taken, Failed> {
    let query = match office {
        Some(office) => sqlx::query_as(
            "SELECT office, service, start, pool, taken FROM slot
             WHERE start >= ?1 AND start < ?2 AND office = ?3 AND taken > 0",
        )
        .bind(micros(from))
        .bind(micros(to))
        .bind(office.as_str().to_owned()),
        None => sqlx::query_as(
            "SELECT office, service, start, pool, taken FROM slot WHERE start >= ?1 AND start < ?2 AND taken > 0",
        )
        .bind(micros(from))
        .bind(micros(to)),
    };
    let rows: Vec<(String, String, i64, String, i64)> = query.fetch_all(pool).await?;
    let mut taken = Taken::default();
    for (office, service, start, pool, n) in rows {
        let key = SlotKey {
            office: word(&office)?,
            service: word(&service)?,
            start: time(start)?,
            pool: word(&pool)?,
        };
        taken.0.insert(key, small(n));
    }
    Ok(taken)
}

/// Officers' taken time that lies at least partly in a stretch, by begin.
pub(crate) async fn busy(
    pool: &SqlitePool,
    officer: Option<StaffId>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Busy>, Failed> {
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT officer, holder, begins, ends FROM busy
         WHERE begins < ?2 AND ends > ?1 AND (?3 IS NULL OR officer = ?3)
         ORDER BY begins, officer",
    )
    .bind(micros(from))
    .bind(micros(to))
    .bind(officer.map(|o| o.to_string()))
    .fetch_all(pool)
    .await?;
    let busy = |(officer, holder, begins, ends): (String, String, i64, i64)| {
        Ok(Busy {
            officer: word(&officer)?,
            holder: Holder(word(&holder)?),
            start: time(begins)?,
            end: time(ends)?,
        })
    };
    rows.into_iter().map(busy).collect()
}

/// Holders whose holds have all run out, the longest ago first. Their places are still taken until they are expired.
pub(crate) async fn expired(pool: &SqlitePool, now: Timestamp, limit: u32) -> Result<Vec<Holder>, Failed> {
    let holders: Vec<String> = sqlx::query_scalar(
        "SELECT holder FROM claim WHERE expires IS NOT NULL
         GROUP BY holder HAVING MAX(expires) <= ?1 ORDER BY MAX(expires), holder LIMIT ?2",
    )
    .bind(micros(now))
    .bind(int(limit.into()))
    .fetch_all(pool)
    .await?;
    holders.iter().map(|holder| Ok(Holder(word(holder)?))).collect()
}

pub(crate) async fn tickets(pool: &SqlitePool, office: &OfficeCode, day: Date) -> Result<u64, Failed> {
    let given: Option<i64> = sqlx::query_scalar("SELECT given FROM tickets WHERE office = ?1 AND day = ?2")
        .bind(office.as_str())
        .bind(day.to_string())
        .fetch_optional(pool)
        .await?;
    Ok(given.map_or(0, count))
}

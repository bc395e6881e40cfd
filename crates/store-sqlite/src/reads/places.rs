//! What is taken: places at offices, officers' time, holds that have run out.

use super::closings;
use crate::convert::{Failed, Fault, count, int, micros, small, time, word};
use domain::{
    change::{Busy, Holder},
    codes::OfficeCode,
    ids::StaffId,
    slots::{SlotKey, Taken},
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, params};
use sqlx::SqlitePool;
use store::StoreError;

/// A slot's columns: `office, service, start, pool, taken`.
type Row = (String, String, i64, String, i64);

fn counted(taken: &mut Taken, (office, service, start, pool, n): Row) -> Result<(), StoreError> {
    let key =
        SlotKey { office: word(&office)?, service: word(&service)?, start: time(start)?, pool: word(&pool)? };
    taken.counts.insert(key, small(n));
    Ok(())
}

/// What is taken at one office in a stretch of time.
pub(crate) fn taken_at(
    conn: &Connection,
    office: &OfficeCode,
    from: Timestamp,
    to: Timestamp,
) -> Result<Taken, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT office, service, start, pool, taken FROM slot
         WHERE start >= ?1 AND start < ?2 AND office = ?3 AND taken > 0",
    )?;
    let rows = query.query_map(params![micros(from), micros(to), office.as_str()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    })?;
    let mut taken = Taken::default();
    for row in rows {
        counted(&mut taken, row?)?;
    }
    closings::shut_at(conn, &mut taken, office, from, to)?;
    Ok(taken)
}

/// What is taken at every office in a stretch of time.
pub(crate) async fn taken_anywhere(
    pool: &SqlitePool,
    from: Timestamp,
    to: Timestamp,
) -> Result<Taken, Failed> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT office, service, start, pool, taken FROM slot WHERE start >= ?1 AND start < ?2 AND taken > 0",
    )
    .bind(micros(from))
    .bind(micros(to))
    .fetch_all(pool)
    .await?;
    let mut taken = Taken::default();
    for row in rows {
        counted(&mut taken, row)?;
    }
    closings::shut_anywhere(pool, &mut taken, from, to).await?;
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

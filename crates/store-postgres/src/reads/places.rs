//! What is taken: places at offices, officers' time, holds that have run out.

use super::{closings, single::TakenRow};
use crate::{fault::Fault, time::Time};
use domain::{
    change::{Busy, Holder},
    codes::OfficeCode,
    ids::StaffId,
    slots::{Shut, SlotKey, Taken},
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;
use store::{
    StoreError,
    columns::{count, read, small, word},
};
use uuid::Uuid;

/// What is taken in a stretch of time, anywhere.
pub(crate) async fn taken_anywhere(pool: &PgPool, from: Timestamp, to: Timestamp) -> Result<Taken, Fault> {
    let rows: Vec<(String, String, Time, String, i64)> = sqlx::query_as(
        "SELECT office, service, start, pool, taken FROM slot WHERE start >= $1 AND start < $2 AND taken > 0",
    )
    .bind(Time(from))
    .bind(Time(to))
    .fetch_all(pool)
    .await?;
    let mut taken = Taken::default();
    for (office, service, start, pool, n) in rows {
        let key =
            SlotKey { office: word(&office)?, service: word(&service)?, start: start.0, pool: word(&pool)? };
        taken.counts.insert(key, small(n));
    }
    closings::shut_anywhere(pool, &mut taken, from, to).await?;
    Ok(taken)
}

/// What is taken at an office, from its rows.
pub(crate) fn taken_at(office: &OfficeCode, rows: Vec<TakenRow>) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    for (service, start, pool, n, shut) in rows {
        if let Some((until, why)) = shut {
            let why = read("closing", &why)?;
            taken.shut.push(Shut { office: office.clone(), from: start.0, until: until.0, why });
            continue;
        }
        let key =
            SlotKey { office: office.clone(), service: word(&service)?, start: start.0, pool: word(&pool)? };
        taken.counts.insert(key, small(n));
    }
    Ok(taken)
}

/// Officers' taken time that lies at least partly in a stretch, by begin.
pub(crate) async fn busy(
    pool: &PgPool,
    officer: Option<StaffId>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Busy>, Fault> {
    let rows: Vec<(Uuid, Uuid, Time, Time)> = sqlx::query_as(
        "SELECT officer, holder, begins, ends FROM busy
         WHERE begins < $2 AND ends > $1 AND ($3::uuid IS NULL OR officer = $3)
         ORDER BY begins, officer",
    )
    .bind(Time(from))
    .bind(Time(to))
    .bind(officer.map(StaffId::uuid))
    .fetch_all(pool)
    .await?;
    let busy = |(officer, holder, begins, ends): (Uuid, Uuid, Time, Time)| Busy {
        officer: StaffId::from_uuid(officer),
        holder: Holder(holder),
        start: begins.0,
        end: ends.0,
    };
    Ok(rows.into_iter().map(busy).collect())
}

/// Holders whose holds have all run out, the longest ago first. Their places are still taken until they are expired.
pub(crate) async fn expired(pool: &PgPool, now: Timestamp, limit: u32) -> Result<Vec<Holder>, Fault> {
    let holders: Vec<Uuid> = sqlx::query_scalar(
        "SELECT holder FROM claim WHERE expires IS NOT NULL
         GROUP BY holder HAVING MAX(expires) <= $1 ORDER BY MAX(expires), holder LIMIT $2",
    )
    .bind(Time(now))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    Ok(holders.into_iter().map(Holder).collect())
}

pub(crate) async fn tickets(pool: &PgPool, office: &OfficeCode, day: Date) -> Result<u64, Fault> {
    let given: Option<i64> = sqlx::query_scalar("SELECT given FROM tickets WHERE office = $1 AND day = $2")
        .bind(office.as_str())
        .bind(day.to_string())
        .fetch_optional(pool)
        .await?;
    Ok(given.map_or(0, count))
}

//! Offices' closings.

use crate::convert::{Failed, Fault, int, micros, read, time, word};
use domain::{
    closing::Closing,
    codes::OfficeCode,
    slots::{Shut, Taken},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use sqlx::SqlitePool;
use store::{StoreError, columns::LONGEST_PAGE};

pub(crate) async fn closings(
    pool: &SqlitePool,
    office: Option<&OfficeCode>,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Closing>, Failed> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM closing WHERE ends > ?1 AND (?2 IS NULL OR office = ?2)
         ORDER BY starts, id LIMIT ?3",
    )
    .bind(micros(since))
    .bind(office.map(OfficeCode::as_str))
    .bind(int(limit.min(LONGEST_PAGE).into()))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("closing", doc)).collect::<Result<_, _>>()?)
}

/// A closed stretch's columns: `office, starts, ends, why`.
type Row = (String, i64, i64, String);

fn add(taken: &mut Taken, (office, starts, ends, why): Row) -> Result<(), StoreError> {
    taken.shut.push(Shut {
        office: word(&office)?,
        from: time(starts)?,
        until: time(ends)?,
        why: read("closing", &why)?,
    });
    Ok(())
}

/// What an office closes of a stretch of time.
pub(super) fn shut_at(
    conn: &Connection,
    taken: &mut Taken,
    office: &OfficeCode,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), Fault> {
    let mut query = conn.prepare_cached(
        "SELECT office, starts, ends, why FROM closing
         WHERE shuts = 1 AND office = ?3 AND ends > ?1 AND starts < ?2",
    )?;
    let rows = query.query_map(params![micros(from), micros(to), office.as_str()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    for row in rows {
        add(taken, row?)?;
    }
    Ok(())
}

/// What any office closes of a stretch of time.
pub(super) async fn shut_anywhere(
    pool: &SqlitePool,
    taken: &mut Taken,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), Failed> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT office, starts, ends, why FROM closing WHERE shuts = 1 AND ends > ?1 AND starts < ?2",
    )
    .bind(micros(from))
    .bind(micros(to))
    .fetch_all(pool)
    .await?;
    for row in rows {
        add(taken, row)?;
    }
    Ok(())
}

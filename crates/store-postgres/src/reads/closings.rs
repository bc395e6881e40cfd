//! Offices' closings.

use crate::{fault::Fault, time::Time};
use domain::{
    closing::Closing,
    codes::OfficeCode,
    ids::ClosingId,
    slots::{Shut, Taken},
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::columns::{LONGEST_PAGE, maybe, read, word};

pub(crate) async fn closing(pool: &PgPool, id: ClosingId) -> Result<Option<Closing>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM closing WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("closing", doc)?)
}

pub(crate) async fn closings(
    pool: &PgPool,
    office: Option<&OfficeCode>,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Closing>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM closing WHERE ends > $1 AND ($2::text IS NULL OR office = $2)
         ORDER BY starts, id LIMIT $3",
    )
    .bind(Time(since))
    .bind(office.map(OfficeCode::as_str))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("closing", doc)).collect::<Result<_, _>>()?)
}

/// What any office closes of a stretch of time.
pub(super) async fn shut_anywhere(
    pool: &PgPool,
    taken: &mut Taken,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), Fault> {
    let rows: Vec<(String, Time, Time, String)> = sqlx::query_as(
        "SELECT office, starts, ends, why::text FROM closing WHERE shuts AND ends > $1 AND starts < $2",
    )
    .bind(Time(from))
    .bind(Time(to))
    .fetch_all(pool)
    .await?;
    for (office, starts, ends, why) in rows {
        taken.shut.push(Shut {
            office: word(&office)?,
            from: starts.0,
            until: ends.0,
            why: read("closing", &why)?,
        });
    }
    Ok(())
}

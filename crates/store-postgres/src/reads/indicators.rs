//! What indicators are made of.

use crate::{fault::Fault, time::Time};
use domain::{
    indicators::{Facts, Waited, promises},
    inquiry::Inquiry,
};
use jiff::Timestamp;
use sqlx::PgPool;
use store::columns::read;

pub(crate) async fn facts(
    pool: &PgPool,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
) -> Result<Facts, Fault> {
    let mut facts = Facts::default();
    let waits: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM waiter WHERE ended >= $1 AND ended < $2")
            .bind(Time(from))
            .bind(Time(to))
            .fetch_all(pool)
            .await?;
    for doc in &waits {
        facts.waits.extend(Waited::of(read("waiting caller", doc)?));
    }
    // An inquiry may have several promises in the stretch: its record is read once.
    let inquiries: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM inquiry
         WHERE id IN (SELECT inquiry FROM promise WHERE due >= $1 AND due < $2)",
    )
    .bind(Time(from))
    .bind(Time(to))
    .fetch_all(pool)
    .await?;
    for doc in &inquiries {
        let inquiry: Inquiry = read("inquiry", doc)?;
        facts.promises.extend(promises(&inquiry, from, to, now));
    }
    Ok(facts)
}

//! What indicators are made of.

use crate::{fault::Fault, time::Time};
use domain::{
    call_record::CallRecord,
    indicators::{Facts, promises},
    inquiry::Inquiry,
    wait::Operator,
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
        facts.wait(read("waiting caller", doc)?);
    }
    // Who was turned away is seldom among all that called: only those records are taken apart.
    let calls: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM call_record
         WHERE ended >= $1 AND ended < $2 AND doc->'turned_away' IS NOT NULL",
    )
    .bind(Time(from))
    .bind(Time(to))
    .fetch_all(pool)
    .await?;
    for doc in &calls {
        facts.call(&read::<CallRecord>("call record", doc)?);
    }
    let operators: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM duty WHERE on_duty OR doc->'spells' IS NOT NULL")
            .fetch_all(pool)
            .await?;
    for doc in &operators {
        facts.operator(&read::<Operator>("operator", doc)?, now);
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

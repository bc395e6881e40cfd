//! What indicators are made of.

use crate::convert::{Failed, micros, read};
use domain::{
    call_record::CallRecord,
    indicators::{Facts, promises},
    inquiry::Inquiry,
    wait::Operator,
};
use jiff::Timestamp;
use sqlx::SqlitePool;

pub(crate) async fn facts(
    pool: &SqlitePool,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
) -> Result<Facts, Failed> {
    let mut facts = Facts::default();
    let waits: Vec<String> = sqlx::query_scalar("SELECT doc FROM waiter WHERE ended >= ?1 AND ended < ?2")
        .bind(micros(from))
        .bind(micros(to))
        .fetch_all(pool)
        .await?;
    for doc in &waits {
        facts.wait(read("waiting caller", doc)?);
    }
    // Who was turned away is seldom among all that called: only those records are taken apart.
    let calls: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM call_record WHERE ended >= ?1 AND ended < ?2 AND instr(doc, '\"turned_away\"') > 0",
    )
    .bind(micros(from))
    .bind(micros(to))
    .fetch_all(pool)
    .await?;
    for doc in &calls {
        facts.call(&read::<CallRecord>("call record", doc)?);
    }
    let operators: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM duty WHERE on_duty = 1 OR instr(doc, '\"spells\"') > 0")
            .fetch_all(pool)
            .await?;
    for doc in &operators {
        facts.operator(&read::<Operator>("operator", doc)?, now);
    }
    // An inquiry may have several promises in the stretch: its record is read once.
    let inquiries: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM inquiry
         WHERE id IN (SELECT inquiry FROM promise WHERE due >= ?1 AND due < ?2)",
    )
    .bind(micros(from))
    .bind(micros(to))
    .fetch_all(pool)
    .await?;
    for doc in &inquiries {
        let inquiry: Inquiry = read("inquiry", doc)?;
        facts.promises.extend(promises(&inquiry, from, to, now));
    }
    Ok(facts)
}

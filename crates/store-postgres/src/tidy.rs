//! Forgetting what is over.

use crate::{fault::Fault, time::Time};
use domain::retention::{Forget, RecordClass};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use std::collections::BTreeMap;
use store::columns::count;

/// Inquiries under legal hold, by themselves or with everything about their person.
macro_rules! held {
    () => {
        "(SELECT id FROM inquiry WHERE doc::text LIKE '%\"legal_hold\":{\"by\":%'
          UNION ALL SELECT inquiry.id FROM person JOIN inquiry ON inquiry.person = person.id
          WHERE person.doc::text LIKE '%\"legal_hold\":{\"by\":%')"
    };
}

// What has been kept long enough, with what comes before: `DELETE`, or a count.

macro_rules! calls {
    ($does:literal) => {
        concat!(
            $does,
            " FROM call_record WHERE ended <= $1 AND (inquiry IS NULL OR inquiry NOT IN ",
            held!(),
            ")"
        )
    };
}

macro_rules! waits {
    ($does:literal) => {
        concat!(
            $does,
            " FROM waiter WHERE ended <= $1 AND (inquiry IS NULL OR inquiry NOT IN ",
            held!(),
            ") AND (person IS NULL OR person NOT IN
                (SELECT id FROM person WHERE doc::text LIKE '%\"legal_hold\":{\"by\":%'))"
        )
    };
}

macro_rules! handovers {
    ($does:literal) => {
        concat!(
            $does,
            " FROM handover WHERE at <= $1 AND NOT EXISTS
                (SELECT 1 FROM json_array_elements(handover.doc -> 'calls') AS handed
                 WHERE (handed ->> 'inquiry')::uuid IN ",
            held!(),
            ")"
        )
    };
}

/// Forgets what was over by then, and processes gone for a day whose calls nobody keeps; how many in all.
pub(crate) async fn tidy(pool: &PgPool, forget: &Forget) -> Result<u64, Fault> {
    let day = forget.now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    let mut all = pool.begin().await?;
    // A month of answers may go at once.
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *all).await?;
    let mut forgotten = 0;
    for (sql, until) in [
        ("DELETE FROM command WHERE at < $1", forget.answers),
        ("DELETE FROM session WHERE until <= $1", forget.now),
        ("DELETE FROM pass WHERE until <= $1", forget.now),
        ("DELETE FROM draft WHERE saved <= $1", forget.drafts),
        (waits!("DELETE"), forget.waits),
        (calls!("DELETE"), forget.calls),
        ("DELETE FROM line_memory WHERE seen <= $1", forget.numbers),
        (handovers!("DELETE"), forget.handovers),
        ("DELETE FROM mark WHERE at <= $1", forget.marks),
    ] {
        forgotten += sqlx::query(sql).bind(Time(until)).execute(&mut *all).await?.rows_affected();
    }
    sqlx::query(
        "DELETE FROM line_node WHERE until <= $1
           AND NOT EXISTS (SELECT 1 FROM waiter WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM duty WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM call_record WHERE node = line_node.id)",
    )
    .bind(Time(day))
    .execute(&mut *all)
    .await?;
    all.commit().await?;
    Ok(forgotten)
}

/// How many of each class have been kept long enough.
pub(crate) async fn due(
    pool: &PgPool,
    inquiries: Option<Timestamp>,
    forget: &Forget,
) -> Result<BTreeMap<RecordClass, u64>, Fault> {
    const INQUIRIES: &str = concat!(
        "SELECT COUNT(*) FROM inquiry WHERE stage = 'closed' AND doc::text NOT LIKE '%\"erased\":{\"at\":%'
           AND (substring(doc::text FROM '\"stage\":\\{\"stage\":\"closed\",\"at\":\"([^\"]*)\"') COLLATE \"C\") <= $1 AND id NOT IN ",
        held!()
    );
    let mut all = BTreeMap::new();
    if let Some(until) = inquiries {
        let n: i64 = sqlx::query_scalar(INQUIRIES).bind(until.to_string()).fetch_one(pool).await?;
        all.insert(RecordClass::Inquiries, count(n));
    }
    for (class, sql, until) in [
        (RecordClass::Calls, calls!("SELECT COUNT(*)"), forget.calls),
        (RecordClass::Numbers, "SELECT COUNT(*) FROM line_memory WHERE seen <= $1", forget.numbers),
        (RecordClass::Waits, waits!("SELECT COUNT(*)"), forget.waits),
        (RecordClass::Drafts, "SELECT COUNT(*) FROM draft WHERE saved <= $1", forget.drafts),
        (RecordClass::Handovers, handovers!("SELECT COUNT(*)"), forget.handovers),
    ] {
        let n: i64 = sqlx::query_scalar(sql).bind(Time(until)).fetch_one(pool).await?;
        all.insert(class, count(n));
    }
    Ok(all)
}

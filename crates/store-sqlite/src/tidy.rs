//! Forgetting what is over.

use crate::{
    convert::{Failed, Fault, count, micros},
    sql,
};
use domain::retention::{Forget, RecordClass};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};
use sqlx::SqlitePool;
use std::collections::BTreeMap;

/// Inquiries under legal hold, by themselves or with everything about their person.
macro_rules! held {
    () => {
        "(SELECT id FROM inquiry WHERE json_extract(doc, '$.legal_hold') IS NOT NULL
          UNION ALL SELECT inquiry.id FROM person JOIN inquiry ON inquiry.person = person.id
          WHERE json_extract(person.doc, '$.legal_hold') IS NOT NULL)"
    };
}

// What has been kept long enough, with what comes before: `DELETE`, or a count.

macro_rules! calls {
    ($does:literal) => {
        concat!(
            $does,
            " FROM call_record WHERE ended <= ?1 AND (inquiry IS NULL OR inquiry NOT IN ",
            held!(),
            ")"
        )
    };
}

macro_rules! waits {
    ($does:literal) => {
        concat!(
            $does,
            " FROM waiter WHERE ended <= ?1 AND (inquiry IS NULL OR inquiry NOT IN ",
            held!(),
            ") AND (person IS NULL OR person NOT IN
                (SELECT id FROM person WHERE json_extract(doc, '$.legal_hold') IS NOT NULL))"
        )
    };
}

macro_rules! handovers {
    ($does:literal) => {
        concat!(
            $does,
            " FROM handover WHERE at <= ?1 AND NOT EXISTS
                (SELECT 1 FROM json_each(handover.doc, '$.calls') AS handed
                 WHERE json_extract(handed.value, '$.inquiry') IN ",
            held!(),
            ")"
        )
    };
}

/// Forgets what was over by then, and processes gone for a day whose calls nobody keeps; how many in all.
pub(crate) fn tidy(conn: &Connection, forget: &Forget) -> Result<u64, Fault> {
    let answers = sql::run(conn, "DELETE FROM command WHERE at < ?1", params![micros(forget.answers)])?;
    let sessions = sql::run(conn, "DELETE FROM session WHERE until <= ?1", params![micros(forget.now)])?;
    let passes = sql::run(conn, "DELETE FROM pass WHERE until <= ?1", params![micros(forget.now)])?;
    let drafts = sql::run(conn, "DELETE FROM draft WHERE saved <= ?1", params![micros(forget.drafts)])?;
    let waits = sql::run(conn, waits!("DELETE"), params![micros(forget.waits)])?;
    let calls = sql::run(conn, calls!("DELETE"), params![micros(forget.calls)])?;
    let chosen = sql::run(conn, "DELETE FROM line_memory WHERE seen <= ?1", params![micros(forget.numbers)])?;
    let handed = sql::run(conn, handovers!("DELETE"), params![micros(forget.handovers)])?;
    let marks = sql::run(conn, "DELETE FROM mark WHERE at <= ?1", params![micros(forget.marks)])?;
    let day = forget.now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    sql::run(
        conn,
        "DELETE FROM line_node WHERE until <= ?1
           AND NOT EXISTS (SELECT 1 FROM waiter WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM duty WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM call_record WHERE node = line_node.id)",
        params![micros(day)],
    )?;
    let all = answers + sessions + passes + drafts + waits + calls + chosen + handed + marks;
    Ok(u64::try_from(all).unwrap_or(u64::MAX))
}

/// How many of each class have been kept long enough.
pub(crate) async fn due(
    pool: &SqlitePool,
    inquiries: Option<Timestamp>,
    forget: &Forget,
) -> Result<BTreeMap<RecordClass, u64>, Failed> {
    const INQUIRIES: &str = concat!(
        "SELECT COUNT(*) FROM inquiry WHERE stage = 'closed' AND json_extract(doc, '$.erased') IS NULL
           AND json_extract(doc, '$.stage.at') <= ?1 AND id NOT IN ",
        held!()
    );
    let mut all = BTreeMap::new();
    if let Some(until) = inquiries {
        let n: i64 = sqlx::query_scalar(INQUIRIES).bind(until.to_string()).fetch_one(pool).await?;
        all.insert(RecordClass::Inquiries, count(n));
    }
    for (class, sql, until) in [
        (RecordClass::Calls, calls!("SELECT COUNT(*)"), forget.calls),
        (RecordClass::Numbers, "SELECT COUNT(*) FROM line_memory WHERE seen <= ?1", forget.numbers),
        (RecordClass::Waits, waits!("SELECT COUNT(*)"), forget.waits),
        (RecordClass::Drafts, "SELECT COUNT(*) FROM draft WHERE saved <= ?1", forget.drafts),
        (RecordClass::Handovers, handovers!("SELECT COUNT(*)"), forget.handovers),
    ] {
        let n: i64 = sqlx::query_scalar(sql).bind(micros(until)).fetch_one(pool).await?;
        all.insert(class, count(n));
    }
    Ok(all)
}

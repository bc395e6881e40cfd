//! Forgetting what is over.

use crate::{
    convert::{Fault, micros},
    sql,
};
use domain::{call_record, draft, remembered, wait};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

/// Forgets answers older than `before`, and sessions and drafts that are over at `now`, waits that have been for long, and processes gone for a
/// day whose calls nobody keeps; how many in all.
pub(crate) fn tidy(conn: &Connection, now: Timestamp, before: Timestamp) -> Result<u64, Fault> {
    let ago = |span: SignedDuration| now.saturating_sub(span).map_or(i64::MIN, micros);
    let answers = sql::run(conn, "DELETE FROM command WHERE at < ?1", params![micros(before)])?;
    let sessions = sql::run(conn, "DELETE FROM session WHERE until <= ?1", params![micros(now)])?;
    let drafts = sql::run(
        conn,
        "DELETE FROM draft WHERE saved <= ?1",
        params![ago(SignedDuration::from_hours(24 * draft::KEPT_DAYS))],
    )?;
    let waits = sql::run(
        conn,
        "DELETE FROM waiter WHERE ended <= ?1",
        params![ago(SignedDuration::from_hours(24 * wait::KEPT_DAYS))],
    )?;
    let calls = sql::run(
        conn,
        "DELETE FROM call_record WHERE ended <= ?1",
        params![ago(SignedDuration::from_hours(24 * call_record::KEPT_DAYS))],
    )?;
    let chosen = sql::run(
        conn,
        "DELETE FROM line_memory WHERE seen <= ?1",
        params![ago(SignedDuration::from_hours(24 * remembered::KEPT_DAYS))],
    )?;
    sql::run(
        conn,
        "DELETE FROM line_node WHERE until <= ?1
           AND NOT EXISTS (SELECT 1 FROM waiter WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM duty WHERE node = line_node.id)
           AND NOT EXISTS (SELECT 1 FROM call_record WHERE node = line_node.id)",
        params![ago(SignedDuration::from_hours(24))],
    )?;
    Ok(u64::try_from(answers + sessions + drafts + waits + calls + chosen).unwrap_or(u64::MAX))
}

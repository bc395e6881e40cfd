//! Writing the records of calls, what numbers chose, and what supervisors said of the line.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::{call_record::CallRecord, line_notice::LineNotice, phone::PhoneKey, remembered::Remembered};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use store::columns::follows;

pub(super) fn record(conn: &Connection, call: &CallRecord) -> Result<(), Fault> {
    let id = call.id.to_string();
    let found = sql::value(conn, "SELECT version FROM call_record WHERE id = ?1", params![id])?;
    follows("call record", found, call.version)?;
    sql::run(
        conn,
        "INSERT INTO call_record (id, version, node, phone, inquiry, began, ended, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, node = excluded.node, phone = excluded.phone, inquiry = excluded.inquiry,
           began = excluded.began, ended = excluded.ended, doc = excluded.doc",
        params![
            id,
            int(call.version),
            call.node.map(|id| id.to_string()),
            call.phone.as_ref().map(PhoneKey::as_str),
            call.inquiry.map(|id| id.to_string()),
            micros(call.began),
            call.ended.map(micros),
            doc("call record", call)?
        ],
    )?;
    Ok(())
}

/// Of two calls at once from one number the later choice stands.
pub(super) fn remembered(conn: &Connection, chosen: &Remembered) -> Result<(), Fault> {
    sql::run(
        conn,
        "INSERT INTO line_memory (phone, lang, accommodation, seen) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (phone) DO UPDATE SET
           lang = excluded.lang, accommodation = excluded.accommodation, seen = excluded.seen
         WHERE line_memory.seen <= excluded.seen",
        params![
            chosen.phone.as_str(),
            chosen.lang.as_str(),
            chosen.accommodation.as_str(),
            micros(chosen.seen)
        ],
    )?;
    Ok(())
}

/// Whether a number wants texts. Said again, it is said already: the first time stands.
pub(super) fn texting(conn: &Connection, phone: &PhoneKey, stopped: Option<Timestamp>) -> Result<(), Fault> {
    match stopped {
        Some(at) => sql::run(
            conn,
            "INSERT INTO stopped (phone, at) VALUES (?1, ?2) ON CONFLICT (phone) DO NOTHING",
            params![phone.as_str(), micros(at)],
        )?,
        None => sql::run(conn, "DELETE FROM stopped WHERE phone = ?1", params![phone.as_str()])?,
    };
    Ok(())
}

pub(super) fn notice(conn: &Connection, notice: &LineNotice) -> Result<(), Fault> {
    let id = notice.id.to_string();
    let found = sql::value(conn, "SELECT version FROM line_notice WHERE id = ?1", params![id])?;
    follows("line notice", found, notice.version)?;
    sql::run(
        conn,
        "INSERT INTO line_notice (id, version, ends, doc) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, ends = excluded.ends, doc = excluded.doc",
        params![id, int(notice.version), micros(notice.ends()), doc("line notice", notice)?],
    )?;
    Ok(())
}

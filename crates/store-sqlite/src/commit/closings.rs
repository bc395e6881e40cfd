//! Writing offices' closings, and keeping places out of the time they close.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::{closing::Closing, ids::ClosingId, slots::SlotKey};
use rusqlite::{Connection, params};
use store::{Conflict, columns::follows};

pub(super) fn closing(conn: &Connection, closing: &Closing) -> Result<(), Fault> {
    let id = closing.id.to_string();
    let found = sql::value(conn, "SELECT version FROM closing WHERE id = ?1", params![id])?;
    follows("closing", found, closing.version)?;
    sql::run(
        conn,
        "INSERT INTO closing (id, version, office, stage, shuts, starts, ends, why, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, stage = excluded.stage, shuts = excluded.shuts, doc = excluded.doc",
        params![
            id,
            int(closing.version),
            closing.office.as_str(),
            closing.stage.as_str(),
            closing.shuts(),
            micros(closing.from),
            micros(closing.until),
            doc("closing", &closing.why)?,
            doc("closing", closing)?
        ],
    )?;
    Ok(())
}

/// Refuses a place that begins in time that its office closes, unless it is taken through that very closing. It looks as
/// full as any: whoever decides anew reads why.
pub(super) fn keep_out(conn: &Connection, slot: &SlotKey, through: Option<ClosingId>) -> Result<(), Fault> {
    let shut = sql::exists(
        conn,
        "SELECT 1 FROM closing WHERE shuts = 1 AND office = ?1 AND ends > ?2 AND starts <= ?2 AND id <> ?3",
        params![
            slot.office.as_str(),
            micros(slot.start),
            through.map_or_else(String::new, |id| id.to_string())
        ],
    )?;
    if shut { Err(Conflict::Full { slot: slot.clone() }.into()) } else { Ok(()) }
}

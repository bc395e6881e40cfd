//! Writing handovers of many calls.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::handover::Handover;
use rusqlite::{Connection, params};
use store::columns::follows;

pub(super) fn handover(conn: &Connection, handover: &Handover) -> Result<(), Fault> {
    let id = handover.id.to_string();
    let found = sql::value(conn, "SELECT version FROM handover WHERE id = ?1", params![id])?;
    follows("handover", found, handover.version)?;
    sql::run(
        conn,
        "INSERT INTO handover (id, version, at, doc) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, doc = excluded.doc",
        params![id, int(handover.version), micros(handover.at), doc("handover", handover)?],
    )?;
    Ok(())
}

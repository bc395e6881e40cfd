//! Writing the codes on what went out.

use crate::{
    convert::{Fault, micros},
    sql,
};
use domain::mark::Mark;
use rusqlite::{Connection, params};

/// What is sent once more under its code went out when it went last.
pub(super) fn mark(conn: &Connection, mark: &Mark) -> Result<(), Fault> {
    sql::run(
        conn,
        "INSERT INTO mark (code, way, at) VALUES (?1, ?2, ?3)
         ON CONFLICT (code) DO UPDATE SET way = excluded.way, at = excluded.at",
        params![mark.code.as_str(), mark.way.as_str(), micros(mark.at)],
    )?;
    Ok(())
}

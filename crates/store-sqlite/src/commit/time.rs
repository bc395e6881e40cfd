//! Officers' time: two stretches of one officer never overlap.

use crate::{
    convert::{Fault, micros},
    sql,
};
use domain::change::{Busy, Holder};
use rusqlite::{Connection, params};
use store::Conflict;

/// Gives back whatever time the holders have; one who has none is no fault.
pub(super) fn free(conn: &Connection, holders: &[Holder]) -> Result<(), Fault> {
    for holder in holders {
        sql::run(conn, "DELETE FROM busy WHERE holder = ?1", params![holder.0.to_string()])?;
    }
    Ok(())
}

/// Takes time. Stretches that only touch do not overlap.
pub(super) fn take(conn: &Connection, stretches: &[Busy]) -> Result<(), Fault> {
    for busy in stretches {
        let (begins, ends) = (micros(busy.start), micros(busy.end));
        let officer = busy.officer.to_string();
        let taken = sql::exists(
            conn,
            "SELECT 1 FROM busy WHERE officer = ?1 AND begins < ?3 AND ends > ?2",
            params![officer, begins, ends],
        )?;
        if taken {
            return Err(Conflict::Overlap { officer: busy.officer }.into());
        }
        sql::run(
            conn,
            "INSERT INTO busy (officer, holder, begins, ends) VALUES (?1, ?2, ?3, ?4)",
            params![officer, busy.holder.0.to_string(), begins, ends],
        )?;
    }
    Ok(())
}

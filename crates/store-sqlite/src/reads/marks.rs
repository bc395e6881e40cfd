//! The codes on what went out.

use crate::{
    convert::{Fault, time},
    points::Points,
    sql,
};
use domain::mark::{Mark, MarkCode, MarkedWay};
use rusqlite::params;

pub(crate) fn mark(points: &Points, code: MarkCode) -> Result<Option<Mark>, Fault> {
    points.read(|conn| {
        let text = "SELECT way, at FROM mark WHERE code = ?1";
        let row: Option<(String, i64)> =
            sql::maybe(conn, text, params![code.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((way, at)) = row else { return Ok(None) };
        // A way that no program of today knows is none that it could name.
        let Some(way) = MarkedWay::named(&way) else { return Ok(None) };
        Ok(Some(Mark { code, way, at: time(at)? }))
    })
}

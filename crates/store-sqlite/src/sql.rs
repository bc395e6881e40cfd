//! The writer's statements: run where the writer is, without a hop to another thread for each (decision 0012).
//!
//! Each text is prepared once and kept with the connection.

use rusqlite::{Connection, OptionalExtension, Params, Row};

/// How many prepared statements a connection keeps: more than there are here.
pub(crate) const KEPT: usize = 128;

/// Runs a statement; how many rows it changed.
pub(crate) fn run(conn: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    conn.prepare_cached(sql)?.execute(params)
}

/// The first row, if there is one.
pub(crate) fn maybe<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    conn.prepare_cached(sql)?.query_row(params, read).optional()
}

/// The first column of the first row, if there is one.
pub(crate) fn value<T: rusqlite::types::FromSql>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
) -> rusqlite::Result<Option<T>> {
    maybe(conn, sql, params, |row| row.get(0))
}

/// Whether there is such a row.
pub(crate) fn exists(conn: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<bool> {
    conn.prepare_cached(sql)?.exists(params)
}

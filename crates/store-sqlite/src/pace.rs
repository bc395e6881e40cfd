//! Turns that are shared by all who use this store.

use crate::{
    convert::{Failed, Fault, doc, maybe, read},
    sql,
    writer::Taking,
};
use domain::pace::{Pace, Turn};
use rusqlite::{Connection, params};
use sqlx::SqlitePool;

/// Takes a turn, and keeps what that leaves.
pub(crate) fn take(conn: &Connection, ask: &Taking) -> Result<Turn, Fault> {
    let kept: Option<String> = sql::value(conn, "SELECT doc FROM pace WHERE name = ?1", params![ask.name])?;
    let mut pace: Pace = maybe("pace", kept)?.unwrap_or_default();
    let turn = pace.take(&ask.limits, ask.now, ask.patience);
    if matches!(turn, Turn::At(_)) {
        sql::run(
            conn,
            "INSERT INTO pace VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET doc = excluded.doc",
            params![ask.name, doc("pace", &pace)?],
        )?;
    }
    Ok(turn)
}

/// What is kept under a name.
pub(crate) async fn kept(pool: &SqlitePool, name: &str) -> Result<Option<Pace>, Failed> {
    let kept: Option<String> =
        sqlx::query_scalar("SELECT doc FROM pace WHERE name = ?1").bind(name).fetch_optional(pool).await?;
    Ok(kept.map(|text| read("pace", &text)).transpose()?)
}

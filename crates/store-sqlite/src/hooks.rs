//! How far each program has been told what happened.

use crate::{
    convert::{Failed, Fault, count, doc, maybe, read},
    sql,
};
use domain::{
    hook::{Hook, HookAct},
    journal::Seq,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use sqlx::SqlitePool;
use std::collections::BTreeMap;

/// Does it, if it counts for something.
pub(crate) fn act(
    conn: &Connection,
    name: &str,
    act: &HookAct,
    now: Timestamp,
) -> Result<Option<Hook>, Fault> {
    let kept: Option<String> = sql::value(conn, "SELECT doc FROM hook WHERE name = ?1", params![name])?;
    let hook = if let Some(hook) = maybe("hook", kept)? {
        hook
    } else {
        let end: Option<i64> = sql::value(conn, "SELECT seq FROM journal_end", params![])?;
        Hook::new(Seq(count(end.unwrap_or_default())))
    };
    let after = hook.after(act, now);
    if let Some(hook) = &after {
        sql::run(
            conn,
            "INSERT INTO hook VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET doc = excluded.doc",
            params![name, doc("hook", hook)?],
        )?;
    }
    Ok(after)
}

/// All of them.
pub(crate) async fn all(pool: &SqlitePool) -> Result<BTreeMap<String, Hook>, Failed> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT name, doc FROM hook").fetch_all(pool).await?;
    rows.into_iter().map(|(name, text)| Ok((name, read("hook", &text)?))).collect()
}

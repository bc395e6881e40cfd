//! How far each program has been told what happened, whichever node tells it.

use crate::fault::Fault;
use domain::{
    hook::{Hook, HookAct},
    journal::Seq,
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeMap;
use store::columns::{count, doc, read};

/// Does it under the row's lock, if it counts for something.
pub(crate) async fn act(
    conn: &mut PgConnection,
    name: &str,
    act: &HookAct,
    now: Timestamp,
) -> Result<Option<Hook>, Fault> {
    let mut kept = kept(conn, name).await?;
    if kept.is_none() {
        let end: i64 = sqlx::query_scalar("SELECT seq FROM journal_end").fetch_one(&mut *conn).await?;
        // The row is there before it is locked: two nodes that find none would both begin it.
        sqlx::query("INSERT INTO hook VALUES ($1, $2::json) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(doc("hook", &Hook::new(Seq(count(end))))?)
            .execute(&mut *conn)
            .await?;
        kept = self::kept(conn, name).await?;
    }
    let Some(hook) = kept else { return Err(Fault::Rival) };
    let after = hook.after(act, now);
    if let Some(hook) = &after {
        sqlx::query("UPDATE hook SET doc = $2::json WHERE name = $1")
            .bind(name)
            .bind(doc("hook", hook)?)
            .execute(&mut *conn)
            .await?;
    }
    Ok(after)
}

async fn kept(conn: &mut PgConnection, name: &str) -> Result<Option<Hook>, Fault> {
    let kept: Option<String> = sqlx::query_scalar("SELECT doc::text FROM hook WHERE name = $1 FOR UPDATE")
        .bind(name)
        .fetch_optional(conn)
        .await?;
    Ok(kept.map(|text| read("hook", &text)).transpose()?)
}

/// The same in a transaction of its own.
pub(crate) async fn act_alone(
    pool: &PgPool,
    name: &str,
    what: &HookAct,
    now: Timestamp,
) -> Result<Option<Hook>, Fault> {
    let mut all = pool.begin().await?;
    let after = act(&mut all, name, what, now).await?;
    all.commit().await?;
    Ok(after)
}

/// All of them.
pub(crate) async fn all(pool: &PgPool) -> Result<BTreeMap<String, Hook>, Fault> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT name, doc::text FROM hook").fetch_all(pool).await?;
    rows.into_iter().map(|(name, text)| Ok((name, read("hook", &text)?))).collect()
}

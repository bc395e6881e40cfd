//! What commands answered.

use crate::convert::{Fault, count, doc, int, micros, read};
use domain::{
    actor::Actor,
    change::{Command, IdempotencyKey},
    journal::Seq,
};
use sqlx::SqliteConnection;
use store::{Committed, Conflict, columns::same_actor};

/// What the command answered, if it has been done.
pub(crate) async fn answered(
    conn: &mut SqliteConnection,
    key: &IdempotencyKey,
    actor: &Actor,
) -> Result<Option<Committed>, Fault> {
    let found: Option<(String, i64, String)> =
        sqlx::query_as("SELECT actor, seq, answer FROM command WHERE key = ?1")
            .bind(key.as_str())
            .fetch_optional(conn)
            .await?;
    let Some((by, seq, answer)) = found else { return Ok(None) };
    if !same_actor(&read("command", &by)?, actor) {
        return Err(Conflict::KeyInUse.into());
    }
    Ok(Some(Committed { seq: Seq(count(seq)), repeated: true, answer: read("command", &answer)? }))
}

/// Keeps the answer under the command's key.
pub(super) async fn keep(
    conn: &mut SqliteConnection,
    command: &Command,
    seq: Seq,
    answer: &serde_json::Value,
) -> Result<(), Fault> {
    sqlx::query("INSERT INTO command (key, actor, at, seq, answer) VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(command.key.as_str())
        .bind(doc("command", &command.actor)?)
        .bind(micros(command.at))
        .bind(int(seq.0))
        .bind(doc("command", answer)?)
        .execute(conn)
        .await?;
    Ok(())
}

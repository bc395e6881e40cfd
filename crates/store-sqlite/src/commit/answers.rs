//! What commands answered.

use crate::{
    convert::{Fault, count, doc, int, micros, read},
    sql,
};
use domain::{
    actor::Actor,
    change::{Command, IdempotencyKey},
    journal::Seq,
};
use rusqlite::{Connection, params};
use store::{Committed, Conflict, columns::same_actor};

/// What the command answered, if it has been done.
pub(crate) fn answered(
    conn: &Connection,
    key: &IdempotencyKey,
    actor: &Actor,
) -> Result<Option<Committed>, Fault> {
    let found: Option<(String, i64, String)> = sql::maybe(
        conn,
        "SELECT actor, seq, answer FROM command WHERE key = ?1",
        params![key.as_str()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let Some((by, seq, answer)) = found else { return Ok(None) };
    if !same_actor(&read("command", &by)?, actor) {
        return Err(Conflict::KeyInUse.into());
    }
    Ok(Some(Committed { seq: Seq(count(seq)), repeated: true, answer: read("command", &answer)? }))
}

/// Keeps the answer under the command's key.
pub(super) fn keep(
    conn: &Connection,
    command: &Command,
    seq: Seq,
    answer: &serde_json::Value,
) -> Result<(), Fault> {
    sql::run(
        conn,
        "INSERT INTO command (key, actor, at, seq, answer) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            command.key.as_str(),
            doc("command", &command.actor)?,
            micros(command.at),
            int(seq.0),
            doc("command", answer)?
        ],
    )?;
    Ok(())
}

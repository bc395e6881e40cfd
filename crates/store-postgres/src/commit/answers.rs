//! What commands answered.

use crate::{fault::Fault, time::Time};
use domain::{
    actor::Actor,
    change::{Change, Command, IdempotencyKey},
    journal::Seq,
};
use sqlx::{PgConnection, PgPool};
use std::collections::HashSet;
use store::{
    Committed, Conflict,
    columns::{count, doc, read, same_actor},
};

/// Takes the command's key, with the answer it will have. A repeat that runs at the same time waits here, where it
/// holds nothing else, until the first has ended. What was answered, if the command has been done.
pub(super) async fn begin(
    conn: &mut PgConnection,
    command: &Command,
    answer: &serde_json::Value,
) -> Result<Option<Committed>, Fault> {
    let taken = sqlx::query(
        "INSERT INTO command (key, actor, at, seq, answer) VALUES ($1, $2::json, $3, 0, $4::json)
         ON CONFLICT (key) DO NOTHING",
    )
    .bind(command.key.as_str())
    .bind(doc("command", &command.actor)?)
    .bind(Time(command.at))
    .bind(doc("command", answer)?)
    .execute(&mut *conn)
    .await?;
    if taken.rows_affected() > 0 {
        return Ok(None);
    }
    let before = answered(conn, FIND, &command.key, &command.actor).await?;
    // It was there and has gone: tidied away in between.
    before.map_or(Err(Fault::Rival), |before| Ok(Some(before)))
}

/// Takes the keys of many commands, each with the answer it will have; which of them were free.
pub(super) async fn begin_all(conn: &mut PgConnection, changes: &[&Change]) -> Result<Vec<bool>, Fault> {
    // In the order of the keys: two nodes at once do not wait for each other crosswise.
    let mut sorted = changes.to_vec();
    sorted.sort_by_key(|change| change.command.key.as_str());
    let keys: Vec<&str> = sorted.iter().map(|change| change.command.key.as_str()).collect();
    let actors = sorted.iter().map(|c| doc("command", &c.command.actor)).collect::<Result<Vec<_>, _>>()?;
    let answers = sorted.iter().map(|c| doc("command", &c.answer)).collect::<Result<Vec<_>, _>>()?;
    let taken: Vec<String> = sqlx::query_scalar(
        "INSERT INTO command (key, actor, at, seq, answer)
         SELECT key, actor::json, at, 0, answer::json
         FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS new (key, actor, at, answer)
         ON CONFLICT (key) DO NOTHING RETURNING key",
    )
    .bind(keys)
    .bind(actors)
    .bind(sorted.iter().map(|change| Time(change.command.at)).collect::<Vec<_>>())
    .bind(answers)
    .fetch_all(conn)
    .await?;
    let taken: HashSet<String> = taken.into_iter().collect();
    Ok(changes.iter().map(|change| taken.contains(change.command.key.as_str())).collect())
}

/// Finds a command's answer. That it can be seen does not prove that it would survive: the first COMMIT may have been cut
/// off while it waited for a standby. So the row is written anew, and whoever commits this waits until all before it is
/// safe.
const FIND: &str = "UPDATE command SET seq = seq WHERE key = $1 RETURNING actor::text, seq, answer::text";

/// The same where nothing may be written.
const LOOK: &str = "SELECT actor::text, seq, answer::text FROM command WHERE key = $1";

/// What the command answered, if it has been done.
async fn answered(
    conn: &mut PgConnection,
    sql: &'static str,
    key: &IdempotencyKey,
    actor: &Actor,
) -> Result<Option<Committed>, Fault> {
    let found: Option<(String, i64, String)> =
        sqlx::query_as(sql).bind(key.as_str()).fetch_optional(conn).await?;
    let Some((by, seq, answer)) = found else { return Ok(None) };
    if !same_actor(&read("command", &by)?, actor) {
        return Err(Conflict::KeyInUse.into());
    }
    Ok(Some(Committed { seq: Seq(count(seq)), repeated: true, answer: read("command", &answer)? }))
}

/// The same by itself, for a command that has been done: durable when it is told; without `writers` it is only looked up.
pub(crate) async fn answered_alone(
    readers: &PgPool,
    writers: Option<&PgPool>,
    key: &IdempotencyKey,
    actor: &Actor,
) -> Result<Option<Committed>, Fault> {
    let Some(writers) = writers else {
        return answered(&mut *readers.acquire().await?, LOOK, key, actor).await;
    };
    let mut all = writers.begin().await?;
    let found = answered(&mut all, FIND, key, actor).await;
    match &found {
        Ok(_) => all.commit().await?,
        Err(_) => drop(all.rollback().await),
    }
    found
}

//! Adding to the journal.

use crate::{fault::Fault, listen::CHANNEL, time::Time};
use domain::{
    change::Command,
    journal::{Entry, Seq},
};
use sqlx::PgConnection;
use store::{
    chain,
    columns::{count, doc, int},
};
use uuid::Uuid;

/// Writes entries, in order, each chained to the one before, and where the command's answer stands among them.
///
/// The journal's one end row is locked here, last of all, so that nothing is waited for while it is held; it is
/// let go by COMMIT. A number drawn from a sequence would need no lock, and would leave gaps and forks.
pub(super) async fn write(
    conn: &mut PgConnection,
    command: &Command,
    entries: &[Entry],
) -> Result<Seq, Fault> {
    if entries.is_empty() {
        let seq: i64 = sqlx::query_scalar(
            "UPDATE command SET seq = (SELECT seq FROM journal_end) WHERE key = $1 RETURNING seq",
        )
        .bind(command.key.as_str())
        .fetch_one(conn)
        .await?;
        return Ok(Seq(count(seq)));
    }
    let actor = doc("journal entry", &command.actor)?;
    let happened =
        entries.iter().map(|e| doc("journal entry", &e.happened)).collect::<Result<Vec<_>, _>>()?;
    let (end, mut hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end FOR UPDATE").fetch_one(&mut *conn).await?;
    let mut seq = Seq(count(end));
    let (mut places, mut hashes) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
    for (entry, happened) in entries.iter().zip(&happened) {
        seq = Seq(seq.0 + 1);
        let inquiry = entry.inquiry.map(|id| id.to_string()).unwrap_or_default();
        hash = chain::link(&hash, seq, command.at.as_microsecond(), &actor, &inquiry, happened);
        places.push(int(seq.0));
        hashes.push(hash.clone());
    }
    sqlx::query(
        "WITH head AS (UPDATE journal_end SET seq = $1, hash = $2 WHERE one RETURNING pg_notify($3, seq::text)),
              said AS (UPDATE command SET seq = $1 WHERE key = $4)
         INSERT INTO journal (seq, at, actor, inquiry, happened, hash)
         SELECT seq, $5, $6::json, inquiry, happened::json, hash
         FROM unnest($7::bigint[], $8::uuid[], $9::text[], $10::text[]) AS new (seq, inquiry, happened, hash)",
    )
    .bind(int(seq.0))
    .bind(&hash)
    .bind(CHANNEL)
    .bind(command.key.as_str())
    .bind(Time(command.at))
    .bind(&actor)
    .bind(places)
    .bind(entries.iter().map(|e| e.inquiry.map(domain::ids::InquiryId::uuid)).collect::<Vec<Option<Uuid>>>())
    .bind(happened)
    .bind(hashes)
    .execute(conn)
    .await?;
    Ok(seq)
}

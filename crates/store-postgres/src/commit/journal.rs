//! Adding to the journal.

use crate::{fault::Fault, listen::CHANNEL, time::Time};
use domain::{change::Change, ids::InquiryId, journal::Seq};
use sqlx::PgConnection;
use store::{
    chain,
    columns::{count, doc, int},
};
use uuid::Uuid;

/// Writes the entries of changes, in order, each chained to the one before, and where each command's answer stands among
/// them.
///
/// The journal's one end row is locked here, last of all, so that nothing is waited for while it is held; it is
/// let go by COMMIT. A number drawn from a sequence would need no lock, and would leave gaps and forks.
pub(super) async fn write(conn: &mut PgConnection, changes: &[&Change]) -> Result<Vec<Seq>, Fault> {
    let keys: Vec<&str> = changes.iter().map(|change| change.command.key.as_str()).collect();
    if changes.iter().all(|change| change.journal.is_empty()) {
        let seqs: Vec<i64> = sqlx::query_scalar(
            "UPDATE command SET seq = (SELECT seq FROM journal_end) WHERE key = ANY($1) RETURNING seq",
        )
        .bind(keys)
        .fetch_all(conn)
        .await?;
        return Ok(seqs.into_iter().map(|seq| Seq(count(seq))).collect());
    }
    // What can be made ready is made ready before the lock.
    let mut texts = Vec::with_capacity(changes.len());
    for change in changes {
        let happened = change.journal.iter().map(|e| doc("journal entry", &e.happened));
        texts.push((doc("journal entry", &change.command.actor)?, happened.collect::<Result<Vec<_>, _>>()?));
    }
    let (end, mut hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end FOR UPDATE").fetch_one(&mut *conn).await?;
    let mut seq = Seq(count(end));
    let mut rows = Vec::new();
    let mut answered = Vec::with_capacity(changes.len());
    for (change, (actor, happened)) in changes.iter().zip(&texts) {
        let at = change.command.at;
        for (entry, happened) in change.journal.iter().zip(happened) {
            seq = Seq(seq.0 + 1);
            let inquiry = entry.inquiry.map(|id| id.to_string()).unwrap_or_default();
            hash = chain::link(&hash, seq, at.as_microsecond(), actor, &inquiry, happened);
            rows.push((int(seq.0), Time(at), actor, entry.inquiry, happened, hash.clone()));
        }
        answered.push(seq);
    }
    sqlx::query(
        "WITH head AS (UPDATE journal_end SET seq = $1, hash = $2 WHERE one RETURNING pg_notify($3, seq::text)),
              said AS (
                UPDATE command SET seq = said.seq FROM unnest($4::text[], $5::bigint[]) AS said (key, seq)
                WHERE command.key = said.key)
         INSERT INTO journal (seq, at, actor, inquiry, happened, hash)
         SELECT seq, at, actor::json, inquiry, happened::json, hash
         FROM unnest($6::bigint[], $7::timestamptz[], $8::text[], $9::uuid[], $10::text[], $11::text[])
           AS new (seq, at, actor, inquiry, happened, hash)",
    )
    .bind(int(seq.0))
    .bind(&hash)
    .bind(CHANNEL)
    .bind(keys)
    .bind(answered.iter().map(|seq| int(seq.0)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.2.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.3.map(InquiryId::uuid)).collect::<Vec<Option<Uuid>>>())
    .bind(rows.iter().map(|row| row.4.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.5.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(answered)
}

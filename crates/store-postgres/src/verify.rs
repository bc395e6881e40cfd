//! Proving the journal from the very text that is stored.

use crate::{fault::Fault, time::Time};
use domain::journal::Seq;
use sqlx::{PgConnection, PgPool};
use store::{
    chain::Verified,
    check::TAIL,
    columns::{count, int},
};
use uuid::Uuid;

/// An entry's columns. The server stores no text that is not UTF-8.
type Row = (i64, Time, String, Option<Uuid>, String, String);

/// How many entries are held in memory at once.
const AT_ONCE: u64 = 2000;

/// A transaction that sees one moment, however long it looks, and changes nothing.
pub(crate) const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Proves the journal by itself.
pub(crate) async fn verify_alone(pool: &PgPool) -> Result<Verified, Fault> {
    let mut all = pool.begin_with(ONE_MOMENT).await?;
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *all).await?;
    let verified = verify(&mut all).await?;
    all.rollback().await?;
    Ok(verified)
}

/// Walks the journal from the first entry.
pub(crate) async fn verify(conn: &mut PgConnection) -> Result<Verified, Fault> {
    let mut done = Verified::default();
    onward(conn, &mut done, u64::MAX).await?;
    Ok(done)
}

/// Walks the journal's last entries. The entry before them is taken as it stands.
pub(crate) async fn tail(conn: &mut PgConnection) -> Result<Verified, Fault> {
    let mut done = Verified::default();
    let before: Option<(i64, String)> = sqlx::query_as(
        "SELECT seq, hash FROM journal WHERE seq <= (SELECT MAX(seq) FROM journal) - $1
         ORDER BY seq DESC LIMIT 1",
    )
    .bind(int(TAIL))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((seq, hash)) = before {
        (done.whole, done.hash) = (count(seq), hash);
    }
    onward(conn, &mut done, u64::MAX).await?;
    Ok(done)
}

/// Goes on from where a proof has come to, over at most so many entries; `true` when the journal ends there. Hashes are
/// made anew from the stored texts, so a changed byte is found even where it still reads the same.
pub(crate) async fn onward(conn: &mut PgConnection, done: &mut Verified, most: u64) -> Result<bool, Fault> {
    let last = done.whole.saturating_add(most);
    while done.whole < last {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at, actor::text, inquiry, happened::text, hash
             FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(int(done.whole))
        .bind(int(AT_ONCE.min(last - done.whole)))
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            let kept: Option<(i64, String)> =
                sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_optional(conn).await?;
            done.end(kept.as_ref().map(|(seq, hash)| (Seq(count(*seq)), hash.as_bytes())));
            return Ok(true);
        }
        for (seq, at, actor, inquiry, happened, hash) in rows {
            let inquiry = inquiry.map(|id| id.to_string()).unwrap_or_default();
            let texts = [Some(actor.as_str()), Some(inquiry.as_str()), Some(happened.as_str())];
            if !done.entry(Seq(count(seq)), at.0.as_microsecond(), texts, hash.as_bytes()) {
                return Ok(false);
            }
        }
    }
    Ok(false)
}

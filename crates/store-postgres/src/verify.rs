//! Proving the journal from the very text that is stored.

use crate::{fault::Fault, time::Time};
use domain::journal::Seq;
use sqlx::{PgConnection, PgPool};
use store::{
    chain::Verified,
    columns::{count, int},
};
use uuid::Uuid;

/// An entry's columns. The server stores no text that is not UTF-8.
type Row = (i64, Time, String, Option<Uuid>, String, String);

/// How many entries are held in memory at once.
const AT_ONCE: i64 = 2000;

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

/// Walks the journal from the first entry. Hashes are made anew from the stored texts, so a changed byte is found
/// even where it still reads the same.
pub(crate) async fn verify(conn: &mut PgConnection) -> Result<Verified, Fault> {
    let mut done = Verified::default();
    loop {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at, actor::text, inquiry, happened::text, hash
             FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(int(done.whole))
        .bind(AT_ONCE)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            break;
        }
        for (seq, at, actor, inquiry, happened, hash) in rows {
            let inquiry = inquiry.map(|id| id.to_string()).unwrap_or_default();
            let texts = [Some(actor.as_str()), Some(inquiry.as_str()), Some(happened.as_str())];
            if !done.entry(Seq(count(seq)), at.0.as_microsecond(), texts, hash.as_bytes()) {
                return Ok(done);
            }
        }
    }
    let (end, hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(&mut *conn).await?;
    done.end(Seq(count(end)), &hash);
    Ok(done)
}

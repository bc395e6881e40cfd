//! Proving the journal from the very text that is stored.

use crate::convert::{Failed, count, int};
use domain::journal::Seq;
use sqlx::SqliteConnection;
use store::chain::Verified;

/// An entry's columns as bytes: a changed byte may have left text that is no longer UTF-8, and it must be found,
/// not stop the search.
type Row = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

/// How many entries are held in memory at once.
const AT_ONCE: i64 = 2000;

/// Walks the journal from the first entry. Hashes are made anew from the stored texts, so a changed byte is found
/// even where it still reads the same.
pub(crate) async fn verify(conn: &mut SqliteConnection) -> Result<Verified, Failed> {
    let mut done = Verified::default();
    loop {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at, CAST(actor AS BLOB), CAST(inquiry AS BLOB), CAST(happened AS BLOB), CAST(hash AS BLOB)
             FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )
        .bind(int(done.whole))
        .bind(AT_ONCE)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            break;
        }
        for (seq, at, actor, inquiry, happened, hash) in rows {
            let texts = [&actor, &inquiry, &happened].map(|bytes| str::from_utf8(bytes).ok());
            if !done.entry(Seq(count(seq)), at, texts, &hash) {
                return Ok(done);
            }
        }
    }
    let (end, hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(&mut *conn).await?;
    done.end(Seq(count(end)), &hash);
    Ok(done)
}

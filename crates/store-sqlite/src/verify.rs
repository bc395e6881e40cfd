//! Proving the journal from the very text that is stored.

use crate::convert::{Failed, count, int};
use domain::journal::Seq;
use sqlx::SqliteConnection;
use store::{chain::Verified, check::TAIL};

/// An entry's columns as bytes: a changed byte may have left text that is no longer UTF-8, and it must be found,
/// not stop the search.
type Row = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

/// How many entries are held in memory at once.
const AT_ONCE: u64 = 2000;

/// Walks the journal from the first entry.
pub(crate) async fn verify(conn: &mut SqliteConnection) -> Result<Verified, Failed> {
    let mut done = Verified::default();
    onward(conn, &mut done, u64::MAX).await?;
    Ok(done)
}

/// Walks the journal's last entries. The entry before them is taken as it stands.
pub(crate) async fn tail(conn: &mut SqliteConnection) -> Result<Verified, Failed> {
    let mut done = Verified::default();
    let before: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT seq, CAST(hash AS BLOB) FROM journal
         WHERE seq <= (SELECT MAX(seq) FROM journal) - ?1 ORDER BY seq DESC LIMIT 1",
    )
    .bind(int(TAIL))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((seq, hash)) = before {
        (done.whole, done.hash) = (count(seq), String::from_utf8_lossy(&hash).into_owned());
    }
    onward(conn, &mut done, u64::MAX).await?;
    Ok(done)
}

/// Goes on from where a proof has come to, over at most so many entries; `true` when the journal ends there. Hashes are
/// made anew from the stored texts, so a changed byte is found even where it still reads the same.
pub(crate) async fn onward(
    conn: &mut SqliteConnection,
    done: &mut Verified,
    most: u64,
) -> Result<bool, Failed> {
    let last = done.whole.saturating_add(most);
    while done.whole < last {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at, CAST(actor AS BLOB), CAST(inquiry AS BLOB), CAST(happened AS BLOB), CAST(hash AS BLOB)
             FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )
        .bind(int(done.whole))
        .bind(int(AT_ONCE.min(last - done.whole)))
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            let kept: Option<(i64, Vec<u8>)> =
                sqlx::query_as("SELECT seq, CAST(hash AS BLOB) FROM journal_end")
                    .fetch_optional(conn)
                    .await?;
            done.end(kept.as_ref().map(|(seq, hash)| (Seq(count(*seq)), hash.as_slice())));
            return Ok(true);
        }
        for (seq, at, actor, inquiry, happened, hash) in rows {
            let texts = [&actor, &inquiry, &happened].map(|bytes| str::from_utf8(bytes).ok());
            if !done.entry(Seq(count(seq)), at, texts, &hash) {
                return Ok(false);
            }
        }
    }
    Ok(false)
}

//! Proving the journal from the very text that is stored.

use crate::convert::{Failed, count, int};
use domain::journal::Seq;
use sqlx::SqliteConnection;
use store::chain;

/// What a walk over the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries follow from each other, from the first on.
    pub whole: u64,
    /// The hash of the last of them: published, it proves later that nothing before it was changed.
    pub hash: String,
    /// The first entry that is missing, changed, out of order or too many.
    pub broken: Option<Seq>,
}

/// An entry's columns as bytes: a changed byte may have left text that is no longer UTF-8, and it must be found,
/// not stop the search.
type Row = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

/// How many entries are held in memory at once.
const AT_ONCE: i64 = 2000;

/// Walks the journal from the first entry. Hashes are made anew from the stored texts, so a changed byte is found
/// even where it still reads the same.
pub(crate) async fn verify(conn: &mut SqliteConnection) -> Result<Verified, Failed> {
    let (end, end_hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(&mut *conn).await?;
    let mut done = Verified { whole: 0, hash: chain::START.to_owned(), broken: None };
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
            let next = Seq(done.whole + 1);
            let texts = [&actor, &inquiry, &happened].map(|bytes| str::from_utf8(bytes).ok());
            let expected = match texts {
                [Some(actor), Some(inquiry), Some(happened)] => {
                    Some(chain::link(&done.hash, next, at, actor, inquiry, happened))
                }
                _ => None,
            };
            match expected {
                Some(expected) if Seq(count(seq)) == next && expected.as_bytes() == hash => {
                    done.whole = next.0;
                    done.hash = expected;
                }
                _ => {
                    done.broken = Some(next);
                    return Ok(done);
                }
            }
        }
    }
    // Entries cut off the end leave a chain that follows from itself; the kept end knows better.
    if count(end) != done.whole || end_hash != done.hash {
        let last = count(end).min(done.whole);
        done.broken = Some(Seq(if count(end) == done.whole { last } else { last + 1 }));
    }
    Ok(done)
}

//! Adding to the journal.

use crate::convert::{Fault, count, doc, int, micros};
use domain::{
    change::Command,
    journal::{Entry, Seq},
};
use sqlx::SqliteConnection;
use store::chain;

/// Where the journal ends.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// The last entry.
    pub seq: Seq,
    /// Its hash.
    hash: String,
}

impl Head {
    /// Where the file's journal ends. Read anew for each transaction: another process may have written.
    pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let (seq, hash): (i64, String) =
            sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(conn).await?;
        Ok(Self { seq: Seq(count(seq)), hash })
    }

    /// Keeps the end, so that entries cut off are missed. Writes nothing when nothing was added.
    pub(crate) async fn keep(&self, conn: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE journal_end SET seq = ?1, hash = ?2 WHERE seq <> ?1")
            .bind(int(self.seq.0))
            .bind(&self.hash)
            .execute(conn)
            .await
            .map(drop)
    }

    /// Writes entries, in order, each chained to the one before.
    pub(super) async fn write(
        &mut self,
        conn: &mut SqliteConnection,
        command: &Command,
        entries: &[Entry],
    ) -> Result<(), Fault> {
        if entries.is_empty() {
            return Ok(());
        }
        let at = micros(command.at);
        let actor = doc("journal entry", &command.actor)?;
        for entry in entries {
            let seq = Seq(self.seq.0 + 1);
            let inquiry = entry.inquiry.map(|id| id.to_string()).unwrap_or_default();
            let happened = doc("journal entry", &entry.happened)?;
            let hash = chain::link(&self.hash, seq, at, &actor, &inquiry, &happened);
            sqlx::query(
                "INSERT INTO journal (seq, at, actor, inquiry, happened, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(int(seq.0))
            .bind(at)
            .bind(&actor)
            .bind(&inquiry)
            .bind(&happened)
            .bind(&hash)
            .execute(&mut *conn)
            .await?;
            *self = Self { seq, hash };
        }
        Ok(())
    }
}

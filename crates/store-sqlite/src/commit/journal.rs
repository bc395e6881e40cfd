//! Adding to the journal.

use crate::{
    convert::{Fault, count, doc, int, micros},
    sql,
};
use domain::{
    change::Command,
    journal::{Entry, Seq},
};
use rusqlite::{Connection, params};
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
    pub(crate) fn read(conn: &Connection) -> rusqlite::Result<Self> {
        conn.prepare_cached("SELECT seq, hash FROM journal_end")?
            .query_row([], |row| Ok(Self { seq: Seq(count(row.get(0)?)), hash: row.get(1)? }))
    }

    /// Keeps the end, so that entries cut off are missed. Writes nothing when nothing was added.
    pub(crate) fn keep(&self, conn: &Connection) -> rusqlite::Result<()> {
        let sql = "UPDATE journal_end SET seq = ?1, hash = ?2 WHERE seq <> ?1";
        sql::run(conn, sql, params![int(self.seq.0), self.hash]).map(drop)
    }

    /// Writes entries, in order, each chained to the one before.
    pub(super) fn write(
        &mut self,
        conn: &Connection,
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
            sql::run(
                conn,
                "INSERT INTO journal (seq, at, actor, inquiry, happened, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![int(seq.0), at, actor, inquiry, happened, hash],
            )?;
            *self = Self { seq, hash };
        }
        Ok(())
    }
}

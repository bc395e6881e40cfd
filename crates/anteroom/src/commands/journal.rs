//! `anteroom journal verify` and `export`. Both only read, also while a server runs on the store.

use crate::{args::Installation, fault::Faults, say};
use domain::journal::Seq;
use std::io::{self, BufWriter, Write};

/// How many entries are read at once.
const PAGE: u32 = 1000;

/// Proves the journal.
pub async fn verify(which: &Installation) -> Result<(), Faults> {
    let store = which.read()?.store.at.look().await?;
    let verified = store.verify_journal().await?;
    store.close().await;
    match verified.broken {
        None => {
            say::line(format!(
                "{} entries, each following from the one before; last hash {}",
                verified.whole, verified.hash
            ));
            Ok(())
        }
        Some(Seq(seq)) => {
            Err(Faults::one(format!("journal entry {seq} does not follow from the one before")))
        }
    }
}

/// Writes the entries after one, as JSON lines.
pub async fn export(which: &Installation, after: u64) -> Result<(), Faults> {
    let store = which.read()?.store.at.look().await?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut after = Seq(after);
    loop {
        let entries = store.journal(after, PAGE).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in &entries {
            serde_json::to_writer(&mut out, entry).map_err(|error| Faults::of(&error))?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    store.close().await;
    Ok(())
}

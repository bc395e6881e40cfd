//! The journal's chain: each entry's hash covers the one before it, so that a changed byte anywhere is found.

use domain::journal::{Seq, Written};
use sha2::{Digest, Sha256};

/// The hash before the first entry.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of an entry: SHA-256 over the previous hash, the place, the time in microseconds, and the texts as
/// stored, each with its length in front, so that no two different entries read alike.
pub fn link(previous: &str, seq: Seq, at_micros: i64, actor: &str, inquiry: &str, happened: &str) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(previous.as_bytes());
    part(&seq.0.to_be_bytes());
    part(&at_micros.to_be_bytes());
    part(actor.as_bytes());
    part(inquiry.as_bytes());
    part(happened.as_bytes());
    hex::encode(hash.finalize())
}

/// The hash an entry should have after `previous`, from its own words.
///
/// # Errors
/// When an entry cannot be written as JSON, which stored entries always can.
pub fn expected(previous: &str, entry: &Written) -> Result<String, serde_json::Error> {
    let actor = serde_json::to_string(&entry.actor)?;
    let happened = serde_json::to_string(&entry.entry.happened)?;
    let inquiry = entry.entry.inquiry.map(|id| id.to_string()).unwrap_or_default();
    Ok(link(previous, entry.seq, entry.at.as_microsecond(), &actor, &inquiry, &happened))
}

/// Walks entries and finds the first that does not follow from the one before.
#[derive(Debug, Clone)]
pub struct Verifier {
    previous: String,
    next: u64,
}

impl Default for Verifier {
    fn default() -> Self {
        Self { previous: START.to_owned(), next: 1 }
    }
}

impl Verifier {
    /// Checks the next entry; `Err` names the place of the first fault.
    ///
    /// # Errors
    /// The place of the entry that is missing, changed or out of order.
    pub fn check(&mut self, entry: &Written) -> Result<(), Seq> {
        let fits =
            entry.seq.0 == self.next && expected(&self.previous, entry).is_ok_and(|hash| hash == entry.hash);
        if !fits {
            return Err(Seq(self.next));
        }
        self.previous.clone_from(&entry.hash);
        self.next += 1;
        Ok(())
    }

    /// The last entry that was right.
    pub const fn reached(&self) -> Seq {
        Seq(self.next - 1)
    }
}

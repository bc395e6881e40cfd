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

/// What a walk over a whole stored journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries follow from each other, from the first on.
    pub whole: u64,
    /// The hash of the last of them: published, it proves later that nothing before it was changed.
    pub hash: String,
    /// The first entry that is missing, changed, out of order or too many.
    pub broken: Option<Seq>,
}

impl Default for Verified {
    fn default() -> Self {
        Self { whole: 0, hash: START.to_owned(), broken: None }
    }
}

impl Verified {
    /// Takes the next entry's very text, in order of place; `false` when it is not the one that must follow.
    pub fn entry(&mut self, seq: Seq, at_micros: i64, texts: [Option<&str>; 3], hash: &[u8]) -> bool {
        let next = Seq(self.whole + 1);
        let expected = match texts {
            [Some(actor), Some(inquiry), Some(happened)] => {
                Some(link(&self.hash, next, at_micros, actor, inquiry, happened))
            }
            _ => None,
        };
        match expected {
            Some(expected) if seq == next && expected.as_bytes() == hash => {
                self.whole = next.0;
                self.hash = expected;
                true
            }
            _ => {
                self.broken = Some(next);
                false
            }
        }
    }

    /// Compares with the end that is kept apart, if it is there: entries cut off leave a chain that follows from itself.
    pub fn end(&mut self, kept: Option<(Seq, &[u8])>) {
        if self.broken.is_some() {
            return;
        }
        self.broken = match kept {
            Some((seq, hash)) if seq.0 == self.whole && hash == self.hash.as_bytes() => None,
            // The same number of entries, and another last one.
            Some((seq, _)) if seq.0 == self.whole => Some(Seq(self.whole.max(1))),
            Some((seq, _)) => Some(Seq(seq.0.min(self.whole) + 1)),
            None => Some(Seq(self.whole + 1)),
        };
    }

    /// The same, ready to go on: what was found broken is looked at again, and a proof that has reached the journal's end
    /// (`done`) begins again at the first entry.
    #[must_use]
    pub fn again(self, done: bool) -> Self {
        if done && self.broken.is_none() { Self::default() } else { Self { broken: None, ..self } }
    }
}

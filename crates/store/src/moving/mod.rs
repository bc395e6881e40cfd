//! Moving an agency from one store into another, row by row, whatever their engines.
//!
//! What a store keeps is read in parts, as of one moment, in pages, and written into an empty store in one piece: all of
//! it or nothing. Texts are carried as they stand, so that the journal's hashes still cover what they covered.

mod parts;

pub use parts::{Kind, Part};

use crate::{StoreError, chain::Verified};
use async_trait::async_trait;
use domain::journal::Seq;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How many rows are held in memory at once.
pub const PAGE: u32 = 500;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// None.
    Nothing,
    /// A count, a version, a place in order.
    Number(i64),
    /// A code, a document, a hash: to the letter.
    Text(String),
    /// A time, in microseconds since 1970, UTC.
    Time(i64),
    /// An identifier.
    Id(Uuid),
    /// Yes or no.
    Flag(bool),
}

/// One row, in the order of [`Part::columns`].
pub type Row = Vec<Value>;

/// Where the journal ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The last entry's place.
    pub seq: Seq,
    /// Its hash.
    pub hash: String,
}

/// A store as of one moment.
#[async_trait]
pub trait Source: Send {
    /// The rows of a part behind one, in the order of their keys, at most `limit`.
    async fn page(&mut self, part: Part, after: Option<&Row>, limit: u32) -> Result<Vec<Row>, StoreError>;
    /// Where the journal ends at that moment.
    async fn end(&mut self) -> Result<End, StoreError>;
    /// Where the journal ends now.
    async fn end_now(&mut self) -> Result<End, StoreError>;
    /// Lets go of the moment.
    async fn close(self: Box<Self>);
}

/// An empty store that is being filled. Dropped before it is kept, it stays empty.
#[async_trait]
pub trait Target: Source {
    /// Writes rows of a part.
    async fn put(&mut self, part: Part, rows: &[Row]) -> Result<(), StoreError>;
    /// Writes where the journal ends, and has counters go on behind what was written.
    async fn seal(&mut self, end: &End) -> Result<(), StoreError>;
    /// Proves the journal as it was written.
    async fn verify(&mut self) -> Result<Verified, StoreError>;
    /// Keeps it all, durably.
    async fn keep(self: Box<Self>) -> Result<(), StoreError>;
}

/// Why a store was not moved. The target is as empty as before.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// One of them failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal that is to be moved is broken: mend the store from a backup first.
    #[error("journal entry {} does not follow from the one before", .0.0)]
    Journal(Seq),
    /// There is something in the store that is to be filled.
    #[error("the store that is to be filled is not empty: there are rows in {}", .0.name())]
    NotEmpty(Part),
    /// What is read back is not what was written.
    #[error("what was written into {} reads otherwise than it was", .0.name())]
    Differs(Part),
    /// Somebody went on writing into the store that is moved.
    #[error("the store was written while it was read: stop what serves it, and begin anew")]
    Written,
}

/// What was moved of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub part: Part,
    /// How many rows, so far.
    pub rows: u64,
    /// Whether that is all of it.
    pub whole: bool,
}

/// Moves everything, proves it, and keeps it; tells of each page. Answers where the journal ends.
///
/// # Errors
/// [`MoveError`]; then nothing is kept.
pub async fn all(
    from: &mut dyn Source,
    mut into: Box<dyn Target>,
    mut tell: impl FnMut(Moved) + Send,
) -> Result<End, MoveError> {
    let end = from.end().await?;
    for part in Part::ALL {
        let (mut sum, mut rows, mut last) = (Sum::default(), 0, None);
        loop {
            let page = from.page(part, last.as_ref(), PAGE).await?;
            if page.is_empty() {
                break;
            }
            rows += page.len() as u64;
            sum.add(&page);
            into.put(part, &page).await?;
            last = page.into_iter().next_back();
            tell(Moved { part, rows, whole: false });
        }
        // Read back at once: what differs is found before the next part is begun.
        if summed(&mut *into, part).await? != sum {
            return Err(MoveError::Differs(part));
        }
        tell(Moved { part, rows, whole: true });
    }
    into.seal(&end).await?;
    let proved = into.verify().await?;
    if let Some(seq) = proved.broken {
        return Err(MoveError::Journal(seq));
    }
    if (proved.whole, &proved.hash) != (end.seq.0, &end.hash) {
        return Err(MoveError::Differs(Part::Journal));
    }
    if from.end_now().await? != end {
        return Err(MoveError::Written);
    }
    into.keep().await?;
    Ok(end)
}

/// The sum of all rows of a part, in their order.
///
/// # Errors
/// [`StoreError`] when they cannot be read.
async fn summed(from: &mut dyn Target, part: Part) -> Result<Sum, StoreError> {
    let (mut sum, mut last) = (Sum::default(), None);
    loop {
        let page = from.page(part, last.as_ref(), PAGE).await?;
        if page.is_empty() {
            return Ok(sum);
        }
        sum.add(&page);
        last = page.into_iter().next_back();
    }
}

/// A sum over rows, by which two readings are compared without holding either.
#[derive(Debug, Clone, Default)]
struct Sum(Sha256);

impl Sum {
    fn add(&mut self, rows: &[Row]) {
        for value in rows.iter().flatten() {
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::Nothing => (0, &[]),
                Value::Number(n) => (1, &n.to_be_bytes()),
                Value::Text(text) => (2, text.as_bytes()),
                Value::Time(micros) => (3, &micros.to_be_bytes()),
                Value::Id(id) => (4, id.as_bytes()),
                Value::Flag(flag) => (5, &[u8::from(*flag)]),
            };
            self.0.update([kind]);
            // The length in front: no two different rows read alike.
            self.0.update((bytes.len() as u64).to_be_bytes());
            self.0.update(bytes);
        }
    }
}

impl PartialEq for Sum {
    fn eq(&self, other: &Self) -> bool {
        self.0.clone().finalize() == other.0.clone().finalize()
    }
}

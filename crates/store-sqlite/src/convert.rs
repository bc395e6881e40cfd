//! Between our types and the columns: times, numbers, identifiers, documents, errors.

use jiff::Timestamp;
use std::sync::Arc;
pub(crate) use store::columns::{count, doc, int, maybe, read, small, word};
use store::{CommitError, Conflict, StoreError};

/// Why a read failed.
#[derive(Debug)]
pub(crate) struct Failed(pub StoreError);

/// Why a part of a change was not done.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It met another change.
    Conflict(Conflict),
    /// The engine failed.
    Engine(rusqlite::Error),
    /// A document could not be written or read.
    Store(StoreError),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self(engine(error))
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl From<Failed> for StoreError {
    fn from(failed: Failed) -> Self {
        failed.0
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<Conflict> for Fault {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for CommitError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict(conflict) => Self::Conflict(conflict),
            Fault::Engine(error) => Self::Store(written(&Arc::new(error))),
            Fault::Store(error) => Self::Store(error),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            // Only a change meets others; what is no change is told as the engine's fault.
            Fault::Conflict(conflict) => Self::Engine(Box::new(conflict)),
            Fault::Engine(error) => written(&Arc::new(error)),
            Fault::Store(error) => error,
        }
    }
}

/// SQLite's primary result code for "another connection holds the lock"; the extended codes carry it in their
/// lowest byte.
const BUSY: i32 = 5;

fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<i32>().ok())
        .is_some_and(|code| code & 0xff == BUSY)
}

/// A reader's error as the store tells it.
pub(crate) fn engine(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolClosed => StoreError::Closing,
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        error if is_busy(&error) => StoreError::Busy,
        error => StoreError::Engine(Box::new(error)),
    }
}

/// The writer's error, told to each of those it stopped.
pub(crate) fn written(error: &Arc<rusqlite::Error>) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy) => StoreError::Busy,
        _ => StoreError::Engine(Box::new(Arc::clone(error))),
    }
}

/// A time as the columns keep it.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A time from a column.
pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|e| StoreError::Engine(Box::new(e)))
}

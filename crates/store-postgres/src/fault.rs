//! What can go wrong between here and the server, told apart by SQLSTATE and the name of a constraint, never by text.

use sqlx::error::DatabaseError;
use store::{CommitError, Conflict, StoreError};

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It met another change.
    Conflict(Conflict),
    /// A rival changed what had just been looked at: everything is to be looked at again.
    Rival,
    /// The engine failed.
    Engine(sqlx::Error),
    /// A document could not be written or read, or the store was told not to.
    Store(StoreError),
}

/// What to do about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It stays.
    Final,
    /// Two transactions were in each other's way: the same again may go well.
    Rival,
    /// No connection came free, or none could be made, in time.
    NoConnection,
    /// The connection is lost, or the server is not one that writes (any more). What was asked may have been done.
    Lost,
}

impl Kind {
    /// The stable name of what may be tried again.
    pub(crate) const fn counted(self) -> Option<&'static str> {
        match self {
            Self::Final => None,
            Self::Rival => Some("rival"),
            Self::NoConnection => Some("no-connection"),
            Self::Lost => Some("lost"),
        }
    }
}

impl Fault {
    /// What to do about it.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Conflict(_) | Self::Store(_) => Kind::Final,
            Self::Rival => Kind::Rival,
            Self::Engine(error) => match error {
                sqlx::Error::PoolTimedOut => Kind::NoConnection,
                // `Protocol`: a connection that broke within a message. `BeginFailed`: the same within BEGIN.
                sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::BeginFailed => Kind::Lost,
                sqlx::Error::Database(error) => of_state(&**error),
                _ => Kind::Final,
            },
        }
    }
}

/// What an SQLSTATE asks for.
fn of_state(error: &dyn DatabaseError) -> Kind {
    match error.code().as_deref() {
        // Serialization failure, deadlock.
        Some("40001" | "40P01") => Kind::Rival,
        // Read-only: a standby, or a primary that became one. Then: ended by an administrator, by a crash, while
        // starting, by the time a session may be idle; a transaction that was idle for too long.
        Some("25006" | "57P01" | "57P02" | "57P03" | "57P05" | "25P03") => Kind::Lost,
        Some(code) if code.starts_with("08") => Kind::Lost,
        // A constraint that the commit looks at before it writes: a rival came in between.
        Some("23505" | "23514" | "23P01") if error.constraint().is_some_and(is_backstop) => Kind::Rival,
        _ => Kind::Final,
    }
}

/// The constraints whose conflicts are looked for before writing, because they cannot say whom they met.
fn is_backstop(constraint: &str) -> bool {
    constraint.ends_with("_pkey")
        || matches!(
            constraint,
            "inquiry_number"
                | "inquiry_live"
                | "person_identity"
                | "staff_sign_in"
                | "session_token"
                | "draft_token"
                | "pass_token"
                | "slot_key"
                | "slot_places"
                | "busy_apart"
                | "job_key"
                | "revision_name"
        )
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
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
            other => Self::Store(other.into()),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            // Only a change meets others; what is no change is told as the engine's fault.
            Fault::Conflict(conflict) => Self::Engine(Box::new(conflict)),
            Fault::Rival => Self::Busy,
            Fault::Engine(error) => engine(error),
            Fault::Store(error) => error,
        }
    }
}

/// An engine's error as the store tells it.
pub(crate) fn engine(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::PoolClosed => StoreError::Closing,
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::Database(e) if is_busy(&**e) => StoreError::Busy,
        _ => StoreError::Engine(Box::new(error)),
    }
}

/// Rivals that never ended, a lock or a statement that took too long, no connection left.
fn is_busy(error: &dyn DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("40001" | "40P01" | "55P03" | "57014" | "53300"))
}

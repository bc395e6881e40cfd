//! How a store is run.

use domain::pii::Pii;
use std::time::Duration;
#[cfg(doc)]
use store::StoreError;

/// How a store is run. Where and as whom to connect, and with which TLS, is the URL's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The password, in place of one in the URL, the environment (`PGPASSWORD`) or the password file (`~/.pgpass`).
    pub password: Option<Pii<String>>,
    /// Whether an older schema is brought up to date; otherwise it is refused with [`StoreError::Older`].
    pub migrate: bool,
    /// How many connections write at once; at least 1.
    pub writers: u32,
    /// How many connections read at once; at least 1. One more listens.
    pub readers: u32,
    /// How long to wait for a connection before [`StoreError::Busy`], and for a host to answer.
    pub acquire: Duration,
    /// How long one statement may take.
    pub statement: Duration,
    /// How long to wait for one lock; then [`StoreError::Busy`].
    pub lock: Duration,
    /// How long a piece of work is tried again while the server is lost or a standby takes over.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            password: None,
            migrate: true,
            writers: 12,
            readers: 8,
            acquire: Duration::from_secs(2),
            statement: Duration::from_secs(10),
            lock: Duration::from_secs(5),
            patience: Duration::from_secs(15),
        }
    }
}

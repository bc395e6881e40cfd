//! Whether the store may be written to, and whom it tells when it was.

use crate::PostgresStore;
use domain::journal::Seq;
use std::sync::PoisonError;
use store::StoreError;

impl PostgresStore {
    /// Whether it may be written to.
    pub(crate) fn may_write(&self) -> Result<(), StoreError> {
        if self.read_only { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    /// The journal has grown: whoever waits at this node is told at once; the others hear it from the server.
    pub(crate) fn tell(&self, seq: Seq) {
        if let Some(signals) = &*self.signals.lock().unwrap_or_else(PoisonError::into_inner) {
            signals.send(seq);
        }
    }
}

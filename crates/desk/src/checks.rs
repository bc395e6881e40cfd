//! What must always hold, looked at while the desk works. What is found is told, to whoever asks; nothing is ever mended here.

use crate::Desk;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Broken, StoreError, chain::Verified};

/// How far back places and officers' time are still looked at: whatever began a day ago may not be over yet.
const BACK: SignedDuration = SignedDuration::from_hours(24);

/// What one look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// When it looked.
    pub at: Timestamp,
    /// What does not hold, kind by kind. Empty when all is well.
    pub broken: Vec<Broken>,
}

/// The last look, shared by every copy of a desk.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// From where the rolling proof of the journal goes on. Held during a look, so that one looks at a time.
    journal: tokio::sync::Mutex<Verified>,
    last: Mutex<Option<Arc<Checked>>>,
}

impl Desk {
    /// Looks whether everything holds that must, as far as it can still hurt somebody ([`store::Store::look`]), and remembers
    /// what it found. Each node looks for itself: the cost does not grow with the history, and each has its own pages and
    /// figures to tell it on.
    ///
    /// # Errors
    /// When the store cannot be read. The last look then stands, with its time.
    pub async fn look_over(&self, now: Timestamp) -> Result<Arc<Checked>, StoreError> {
        let mut journal = self.checks.journal.lock().await;
        let from = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
        let look = self.store.look(from, journal.clone()).await?;
        *journal = look.journal;
        let checked = Arc::new(Checked { at: now, broken: look.broken });
        *self.checks.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&checked));
        Ok(checked)
    }

    /// What the last look found, if there has been one since the start.
    pub fn checked(&self) -> Option<Arc<Checked>> {
        self.checks.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

//! What indicators are made of, gathered for a stretch of time.

use crate::{Desk, DeskError};
use domain::indicators::Facts;
use jiff::{SignedDuration, Timestamp};

/// So long a stretch is asked for at once: a quarter of a nation's day, whose records fit into memory beside everything else.
const AT_ONCE: SignedDuration = SignedDuration::from_hours(6);

impl Desk {
    /// What indicators from `from` (inclusive) to `to` (exclusive) are made of, as it stands at `now`.
    ///
    /// # Errors
    /// The store's.
    pub async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, DeskError> {
        let mut all = Facts::default();
        let mut begin = from;
        while begin < to {
            let end = begin.saturating_add(AT_ONCE).unwrap_or(to).min(to);
            let part = self.store.facts(begin, end, now).await?;
            all.waits.extend(part.waits);
            all.promises.extend(part.promises);
            begin = end;
        }
        Ok(all)
    }
}

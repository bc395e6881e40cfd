//! Who is asked for a turn before a look-up is sent.
//!
//! What was agreed with the agency belongs to the credentials, not to a node: every node that uses them draws on one
//! [`domain::pace::Pace`], kept in the store they share.

use super::config::{ApiConfig, ConfigFault};
use async_trait::async_trait;
use domain::pace::{Limits, Pace, Turn};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};
use store::{Store, StoreError};

/// A budget could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("the shared counter of look-ups does not answer")]
pub struct BudgetError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The store did not say in time.
#[derive(Debug, thiserror::Error)]
#[error("the store took too long")]
struct TooSlow;

/// Where the budget is kept.
#[async_trait]
pub trait Budget: Send + Sync + 'static {
    /// Takes the next turn, if it is no further off than `patience`. It only takes it: the caller waits.
    ///
    /// # Errors
    /// When the counter cannot be reached. Then no look-up is sent: a limit that cannot be read is not a limit that
    /// does not exist.
    async fn take(&self, now: Timestamp, patience: SignedDuration) -> Result<Turn, BudgetError>;

    /// How many look-ups are left of the day.
    ///
    /// # Errors
    /// When the counter cannot be reached.
    async fn left(&self, now: Timestamp) -> Result<u32, BudgetError>;
}

/// The budget that every node shares which uses the same store and the same credentials. It survives a restart.
pub struct StoreBudget {
    store: Arc<dyn Store>,
    name: String,
    limits: Limits,
}

impl std::fmt::Debug for StoreBudget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreBudget").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl StoreBudget {
    /// The budget of this configuration's credentials.
    ///
    /// # Errors
    /// As [`ApiConfig::limits`].
    pub fn new(store: Arc<dyn Store>, config: &ApiConfig) -> Result<Self, ConfigFault> {
        // The sandbox and production count apart, and so do two clients of one agency.
        let mut whose = Sha256::new();
        for part in [&config.base_url, &config.client_id] {
            whose.update(part.as_bytes());
            whose.update([0]);
        }
        let name = format!("case-status:{}", hex::encode(&whose.finalize()[..8]));
        Ok(Self { store, name, limits: config.limits()? })
    }
}

/// What a store answered; a store that is slow is not waited for longer than the look-up itself would wait.
async fn in_time<T>(
    patience: SignedDuration,
    asked: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, BudgetError> {
    let longest = Duration::try_from(patience).unwrap_or_default().max(Duration::from_millis(50));
    match tokio::time::timeout(longest, asked).await {
        Ok(answer) => answer.map_err(|error| BudgetError(Box::new(error))),
        Err(_) => Err(BudgetError(Box::new(TooSlow))),
    }
}

#[async_trait]
impl Budget for StoreBudget {
    /// One small write for each look-up: a few a second, beside the changes of the desk.
    async fn take(&self, now: Timestamp, patience: SignedDuration) -> Result<Turn, BudgetError> {
        // Given up here, the turn may still be taken there: it goes unused, and the agency sees one look-up fewer.
        in_time(patience, self.store.take_turn(&self.name, &self.limits, now, patience)).await
    }

    async fn left(&self, now: Timestamp) -> Result<u32, BudgetError> {
        let pace = in_time(SignedDuration::from_secs(2), self.store.pace(&self.name)).await?;
        let used = pace.as_ref().map_or(0, |pace: &Pace| pace.used(&self.limits, now));
        Ok(self.limits.per_day.saturating_sub(used))
    }
}

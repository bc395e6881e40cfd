//! The first case source: what was imported into the store.

use crate::source::{CaseSource, CaseSourceError, Freshness, Seen};
use async_trait::async_trait;
use domain::case::ReceiptNumber;
use jiff::{Timestamp, civil::time, tz::TimeZone};
use std::sync::Arc;
use store::{Store, StoreError};

/// Finds imported cases in the store.
#[derive(Clone)]
pub struct ImportedCases(Arc<dyn Store>);

impl ImportedCases {
    /// A source over this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }
}

impl std::fmt::Debug for ImportedCases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ImportedCases")
    }
}

#[async_trait]
impl CaseSource for ImportedCases {
    /// A file of cases carries days and no times, so `as_of` is noon UTC of the day on which the record last
    /// changed: the same calendar day from American Samoa to Guam.
    async fn find(&self, receipt: &ReceiptNumber, now: Timestamp) -> Result<Option<Seen>, CaseSourceError> {
        let case = self.0.case(receipt).await.map_err(|error| match error {
            StoreError::Unreadable { .. } => CaseSourceError::Unreadable { source: Box::new(error) },
            _ => CaseSourceError::Unavailable { retry_after: None, source: Box::new(error) },
        })?;
        Ok(case.map(|case| {
            let noon = case.updated.to_datetime(time(12, 0, 0, 0)).to_zoned(TimeZone::UTC);
            let as_of = noon.map_or(now, |noon| noon.timestamp().min(now));
            Seen { case, as_of, how: Freshness::Imported }
        }))
    }
}

//! What every case source does.

use crate::{Next, NextStep};
use async_trait::async_trait;
use domain::case::{Case, ReceiptNumber};
use jiff::{SignedDuration, Timestamp};

/// A case, and how fresh what is known of it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The case.
    pub case: Case,
    /// The instant at which this was true at the agency. What is shown from a copy says so.
    pub as_of: Timestamp,
    /// How it is known.
    pub how: Freshness,
}

impl Seen {
    /// What normally comes next for it; none where that is not known.
    pub fn next(&self) -> Option<Next> {
        Some(Next::of(&self.case)).filter(|next| next.step != NextStep::Unknown)
    }
}

/// How what is told of a case is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// It was imported: only the day of [`Seen::as_of`] says something.
    Imported,
    /// The agency was asked at [`Seen::as_of`].
    Asked,
    /// The agency was asked at [`Seen::as_of`], and does not answer now: whoever reads it is told so.
    Kept,
}

/// Why a source did not answer. That there is no such case is an answer, not an error.
#[derive(Debug, thiserror::Error)]
pub enum CaseSourceError {
    /// It cannot be reached, or answers too slowly, or asks for less traffic.
    #[error("the agency's case records cannot be reached now")]
    Unavailable {
        /// How long to wait before asking again, where the source says so.
        retry_after: Option<SignedDuration>,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It answered something that is not a case.
    #[error("the agency's case records answered what cannot be read")]
    Unreadable {
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It does not accept this installation's credentials.
    #[error("the agency's case records refuse this installation")]
    Refused {
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Where cases are found. Read only.
#[async_trait]
pub trait CaseSource: Send + Sync + 'static {
    /// The case with this receipt number; none when the source knows no such case.
    ///
    /// `now` is the present, for sources that keep answers for a while.
    async fn find(&self, receipt: &ReceiptNumber, now: Timestamp) -> Result<Option<Seen>, CaseSourceError>;
}

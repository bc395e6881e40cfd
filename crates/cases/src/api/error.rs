//! Why the service did not answer, in words without personal data.

use super::{
    breaker::{Outcome, Why},
    budget::BudgetError,
};
use crate::source::CaseSourceError;
use jiff::SignedDuration;

/// Why a look-up failed. No text here holds a receipt number, a token, an address with a receipt number in it, or
/// anything else that the service wrote, except a status and a code of letters.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// No connection came about: name, network, TLS.
    #[error("no connection to the service")]
    Unreachable(#[source] reqwest::Error),
    /// No whole answer within the time.
    #[error("the service did not answer in time")]
    TooSlow,
    /// The connection ended in the middle.
    #[error("the connection to the service broke")]
    Broken(#[source] reqwest::Error),
    /// A status that is not an answer about a case.
    #[error("the service answered {status}{}", code.as_deref().map(|c| format!(" ({c})")).unwrap_or_default())]
    Status {
        /// The HTTP status, or the one in the envelope of errors.
        status: u16,
        /// The code in the envelope, when it is a word in capital letters.
        code: Option<String>,
        /// How long the service asks to wait.
        retry_after: Option<SignedDuration>,
    },
    /// More bytes than any case has.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Bytes that are not the JSON of a case or of an error.
    #[error("the answer is not the JSON that was agreed on")]
    NotJson,
    /// JSON, but not a case.
    #[error("the answer is not a case: {0}")]
    NotACase(&'static str),
    /// The token service answered something that is not a token.
    #[error("the token service gave no token")]
    NoToken,
    /// The credentials, or a token that was new, are not accepted.
    #[error("the service refuses this installation ({status})")]
    Refused {
        /// The HTTP status of the refusal.
        status: u16,
    },
    /// The file with the secret cannot be read now.
    #[error("the file with the client secret cannot be read")]
    Secret(#[source] std::io::Error),
    /// Not asked: it failed too often just now.
    #[error("the service is left alone for a while after failures")]
    Resting {
        /// For how long still.
        wait: SignedDuration,
        /// What the failures were.
        why: Why,
    },
    /// Not asked: too many look-ups at once for the rate that was agreed on.
    #[error("too many look-ups at once for the agreed rate")]
    Busy {
        /// When there is room again.
        wait: SignedDuration,
    },
    /// Not asked: the day's look-ups are used up.
    #[error("the look-ups agreed for today are used up")]
    Spent {
        /// Until the next day begins.
        wait: SignedDuration,
    },
    /// Not asked: nobody could say whether there is room.
    #[error("the budget of look-ups cannot be read")]
    Budget(#[source] BudgetError),
}

impl ApiError {
    /// An error of the HTTP client. Its address is taken out: it holds the receipt number.
    pub(super) fn from_client(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_timeout() {
            Self::TooSlow
        } else if error.is_connect() {
            Self::Unreachable(error)
        } else {
            Self::Broken(error)
        }
    }

    /// What the breaker is told of it.
    pub(super) fn outcome(&self) -> Outcome {
        let down = |wait| Outcome::Failed { why: Why::Down, wait };
        match self {
            Self::Unreachable(_)
            | Self::TooSlow
            | Self::Broken(_)
            | Self::TooLarge { .. }
            | Self::NotJson
            | Self::NoToken => down(None),
            Self::Status { status, retry_after, .. } if is_down(*status) => down(*retry_after),
            // One case that cannot be read says nothing about the next.
            Self::Status { .. } | Self::NotACase(_) => Outcome::Answered,
            Self::Refused { .. } => Outcome::Failed { why: Why::Refused, wait: None },
            Self::Secret(_)
            | Self::Resting { .. }
            | Self::Busy { .. }
            | Self::Spent { .. }
            | Self::Budget(_) => Outcome::NotAsked,
        }
    }

    /// A stable name, for whoever counts.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::TooSlow => "too-slow",
            Self::Broken(_) => "broken",
            Self::Status { status: 429, .. } => "too-many",
            Self::Status { status, .. } if is_down(*status) => "down",
            Self::Status { .. }
            | Self::TooLarge { .. }
            | Self::NotJson
            | Self::NotACase(_)
            | Self::NoToken => "unreadable",
            Self::Refused { .. } | Self::Secret(_) => "refused",
            Self::Resting { .. } => "resting",
            Self::Busy { .. } => "busy",
            Self::Spent { .. } => "spent",
            Self::Budget(_) => "no-budget",
        }
    }

    /// How long to wait, where somebody said so.
    pub(super) fn wait(&self) -> Option<SignedDuration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::Resting { wait, .. } | Self::Busy { wait } | Self::Spent { wait } => Some(*wait),
            _ => None,
        }
    }
}

impl From<ApiError> for CaseSourceError {
    fn from(error: ApiError) -> Self {
        let retry_after = error.wait();
        match error {
            ApiError::Refused { .. } | ApiError::Secret(_) | ApiError::Resting { why: Why::Refused, .. } => {
                Self::Refused { source: Box::new(error) }
            }
            ApiError::Status { status, .. } if !is_down(status) => {
                Self::Unreadable { source: Box::new(error) }
            }
            ApiError::TooLarge { .. } | ApiError::NotJson | ApiError::NotACase(_) | ApiError::NoToken => {
                Self::Unreadable { source: Box::new(error) }
            }
            _ => Self::Unavailable { retry_after, source: Box::new(error) },
        }
    }
}

/// A status by which the service says that it does not serve now: time-out, too many, any fault of its own.
const fn is_down(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

//! The second case source: the Case Status API of U.S. Citizenship and Immigration Services (USCIS).
//!
//! `GET {base}/case-status/{receipt}` with a bearer token that is fetched with client credentials (RFC 6749, 4.4).
//! The source of every rule about the protocol is the agency's developer portal, <https://developer.uscis.gov>.
//! `docs/case-sources.md` tells operators how to set it up and what people see when it is down.
//!
//! A look-up goes past these, cheapest first: the shape of the number, the cache, the breaker, the budget, the token.

mod answer;
mod breaker;
mod budget;
mod cache;
mod clock;
mod config;
mod envelope;
mod error;
mod forms;
mod http;
mod plain;
mod service;
mod statuses;
mod token;

pub use breaker::{Breaker, Outcome, Phase, Settings as BreakerSettings, Ticket, Why};
pub use budget::{Budget, BudgetError, StoreBudget};
pub use config::{ApiConfig, ConfigFault};
pub use error::ApiError;
pub use service::{CaseStatusApi, Health, SignInFault};
pub(crate) use statuses::next as next_by_title;

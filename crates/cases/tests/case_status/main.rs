//! The Case Status API over real HTTP, against a server that speaks its protocol.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

mod lookups;
mod nodes;
mod peer;
mod times;
mod tls;
mod trouble;

use cases::{
    CaseSource, CaseSourceError, Seen,
    api::{ApiConfig, Budget, BudgetError, CaseStatusApi},
};
use domain::{
    case::ReceiptNumber,
    pace::{Limits, Pace, Turn},
    pii::Pii,
};
use jiff::{SignedDuration, Timestamp};
use peer::Peer;
use std::{
    error::Error,
    sync::{Arc, Mutex},
    time::Instant,
};

/// The receipt numbers of the agency's own sandbox: with history, and without.
const WITH: &str = "EAC9999103403";
const WITHOUT: &str = "LIN9999106501";
const SECRET: &str = "very-secret-indeed";

fn receipt(text: &str) -> ReceiptNumber {
    text.parse().unwrap()
}

/// A morning at the agency, and the time since the test began.
#[derive(Clone, Copy)]
struct Wall(Instant);

impl Wall {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn now(self) -> Timestamp {
        let start: Timestamp = "2026-11-23T10:00:00-05:00".parse().unwrap();
        start + SignedDuration::try_from(self.0.elapsed()).unwrap()
    }
}

/// What a test says of the service: fast, so that tests are.
fn config(peer: &Peer) -> ApiConfig {
    let mut config = ApiConfig::new(peer.base(), peer.token_url(), "anteroom");
    config.client_secret = Some(Pii::from(SECRET));
    config.per_second = 1000;
    config.whole = SignedDuration::from_secs(5);
    config
}

/// The turns of one node alone, in memory; those that nodes share in a store are in `nodes`.
struct Alone(Limits, Mutex<Pace>);

#[async_trait::async_trait]
impl Budget for Alone {
    async fn take(&self, now: Timestamp, patience: SignedDuration) -> Result<Turn, BudgetError> {
        Ok(self.1.lock().unwrap().take(&self.0, now, patience))
    }
    async fn left(&self, now: Timestamp) -> Result<u32, BudgetError> {
        Ok(self.0.per_day - self.1.lock().unwrap().used(&self.0, now))
    }
}

fn api(config: &ApiConfig) -> CaseStatusApi {
    let budget = Alone(config.limits().unwrap(), Mutex::default());
    CaseStatusApi::new(config, Arc::new(budget)).unwrap()
}

/// An error and everything under it, as a log would print them.
fn told(error: &CaseSourceError) -> String {
    let mut text = format!("{error} {error:?}");
    let mut under = error.source();
    while let Some(error) = under {
        text = format!("{text} | {error} {error:?}");
        under = error.source();
    }
    text
}

fn assert_tells_nothing(error: &CaseSourceError) {
    let text = told(error);
    for secret in ["9999103403", "9999106501", SECRET, "token-", "/case-status/"] {
        assert!(!text.contains(secret), "{secret} in: {text}");
    }
}

/// A look-up that must fail, and must not tell about whom.
async fn fails(api: &CaseStatusApi, number: &str, now: Timestamp) -> CaseSourceError {
    let error = api.find(&receipt(number), now).await.unwrap_err();
    assert_tells_nothing(&error);
    error
}

async fn found(api: &CaseStatusApi, number: &str, now: Timestamp) -> Seen {
    api.find(&receipt(number), now).await.unwrap().unwrap()
}

//! The look-up itself.

use super::{
    answer,
    breaker::{Breaker, Outcome, Phase, Ticket},
    budget::{Budget, BudgetError},
    cache::Cache,
    clock::Clock,
    config::{self, ApiConfig, ConfigFault},
    envelope,
    error::ApiError,
    http::{self, Reply},
    token::{Bearer, Secret, Tokens},
};
use crate::source::{CaseSource, CaseSourceError, Freshness, Seen};
use async_trait::async_trait;
use domain::{
    case::{Case, ReceiptNumber},
    pace::Turn,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

/// How long to wait before the second try when the service does not say.
const PAUSE: SignedDuration = SignedDuration::from_millis(500);
/// How often a second try looks whether another's probe has ended.
const PROBE_NAP: Duration = Duration::from_millis(100);
/// The most unknown titles that are remembered.
const MAX_UNKNOWN: usize = 50;

/// Finds cases by asking the Case Status API.
pub struct CaseStatusApi {
    client: Client,
    /// `{base}/case-status/`.
    cases: String,
    demo_id: Option<HeaderValue>,
    whole: Duration,
    tokens: Tokens,
    budget: Arc<dyn Budget>,
    breaker: Mutex<Breaker>,
    cache: Mutex<Cache>,
    /// The look-ups under way: who asks for the same number waits for the answer instead of spending another.
    flights: Mutex<HashMap<ReceiptNumber, Weak<tokio::sync::Mutex<()>>>>,
    unknown: Mutex<BTreeSet<String>>,
}

/// How a source is, for `doctor`, metrics and the supervisor's page. Nothing in it is about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Where the breaker is.
    pub phase: Phase,
    /// How many answers are kept.
    pub kept: usize,
    /// Status titles that the table does not have; their cases count as pending. Titles with a digit are left out.
    pub unknown_titles: Vec<String>,
}

impl std::fmt::Debug for CaseStatusApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CaseStatusApi")
    }
}

impl CaseStatusApi {
    /// A source; nothing is asked yet. `budget` is shared by every node that uses the same credentials.
    ///
    /// # Errors
    /// What is wrong with the configuration, its files included.
    pub fn new(config: &ApiConfig, budget: Arc<dyn Budget>) -> Result<Self, ConfigFault> {
        let base = config::address("base_url", &config.base_url)?;
        let (_, whole) = config.times()?;
        config.limits()?;
        let client = http::client(config)?;
        let tokens = tokens(config, client.clone())?;
        let demo_id = config.demo_id.as_deref().map(HeaderValue::from_str).transpose();
        Ok(Self {
            cases: format!("{}/case-status/", base.as_str().trim_end_matches('/')),
            demo_id: demo_id.map_err(|_| ConfigFault::Text { key: "demo_id" })?,
            whole,
            tokens,
            client,
            budget,
            breaker: Mutex::new(Breaker::new(config.breaker()?)),
            cache: Mutex::new(Cache::new(config.terms()?)),
            flights: Mutex::default(),
            unknown: Mutex::default(),
        })
    }

    /// How it is now.
    pub fn health(&self) -> Health {
        Health {
            phase: lock(&self.breaker).phase(),
            kept: lock(&self.cache).len(),
            unknown_titles: lock(&self.unknown).iter().cloned().collect(),
        }
    }

    /// How many look-ups are left of the day, for every node together.
    ///
    /// # Errors
    /// When the counter cannot be reached.
    pub async fn left(&self, now: Timestamp) -> Result<u32, BudgetError> {
        self.budget.left(now).await
    }

    /// The one look-up under way for this number, or a new one.
    fn flight(&self, receipt: &ReceiptNumber) -> Arc<tokio::sync::Mutex<()>> {
        let mut flights = lock(&self.flights);
        if let Some(flight) = flights.get(receipt).and_then(Weak::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::default();
        flights.insert(receipt.clone(), Arc::downgrade(&flight));
        flight
    }

    async fn fresh(&self, receipt: &ReceiptNumber, clock: &Clock) -> Result<Option<Seen>, ApiError> {
        let flight = self.flight(receipt);
        let turn = tokio::time::timeout(clock.left(), flight.lock()).await;
        let _turn = turn.map_err(|_| ApiError::TooSlow)?;
        // Who had the turn before has most likely brought the answer.
        if let Some(answer) = lock(&self.cache).fresh(receipt, clock.now()) {
            return Ok(answer);
        }
        let asked_at = clock.now();
        let case = self.ask(receipt, clock).await?;
        let seen = case.map(|case| Seen { case, as_of: asked_at, how: Freshness::Asked });
        lock(&self.cache).keep(receipt, seen.clone(), asked_at);
        Ok(seen)
    }

    /// Asks, and once more where that is safe and there is time: after 429 or 503, having waited as long as the
    /// service says.
    async fn ask(&self, receipt: &ReceiptNumber, clock: &Clock) -> Result<Option<Case>, ApiError> {
        let first = self.attempt(receipt, clock, false).await;
        let Err(ApiError::Status { status: 429 | 503, retry_after, .. }) = &first else { return first };
        let pause = Duration::try_from(retry_after.unwrap_or(PAUSE)).unwrap_or(Duration::MAX);
        if pause > clock.spare() {
            return first;
        }
        tokio::time::sleep(pause).await;
        self.attempt(receipt, clock, true).await
    }

    /// One attempt under the breaker. A patient one waits while the service is left alone, if that is not long.
    async fn attempt(
        &self,
        receipt: &ReceiptNumber,
        clock: &Clock,
        patient: bool,
    ) -> Result<Option<Case>, ApiError> {
        let mut ticket = self.permit(clock, patient).await?;
        let result = self.exchange(receipt, clock, &mut ticket).await;
        let outcome = result.as_ref().map_or_else(ApiError::outcome, |_| Outcome::Answered);
        lock(&self.breaker).ended(ticket, outcome, clock.now());
        result
    }

    async fn permit(&self, clock: &Clock, patient: bool) -> Result<Ticket, ApiError> {
        loop {
            let (wait, why, nap) = {
                let mut breaker = lock(&self.breaker);
                match breaker.permit(clock.now()) {
                    Ok(ticket) => return Ok(ticket),
                    // A probe is most often answered long before it is given up.
                    Err((wait, why)) if matches!(breaker.phase(), Phase::HalfOpen { .. }) => {
                        (wait, why, PROBE_NAP)
                    }
                    Err((wait, why)) => (wait, why, Duration::try_from(wait).unwrap_or(Duration::MAX)),
                }
            };
            if !patient || nap > clock.spare() {
                return Err(ApiError::Resting { wait, why });
            }
            tokio::time::sleep(nap).await;
        }
    }

    /// Token, place, request. A token that is refused is replaced once: the service may end one early.
    async fn exchange(
        &self,
        receipt: &ReceiptNumber,
        clock: &Clock,
        ticket: &mut Ticket,
    ) -> Result<Option<Case>, ApiError> {
        let bearer = self.tokens.get(clock, None).await?;
        let mut reply = self.request(receipt, clock, ticket, &bearer).await?;
        if reply.status == StatusCode::UNAUTHORIZED {
            let bearer = self.tokens.get(clock, Some(bearer.number)).await?;
            reply = self.request(receipt, clock, ticket, &bearer).await?;
        }
        self.judge(receipt, &reply)
    }

    async fn request(
        &self,
        receipt: &ReceiptNumber,
        clock: &Clock,
        ticket: &mut Ticket,
        bearer: &Bearer,
    ) -> Result<Reply, ApiError> {
        // The turn comes after the token: else all who waited for one token would go at once.
        let spare = SignedDuration::try_from(clock.spare()).unwrap_or(SignedDuration::MAX);
        let now = clock.now();
        match self.budget.take(now, spare).await.map_err(ApiError::Budget)? {
            Turn::At(at) => {
                // The store was asked meanwhile: what that took is part of the wait.
                let wait = at.duration_since(clock.now());
                tokio::time::sleep(Duration::try_from(wait).unwrap_or_default()).await;
            }
            Turn::Busy { wait } => return Err(ApiError::Busy { wait }),
            Turn::Spent { wait } => return Err(ApiError::Spent { wait }),
        }
        {
            // The service may have gone down during the wait.
            let mut breaker = lock(&self.breaker);
            if !breaker.holds(*ticket) {
                *ticket =
                    breaker.permit(clock.now()).map_err(|(wait, why)| ApiError::Resting { wait, why })?;
            }
        }
        let mut request = self
            .client
            .get(format!("{}{}", self.cases, receipt.as_str()))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, bearer.header.clone());
        if let Some(demo_id) = &self.demo_id {
            request = request.header("demo_id", demo_id.clone());
        }
        let began = std::time::Instant::now();
        let reply = http::send(request, clock.left()).await;
        metrics::histogram!("anteroom_case_source_seconds").record(began.elapsed());
        reply
    }

    fn judge(&self, receipt: &ReceiptNumber, reply: &Reply) -> Result<Option<Case>, ApiError> {
        let status = reply.status.as_u16();
        if status == 200 {
            let read = answer::read(&reply.body, receipt)?;
            if let Some(title) = read.unknown_title {
                self.note(title);
            }
            return Ok(Some(read.case));
        }
        let told = envelope::read(&reply.body);
        match status {
            // In an envelope of the service, and about the number: a wrong address or a gateway says 404 as well.
            404 | 422 if told.as_ref().is_some_and(|told| told.status.is_none_or(|s| s == status)) => {
                Ok(None)
            }
            401 | 403 => Err(ApiError::Refused { status }),
            _ => {
                let code = told.and_then(|told| told.word);
                Err(ApiError::Status { status, code, retry_after: reply.retry_after })
            }
        }
    }

    fn note(&self, title: String) {
        let mut unknown = lock(&self.unknown);
        // A digit may be part of a number that points at a person.
        if unknown.len() < MAX_UNKNOWN && !title.chars().any(char::is_numeric) {
            unknown.insert(title);
        }
    }
}

#[async_trait]
impl CaseSource for CaseStatusApi {
    /// `as_of` is the instant at which the service was asked. While it does not answer, a kept answer is given with
    /// its own `as_of`, as long as the configuration allows.
    ///
    /// None also stands for a person protected under 8 U.S.C. 1367: about these the service says that it does not
    /// know the number, on purpose. What is shown must not claim more.
    async fn find(&self, receipt: &ReceiptNumber, now: Timestamp) -> Result<Option<Seen>, CaseSourceError> {
        if !is_ours(receipt) {
            return Ok(None);
        }
        if let Some(answer) = lock(&self.cache).fresh(receipt, now) {
            count("fresh");
            return Ok(answer);
        }
        let clock = Clock::new(now, self.whole);
        let answer = self.fresh(receipt, &clock).await;
        count(match &answer {
            Ok(Some(_)) => "found",
            Ok(None) => "unknown",
            Err(error) => error.code(),
        });
        answer.or_else(|error| match lock(&self.cache).stale(receipt, clock.now()) {
            Some(seen) => Ok(Some(Seen { how: Freshness::Kept, ..seen })),
            None => Err(error.into()),
        })
    }
}

fn tokens(config: &ApiConfig, client: Client) -> Result<Tokens, ConfigFault> {
    let token_url = config::address("token_url", &config.token_url)?;
    if config.client_id.is_empty() || config.client_id.chars().any(char::is_control) {
        return Err(ConfigFault::Text { key: "client_id" });
    }
    let secret = match (&config.client_secret, &config.client_secret_file) {
        (Some(secret), None) if !secret.reveal().is_empty() => Secret::Here(secret.clone()),
        (None, Some(path)) => {
            let key = "client_secret_file";
            let fault = |source| ConfigFault::File { key, path: path.clone(), source };
            if std::fs::read_to_string(path).map_err(fault)?.trim().is_empty() {
                return Err(ConfigFault::Text { key });
            }
            Secret::File(path.clone())
        }
        _ => return Err(ConfigFault::Secret),
    };
    Ok(Tokens::new(client, token_url, config.client_id.clone(), secret))
}

/// Why a service cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SignInFault {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// No token came.
    #[error(transparent)]
    Source(#[from] CaseSourceError),
}

impl ApiConfig {
    /// Is everything in it as it must be, its files included? Nothing is asked of the service.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ConfigFault> {
        struct Unasked;
        #[async_trait]
        impl Budget for Unasked {
            async fn take(&self, _: Timestamp, _: SignedDuration) -> Result<Turn, BudgetError> {
                Ok(Turn::Spent { wait: SignedDuration::MAX })
            }
            async fn left(&self, _: Timestamp) -> Result<u32, BudgetError> {
                Ok(0)
            }
        }
        CaseStatusApi::new(self, Arc::new(Unasked)).map(drop)
    }

    /// Fetches a token, to see whether the service is there and takes these credentials. It asks for no case and takes no
    /// turn.
    ///
    /// # Errors
    /// What is wrong with the configuration, or why no token came.
    pub async fn try_sign_in(&self, now: Timestamp) -> Result<(), SignInFault> {
        let (_, whole) = self.times()?;
        let tokens = tokens(self, http::client(self)?)?;
        tokens.get(&Clock::new(now, whole), None).await.map_err(CaseSourceError::from)?;
        Ok(())
    }
}

/// Counts how a look-up ended. Those that another answered meanwhile count as it did.
fn count(outcome: &'static str) {
    metrics::counter!("anteroom_case_lookups_total", "outcome" => outcome).increment(1);
}

/// The service knows three letters and ten digits, and nothing else: no look-up is spent on anything else.
fn is_ours(receipt: &ReceiptNumber) -> bool {
    let (letters, digits) = receipt.as_str().split_at(3);
    letters.bytes().all(|b| b.is_ascii_uppercase())
        && digits.len() == 10
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds one of these, and each state is whole between statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

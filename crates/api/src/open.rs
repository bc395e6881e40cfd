//! Whoever asks without a token: nobody known, counted by the address that they ask from.

use crate::{
    Api, Rate, client,
    problem::{self, Problem},
    sent::{self, Said},
};
use axum::{
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use desk::{Caller, Conditions, Who, token_hash};
use domain::change::IdempotencyKey;
use jiff::Timestamp;
use std::net::SocketAddr;

/// How often one address may ask what everybody may ask. The pages count the same, and apart from these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRates {
    /// What is the same for everybody.
    pub read: Rate,
    /// Where a case stands.
    pub case: Rate,
    /// Whether a code is the agency's.
    pub code: Rate,
    /// Proving that an inquiry is one's own.
    pub proof: Rate,
    /// Asking for an in-person meeting.
    pub request: Rate,
    /// Asking for a fresh link.
    pub link: Rate,
}

impl Default for OpenRates {
    /// Two reads a second; thirty cases at once and one more each ten seconds; ten codes at once and one more
    /// each minute; twenty proofs at once and one more each two minutes; ten requests at once and one more each six minutes; ten links at
    /// once and one more each five minutes.
    fn default() -> Self {
        Self {
            read: Rate { requests: 120, seconds: 60 },
            case: Rate { requests: 30, seconds: 300 },
            code: Rate { requests: 10, seconds: 600 },
            proof: Rate { requests: 20, seconds: 2400 },
            request: Rate { requests: 10, seconds: 3600 },
            link: Rate { requests: 10, seconds: 3000 },
        }
    }
}

/// Whoever asks.
#[derive(Debug)]
pub(crate) struct Anyone {
    from: String,
    pub(crate) now: Timestamp,
}

impl Anyone {
    /// The address that they ask from, as tries are counted.
    pub(crate) fn from(&self) -> &str {
        &self.from
    }

    /// Takes one of the tries that this address has for `what`.
    pub(crate) fn tries(&self, api: &Api, what: &str, rate: Rate) -> Result<(), Problem> {
        let taken = api.limits.take(rate, &format!("{what}:{}", self.from), self.now);
        taken.map(drop).map_err(Problem::too_many)
    }
}

impl FromRequestParts<Api> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let from = client::address(&parts.headers, peer, &api.options.trusted_proxies);
        Ok(Self { from, now: api.clock.now() })
    }
}

/// A question with a body: nothing is done, so it needs no key.
#[derive(Debug)]
pub(crate) struct Question<T> {
    pub(crate) by: Anyone,
    pub(crate) body: T,
}

impl<T: Said> FromRequest<Api> for Question<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let by = Anyone::from_request_parts(&mut parts, api).await?;
        let body = axum::body::to_bytes(body, T::LARGEST).await.map_err(|_| problem::TOO_LARGE)?;
        Ok(Self { by, body: T::said(&parts.headers, &body)? })
    }
}

/// A command of somebody who is not known yet. Its key is made of everything that was sent: so that nobody meets another's, and the same
/// command under the same key is the same.
#[derive(Debug)]
pub(crate) struct Filing<T> {
    pub(crate) by: Anyone,
    pub(crate) caller: Caller,
    pub(crate) body: T,
    /// It has been done before.
    pub(crate) repeated: bool,
}

impl<T: Said> FromRequest<Api> for Filing<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let by = Anyone::from_request_parts(&mut parts, api).await?;
        let key = sent::key(&parts.headers)?;
        let body = axum::body::to_bytes(body, T::LARGEST).await.map_err(|_| problem::TOO_LARGE)?;
        let said = T::said(&parts.headers, &body)?;
        let command = sent::print(&parts, &body);
        let key = IdempotencyKey::of("open", token_hash(&format!("{command} {}", key.as_str())));
        let only = Conditions { versions: None, command: Some(command) };
        let caller = Caller::new(Who::Anyone, key, by.now).only(only);
        let repeated = sent::is_done(api, &caller).await?;
        Ok(Self { by, caller, body: said, repeated })
    }
}

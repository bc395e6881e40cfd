//! Who asks: a program's token, its member of staff, its scopes.

use crate::{Api, problem, problem::Problem};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use desk::{Caller, DeskError, Who};
use domain::{
    access::{Action, On, can},
    actor::Staff,
    change::IdempotencyKey,
    inquiry::Inquiry,
    number::InquiryNumber,
    session::{Scope, Session},
};
use jiff::Timestamp;
use std::{
    marker::PhantomData,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// A program that has shown a good token.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) staff: Arc<Staff>,
    pub(crate) session: Arc<Session>,
    pub(crate) now: Timestamp,
}

impl Client {
    /// Has the token one of these scopes? Without any named, every token does.
    pub(crate) fn needs(&self, scope: Option<Scope>) -> Result<(), Problem> {
        let Some(scope) = scope else { return Ok(()) };
        if self.session.program.as_ref().is_some_and(|program| program.scopes.contains(&scope)) {
            return Ok(());
        }
        let says = format!("this needs a token with the scope {}", scope.as_str());
        Err(Problem::at(problem::LACKS_SCOPE, "Authorization", says))
    }

    /// Does one of the roles of the member of staff do this?
    pub(crate) fn may<'a>(&self, action: Action, on: impl Into<On<'a>>) -> Result<(), Problem> {
        Ok(can(&self.staff, action, on)?)
    }

    /// Whoever asks, for a read.
    pub(crate) fn reader(&self, api: &Api) -> Caller {
        self.caller(IdempotencyKey::of("api-read", api.desk.dice().token()))
    }

    /// Whoever asks, under a key.
    pub(crate) fn caller(&self, key: IdempotencyKey) -> Caller {
        Caller::new(Who::Staff(Box::new(Staff::clone(&self.staff))), key, self.now)
    }

    /// The inquiry with this number, opened: that somebody has read what is personal in it is journalled.
    pub(crate) async fn open(&self, api: &Api, number: &str) -> Result<Inquiry, Problem> {
        let found = self.inquiry(api, number).await?;
        Ok(api.desk.open_inquiry(&self.reader(api), found.id).await?)
    }

    /// The inquiry with this number, if this member of staff may read it. Otherwise there is none: nobody learns which numbers
    /// exist.
    pub(crate) async fn inquiry(&self, api: &Api, number: &str) -> Result<Inquiry, Problem> {
        let plain = number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit());
        let number: InquiryNumber = number.parse().map_err(|_| problem::NOT_FOUND)?;
        let inquiry = api.desk.store().inquiry_numbered(number).await?.filter(|_| plain);
        let inquiry = inquiry.ok_or(problem::NOT_FOUND)?;
        let readable = can(&self.staff, Action::ReadInquiry, &inquiry);
        readable.map_err(|_| problem::NOT_FOUND)?;
        match inquiry.erased {
            Some(erased) => Err(DeskError::Erased(erased).into()),
            None => Ok(inquiry),
        }
    }
}

/// What an address asks of a token.
pub(crate) trait Needs: Send + Sync + 'static {
    /// The scope; `None`: any token will do.
    const SCOPE: Option<Scope>;
}

macro_rules! needs {
    ($($name:ident = $scope:expr;)+) => {$(
        #[derive(Debug)]
        pub(crate) struct $name;
        impl Needs for $name {
            const SCOPE: Option<Scope> = $scope;
        }
    )+};
}

needs! {
    Any = None;
    Read = Some(Scope::Read);
    Ask = Some(Scope::Request);
    Work = Some(Scope::Work);
    Day = Some(Scope::Day);
    Journal = Some(Scope::Journal);
    Import = Some(Scope::Import);
    Policies = Some(Scope::Policies);
}

/// A client whose token has the scope of `N`. Standing first among a handler's arguments, it is judged before anything that
/// was sent.
#[derive(Debug)]
pub(crate) struct With<N> {
    pub(crate) client: Client,
    needs: PhantomData<N>,
}

impl<N> std::ops::Deref for With<N> {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl<N: Needs> FromRequestParts<Api> for With<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Problem> {
        let client = parts.extensions.get::<Client>().cloned().ok_or(problem::NO_TOKEN)?;
        client.needs(N::SCOPE)?;
        Ok(Self { client, needs: PhantomData })
    }
}

/// The door of some addresses: whom it lets in, and as whom they ask the desk.
pub(crate) trait Door: Send + Sync + 'static {
    /// Whoever was let in.
    type Who: std::fmt::Debug + Send + Sync;

    /// Whoever asks, if they may be here.
    fn enter(parts: &mut Parts, api: &Api) -> impl Future<Output = Result<Self::Who, Problem>> + Send;

    /// The same, for the desk, under the key that they sent.
    fn caller(who: &Self::Who, key: &IdempotencyKey) -> Caller;
}

impl<N: Needs> Door for N {
    type Who = Client;

    async fn enter(parts: &mut Parts, api: &Api) -> Result<Client, Problem> {
        Ok(With::<N>::from_request_parts(parts, api).await?.client)
    }

    fn caller(who: &Client, key: &IdempotencyKey) -> Caller {
        who.caller(key.clone())
    }
}

/// The API for the member of staff whose token it is: what is kept from them is in no read.
#[derive(Debug)]
pub(crate) struct Room(pub(crate) Api);

impl FromRequestParts<Api> for Room {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let client = parts.extensions.get::<Client>().ok_or(problem::NO_TOKEN)?;
        Ok(Self(api.over(api.desk.clone().seen_by(&client.staff))))
    }
}

/// The token that was sent.
pub(crate) fn token(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(first), None) = (sent.next(), sent.next()) else { return Err(problem::NO_TOKEN.into()) };
    let text = first.to_str().map_err(|_| problem::BAD_TOKEN)?;
    let (scheme, token) = text.split_once(' ').ok_or(problem::NO_TOKEN)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(problem::NO_TOKEN.into());
    }
    Ok(token.trim())
}

async fn known(api: &Api, headers: &HeaderMap, now: Timestamp) -> Result<Client, Problem> {
    let token = token(headers)?;
    match api.desk.staff_of(token, now).await? {
        // A browser's session is no token: what a page keeps in a cookie cannot be sent from elsewhere.
        Some((staff, session)) if session.program.is_some() => {
            Ok(Client { staff: Arc::new(staff), session: Arc::new(session), now })
        }
        Some(_) | None => Err(problem::BAD_TOKEN.into()),
    }
}

/// Lets nobody in without a good token, nor more often than allowed.
pub(crate) async fn admit(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let now = api.clock.now();
    match known(&api, request.headers(), now).await {
        Ok(client) => {
            let subject = client.session.id.to_string();
            request.extensions_mut().insert(client);
            counted(&api, &subject, now, request, next).await
        }
        Err(why) => refused(&api, why, "program", now, &request),
    }
}

/// Whoever has no good token; wrong ones are counted by address.
pub(crate) fn refused(
    api: &Api,
    why: Problem,
    door: &'static str,
    now: Timestamp,
    request: &Request,
) -> Response {
    if why.kind != problem::BAD_TOKEN {
        return why.into_response();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let from = address(request.headers(), peer, &api.options.trusted_proxies);
    metrics::counter!("anteroom_sign_ins_failed_total", "door" => door).increment(1);
    match api.limits.take(api.options.wrong_rate, &from, now) {
        Ok(_) => why.into_response(),
        Err(seconds) => Problem::too_many(seconds).into_response(),
    }
}

/// Answers whoever was let in, as often as one token may ask, and says how often it still may.
pub(crate) async fn counted(
    api: &Api,
    subject: &str,
    now: Timestamp,
    request: Request,
    next: Next,
) -> Response {
    let rate = api.options.rate;
    let (mut response, remaining, reset) = match api.limits.take(rate, subject, now) {
        Ok(left) => (next.run(request).await, left.remaining, left.reset),
        Err(seconds) => (Problem::too_many(seconds).into_response(), 0, seconds),
    };
    let policy = format!("\"token\";q={};w={}", rate.requests, rate.seconds);
    let now_left = format!("\"token\";r={remaining};t={reset}");
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", now_left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The address under which tries are counted: IPv4 whole, IPv6 by its /64 (one subscriber has that much).
///
/// Of `X-Forwarded-For` the last address that is not a trusted proxy counts: whatever stands before it was written by the
/// caller.
pub(crate) fn address(headers: &HeaderMap, peer: Option<IpAddr>, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer else { return "unknown".to_owned() };
    let mut at = peer.to_canonical();
    if trusted.contains(&at) {
        let said: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        for text in said.iter().rev() {
            let Ok(ip) = text.trim().parse::<IpAddr>() else { break };
            at = ip.to_canonical();
            if !trusted.contains(&at) {
                break;
            }
        }
    }
    match at {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

//! The desk for programs: every act over HTTP and JSON.
//!
//! - [`router`]: everything under `/api`, to be merged into the server's own routes.
//! - `routes`: which address is which act. `dto`: the shapes of requests and answers. `scalar`, `strict`: their words, read
//!   exactly as the OpenAPI document describes them.
//! - `client`: tokens, scopes, limits. `open`: whoever asks without a token. `person`: a person who asks for themselves. `sent`: keys, conditions, bodies. `answer`: tags and receipts. `problem`: the one list
//!   of what can go wrong.
//! - `hooks`: what other servers tell us, signed.
//! - `document`, `docs`: the OpenAPI document, and the page that people read, made from it.
//!
//! The API knows no rule of its own: it reads what was sent, asks the desk, and says what came of it. What is told here for
//! programs is told for people in `docs/api.md`.

mod answer;
mod client;
mod docs;
mod document;
mod dto;
mod hooks;
mod layers;
mod limits;
mod open;
mod person;
mod problem;
mod routes;
mod scalar;
mod sent;
mod strict;

pub use document::document;
pub use limits::Rate;
pub use open::OpenRates;

use axum::{
    Router,
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    routing::get,
};
use desk::{Clock, Desk};
use limits::Limits;
use std::{net::IpAddr, sync::Arc, time::Duration};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// A request that takes longer is given up.
const LONGEST: Duration = Duration::from_secs(15);

/// How the API is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// The public address without a slash at the end: links to people's own pages begin with it.
    pub public_url: String,
    /// Whose `X-Forwarded-For` is believed. Empty: nobody's, and the peer of the connection is the caller.
    pub trusted_proxies: Vec<IpAddr>,
    /// How often one token may ask.
    pub rate: Rate,
    /// How often one address may ask with a token that is not good.
    pub wrong_rate: Rate,
    /// How often one address may ask what everybody may ask.
    pub open_rates: OpenRates,
}

impl Default for Options {
    /// No public address, no proxies; ten requests a second for a token, twenty wrong ones a minute for an address.
    fn default() -> Self {
        Self {
            public_url: String::new(),
            trusted_proxies: Vec::new(),
            rate: Rate { requests: 600, seconds: 60 },
            wrong_rate: Rate { requests: 20, seconds: 60 },
            open_rates: OpenRates::default(),
        }
    }
}

/// What every request may use. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) options: Arc<Options>,
    pub(crate) limits: Arc<Limits>,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Api {
    /// The API over a desk.
    pub fn new(desk: Desk, clock: Arc<dyn Clock>, options: Options) -> Self {
        Self { desk, clock, options: Arc::new(options), limits: Arc::default() }
    }

    /// The same API over another desk; tries go on being counted in one place.
    #[must_use]
    pub fn over(&self, desk: Desk) -> Self {
        Self { desk, ..self.clone() }
    }
}

/// Everything under `/api`, and what other servers tell us under `/hooks`. It takes all of that part of the address space, so that what is not there is answered by a
/// problem and not by a page; merge it with whatever else is served.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: wrong tokens are counted by address.
pub fn router(api: Api) -> Router {
    let (acts, _) = routes::routes().split_for_parts();
    let acts = acts
        .fallback(|| async { problem::Problem::from(problem::NOT_FOUND) })
        .layer(from_fn_with_state(api.clone(), client::admit));
    let (own, _) = routes::own().split_for_parts();
    let own = own.layer(from_fn_with_state(api.clone(), person::admit));
    let (open, _) = routes::open().split_for_parts();
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(api.clone(), layers::problems))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(layers::panicked));
    let json = [(header::CONTENT_TYPE, "application/json")];
    let spec: Arc<str> = document::text().into();
    let told = hooks::routes(&api);
    let all = Router::new()
        .route("/openapi.json", get(move || async move { (json, spec.to_string()) }))
        .route("/docs", get(docs::page))
        .route("/docs/style.css", get(docs::style))
        .nest("/v1", acts.merge(own).merge(open))
        .fallback(|| async { problem::Problem::from(problem::NOT_FOUND) })
        .layer(layers)
        .with_state(api);
    Router::new().nest("/api", all).merge(told)
}

//! What people without a sign-in see.

mod calls;
mod demo;
mod hours;
mod inquiry;
mod request;
mod start;
mod status;
mod texts;

use crate::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The public pages, below `/{lang}`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(start::page))
        .route("/our-calls", get(calls::page))
        .route("/status", get(status::ask).post(status::show))
        .route("/privacy", get(texts::privacy))
        .route("/accessibility", get(texts::accessibility))
        .route("/demo/forward", post(demo::forward))
        .merge(request::routes())
        .merge(inquiry::routes())
}

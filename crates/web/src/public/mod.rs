//! What people without a sign-in see.

mod demo;

use crate::App;
use axum::{Router, routing::post};

/// The public pages, below `/{lang}`.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/demo/forward", post(demo::forward))
}

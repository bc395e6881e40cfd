//! The desks.

use crate::App;
use axum::Router;

/// The pages under `/{lang}/staff`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
}

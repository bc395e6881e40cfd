//! Is the process up; can it do its work?

use crate::App;
use axum::{extract::State, http::StatusCode};

/// The process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers and its journal can be read.
pub(crate) async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.desk.store().journal_end().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}

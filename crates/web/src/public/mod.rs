//! What people without a sign-in see.

mod address;
pub(crate) mod calendar;
mod call;
pub(crate) mod calls;
pub(crate) mod delegates;
mod demo;
pub(crate) mod hall;
mod hours;
mod inquiry;
pub(crate) mod kiosk;
mod offices;
pub(crate) mod request;
mod start;
mod statistics;
mod status;
mod texts;
mod topics;
mod zip;

use crate::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The public pages, below `/{lang}`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(start::page))
        .route("/call", get(call::page))
        .route("/call/offer", post(call::offer))
        .route("/call/keys", post(call::keys))
        .route("/call/hang-up", post(call::hang_up))
        .route("/call/news", post(call::news))
        .route("/our-calls", get(calls::page).post(calls::answer))
        .route("/status", get(status::ask).post(status::show))
        .route("/offices", get(offices::list).post(offices::find))
        .route("/offices/{code}", get(offices::show))
        .route("/topics", get(topics::list).post(topics::found))
        .route("/topics/{code}", get(topics::show).post(topics::ask))
        .route("/statistics", get(statistics::page))
        .route("/statistics.csv", get(statistics::csv))
        .route("/privacy", get(texts::privacy))
        .route("/accessibility", get(texts::accessibility))
        .route("/hall", get(hall::page))
        .route("/kiosk", get(kiosk::page).post(kiosk::check_in))
        .route("/demo/forward", post(demo::forward))
        .merge(request::routes())
        .merge(inquiry::routes())
}

//! What happens around every page: headers, error pages.

use crate::{
    App,
    core::{Ctx, WebError, ctx, error::Fault},
};
use axum::{
    body::Body,
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, sync::Arc};

/// No inline script or style anywhere, nothing from elsewhere, nobody may frame us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// What a page says that speaks through the browser: it alone may ask for the microphone.
pub(crate) const MICROPHONE: (HeaderName, HeaderValue) = (
    HeaderName::from_static("permissions-policy"),
    HeaderValue::from_static(
        "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
);

/// Adds the headers that every answer has. What a page set itself stays.
pub(crate) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Pages are personal unless they say otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.options.https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}

/// Writes the page for an error: in the language of the address, or the one the browser asks for.
pub(crate) async fn errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let context = Ctx::from_request_parts(&mut parts, &app).await;
    let headers = parts.headers.clone();
    let path = parts.uri.path().to_owned();
    let response = next.run(Request::from_parts(parts, body)).await;
    let fault = match response.extensions().get::<Fault>() {
        Some(fault) => fault.0.clone(),
        None if response.headers().contains_key(header::CONTENT_TYPE) || plain(&path) => return response,
        None => match response.status() {
            StatusCode::FORBIDDEN => Arc::new(WebError::OtherSite),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Arc::new(WebError::NotFound),
            StatusCode::PAYLOAD_TOO_LARGE => Arc::new(WebError::TooLarge),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Arc::new(WebError::TimedOut),
            _ => return response,
        },
    };
    let context = context.unwrap_or_else(|_| Ctx {
        lang: ctx::guess(&app, &headers),
        now: app.clock.now(),
        rest: String::new(),
        from: String::new(),
        headers,
        app: app.clone(),
    });
    let mut page = fault.page(&context);
    if let Some(after) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    page
}

/// Is this address for machines, which want no page?
fn plain(path: &str) -> bool {
    path.starts_with("/assets/") || matches!(path, "/healthz" | "/readyz")
}

/// A page failed in a way nobody foresaw. What it says may hold anything, so it is not logged.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    WebError::Panicked.into_response()
}

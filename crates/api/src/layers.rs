//! What happens around every request: problems get their words, answers their headers.

use crate::{Api, problem, problem::Problem};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::text::Lang;
use std::any::Any;

const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The language of problems: the first of `Accept-Language` that the agency has, else the agency's first.
fn lang(api: &Api, headers: &HeaderMap) -> Lang {
    let langs = api.desk.pack().languages();
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let find = |part: &str| {
        let tag = part.split([';', '-']).next()?.trim();
        langs.iter().find(|lang| lang.as_str().eq_ignore_ascii_case(tag)).cloned()
    };
    accepted.split(',').find_map(find).or_else(|| langs.first().cloned()).unwrap_or_else(Lang::en)
}

/// Writes problems in the language asked for, those of the layers and of the router too, and adds the headers that every
/// answer has.
pub(crate) async fn problems(State(api): State<Api>, request: Request, next: Next) -> Response {
    let lang = lang(&api, request.headers());
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => Some(problem),
        None if response.headers().contains_key(header::CONTENT_TYPE) => None,
        None => match response.status() {
            StatusCode::NOT_FOUND => Some(problem::NOT_FOUND.into()),
            StatusCode::METHOD_NOT_ALLOWED => Some(problem::METHOD.into()),
            StatusCode::SERVICE_UNAVAILABLE => Some(problem::BUSY.into()),
            _ => None,
        },
    };
    if let Some(problem) = problem {
        let mut written = problem.written(api.desk.words().tongue(&lang));
        for name in
            [header::ALLOW, HeaderName::from_static("ratelimit"), HeaderName::from_static("ratelimit-policy")]
        {
            if let Some(value) = response.headers().get(&name) {
                written.headers_mut().insert(name, value.clone());
            }
        }
        response = written;
    }
    let tagged = response.headers().contains_key(header::ETAG) && response.status().is_success();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // What is asked for again must be asked for here again: answers are about people.
    let keep = if tagged { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    response
}

/// A request failed in a way nobody foresaw. What it says may hold anything, so it is not logged.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem::from(problem::BROKEN).into_response()
}

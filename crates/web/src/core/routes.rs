//! Which address is which page.

use crate::{
    App, assets,
    core::{
        Ctx, WebError, card, cookies, cookies::Keep, ctx, fields::LONGEST_LONG_FORM, health, layers, live,
        proof, robots,
    },
    public, staff,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    middleware::from_fn_with_state,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::get,
};
use desk::Links;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

/// A page that takes longer is given up.
const LONGEST: Duration = Duration::from_secs(15);

/// Every page, with the layers around it.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: tries are counted by address.
pub fn router(app: App) -> Router {
    let pages = public::routes().merge(live_routes()).nest("/staff", staff::routes(&app));
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(app.clone(), layers::headers))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), layers::errors))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(RequestBodyLimitLayer::new(LONGEST_LONG_FORM))
        .layer(csrf(&app));
    Router::new()
        .route("/", get(home))
        .route("/go/{token}", get(go))
        .route("/calendar/{file}", get(public::calendar::feed))
        .route("/check", get(public::calls::short))
        .route("/sign-in/back", get(staff::land))
        .route("/sign-in/logged-out", axum::routing::post(staff::logged_out))
        .route("/robots.txt", get(robots::robots))
        .route("/sitemap.xml", get(robots::sitemap))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/assets/look.css", get(assets::look))
        .route("/assets/preview/{file}", get(card::show))
        .route("/assets/{hash}/{*path}", get(assets::file))
        .nest("/{lang}", pages)
        .route("/{lang}/", get(without_slash))
        .fallback(|| async { WebError::NotFound })
        .layer(layers)
        .with_state(app)
}

/// Forms are taken from our own pages only. Behind a proxy that rewrites `Host`, the public address says which those are.
fn csrf(app: &App) -> CsrfLayer {
    let layer = CsrfLayer::new();
    match CsrfLayer::new().add_trusted_origin(&app.options.public_url) {
        Ok(trusting) => trusting,
        Err(_) => layer,
    }
}

fn live_routes() -> Router<App> {
    Router::new()
        .route("/live/inquiry/{number}", get(live::inquiry))
        .route("/live/staff", get(live::staff))
        .route("/live/hall", get(live::hall))
}

/// `/` is the start page in the reader's language.
async fn home(State(app): State<App>, headers: HeaderMap) -> Response {
    let lang = ctx::guess(&app, &headers);
    ([(header::VARY, "Accept-Language, Cookie")], Redirect::to(&format!("/{lang}"))).into_response()
}

/// People type a slash at the end.
async fn without_slash(ctx: Ctx) -> Redirect {
    Redirect::permanent(&ctx.url(""))
}

/// Opens a link from a notice: the token goes into a cookie and out of the address bar, so that it stands in no history,
/// no screenshot and no `Referer`.
async fn go(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let now = app.clock.now();
    let links = app.desk.links();
    let delegate = links.open_delegate(&token, now);
    let id = links.open(&token, now).or(delegate.map(|token| token.inquiry)).ok_or(WebError::NoProof)?;
    let inquiry = app.desk.store().inquiry(id).await?.ok_or(WebError::NoProof)?;
    let theirs = match delegate {
        // Only whoever was sent it has such a link: they may know that it was ended.
        Some(token) => {
            let delegate = inquiry.delegate_now(token.nth, now)?;
            if !inquiry.is_opened_by_delegates_link(token.nth, token.link) {
                return Err(WebError::NoProof);
            }
            delegate.lang.clone()
        }
        None if Links::made(&token).is_some_and(|made| inquiry.is_opened_by_link_of(made)) => {
            inquiry.reach.lang.clone()
        }
        None => return Err(WebError::NoProof),
    };
    // Their own language: whoever opens the link may sit at a borrowed computer.
    let lang = match cookies::get(&headers, "lang", app.options.https()) {
        Some(_) => ctx::guess(&app, &headers),
        None => theirs,
    };
    let ctx = Ctx { lang, now, rest: String::new(), from: String::new(), headers, app };
    if inquiry.guard.protected.is_some() {
        // A message may be read by others: here it opens nothing by itself.
        return Ok(Redirect::to(&ctx.url("/inquiry")).into_response());
    }
    let set = [
        (header::SET_COOKIE, proof::keep(&ctx, inquiry.number, &token)),
        (header::SET_COOKIE, cookies::set("lang", ctx.lang.as_str(), Keep::Session, ctx.app.options.https())),
        (header::REFERRER_POLICY, axum::http::HeaderValue::from_static("no-referrer")),
    ];
    let to = ctx.url(&format!("/inquiry/{}", inquiry.number.digits()));
    Ok((AppendHeaders(set), Redirect::to(&to)).into_response())
}

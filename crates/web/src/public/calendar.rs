//! A calendar that keeps itself up to date: at an address that is all its reader needs.

use crate::{
    App,
    core::{Ctx, WebError, ctx::caller_of, limits::Gate},
};
use axum::{
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::{DeskError, token_hash};
use domain::pass::PassFor;
use jiff::Timestamp;
use maud::{Markup, html};
use std::net::SocketAddr;

/// The calendar that the token in the address opens. A wrong token, one that was revoked and one whose owner must not be seen
/// are answered alike.
pub(crate) async fn feed(
    State(app): State<App>,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let now = app.clock.now();
    let token = file.strip_suffix(".ics").unwrap_or(&file);
    let read = match app.desk.pass(token, PassFor::Calendar, now).await? {
        Some(pass) => {
            app.limits.take(Gate::Calendar, &pass.id.to_string(), now)?;
            app.desk.read_calendar(&pass, now).await
        }
        None => Err(DeskError::NotFound),
    };
    let feed = match read {
        Ok(feed) => feed,
        Err(DeskError::NotFound) => {
            let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
            let from = caller_of(request.headers(), peer, &app.options.trusted_proxies);
            app.limits.take(Gate::NoCalendar, &from, now)?;
            return Err(WebError::NotFound);
        }
        Err(error) => return Err(error.into()),
    };
    // The file says when it was made. What it says besides is what counts: the tag is a weak one.
    let tag = format!("W/\"{}\"", &token_hash(&feed.file(Timestamp::UNIX_EPOCH))[..32]);
    let known =
        request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/")
    });
    let tag = HeaderValue::from_str(&tag).map_err(|_| WebError::NotFound)?;
    let common =
        [(header::ETAG, tag), (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\""),
    ];
    Ok((common, kind, feed.file(now)).into_response())
}

/// The address of a calendar, shown once: nobody keeps it.
pub(crate) fn address(ctx: &Ctx, token: &str) -> Markup {
    let t = ctx.t();
    let address = format!("{}/calendar/{token}.ics", ctx.app.options.public_url);
    // Calendar programs take an address of this kind to be asked for again, not to be read once.
    let subscribe =
        address.split_once("://").map_or_else(String::new, |(_, rest)| format!("webcal://{rest}"));
    html! {
        p.usa-intro { (t.say("web-calendar-once")) }
        p { a.usa-button href=(subscribe) { (t.say("web-calendar-open")) } }
        label.usa-label for="calendar-address" { (t.say("web-calendar-address")) }
        input.usa-input #calendar-address type="text" readonly value=(address);
        p { (t.say("web-calendar-secret")) }
    }
}

//! Calling the line from the browser: a visitor without a telephone is on the same line as everybody else.

use super::hours;
use crate::{
    core::{
        Ctx, Fields, Page, WebError,
        layers::MICROPHONE,
        limits::Gate,
        live::Open,
        switchboard::{CallState, CallToken, Keys, SwitchboardError},
    },
    parts::{Alert, alert, phone_line},
    staff::{code, is_offer, unplugged},
};
use axum::{
    Json,
    http::StatusCode,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, stream};
use maud::{Markup, html};
use serde_json::json;
use std::{convert::Infallible, time::Duration};
use tokio::sync::watch;

/// What the script may have to say, each with what to do.
const WHENS: [&str; 12] = [
    "ready",
    "asking",
    "denied",
    "no-microphone",
    "insecure",
    "connecting",
    "line",
    "waiting",
    "talking",
    "over",
    "too-many",
    "failed",
];

pub(super) async fn page(ctx: Ctx) -> Response {
    let t = ctx.t();
    let body = match &ctx.app.switchboard {
        None => html! {
            (alert(Alert::Info, "", &html! { p { (t.say("phone-public-none")) } }))
            (phone_line(&ctx))
            (hours::line(&ctx).await)
        },
        Some(board) => {
            let servers = serde_json::to_string(&board.ice_servers()).unwrap_or_default();
            html! {
                p.usa-intro { (t.say("phone-public-intro")) }
                (caller(&ctx, &servers))
                (hours::line(&ctx).await)
            }
        }
    };
    let page = Page::new(t.say("phone-public-title"), body);
    let page = if ctx.app.switchboard.is_some() { page.with("voice.js").with("call.js") } else { page };
    ([MICROPHONE], page.render(&ctx)).into_response()
}

/// The call. Without scripts it says that it needs them, and the number to call instead.
fn caller(ctx: &Ctx, servers: &str) -> Markup {
    let t = ctx.t();
    html! {
        div #caller data-offer=(ctx.url("/call/offer")) data-keys=(ctx.url("/call/keys"))
            data-hang-up=(ctx.url("/call/hang-up")) data-news=(ctx.url("/call/news")) data-ice=(servers) {
            div data-when="none" { p { (t.say("phone-public-needs-script")) } (phone_line(ctx)) }
            div.call-says role="status" {
                @for when in WHENS { p data-when=(when) hidden { (t.say_of("phone-public", when)) } }
            }
            p.actions {
                button.usa-button #dial type="button" hidden { (t.say("phone-public-call")) }
                button.usa-button.usa-button--secondary #hang-up type="button" hidden { (t.say("phone-public-hang-up")) }
                button.usa-button.usa-button--outline #mute type="button" hidden aria-pressed="false" {
                    (t.say("phone-mute")) }
                span #muted hidden { strong { (t.say("phone-muted")) } }
            }
            div.phone-pad #pad hidden dir="ltr" role="group" aria-label=(t.say("phone-keypad")) {
                @for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] {
                    button.usa-button.usa-button--outline type="button" data-key=(key) { (key) }
                }
            }
            audio #sound autoplay {}
        }
        p { (t.say("phone-public-privacy")) }
    }
}

/// Begins a call. The body is the browser's offer (SDP); the answer is the answer and the call's token.
pub(super) async fn offer(ctx: Ctx, offer: String) -> Result<Response, WebError> {
    let Some(board) = &ctx.app.switchboard else { return Ok(code(StatusCode::NOT_FOUND, "none")) };
    if !is_offer(&offer) {
        return Ok(code(StatusCode::UNPROCESSABLE_ENTITY, SwitchboardError::BadOffer.code()));
    }
    ctx.limit(Gate::Call)?;
    Ok(match board.call_from_browser(offer, ctx.lang.clone()).await {
        Ok((answer, token)) => Json(json!({ "answer": answer, "token": token.as_str() })).into_response(),
        Err(error) => unplugged(&error),
    })
}

fn token(fields: &Fields) -> Result<CallToken, WebError> {
    CallToken::read(fields.get("token")).ok_or(WebError::BadForm)
}

/// Keys of the pad.
pub(super) async fn keys(ctx: Ctx, fields: Fields) -> Result<StatusCode, WebError> {
    let board = ctx.app.switchboard.as_ref().ok_or(WebError::NotFound)?;
    let keys = Keys::read(fields.get("keys")).ok_or(WebError::BadForm)?;
    board.keys(&token(&fields)?, &keys).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a call; also when the page is left.
pub(super) async fn hang_up(ctx: Ctx, fields: Fields) -> Result<StatusCode, WebError> {
    let board = ctx.app.switchboard.as_ref().ok_or(WebError::NotFound)?;
    board.hang_up(&token(&fields)?).await;
    Ok(StatusCode::NO_CONTENT)
}

/// What becomes of a call: a stream of the names of its states. Asked for by a form, so that the token stands in no address.
pub(super) async fn news(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let board = ctx.app.switchboard.as_ref().ok_or(WebError::NotFound)?;
    let call = board.watch_call(&token(&fields)?).ok_or(WebError::NotFound)?;
    let Some(place) = Open::take(&ctx) else { return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()) };
    let watching = Watching { call, stop: ctx.app.stopping(), last: None, _place: place };
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Ok(Sse::new(states(watching)).keep_alive(alive).into_response())
}

struct Watching {
    call: watch::Receiver<CallState>,
    stop: watch::Receiver<bool>,
    /// What was said last.
    last: Option<CallState>,
    _place: Open,
}

impl Watching {
    /// The next state that is another; `None` after the end.
    async fn next(&mut self) -> Option<CallState> {
        loop {
            if self.last == Some(CallState::Over) {
                return None;
            }
            let now = *self.call.borrow_and_update();
            if self.last != Some(now) {
                self.last = Some(now);
                return Some(now);
            }
            tokio::select! {
                // Whoever held the call has let it go: it is over.
                changed = self.call.changed() => if changed.is_err() {
                    self.last = Some(CallState::Over);
                    return self.last;
                },
                _ = self.stop.wait_for(|stop| *stop) => return None,
            }
        }
    }
}

fn states(watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watching, |mut watching| async move {
        let state = watching.next().await?;
        Some((Ok(Event::default().data(state.as_str())), watching))
    })
}

//! The session of a member of staff.

use crate::{
    App,
    core::{
        Ctx, WebError,
        cookies::{self, Keep},
    },
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use desk::Who;
use domain::{actor::Staff, session::Session};

/// The cookie that holds a session's token.
pub(crate) const COOKIE: &str = "staff";

/// A member of staff who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct StaffSession {
    /// Who.
    pub(crate) staff: Staff,
    /// Their session.
    pub(crate) session: Session,
}

impl StaffSession {
    /// Who asks, for the desk.
    pub(crate) fn who(&self) -> Who {
        Who::Staff(Box::new(self.staff.clone()))
    }
}

/// The header that begins a session in the browser.
pub(crate) fn begin(ctx: &Ctx, token: &str) -> HeaderValue {
    cookies::set(COOKIE, token, Keep::Session, ctx.app.options.https())
}

/// The header that ends it.
pub(crate) fn end(ctx: &Ctx) -> HeaderValue {
    cookies::set(COOKIE, "", Keep::Gone, ctx.app.options.https())
}

impl FromRequestParts<App> for StaffSession {
    type Rejection = Response;

    /// Without a session the browser is sent to sign in, and back to where it was. A part of a page is told to load the
    /// sign-in page as a whole.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let ctx = Ctx::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let token = ctx.cookie(COOKIE).unwrap_or_default();
        let found = app.desk.staff_of(&token, ctx.now).await;
        match found.map_err(WebError::from).map_err(IntoResponse::into_response)? {
            // A program's token opens the API within its scopes, and no page.
            Some((staff, session))
                if session.program.is_none()
                    && staff.first_password.is_some()
                    && !is_within(&ctx.rest, CHOOSE) =>
            {
                Err(first(&ctx, CHOOSE))
            }
            Some((_, session))
                if session.program.is_none()
                    && session.browser.must_enrol
                    && !is_within(&ctx.rest, ENROL) =>
            {
                Err(first(&ctx, ENROL))
            }
            Some((staff, session)) if session.program.is_none() => Ok(Self { staff, session }),
            _ => Err(sign_in_first(&ctx, parts.method == axum::http::Method::GET)),
        }
    }
}

/// Where a second proof is set up.
const ENROL: &str = "/staff/account/proofs";
/// Where a password is chosen.
const CHOOSE: &str = "/staff/account/password";

/// What is open to whoever must do something there before anything else.
fn is_within(rest: &str, place: &str) -> bool {
    let path = rest.split('?').next().unwrap_or_default();
    path.starts_with(place) || path == "/staff/sign-out"
}

fn first(ctx: &Ctx, place: &str) -> Response {
    let to = ctx.url(place);
    if ctx.is_partial() {
        return ([("hx-redirect", to)], axum::http::StatusCode::FORBIDDEN).into_response();
    }
    Redirect::to(&to).into_response()
}

fn sign_in_first(ctx: &Ctx, come_back: bool) -> Response {
    let mut to = ctx.url("/staff/sign-in");
    if come_back && !ctx.is_partial() {
        let then: String = form_urlencoded::byte_serialize(ctx.rest.as_bytes()).collect();
        to = format!("{to}?then={then}");
    }
    if ctx.is_partial() {
        return ([("hx-redirect", to)], axum::http::StatusCode::UNAUTHORIZED).into_response();
    }
    Redirect::to(&to).into_response()
}

/// Where to go after signing in: only below this language's desks, wherever the address came from.
pub(crate) fn then(ctx: &Ctx, asked: &str) -> String {
    let good = asked.starts_with("/staff")
        && !asked.contains(['\\', '\n', '\r'])
        && !asked.contains("//")
        && !asked.starts_with("/staff/sign-in");
    ctx.url(if good { asked } else { "/staff" })
}

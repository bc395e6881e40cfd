//! A form that is looked at before it is taken, while so many are sent that machines are likely among them: the browser does some
//! work, or, where it has no scripts, its reader waits. Nothing that was typed is lost, and nobody reads letters from a picture.

use crate::{
    core::{Ctx, Fields, Page, WebError},
    parts::phone_line,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::{Looked, What, Worked};
use maud::{Markup, html};

/// The fields of a form that was looked at: what the browser was given, and what it found.
const GIVEN: &str = "work";
const FOUND: &str = "found";
/// The script that does the work.
const SCRIPT: &str = "work.js";

/// A form that is to be sent again after the work: where, and with what in it.
pub(crate) struct Again {
    /// Where it is sent.
    pub(crate) to: String,
    /// Its fields.
    pub(crate) carries: Markup,
}

/// Lets a form pass, or gives the page that asks for work first. `subject` is what the form is about: work that was done
/// for it is good for nothing else.
///
/// # Errors
/// [`WebError::TooMany`] when a network waits instead of working more often than people do.
pub(crate) async fn passes(
    ctx: &Ctx,
    fields: &Fields,
    what: What,
    subject: &str,
    again: &Again,
) -> Result<Option<Response>, WebError> {
    let worked = Worked { given: fields.get(GIVEN), found: fields.get(FOUND) };
    match ctx.app.desk.look(what, subject, &ctx.from, worked, ctx.now).await.map_err(WebError::wait)? {
        Looked::Passes => Ok(None),
        Looked::Works { given, bits } => Ok(Some(page(ctx, again, &given, bits))),
    }
}

fn page(ctx: &Ctx, again: &Again, given: &str, bits: u32) -> Response {
    let t = ctx.t();
    let body = html! {
        p.usa-intro { (t.say("public-work-about")) }
        form method="post" action=(again.to) data-work=(given) data-bits=(bits) {
            (again.carries)
            input type="hidden" name=(GIVEN) value=(given);
            input type="hidden" name=(FOUND) value="";
            div hidden role="status" data-says=(t.say("public-work-doing")) data-done=(t.say("public-work-done")) {}
            div data-waits {
                p { (t.say("public-work-wait")) }
                button.usa-button type="submit" { (t.say("public-work-go-on")) }
            }
        }
        p { (t.say("public-work-why")) }
        (phone_line(ctx))
    };
    let page = Page::new(t.say("public-work-title"), body).with(SCRIPT).no_switch().render(ctx);
    let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    let wait = HeaderValue::from(desk::WAIT.as_secs());
    response.headers_mut().insert(header::RETRY_AFTER, wait);
    response
}

//! Dangerous acts ask for a fresh proof of who is at the keyboard, and then go on where they were.
//!
//! The page that asks holds every field of the form that was sent and sends them to the same address again, with the proof
//! beside them. What is behind the door sees the form as it was.

use super::{Door, frame::Seat, password::fits};
use crate::{
    App,
    core::{Errors, Fields, Form, Page, WebError, limits::Gate},
    parts::{self, Input},
};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{access::can, pii::Pii};
use locale::args;
use maud::html;

/// The field of the proof.
const PASSWORD: &str = "proof-password";

/// What comes of asking.
enum Asked {
    /// They proved it: the form as it was.
    Proved(Fields),
    /// They have not yet: the page that asks.
    Page(Box<Response>),
}

/// Stands before a dangerous act. Whoever may not do it is never asked: for them it is not there.
pub(super) async fn ask(State((app, door)): State<(App, Door)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let seat = match Seat::from_request_parts(&mut parts, &app).await {
        Ok(seat) => seat,
        Err(sign_in_first) => return sign_in_first,
    };
    let may = match door {
        Door::Open | Door::SignedIn => true,
        Door::May(action) => can(&seat.me.staff, action, None).is_ok(),
    };
    if !may || app.desk.is_fresh(&seat.caller_once(), &seat.me.session) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let asked = Request::from_parts(parts.clone(), body);
    match prove(&seat, asked).await {
        Ok(Asked::Proved(fields)) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            next.run(Request::from_parts(parts, Body::from(fields.encoded()))).await
        }
        Ok(Asked::Page(page)) => *page,
        Err(error) => error.into_response(),
    }
}

async fn prove(seat: &Seat, request: Request) -> Result<Asked, WebError> {
    let ctx = &seat.ctx;
    let mut fields = Fields::from_request(request, &ctx.app).await?;
    let Some(password) = fields.take(PASSWORD).into_iter().next() else {
        return Ok(Asked::Page(Box::new(page(seat, &fields, StatusCode::FORBIDDEN, &Errors::none()))));
    };
    ctx.limit(Gate::SignIn)?;
    super::sign_in::hold_back(ctx, &seat.me.staff.sign_in).await;
    if !fits(Some(&seat.me.staff), Pii::new(password)).await? {
        metrics::counter!("anteroom_sign_ins_failed_total", "door" => "proof").increment(1);
        let mut errors = Errors::none();
        errors.add(PASSWORD, ctx.t().say("account-proof-wrong"));
        return Ok(Asked::Page(Box::new(page(seat, &fields, StatusCode::UNPROCESSABLE_ENTITY, &errors))));
    }
    ctx.app.desk.prove_anew(&seat.caller_once(), &seat.me.session).await?;
    Ok(Asked::Proved(fields))
}

fn page(seat: &Seat, fields: &Fields, status: StatusCode, errors: &Errors) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let nothing = Fields::default();
    let form = Form::new(&nothing, errors);
    let minutes = i64::from(ctx.app.desk.sessions().fresh_minutes);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { (t.say_with("account-proof-why", &args! { "n" => minutes })) }
        p { (t.say("account-proof-kept")) }
        form.usa-form method="post" action=(ctx.url(&ctx.rest)) {
            @for (name, values) in &fields.0 {
                @for value in values { input type="hidden" name=(name) value=(value); }
            }
            (parts::input(&form, &Input { name: PASSWORD, label: &t.say("staff-sign-in-password"), kind: "password",
                autocomplete: "current-password", longest: super::sign_in::LONGEST, ..Input::default() }))
            button.usa-button type="submit" { (t.say("account-proof-go-on")) }
        }
        p { a.usa-link href=(ctx.url("/staff")) { (t.say("account-proof-leave")) } }
    };
    let page = Page::new(t.say("account-proof-title"), body).bare().with("staff.css").no_switch();
    (status, page.render(ctx)).into_response()
}

//! Dangerous acts ask for a fresh proof of who is at the keyboard, and then go on where they were.
//!
//! The page that asks holds every field of the form that was sent and sends them to the same address again, with the proof
//! beside them. What is behind the door sees the form as it was.

use super::{
    Door,
    frame::Seat,
    password::fits,
    provider,
    second::{self, passkey},
};
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
use desk::{DeskError, Given};
use domain::{access::can, account::LONGEST_PASSWORD, pii::Pii, second::Proofs};
use locale::args;
use maud::html;

/// The fields of the proof: one of them is enough, since the session itself is another.
const PASSWORD: &str = "proof-password";
const CODE: &str = "proof-code";
const PREFIX: &str = "proof-";

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
    let proofs = ctx.app.desk.proofs(seat.me.staff.id).await?;
    let password = fields.take(PASSWORD).into_iter().next();
    let code = fields.take(CODE).into_iter().next().filter(|code| !code.trim().is_empty());
    let code = code.map(|code| Given::Code(code.chars().take(second::LONGEST_CODE).collect()));
    let given = passkey::take(ctx, &mut fields, PREFIX).or(code);
    let again = |fields: &Fields, status, field: &str, sentence: String| {
        let mut errors = Errors::none();
        if !field.is_empty() {
            metrics::counter!("anteroom_sign_ins_failed_total", "door" => "proof").increment(1);
            errors.add(field, sentence);
        }
        Ok(Asked::Page(Box::new(page(seat, &proofs, fields, status, &errors))))
    };
    match (&given, password) {
        (None, None) => return again(&fields, StatusCode::FORBIDDEN, "", String::new()),
        (Some(given), _) => second::try_at(ctx, seat.me.staff.id, given)?,
        (None, Some(password)) => {
            ctx.limit(Gate::SignIn)?;
            super::sign_in::hold_back(ctx, &seat.me.staff.sign_in).await;
            if !fits(Some(&seat.me.staff), Pii::new(password)).await? {
                let sentence = ctx.t().say("account-proof-wrong");
                return again(&fields, StatusCode::UNPROCESSABLE_ENTITY, PASSWORD, sentence);
            }
        }
    }
    match ctx.app.desk.prove_anew(&seat.caller_once(), &seat.me.session, given.as_ref()).await {
        Ok(()) => Ok(Asked::Proved(fields)),
        Err(DeskError::Proof(why)) => {
            again(&fields, StatusCode::UNPROCESSABLE_ENTITY, CODE, second::says(ctx.t(), why))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(seat: &Seat, proofs: &Proofs, fields: &Fields, status: StatusCode, errors: &Errors) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let kept = html! {
        @for (name, values) in &fields.0 {
            @for value in values { input type="hidden" name=(name) value=(value); }
        }
    };
    let nothing = Fields::default();
    let form = Form::new(&nothing, errors);
    let minutes = i64::from(ctx.app.desk.sessions().fresh_minutes);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { (t.say_with("account-proof-why", &args! { "n" => minutes })) }
        p { (t.say("account-proof-kept")) }
        (provider::way_to_prove(seat))
        form.usa-form method="post" action=(ctx.url(&ctx.rest)) {
            (kept)
            @if !seat.me.staff.is_federated() {
            (parts::input(&form, &Input { name: PASSWORD, label: &t.say("staff-sign-in-password"), kind: "password",
                autocomplete: "current-password", longest: LONGEST_PASSWORD, ..Input::default() }))
            }
            @if proofs.any() {
                (parts::input(&form, &Input { name: CODE, label: &t.say("second-code-instead"),
                    hint: &t.say("second-code-hint"), autocomplete: "one-time-code", longest: second::LONGEST_CODE,
                    verbatim: true, ..Input::default() }))
            }
            button.usa-button type="submit" { (t.say("account-proof-go-on")) }
        }
        @if !proofs.passkeys.is_empty() {
            (passkey::ask(ctx, &passkey::Ask { to: &ctx.url(&ctx.rest), prefix: PREFIX, hidden: kept,
                allow: &proofs.passkeys, label: &t.say("second-passkey-use") }))
        }
        p { a.usa-link href=(ctx.url("/staff")) { (t.say("account-proof-leave")) } }
    };
    let page = Page::new(t.say("account-proof-title"), body)
        .bare()
        .with("staff.css")
        .with(passkey::SCRIPT)
        .no_switch();
    (status, page.render(ctx)).into_response()
}

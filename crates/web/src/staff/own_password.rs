//! One's own password: another one, and the first of one's own for whoever was given one.

use super::{
    frame::{Seat, Tab},
    password,
};
use crate::{
    core::{Errors, Fields, Form, Page, WebError},
    parts::{self, Alert, Input, alert},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    account::{LONGEST_PASSWORD, PasswordFault, SHORTEST_PASSWORD, password_fault},
    pii::Pii,
};
use locale::args;
use maud::html;

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    if seat.me.staff.is_federated() {
        return Err(WebError::NotFound);
    }
    Ok(show(&seat, StatusCode::OK, &Errors::none()))
}

fn show(seat: &Seat, status: StatusCode, errors: &Errors) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let first = seat.me.staff.first_password.is_some();
    // A password never stands in a page, not even the one that was just typed.
    let nothing = Fields::default();
    let form = Form::new(&nothing, errors);
    let least = i64::try_from(SHORTEST_PASSWORD).unwrap_or(i64::MAX);
    let body = html! {
        (parts::error_summary(ctx, errors))
        @if first { (alert(Alert::Warning, &t.say("password-first-title"), &html! { p { (t.say("password-first")) } })) }
        form.usa-form method="post" action=(ctx.url("/staff/account/password")) {
            (parts::key(ctx))
            // For whatever keeps passwords: whose this is.
            label for="username" hidden { (t.say("staff-sign-in-name")) }
            input #username type="text" name="username" value=(seat.me.staff.sign_in) autocomplete="username" readonly hidden;
            (parts::input(&form, &Input { name: "password", label: &t.say("password-new"), kind: "password",
                hint: &t.say_with("password-hint", &args! { "n" => least }), autocomplete: "new-password",
                longest: LONGEST_PASSWORD, ..Input::default() }))
            (parts::input(&form, &Input { name: "again", label: &t.say("password-again"), kind: "password",
                autocomplete: "new-password", longest: LONGEST_PASSWORD, ..Input::default() }))
            p { (t.say("password-others")) }
            button.usa-button type="submit" { (t.say("password-choose")) }
        }
        @if first {
            (parts::post_button(ctx, &ctx.url("/staff/sign-out"), &t.say("staff-sign-out"), "usa-button--unstyled"))
        } @else {
            p { a.usa-link href=(ctx.url("/staff/account")) { (t.say("second-back")) } }
        }
    };
    // Whoever must choose one sees nothing else, so nothing else is linked.
    let page = if first {
        Page::new(t.say("password-title"), body).bare().with("staff.css")
    } else {
        seat.page(t.say("password-title"), Tab::Account, body)
    };
    let page = if errors.is_empty() { page } else { page.no_switch() };
    (status, page.render(ctx)).into_response()
}

pub(super) async fn choose(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let staff = &seat.me.staff;
    if staff.is_federated() {
        return Err(WebError::NotFound);
    }
    let t = seat.t();
    // Taken as they were typed: a password may begin or end with a space.
    let (chosen, again) = (fields.verbatim("password"), fields.verbatim("again"));
    let mut errors = Errors::none();
    let fault = password_fault(chosen, &staff.sign_in);
    if let Some(fault) = fault {
        errors.add(
            "password",
            match fault {
                PasswordFault::TooShort => t.say("password-fault-short"),
                PasswordFault::TooLong => t.say("password-fault-long"),
                PasswordFault::Simple => t.say("password-fault-simple"),
                PasswordFault::Named => t.say("password-fault-named"),
            },
        );
    } else if chosen != again {
        errors.add("again", t.say("password-fault-again"));
    } else if password::fits(Some(staff), Pii::new(chosen.to_owned())).await? {
        errors.add("password", t.say("password-fault-same"));
    }
    if !errors.is_empty() {
        return Ok(show(&seat, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let hash = password::hashed(&seat.ctx, Pii::new(chosen.to_owned())).await?;
    let caller = seat.caller_once();
    seat.ctx.app.desk.choose_password(&caller, seat.me.session.id, &hash).await?;
    let to = if staff.first_password.is_some() { "/staff" } else { "/staff/account?did=password" };
    Ok(Redirect::to(&seat.ctx.url(to)).into_response())
}

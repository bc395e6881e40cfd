//! Closing an account, opening it again, and a first password for whoever has lost theirs.

use super::{
    At, back, find,
    form::{LONGEST_BECAUSE, because},
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, alert},
    staff::{
        frame::{Seat, Tab},
        password as hashing,
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::{
    account::{AccountRefused, FIRST_PASSWORD_HOURS, may_rule},
    actor::Staff,
    pii::Pii,
};
use locale::args;
use maud::{Markup, html};

/// The buttons that close it, open it, and give a password: nobody's own, and none where a provider keeps the account.
pub(super) fn show(seat: &Seat, staff: &Staff, held: usize) -> Markup {
    if may_rule(seat.me.staff.id, staff).is_err() {
        return html! {};
    }
    let (t, ctx) = (seat.t(), &seat.ctx);
    let to = |what: &str| ctx.url(&format!("/staff/people/{}/{what}", staff.id));
    let (fields, errors) = (Fields::default(), Errors::none());
    let form = Form::new(&fields, &errors);
    html! {
        @if staff.active {
            section aria-labelledby="password" {
                h2 #password { (t.say("people-password")) }
                @if let Some(until) = staff.first_password {
                    p { (t.say_with("people-password-first", &args! {
                        "moment" => t.moment(until, seat.zone().name(), ctx.now) })) }
                }
                p { (t.say_with("people-password-about", &args! { "n" => FIRST_PASSWORD_HOURS })) }
                form method="post" action=(to("password")) {
                    (parts::key(ctx))
                    button.usa-button.usa-button--outline type="submit" name="give" value="yes" { (t.say("people-password-give")) }
                }
            }
            section aria-labelledby="close" {
                h2 #close { (t.say("people-close")) }
                p { (t.say("people-close-about")) }
                form.usa-form method="post" action=(to("close")) {
                    (parts::key(ctx))
                    @if held > 0 { (because(seat, &form, held)) }
                    button.usa-button.usa-button--secondary type="submit" name="close" value="yes" { (t.say("people-close")) }
                }
            }
        } @else {
            section aria-labelledby="open" {
                h2 #open { (t.say("people-open")) }
                p { (t.say("people-open-about")) }
                form method="post" action=(to("open")) {
                    (parts::key(ctx))
                    button.usa-button type="submit" { (t.say("people-open")) }
                }
            }
        }
    }
}

pub(in crate::staff) async fn close(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    if fields.get("because").chars().count() > LONGEST_BECAUSE {
        return Err(WebError::TooLarge);
    }
    if fields.get("close") != "yes" {
        return Ok(back(&seat, &staff, ""));
    }
    let caller = seat.caller(fields.key("close-account"));
    match seat.ctx.app.desk.close_account(&caller, staff.id, fields.get("because")).await {
        Ok(()) => Ok(back(&seat, &staff, "?did=closed")),
        Err(DeskError::Account(AccountRefused::ReasonNeeded)) => Ok(back(&seat, &staff, "?did=calls")),
        Err(error) => Err(error.into()),
    }
}

pub(in crate::staff) async fn open(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    seat.ctx.app.desk.open_account(&seat.caller(fields.key("open-account")), staff.id).await?;
    Ok(back(&seat, &staff, "?did=opened"))
}

pub(in crate::staff) async fn password(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    if fields.get("give") != "yes" {
        return Ok(back(&seat, &staff, ""));
    }
    let desk = &seat.ctx.app.desk;
    let first = desk.new_password();
    let hash = hashing::hashed(&seat.ctx, first.clone()).await?;
    let made = desk.give_password(&seat.caller(fields.key("give-password")), staff.id, &hash).await?;
    // Sent twice, the first one stands, and nobody knows it but whoever saw it.
    if made.repeated {
        return Ok(back(&seat, &made.staff, "?did=given"));
    }
    Ok(shown_once(&seat, &made.staff, &first))
}

/// The page that shows a first password, this once: it is kept nowhere.
pub(super) fn shown_once(seat: &Seat, staff: &Staff, first: &Pii<String>) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let body = html! {
        (alert(Alert::Success, &t.say("people-shown-title"), &html! { p { (t.say("people-shown-once")) } }))
        dl.facts {
            div { dt { (t.say("account-people-col-sign-in")) } dd { bdi dir="ltr" { (staff.sign_in) } } }
            div { dt { (t.say("people-password-first-name")) } dd { strong { bdi dir="ltr" translate="no" { (first.reveal()) } } } }
        }
        p { (t.say_with("people-shown-next", &args! { "n" => FIRST_PASSWORD_HOURS })) }
        p { a.usa-link href=(ctx.url(&format!("/staff/people/{}", staff.id))) { (t.say("people-back")) } }
    };
    seat.page(staff.name.clone(), Tab::People, body).no_switch().render(ctx).into_response()
}

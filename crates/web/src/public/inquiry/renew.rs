//! Whoever acts for the person is sent a new link, also with another last day.

use super::{back, delegates::prove_first, done, path};
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, proof};
use crate::parts::{Alert, alert, error_summary, key};
use crate::public::delegates;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::{
    delegate::{Delegate, DelegateRules},
    inquiry::Inquiry,
    refusal::Refusal,
};
use jiff::SignedDuration;
use locale::args;
use maud::{Markup, html};

/// The name of the field with the last day.
const UNTIL: &str = "renew_until";

fn here(inquiry: &Inquiry, nth: u8) -> String {
    path(inquiry, &format!("/delegates/{nth}/link"))
}

/// The way to the form.
pub(super) fn link(ctx: &Ctx, inquiry: &Inquiry, delegate: &Delegate) -> Markup {
    let label = ctx.t().say_with("delegate-renew", &args! { "name" => delegate.name.reveal().as_str() });
    html! { p { a.usa-link href=(ctx.url(&here(inquiry, delegate.nth))) { (label) } } }
}

/// The form as it is filled at first: with the last day that they have.
fn filled(inquiry: &Inquiry, delegate: &Delegate) -> Fields {
    let last = delegate.until.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(delegate.until);
    let day = inquiry.reach.zone.date(last);
    let mut fields = Fields::default();
    fields.set(&format!("{UNTIL}_month"), day.month().to_string());
    fields.set(&format!("{UNTIL}_day"), day.day().to_string());
    fields.set(&format!("{UNTIL}_year"), day.year().to_string());
    fields
}

fn form(
    ctx: &Ctx,
    (inquiry, delegate): (&Inquiry, &Delegate),
    rules: &DelegateRules,
    note: &Markup,
    fields: &Fields,
    errors: &Errors,
) -> Markup {
    let t = ctx.t();
    let whose = args! { "name" => delegate.name.reveal().as_str() };
    let body = html! {
        (error_summary(ctx, errors))
        (note)
        p { (t.say_with("delegate-renew-about", &whose)) }
        form.usa-form.usa-form--large method="post" action=(ctx.url(&here(inquiry, delegate.nth))) novalidate {
            (key(ctx))
            (delegates::until(ctx, &Form::new(fields, errors), UNTIL, inquiry, rules))
            button.usa-button type="submit" { (t.say("delegate-renew-do")) }
        }
    };
    Page::new(t.say("delegate-renew-title"), body).above(back(ctx, inquiry)).render(ctx)
}

pub(super) async fn ask(
    ctx: Ctx,
    Path((_, number, nth)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let nth: u8 = nth.parse().map_err(|_| WebError::NotFound)?;
    let rules = own.inquiry.takes_delegates(ctx.app.desk.delegate_rules(), None)?;
    if let Some(first) = prove_first(&ctx, &own.inquiry, &ctx.t().say("delegate-prove")) {
        return Ok(first);
    }
    let delegate = own.inquiry.delegate_now(nth, ctx.now)?;
    let fields = filled(&own.inquiry, delegate);
    Ok(form(&ctx, (&own.inquiry, delegate), rules, &html! {}, &fields, &Errors::none()).into_response())
}

pub(super) async fn renew(
    ctx: Ctx,
    Path((_, number, nth)): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let nth: u8 = nth.parse().map_err(|_| WebError::NotFound)?;
    let desk = &ctx.app.desk;
    let rules = own.inquiry.takes_delegates(desk.delegate_rules(), None)?;
    if let Some(first) = prove_first(&ctx, &own.inquiry, &ctx.t().say("delegate-prove")) {
        return Ok(first);
    }
    let whose = (&own.inquiry, own.inquiry.delegate_now(nth, ctx.now)?);
    let mut errors = Errors::none();
    let last_day = delegates::read_until(&ctx, &fields, UNTIL, &mut errors);
    if !errors.is_empty() {
        let page = form(&ctx, whose, rules, &html! {}, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let caller = ctx.caller(own.who(), fields.key("delegate-renew"));
    match Box::pin(desk.renew_delegate(&caller, own.inquiry.id, nth, last_day, None)).await {
        Ok(_) => Ok(done(&ctx, &own.inquiry, "delegate-resent")),
        Err(
            error @ DeskError::Refused(
                Refusal::DelegateDays { .. } | Refusal::DelegateLinkSoon | Refusal::DelegateUnreachable,
            ),
        ) => {
            let error = WebError::Desk(error);
            let (wrong, next) = error.says(ctx.t());
            let note = alert(Alert::Error, &wrong, &html! { p { (next) } });
            let page = form(&ctx, whose, rules, &note, &fields, &errors);
            Ok((error.status(), page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

//! Who may act for the person: named and ended on their page; and the page as it is to whoever acts for them.

use super::{back, done, path, renew};
use crate::core::{
    Ctx, Errors, Fields, Form, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{Alert, alert, error_summary, key, phone_line, post_button};
use crate::public::delegates;
use axum::{
    extract::Path,
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    delegate::{Delegate, DelegateRules},
    inquiry::Inquiry,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};

/// The last day of what lasts until a midnight of the person's.
pub(super) fn last_day(ctx: &Ctx, inquiry: &Inquiry, until: Timestamp) -> String {
    let zone = &inquiry.reach.zone;
    let last = until.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(until);
    ctx.t().on_day(zone.date(last), zone.date(ctx.now))
}

/// To whoever acts for the person: for whom they do, what they may, and until when.
pub(super) fn banner(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let Some(delegate) = own.delegate() else { return html! {} };
    let end = ctx.url(&path(inquiry, &format!("/delegates/{}/end", delegate.nth)));
    let whose = args! { "name" => inquiry.name.full().into_inner() };
    let body = html! {
        p { (t.say_with("delegate-banner-whose", &whose)) }
        p { (t.say_with("delegate-banner-may", &args! { "acts" => delegates::acts(ctx, delegate.may.iter().copied()) })) }
        p { (t.say_with("delegate-banner-until", &args! { "day" => last_day(ctx, inquiry, delegate.until) })) }
        (post_button(ctx, &end, &t.say("delegate-leave"), "usa-button--outline"))
    };
    alert(Alert::Info, &t.say("delegate-banner"), &body)
}

/// Who may act for the person, with ways to end it and to name others.
pub(super) fn section(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let open = inquiry.takes_delegates(ctx.app.desk.delegate_rules(), None).is_ok();
    let live: Vec<&Delegate> = inquiry.delegates_now(ctx.now).collect();
    html! {
        @if own.is_person() && (open || !live.is_empty()) {
            section {
                h2 { (t.say("delegate-title")) }
                p { (t.say("delegate-about")) }
                @if !live.is_empty() {
                    ul.usa-list {
                        @for delegate in live {
                            li {
                                strong { bdi { (delegate.name.reveal()) } } ", "
                                (t.say_with("delegate-until-day", &args! { "day" => last_day(ctx, inquiry, delegate.until) }))
                                br;
                                (delegates::acts(ctx, delegate.may.iter().copied()))
                                @if open { (renew::link(ctx, inquiry, delegate)) }
                                (end_button(ctx, inquiry, delegate))
                            }
                        }
                    }
                }
                @if open {
                    p { a.usa-link href=(ctx.url(&path(inquiry, "/delegates"))) { (t.say("delegate-add")) } }
                }
            }
        }
    }
}

fn end_button(ctx: &Ctx, inquiry: &Inquiry, delegate: &Delegate) -> Markup {
    let to = ctx.url(&path(inquiry, &format!("/delegates/{}/end", delegate.nth)));
    let label = ctx.t().say_with("delegate-end", &args! { "name" => delegate.name.reveal().as_str() });
    post_button(ctx, &to, &label, "usa-button--outline")
}

fn form(
    ctx: &Ctx,
    inquiry: &Inquiry,
    rules: &DelegateRules,
    note: &Markup,
    fields: &Fields,
    errors: &Errors,
) -> Markup {
    let t = ctx.t();
    let body = html! {
        (error_summary(ctx, errors))
        (note)
        p { (t.say("delegate-add-about")) }
        p { (t.say("delegate-never")) }
        form.usa-form.usa-form--large method="post" action=(ctx.url(&path(inquiry, "/delegates"))) novalidate {
            (key(ctx))
            (delegates::fields(ctx, &Form::new(fields, errors), inquiry, rules))
            button.usa-button type="submit" { (t.say("delegate-keep")) }
        }
    };
    Page::new(t.say("delegate-add"), body).above(back(ctx, inquiry)).render(ctx)
}

/// A link alone may be read by others: whoever gives others a way in shows first who they are.
pub(super) fn prove_first(ctx: &Ctx, inquiry: &Inquiry, why: &str) -> Option<Response> {
    if !proof::came_by_message(ctx, inquiry.number) {
        return None;
    }
    let t = ctx.t();
    let body = html! {
        p.usa-intro { (why) }
        p { a.usa-button href=(ctx.url("/inquiry")) { (t.say("delegate-prove-go")) } }
        (phone_line(ctx))
    };
    let page = Page::new(t.say("delegate-prove-title"), body).above(back(ctx, inquiry)).no_switch();
    Some((StatusCode::CONFLICT, page.render(ctx)).into_response())
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let rules = own.inquiry.takes_delegates(ctx.app.desk.delegate_rules(), None)?;
    if let Some(first) = prove_first(&ctx, &own.inquiry, &ctx.t().say("delegate-prove")) {
        return Ok(first);
    }
    Ok(form(&ctx, &own.inquiry, rules, &html! {}, &Fields::default(), &Errors::none()).into_response())
}

pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let desk = &ctx.app.desk;
    let rules = own.inquiry.takes_delegates(desk.delegate_rules(), None)?;
    if let Some(first) = prove_first(&ctx, &own.inquiry, &ctx.t().say("delegate-prove")) {
        return Ok(first);
    }
    let mut errors = Errors::none();
    let Some(new) = delegates::read(&ctx, &fields, &mut errors) else {
        let page = form(&ctx, &own.inquiry, rules, &html! {}, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let caller = ctx.caller(own.who(), fields.key("delegate"));
    match desk.name_delegate(&caller, own.inquiry.id, &new, None).await {
        Ok(_) => Ok(done(&ctx, &own.inquiry, "delegate-named")),
        // What was typed stands in the form again, below why not.
        Err(
            error @ DeskError::Refused(
                Refusal::DelegateDays { .. }
                | Refusal::DelegatesFull { .. }
                | Refusal::NotDelegable
                | Refusal::DelegateUnreachable,
            ),
        ) => {
            let error = WebError::Desk(error);
            let (wrong, next) = error.says(ctx.t());
            let note = alert(Alert::Error, &wrong, &html! { p { (next) } });
            let page = form(&ctx, &own.inquiry, rules, &note, &fields, &errors);
            Ok((error.status(), page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends a delegate: by the person, or by the delegate.
pub(super) async fn end(
    ctx: Ctx,
    Path((_, number, nth)): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or_any(&ctx, &number).await?;
    let nth: u8 = nth.parse().map_err(|_| WebError::NotFound)?;
    let caller = ctx.caller(own.who(), fields.key("delegate-end"));
    ctx.app.desk.end_delegate(&caller, own.inquiry.id, nth, None).await?;
    if own.is_person() {
        return Ok(done(&ctx, &own.inquiry, "delegate-ended"));
    }
    let set = [(SET_COOKIE, proof::forget(&ctx, own.inquiry.number))];
    Ok((set, Redirect::to(&ctx.url(""))).into_response())
}

//! The promised call: chosen, moved, given back, by the person.

use super::{
    back,
    choose::{self, Offer, by_day, none_chosen},
    done, path, sure,
};
use crate::core::{
    Ctx, Errors, Fields, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{Alert, alert, error_summary, phone_line};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    delegate::DelegateAct,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// How many windows are read, and over how many days they are shown.
const WINDOWS: usize = 60;
const DAYS: usize = 7;

fn may_take(inquiry: &Inquiry, now: Timestamp) -> Result<(), Refusal> {
    let instead = inquiry.may_choose_after_closing(now).is_some();
    if instead || inquiry.may_choose_window() || matches!(inquiry.stage, Stage::Promised(_)) {
        Ok(())
    } else {
        Err(Refusal::WrongStage { stage: inquiry.stage.as_str().to_owned() })
    }
}

pub(super) async fn times(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Call).await?;
    list(&ctx, &own, &Errors::none()).await
}

async fn list(ctx: &Ctx, own: &Own, errors: &Errors) -> Result<Markup, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    may_take(inquiry, ctx.now)?;
    let offers: Vec<Offer> = ctx
        .app
        .desk
        .windows(inquiry, ctx.now, WINDOWS)
        .await?
        .into_iter()
        .map(|offer| Offer {
            value: offer.window.start.to_string(),
            start: offer.window.start,
            label: t.say_with(
                "public-window-label",
                &args! {
                    "from" => t.time(offer.window.local_start().time()),
                    "until" => t.time(offer.window.local_end().time()),
                },
            ),
        })
        .collect();
    let body = if offers.is_empty() {
        html! {
            (alert(Alert::Info, "", &html! { (t.say("public-call-none")) }))
            p { (t.say("public-call-none-next")) }
            (phone_line(ctx))
        }
    } else {
        html! {
            (error_summary(ctx, errors))
            @if let Some(callback) = inquiry.callback() {
                p { (t.say_with("public-call-now", &args! { "window" => window(ctx, &callback.window) })) }
            }
            form method="post" action=(ctx.url(&path(inquiry, "/call/time"))) {
                (by_day(ctx, &t.say("public-call-time-title"), &inquiry.reach.zone, &offers, DAYS, errors))
                button.usa-button type="submit" { (t.say("public-continue")) }
            }
        }
    };
    Ok(Page::new(t.say("public-call-time-title"), body).above(back(ctx, inquiry)).render(ctx))
}

/// A window in words.
pub(super) fn window(ctx: &Ctx, window: &domain::calendar::windows::Window) -> String {
    ctx.t().window(window.start, window.end, window.zone.name(), ctx.now)
}

/// First shows what was chosen; once that is confirmed, does it.
pub(super) async fn take(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Call).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let Ok(start) = fields.get("start").parse::<Timestamp>() else {
        let list = list(&ctx, &own, &none_chosen(&ctx)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list).into_response());
    };
    if fields.ticked("sure") {
        let caller = ctx.caller(own.who(), fields.key("call"));
        // Asked again after it was done, the stage has moved on; the desk then answers as before.
        if inquiry.may_choose_window() {
            ctx.app.desk.promise_callback(&caller, inquiry.id, start, None).await?;
            return Ok(done(&ctx, inquiry, "call-chosen"));
        }
        if inquiry.may_choose_after_closing(ctx.now).is_some() {
            ctx.app.desk.call_instead(&caller, inquiry.id, start).await?;
            return Ok(done(&ctx, inquiry, "call-chosen"));
        }
        ctx.app.desk.move_callback(&caller, inquiry.id, start).await?;
        return Ok(done(&ctx, inquiry, "call-moved"));
    }
    may_take(inquiry, ctx.now)?;
    let offers = ctx.app.desk.windows(inquiry, ctx.now, WINDOWS).await?;
    let Some(offer) = offers.into_iter().find(|offer| offer.window.start == start) else {
        return Err(Refusal::NotOffered.into());
    };
    let says = html! {
        p.usa-intro { (t.opening(&window(&ctx, &offer.window))) }
        @if let Some(callback) = inquiry.callback() {
            p { (t.say_with("public-call-instead", &args! { "window" => window(&ctx, &callback.window) })) }
        }
        @if let Some(visit) = inquiry.appointment() {
            p { (t.say_with("public-call-instead-of-visit", &args! {
                "moment" => t.moment(visit.start, visit.zone.name(), ctx.now) })) }
        }
    };
    let heading = t.say("public-call-sure-title");
    Ok(choose::sure(&ctx, inquiry, heading, &says, "/call/time", &start.to_string()).into_response())
}

pub(super) async fn ask_cancel(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Call).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let Stage::Promised(callback) = &inquiry.stage else {
        return Err(Refusal::WrongStage { stage: inquiry.stage.as_str().to_owned() }.into());
    };
    let says = html! {
        p { (t.say_with("public-call-now", &args! { "window" => window(&ctx, &callback.window) })) }
        p { (t.say("public-call-cancel-then")) }
    };
    let button = t.say("public-call-cancel");
    Ok(sure(&ctx, inquiry, t.say("public-call-cancel-title"), &says, "/call/cancel", &button))
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Call).await?;
    let caller = ctx.caller(own.who(), fields.key("call-cancel"));
    ctx.app.desk.cancel_callback(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "call-cancelled"))
}

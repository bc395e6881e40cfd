//! Programs that are told what happens, as administrators see them: how far each was told, and telling it again.

use super::{
    account::Asked,
    frame::{Seat, Tab},
    signs,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Input, alert},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    hook::{Hook, HookFailure, HookState},
    journal::Seq,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let did = (asked.did == "again")
        .then(|| alert(Alert::Success, "", &html! { p { (seat.t().say("hook-did")) } }));
    Ok(show(&seat, did, &Fields::default(), &Errors::none()).await?.into_response())
}

/// Lets one of them be told again.
pub(super) async fn again(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let Ok(after) = fields.get("after").trim().parse() else {
        let mut errors = Errors::none();
        errors.add("after", seat.t().say("hook-after-bad"));
        let page = show(&seat, None, &fields, &errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let caller = seat.caller(fields.key("rewind-hook"));
    seat.ctx.app.desk.rewind_hook(&caller, fields.get("hook"), Seq(after)).await?;
    Ok(Redirect::to(&seat.ctx.url("/staff/webhooks?did=again")).into_response())
}

async fn show(
    seat: &Seat,
    note: Option<Markup>,
    typed: &Fields,
    errors: &Errors,
) -> Result<Markup, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let (hooks, end) = ctx.app.desk.hooks(&seat.caller_once()).await?;
    let body = html! {
        (parts::error_summary(ctx, errors))
        @if let Some(note) = note { (note) }
        p { (t.say("hook-intro")) }
        @if hooks.is_empty() { p { (t.say("hook-none")) } } @else {
            div.desk-scroll role="region" tabindex="0" aria-labelledby="hooks-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #hooks-caption { (t.say_with("hook-caption", &args! { "end" => int(end.0) })) }
                    thead { tr {
                        th scope="col" { (t.say("hook-col-name")) }
                        th scope="col" { (t.say("hook-col-state")) }
                        th scope="col" { (t.say("hook-col-after")) }
                        th scope="col" { (t.say("hook-col-told")) }
                        th scope="col" { (t.say("hook-col-again")) }
                    } }
                    tbody { @for (name, hook) in &hooks { (row(seat, name, hook, end, typed, errors)) } }
                }
            }
        }
    };
    Ok(seat.page(t.say("hook-title"), Tab::Hooks, body).render(ctx))
}

fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn row(seat: &Seat, name: &str, hook: &Hook, end: Seq, typed: &Fields, errors: &Errors) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let mine = typed.get("hook") == name;
    let mut fields = Fields::default();
    fields.set("after", if mine { typed.get("after").to_owned() } else { hook.after.0.to_string() });
    let none = Errors::none();
    let form = Form::new(&fields, if mine { errors } else { &none });
    html! {
        tr {
            th scope="row" { bdi { (name) } }
            td { (state(seat, hook, end)) }
            td.desk-number { (t.number(int(hook.after.0))) }
            td { @if let Some(told) = hook.told { (moment(seat, told)) } @else { (t.say("hook-never")) } }
            td {
                form method="post" action=(ctx.url("/staff/webhooks")) {
                    (parts::key(ctx))
                    input type="hidden" name="hook" value=(name);
                    (parts::input(&form, &Input { name: "after", label: &t.say("hook-after"), hint: &t.say("hook-after-hint"),
                        longest: 20, verbatim: true, ..Input::default() }))
                    button.usa-button.usa-button--outline type="submit"
                        aria-label=(t.say_with("hook-again-named", &args! { "name" => name })) { (t.say("hook-again")) }
                }
            }
        }
    }
}

fn moment(seat: &Seat, at: Timestamp) -> Markup {
    let zone = seat.zone().name();
    signs::time(at, &seat.t().moment(at, zone, seat.ctx.now))
}

fn state(seat: &Seat, hook: &Hook, end: Seq) -> Markup {
    let t = seat.t();
    let say = |at: Timestamp| t.moment(at, seat.zone().name(), seat.ctx.now);
    match hook.state {
        HookState::Well => {
            let behind = end.0.saturating_sub(hook.after.0);
            html! {
                (t.say("hook-state-well"))
                @if behind > 0 { br; (t.say_with("hook-state-behind", &args! { "count" => int(behind) })) }
            }
        }
        HookState::Failing { since, tries, why, next } => html! {
            strong { (t.say_with("hook-state-failing", &args! {
                "why" => reason(seat, why), "tries" => i64::from(tries), "since" => say(since), "next" => say(next) })) }
        },
        HookState::Stopped { since, why } => html! {
            strong { (t.say_with("hook-state-stopped", &args! { "why" => reason(seat, why), "since" => say(since) })) }
        },
    }
}

fn reason(seat: &Seat, why: HookFailure) -> String {
    let t = seat.t();
    match why {
        HookFailure::Unreachable => t.say("hook-why-unreachable"),
        HookFailure::Timeout => t.say("hook-why-timeout"),
        HookFailure::Status(status) => {
            t.say_with("hook-why-status", &args! { "status" => status.to_string() })
        }
    }
}

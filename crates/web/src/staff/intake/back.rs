//! What was said, read back and mended; how soon, and how it goes on.

use super::{LONGEST, carried, in_language, urgency};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert, summary},
    public::request::whole,
    staff::{
        frame::{Seat, Tab},
        inquiry::advice,
        line::escalate,
        signs,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{
    DeskError,
    acts::{Foreseen, RequestMeeting},
};
use domain::{ids::InquiryId, refusal::Refusal, urgency::Urgency};
use maud::{Markup, html};

/// What is asked here.
const HERE: [&str; 6] = ["urgency", "urgency-because", "goes", "because", "summary", "window"];

/// The answers read back, with what the policy says of them; or that there is such an inquiry already.
pub(super) async fn show(
    seat: &Seat,
    fields: &Fields,
    ask: &RequestMeeting,
    note: Option<(StatusCode, Markup)>,
    mut errors: Errors,
) -> Result<Response, WebError> {
    let t = seat.t();
    let (desk, caller) = (&seat.ctx.app.desk, seat.caller_once());
    let chosen = urgency(fields);
    let ahead = match Box::pin(desk.look_ahead(&caller, ask, chosen, escalate::WINDOWS)).await {
        Ok(ahead) => ahead,
        Err(DeskError::Refused(Refusal::AlreadyLive { inquiry, .. })) => {
            return already(seat, fields, inquiry).await;
        }
        Err(DeskError::Refused(refusal @ (Refusal::NoOfficeForZip | Refusal::NoSuchReason))) => {
            let field = if refusal == Refusal::NoSuchReason { "reason" } else { "zip" };
            errors.add(field, WebError::Desk(refusal.into()).says(t).0);
            let page = super::form::show(seat, fields, &errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let (status, note) = match note {
        Some((status, note)) => (status, Some(note)),
        None if errors.is_empty() => (StatusCode::OK, None),
        None => (StatusCode::UNPROCESSABLE_ENTITY, None),
    };
    let mut filled = fields.clone();
    if chosen.is_none() {
        filled.set("urgency", ahead.inquiry.urgency.as_str());
    }
    if fields.get("summary").is_empty() {
        // What they said in their own words is what the officer reads, unless somebody says it better.
        filled.set("summary", fields.get("words").chars().take(escalate::LONGEST).collect::<String>());
    }
    let form = Form::new(&filled, &errors);
    let here = seat.ctx.url("/staff/intake");
    let body = html! {
        (parts::error_summary(&seat.ctx, &errors))
        @if let Some(note) = note { div role="alert" tabindex="-1" data-focus { (note) } }
        form.intake-back method="post" action=(here) novalidate {
            (parts::key(&seat.ctx))
            (carried(fields, &HERE))
            // Whoever presses Enter in a field looks again, and takes nothing down by it.
            button.usa-sr-only type="submit" name="do" value="back" tabindex="-1" aria-hidden="true" {}
            p.usa-intro { (t.say("intake-back-about")) }
            (said(seat, fields, &here))
            h2 { (t.say("staff-urgency-legend")) }
            (how_soon(seat, &ahead, &form))
            h2 { (t.say("intake-goes")) }
            (goes_on(seat, &ahead, &form))
            p.desk-form__do {
                button.usa-button type="submit" name="do" value="file" accesskey="s" {
                    (t.say("intake-file")) " " kbd aria-hidden="true" { "S" } }
            }
        }
    };
    let page = seat.page(t.say("intake-back-title"), Tab::Intake, body).no_switch();
    Ok((status, page.render(&seat.ctx)).into_response())
}

/// Every answer in the person's language, with its way back; and in the language of this desk, where that is another.
fn said(seat: &Seat, fields: &Fields, here: &str) -> Markup {
    let spoken = in_language(seat, fields.get("lang"));
    html! {
        div.intake__read lang=(spoken.lang) dir=(spoken.t().dir().as_str()) {
            @for (title, rows) in whole::said(&spoken, fields, Some(here)) { h2 { (title) } (summary(&rows)) }
        }
        @if spoken.lang != seat.ctx.lang {
            details {
                summary { (seat.t().say("intake-back-own")) }
                @for (title, rows) in whole::said(&seat.ctx, fields, None) { h2 { (title) } (summary(&rows)) }
            }
        }
    }
}

/// What the policy recommends and why, and what is decided.
fn how_soon(seat: &Seat, ahead: &Foreseen, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let recommended = ahead.advice.urgency();
    let choices = Urgency::ALL.map(|urgency| {
        let label = t.say_of("staff-urgency", urgency.as_str());
        let label = if recommended == Some(urgency) {
            format!("{label} ({})", t.say("staff-recommended"))
        } else {
            label
        };
        Choice::new(urgency.as_str(), label).hint(t.say_of("staff-urgency-then", urgency.as_str()))
    });
    let (legend, why, hint) =
        (t.say("staff-urgency-legend"), t.say("staff-because"), t.say("staff-because-hint"));
    html! {
        (advice::brief(seat, &ahead.advice))
        (parts::radios(form, &Choices { name: "urgency", legend: &legend, quiet: true, ..Choices::default() }, &choices))
        (parts::textarea(form, &Input { name: "urgency-because", label: &why, hint: &hint, longest: LONGEST, ..Input::default() }))
        p { button.usa-button.usa-button--outline type="submit" name="do" value="back" { (t.say("intake-look")) } }
    }
}

/// A request that is looked at, or a call that is promised now.
fn goes_on(seat: &Seat, ahead: &Foreseen, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let windows = escalate::windows(seat, &ahead.windows);
    let due = ahead.inquiry.due().map(|due| t.moment(due, seat.zone().name(), seat.ctx.now));
    let ways = [
        Choice::new("request", t.say("intake-goes-request")).hint(t.say("intake-goes-then-request")),
        Choice::new("call", t.say("intake-goes-call")).hint(t.say("intake-goes-then-call")),
    ];
    html! {
        (parts::radios(form, &Choices { name: "goes", legend: &t.say("intake-goes"), quiet: true, ..Choices::default() }, &ways))
        @if let Some(due) = due { p.quiet { (t.say_with("intake-goes-due", &locale::args! { "moment" => due })) } }
        fieldset.usa-fieldset {
            legend.usa-legend { (t.say("intake-goes-if-call")) }
            @if windows.len() > 1 { (escalate::asked(seat, form, &windows)) }
            @else { p { strong { (t.say("staff-windows-none")) } " " (t.say("staff-windows-none-next")) } }
        }
    }
}

/// They have asked for this already: where it stands, for whoever may see it; to anybody else nothing that the public form does not tell.
async fn already(seat: &Seat, fields: &Fields, live: InquiryId) -> Result<Response, WebError> {
    let t = seat.t();
    let live = seat.ctx.app.desk.store().inquiry(live).await?;
    let body = html! {
        @match &live {
            Some(live) => (alert(Alert::Info, &t.say("intake-already"), &html! {
                p { (t.say("intake-already-next")) }
                p { a.usa-button href=(seat.ctx.url(&format!("/staff/inquiry/{}", live.number.digits()))) autofocus {
                        (t.say("intake-already-open")) " " bdi { (live.number) } } }
                p { (signs::reason(seat, live)) " · " (t.say_of("staff-stage", live.stage.as_str()))
                    @if let Some(callback) = live.callback() { " · " (signs::window(seat, &callback.window)) } }
            })),
            None => (alert(Alert::Info, &t.say("intake-already-kept"), &html! { p { (t.say("intake-already-kept-next")) } })),
        }
        form method="post" action=(seat.ctx.url("/staff/intake")) {
            (carried(fields, &[]))
            button.usa-button.usa-button--outline type="submit" name="do" value="change" { (t.say("intake-back-to-form")) }
        }
    };
    let page = seat.page(t.say("intake-already-title"), Tab::Intake, body).no_switch();
    Ok((StatusCode::CONFLICT, page.render(&seat.ctx)).into_response())
}

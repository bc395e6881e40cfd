//! The kiosk in an office's hall: a person types or scans their inquiry number, and has a ticket. It names nobody, and forgets them
//! after a moment.

use crate::{
    core::{Ctx, Errors, Fields, Form, Page, WebError, limits::Gate},
    parts::{self, Alert, Input, alert},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{DeskError, Screen};
use domain::{
    floor,
    inquiry::{Inquiry, Stage},
    number::InquiryNumber,
    refusal::Refusal,
};
use locale::args;
use maud::{Markup, html};

/// The cookie that makes a browser a kiosk.
pub(crate) const COOKIE: &str = "kiosk";
/// After so many seconds in which nobody touches anything, what a person was told is gone from the screen.
const FORGET_SECONDS: u32 = 30;

/// The office whose kiosk this is; anybody else finds nothing here.
fn office(ctx: &Ctx) -> Result<&pack::Office, WebError> {
    let token = ctx.cookie(COOKIE).unwrap_or_default();
    let opened = ctx.app.desk.links().open_screen(Screen::Kiosk, &token, ctx.now);
    let (code, _) = opened.ok_or(WebError::NotFound)?;
    ctx.app.desk.pack().office(&code).ok_or(WebError::NotFound)
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, WebError> {
    let office = office(&ctx)?;
    Ok(ask(&ctx, office, &Errors::none()).into_response())
}

fn ask(ctx: &Ctx, office: &pack::Office, errors: &Errors) -> Markup {
    let t = ctx.t();
    // What somebody typed is never shown to whoever comes next.
    let empty = Fields::default();
    let form = Form::new(&empty, errors);
    let body = html! {
        (parts::error_summary(ctx, errors))
        form.kiosk method="post" action=(ctx.url("/kiosk")) autocomplete="off" {
            (parts::key(ctx))
            (parts::input(&form, &Input { name: "number", label: &t.say("floor-kiosk-number"), hint: &t.say("floor-kiosk-hint"),
                inputmode: "numeric", longest: 20, size: "medium", verbatim: true, ..Input::default() }))
            button.usa-button.usa-button--big type="submit" { (t.say("floor-kiosk-do")) }
        }
        p { (t.say("floor-kiosk-none")) }
    };
    bare(ctx, office, t.say("floor-kiosk-title"), &body, false)
}

/// A page with nothing around it that leads away from the kiosk.
fn bare(ctx: &Ctx, office: &pack::Office, heading: String, body: &Markup, forgets: bool) -> Markup {
    let body = html! {
        p.kiosk-office { (office.name) }
        div data-onward=[forgets.then(|| ctx.url("/kiosk"))] data-seconds=[forgets.then_some(FORGET_SECONDS)] { (body) }
    };
    Page::new(heading, body).stays().with("kiosk.css").with("kiosk.js").render(ctx)
}

pub(super) async fn check_in(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let office = office(&ctx)?;
    let t = ctx.t();
    let refuse = |says: String, status: StatusCode| {
        let mut errors = Errors::none();
        errors.add("number", says);
        Ok((status, ask(&ctx, office, &errors)).into_response())
    };
    if ctx.app.limits.take(Gate::Kiosk, office.code.as_str(), ctx.now).is_err() {
        return refuse(t.say("floor-kiosk-slow"), StatusCode::TOO_MANY_REQUESTS);
    }
    let Ok(number) = fields.get("number").parse::<InquiryNumber>() else {
        return refuse(t.say("floor-kiosk-wrong"), StatusCode::UNPROCESSABLE_ENTITY);
    };
    let desk = &ctx.app.desk;
    match desk.check_in_at_kiosk(&office.code, number, fields.key("kiosk"), ctx.now).await {
        Ok(inquiry) => Ok(ticket(&ctx, office, &inquiry).await?.into_response()),
        Err(DeskError::Refused(Refusal::TooEarly { from })) => {
            let from = t.time(office.zone().local(from).time());
            refuse(t.say_with("floor-kiosk-early", &args! { "time" => from }), StatusCode::CONFLICT)
        }
        Err(DeskError::Refused(_) | DeskError::NotFound | DeskError::Contended) => {
            refuse(t.say("floor-kiosk-counter"), StatusCode::NOT_FOUND)
        }
        Err(error) => Err(error.into()),
    }
}

async fn ticket(ctx: &Ctx, office: &pack::Office, inquiry: &Inquiry) -> Result<Markup, WebError> {
    let t = ctx.t();
    let Stage::CheckedIn { ticket, called, .. } = &inquiry.stage else {
        return Ok(ask(ctx, office, &Errors::none()));
    };
    let body = html! {
        div role="status" {
            p.kiosk-ticket { strong { (ticket) } }
            @if let Some((counter, _)) = called {
                (alert(Alert::Success, &t.say_with("public-ticket-called", &args! { "counter" => counter.as_str() }), &html! {}))
            } @else { (wait(ctx, inquiry).await?) }
            p { (t.say("floor-kiosk-sit")) }
        }
        p { a.usa-button.usa-button--big href=(ctx.url("/kiosk")) { (t.say("floor-kiosk-done")) } }
    };
    Ok(bare(ctx, office, t.say("floor-kiosk-ticket"), &body, true))
}

/// How many are before somebody who is at an office, and how long it may take.
pub(crate) async fn wait(ctx: &Ctx, inquiry: &Inquiry) -> Result<Markup, WebError> {
    let Stage::CheckedIn { appointment, ticket, called: None, aside, .. } = &inquiry.stage else {
        return Ok(html! {});
    };
    let t = ctx.t();
    let desk = &ctx.app.desk;
    let office = &appointment.office;
    let today = desk.visits_today(office, ctx.now).await?;
    let line = floor::line(&today, office, desk.pack().line().visits.floor);
    let counters = floor::counters(&today, office, ctx.now);
    let Some(wait) = floor::wait(&line, ticket, counters, ctx.now) else { return Ok(html! {}) };
    Ok(html! {
        @match aside {
            Some(aside) => p { strong { (t.say_of("floor-you", aside.as_str())) } },
            None => p {
                (t.say_with("floor-before", &args! { "n" => wait.before }))
                @if let Some((least, most)) = wait.minutes {
                    " " (t.say_with("floor-about", &args! { "least" => least, "most" => most }))
                }
            },
        }
    })
}

//! Going on later, or on another device: a code is given for what was saved, and takes it there.
//!
//! An address with the code in it opens nothing by itself: it is the form with the code typed in, so that what looks at links before
//! people do gets no further.

use super::{
    draft::{self, Saved},
    step::Step,
};
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, limits::Gate};
use crate::parts::{Alert, Input, alert, error_summary, input, phone_line, qr};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, Who};
use domain::{draft::ResumeCode, mark::MarkError};
use locale::args;
use maud::{Markup, html};

fn begin(ctx: &Ctx) -> Response {
    Redirect::to(&ctx.url("/request")).into_response()
}

/// The way here, below each page of a form that was begun.
pub(super) fn door(ctx: &Ctx) -> Markup {
    html! { p { a.usa-link href=(ctx.url("/request/later")) { (ctx.t().say("public-later")) } } }
}

pub(super) async fn ask(ctx: Ctx) -> Result<Response, WebError> {
    if !Saved::load(&ctx).await?.is_begun() {
        return Ok(begin(&ctx));
    }
    let t = ctx.t();
    let body = html! {
        p.usa-intro { (t.say("public-later-intro")) }
        p { (t.say("public-later-then")) }
        div.actions {
            form method="post" action=(ctx.url("/request/later")) {
                button.usa-button type="submit" { (t.say("public-later-get")) }
            }
            a.usa-link href=(Step::Check.url(&ctx)) { (t.say("public-request-go-on")) }
        }
    };
    Ok(Page::new(t.say("public-later"), body).render(&ctx).into_response())
}

pub(super) async fn keep(ctx: Ctx) -> Result<Response, WebError> {
    let Some(token) = draft::token(&ctx) else { return Ok(begin(&ctx)) };
    ctx.limit(Gate::Later)?;
    let (code, until) = match ctx.app.desk.keep_draft(&ctx.caller_once(Who::Anyone), &token).await {
        Err(DeskError::NotFound) => return Ok(begin(&ctx)),
        other => other?,
    };
    let t = ctx.t();
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let here = format!("{}{}", ctx.app.options.public_url, ctx.url("/request/continue"));
    let camera = t.say("public-later-camera-alt");
    let body = html! {
        div.number {
            p.number__label { (t.say("public-later-code")) }
            p.number__digits { bdi { (code.spoken_form()) } }
            button.usa-button.usa-button--outline type="button" hidden data-copy=(code.spoken_form())
                data-copied=(t.say("web-copied")) { (t.say("public-later-copy")) }
        }
        p { (t.say_with("public-later-until", &args! { "moment" => t.moment(until, zone.name(), ctx.now) })) }
        p { (t.say("public-later-how")) }
        p { a.usa-link href=(here) { bdi dir="ltr" { (here) } } }
        p { (t.say("public-later-camera")) }
        (qr(&format!("{here}/{}", code.one_piece()), &camera))
        p { (t.say("public-later-new")) }
        (alert(Alert::Warning, "", &html! { (t.say("public-later-then")) }))
        div.actions {
            button.usa-button.usa-button--outline type="button" hidden data-print { (t.say("web-print")) }
            a.usa-link href=(Step::Check.url(&ctx)) { (t.say("public-request-go-on")) }
        }
    };
    Ok(Page::new(t.say("public-later-title"), body).no_switch().render(&ctx).into_response())
}

fn form(ctx: &Ctx, fields: &Fields, errors: &Errors, begun: bool) -> Markup {
    let t = ctx.t();
    let body = html! {
        (error_summary(ctx, errors))
        p.usa-intro { (t.say("public-resume-intro")) }
        @if begun { p { (t.say("public-resume-begun")) } }
        form.usa-form method="post" action=(ctx.url("/request/continue")) novalidate {
            (input(&Form::new(fields, errors), &Input {
                name: "code",
                label: &t.say("public-later-code"),
                hint: &t.say("public-resume-code-hint"),
                longest: 40,
                verbatim: true,
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("public-continue")) }
        }
        p { a.usa-link href=(ctx.url("/request")) { (t.say("public-resume-none")) } }
        (phone_line(ctx))
    };
    Page::new(t.say("public-resume"), body).no_switch().render(ctx)
}

pub(super) async fn resume(ctx: Ctx) -> Result<Markup, WebError> {
    let begun = Saved::load(&ctx).await?.is_begun();
    Ok(form(&ctx, &Fields::default(), &Errors::none(), begun))
}

/// The same with the code from a camera: a press of the button goes on.
pub(super) async fn resume_with(
    ctx: Ctx,
    Path((_, code)): Path<(String, String)>,
) -> Result<Markup, WebError> {
    let mut fields = Fields::default();
    if let Ok(code) = code.parse::<ResumeCode>() {
        fields.set("code", code.spoken_form());
    }
    let begun = Saved::load(&ctx).await?.is_begun();
    Ok(form(&ctx, &fields, &Errors::none(), begun))
}

/// What is wrong is told where it can be seen from the code alone; a code that opens nothing is told like any other.
pub(super) async fn go_on(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let t = ctx.t();
    let mut errors = Errors::none();
    match fields.get("code").parse::<ResumeCode>() {
        Ok(code) => {
            ctx.limit(Gate::Resume)?;
            if let Some(token) = ctx.app.desk.resume_draft(&code, ctx.now).await? {
                return Ok(
                    ([draft::keep(&ctx, &token)], Redirect::to(&Step::Check.url(&ctx))).into_response()
                );
            }
            errors.add("code", t.say("public-resume-gone"));
        }
        Err(MarkError::Shape) => errors.add("code", t.say("public-resume-shape")),
        Err(MarkError::Check) => errors.add("code", t.say("public-resume-check")),
    }
    let begun = Saved::load(&ctx).await?.is_begun();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &fields, &errors, begun)).into_response())
}

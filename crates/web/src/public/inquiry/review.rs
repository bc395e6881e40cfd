//! A review of what was decided: how it stands, or how to ask for one.

use super::{back, done, path};
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, proof};
use crate::parts::{Alert, Input, alert, error_summary, key, textarea};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    inquiry::{AskedReview, Inquiry, ReviewState},
    refusal::Refusal,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// How long what a person writes may be, in characters.
const LONGEST: usize = 2_000;

fn moment(ctx: &Ctx, inquiry: &Inquiry, at: Timestamp) -> String {
    ctx.t().moment(at, inquiry.reach.zone.name(), ctx.now)
}

/// Below what was decided: the reviews that were asked for, and the way to ask.
pub(super) fn section(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    html! {
        @for review in inquiry.reviews.iter().rev() { (asked(ctx, inquiry, review)) }
        @if let Some(until) = ctx.app.desk.may_ask_review(inquiry, ctx.now) {
            h3 { (t.say("public-review-title")) }
            p { (t.say_with("public-review-may", &args! { "moment" => moment(ctx, inquiry, until) })) }
            p { a.usa-button.usa-button--outline href=(ctx.url(&path(inquiry, "/review"))) { (t.say("public-review-ask")) } }
        } @else if inquiry.reviews.is_empty() {
            p { (t.say("public-decided-review")) }
        }
    }
}

fn asked(ctx: &Ctx, inquiry: &Inquiry, review: &AskedReview) -> Markup {
    let t = ctx.t();
    html! {
        div.decision #review {
            h3 { (t.say("public-review-title")) }
            p { strong { (t.say_of("public-review-state", review.state.as_str())) } }
            @match review.state {
                ReviewState::Open => {
                    p { (t.say_with("public-review-due", &args! { "moment" => moment(ctx, inquiry, review.due) })) }
                    @if review.due < ctx.now { (alert(Alert::Warning, "", &html! { (t.say("public-review-late")) })) }
                }
                ReviewState::Decided { decision, .. } => {
                    @if let Some(because) = inquiry.decision(decision).and_then(|decision| decision.because.as_ref()) {
                        p { (t.say("public-review-because")) }
                        blockquote lang=(inquiry.reach.lang) { p { (because) } }
                    }
                    p { (t.say("public-review-final")) }
                }
                ReviewState::Overtaken { .. } => {}
            }
            details.quiet {
                summary { (t.say("public-review-yours")) }
                p { (review.why.reveal()) }
                p { (t.opening(&moment(ctx, inquiry, review.asked))) "." }
            }
        }
    }
}

fn form(ctx: &Ctx, inquiry: &Inquiry, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let by = moment(ctx, inquiry, ctx.app.desk.review_by(ctx.now));
    let body = html! {
        (error_summary(ctx, errors))
        p { (t.say("public-review-then")) " " (t.say_with("public-review-by", &args! { "moment" => by })) }
        p { (t.say("public-review-once")) }
        form.usa-form.usa-form--large method="post" action=(ctx.url(&path(inquiry, "/review"))) novalidate {
            (key(ctx))
            (textarea(&Form::new(fields, errors), &Input {
                name: "why",
                label: &t.say("public-review-why"),
                hint: &t.say("public-review-why-hint"),
                longest: LONGEST,
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("public-review-ask")) }
        }
    };
    Page::new(t.say("public-review-heading"), body).above(back(ctx, inquiry)).render(ctx)
}

/// Why there is nothing to be asked.
fn refused(inquiry: &Inquiry) -> WebError {
    inquiry.reviewable().err().unwrap_or(Refusal::NothingToReview).into()
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if ctx.app.desk.may_ask_review(&own.inquiry, ctx.now).is_none() {
        return Err(refused(&own.inquiry));
    }
    Ok(form(&ctx, &own.inquiry, &Fields::default(), &Errors::none()))
}

pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let (t, why) = (ctx.t(), fields.get("why"));
    let mut errors = Errors::none();
    if why.is_empty() {
        errors.add("why", t.say("public-review-why-missing"));
    } else if why.chars().count() > LONGEST {
        errors.add("why", t.say_with("public-wrong-long", &args! { "most" => LONGEST }));
    }
    if !errors.is_empty() {
        let page = form(&ctx, &own.inquiry, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let caller = ctx.caller(own.who(), fields.key("review"));
    ctx.app.desk.ask_review(&caller, own.inquiry.id, why).await?;
    Ok(done(&ctx, &own.inquiry, "review"))
}

//! Where letters go.

use super::{back, done, path};
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, proof};
use crate::parts::{error_summary, key};
use crate::public::address;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{inquiry::Inquiry, pii::Pii};
use maud::{Markup, html};

/// The address, with a way to change it.
pub(super) fn section(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    html! {
        @if ctx.app.desk.offers_post() && inquiry.is_live() && inquiry.guard.protected.is_none() {
            section {
                h2 { (t.say("public-post")) }
                @if let Some(to) = &inquiry.reach.post {
                    p { (t.say("public-post-to")) }
                    p { @for line in to.reveal().lines() { bdi { (line) } br; } }
                } @else {
                    p { (t.say("public-post-none")) }
                }
                p { a.usa-link href=(ctx.url(&path(inquiry, "/post"))) { (t.say("public-post-change")) } }
            }
        }
    }
}

fn form(ctx: &Ctx, inquiry: &Inquiry, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let body = html! {
        (error_summary(ctx, errors))
        p { (t.say("public-post-about")) }
        form.usa-form method="post" action=(ctx.url(&path(inquiry, "/post"))) novalidate {
            (key(ctx))
            (address::fields(ctx, &Form::new(fields, errors)))
            button.usa-button type="submit" { (t.say("public-post-keep")) }
        }
    };
    Page::new(t.say("public-post"), body).above(back(ctx, inquiry)).render(ctx)
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !ctx.app.desk.offers_post() {
        return Err(WebError::NotFound);
    }
    let mut fields = Fields::default();
    if let Some(to) = &own.inquiry.reach.post {
        address::filled(&mut fields, to.reveal());
    }
    Ok(form(&ctx, &own.inquiry, &fields, &Errors::none()))
}

pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !ctx.app.desk.offers_post() {
        return Err(WebError::NotFound);
    }
    let Ok(to) = address::read(&fields) else {
        let mut errors = Errors::none();
        errors.add("post_street", ctx.t().say("public-wrong-address"));
        let page = form(&ctx, &own.inquiry, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let caller = ctx.caller(own.who(), fields.key("post"));
    ctx.app.desk.choose_post(&caller, own.inquiry.id, to.map(Pii::new)).await?;
    Ok(done(&ctx, &own.inquiry, "post"))
}

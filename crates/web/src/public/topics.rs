//! What people come for: each need on a page of its own, and found by the words that people use for it.
//!
//! These pages say nothing of anybody, so search engines may keep them; a person's own words are sent in a form's body,
//! never in an address.

use super::request;
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError};
use crate::parts::{Alert, Input, alert, input};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use locale::args;
use maud::{Markup, html};
use pack::Reason;

/// Longest that is searched for, in characters.
const LONGEST: usize = 200;

/// Every need.
pub(super) async fn list(ctx: Ctx) -> Markup {
    let t = ctx.t();
    let body = html! {
        (search(&ctx, &Fields::default()))
        (needs(&ctx, &ctx.app.desk.pack().reasons().iter().collect::<Vec<_>>()))
    };
    Page::new(t.say("public-topics-title"), body).indexed(&t.say("public-topics-about")).render(&ctx)
}

/// The needs that a person's words may mean. What they typed is kept nowhere.
pub(super) async fn found(ctx: Ctx, fields: Fields) -> Markup {
    let t = ctx.t();
    let words: String = fields.get("need").chars().take(LONGEST).collect();
    let found = ctx.app.desk.pack().reasons_about(&words, &ctx.lang);
    let body = html! {
        (search(&ctx, &fields))
        @if found.is_empty() {
            (alert(Alert::Info, "", &html! { (t.say("public-topics-none")) }))
            h2 { (t.say("public-topics-all")) }
            (needs(&ctx, &ctx.app.desk.pack().reasons().iter().collect::<Vec<_>>()))
        } @else {
            p role="status" { (t.say_with("public-topics-found", &args! { "count" => found.len() })) }
            (needs(&ctx, &found))
            p { a.usa-link href=(ctx.url("/topics")) { (t.say("public-topics-all")) } }
        }
    };
    Page::new(t.say("public-topics-title"), body).no_switch().render(&ctx)
}

/// The field for a person's own words, as it stands here and on the start page.
pub(super) fn search(ctx: &Ctx, fields: &Fields) -> Markup {
    let t = ctx.t();
    let errors = Errors::none();
    let f = Form::new(fields, &errors);
    html! {
        form.usa-form method="post" role="search" action=(ctx.url("/topics")) {
            (input(&f, &Input {
                name: "need",
                label: &t.say("public-topics-search"),
                hint: &t.say("public-topics-hint"),
                longest: LONGEST,
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("public-topics-find")) }
        }
    }
}

fn needs(ctx: &Ctx, reasons: &[&Reason]) -> Markup {
    html! {
        ul.doors {
            @for reason in reasons {
                li {
                    h2 { a.usa-link href=(ctx.url(&format!("/topics/{}", reason.code))) { (reason.name.in_lang(&ctx.lang)) } }
                    p { (reason.about.in_lang(&ctx.lang)) }
                }
            }
        }
    }
}

fn reason<'a>(ctx: &'a Ctx, code: &str) -> Result<&'a Reason, WebError> {
    let code = code.parse().map_err(|_| WebError::NotFound)?;
    ctx.app.desk.pack().open_reason(&code).ok_or(WebError::NotFound)
}

/// One need: what it is for, who gets it, what to try first, what to bring, and the way on.
pub(super) async fn show(ctx: Ctx, Path((_, code)): Path<(String, String)>) -> Result<Markup, WebError> {
    let t = ctx.t();
    let reason = reason(&ctx, &code)?;
    let about = reason.about.in_lang(&ctx.lang);
    let body = html! {
        div itemscope itemtype="https://schema.org/GovernmentService" {
            meta itemprop="name" content=(reason.name.in_lang(&ctx.lang));
            meta itemprop="availableLanguage" content=(ctx.lang);
            div itemprop="provider" itemscope itemtype="https://schema.org/GovernmentOrganization" {
                meta itemprop="name" content=(ctx.app.desk.pack().agency().name.in_lang(&ctx.lang));
            }
            p.usa-intro itemprop="description" { (about) }
            h2 { (t.say("public-topics-who")) }
            p itemprop="audience" { (reason.who.in_lang(&ctx.lang)) }
            h2 { (t.say("public-topics-first")) }
            p { (reason.first.in_lang(&ctx.lang)) }
            @if !reason.bring.is_empty() {
                h2 { (t.say("public-topics-bring")) }
                ul.usa-list {
                    @for line in &reason.bring {
                        @let names: Vec<&str> = line.items().iter().map(|item| item.name.in_lang(&ctx.lang)).collect();
                        li {
                            @if names.len() > 1 {
                                (t.say_with("public-topics-one-of", &args! { "items" => names.join("; ") }))
                            } @else {
                                @for name in &names { (name) }
                            }
                            @if !line.is_required() { " " span.quiet { (t.say("public-topics-if-any")) } }
                        }
                    }
                }
                p { (t.say("public-topics-bring-late")) }
            }
        }
        div.actions {
            form method="post" action=(ctx.url(&format!("/topics/{}", reason.code))) {
                button.usa-button type="submit" { (t.say("public-topics-ask")) }
            }
            a.usa-link href=(ctx.url("/topics")) { (t.say("public-topics-other")) }
        }
    };
    Ok(Page::new(reason.name.in_lang(&ctx.lang), body).indexed(about).render(&ctx))
}

/// Begins a request about this need, or turns one that was begun to it: what was answered already stays.
pub(super) async fn ask(ctx: Ctx, Path((_, code)): Path<(String, String)>) -> Result<Response, WebError> {
    let reason = reason(&ctx, &code)?.code.clone();
    let cookie = request::about(&ctx, reason.as_str()).await?;
    // What is asked before it has its own page; what is answered already is passed over there.
    Ok(([cookie], Redirect::to(&ctx.url("/request/zip"))).into_response())
}

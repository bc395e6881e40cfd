//! The inquiry's page.

use super::{
    calendar, calls, closed_day, corrections, delegates, earlier, moved, next_client, path, post, sections,
    story, texts,
};
use crate::core::{Ctx, Page, WebError, live, proof};
use crate::parts::{Alert, alert, big_number, phone_line, post_button};
use crate::public::kiosk;
use axum::{
    extract::{Path, Query},
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
use domain::{delegate::DelegateAct, inquiry::Stage};
use maud::html;
use std::collections::BTreeMap;
use store::Waits;

/// What the page may say was just done, by the address it is opened with.
const DONE: [&str; 26] = [
    "call-chosen",
    "call-moved",
    "call-cancelled",
    "visit-chosen",
    "visit-moved",
    "visit-cancelled",
    "visit-confirmed",
    "earlier-asked",
    "earlier-stopped",
    "earlier-taken",
    "earlier-left",
    "place-kept",
    "papers",
    "post",
    "corrected",
    "calendar-made",
    "calendar-ended",
    "texts-on",
    "texts-off",
    "calls-on",
    "calls-off",
    "withdrawn",
    "review",
    "delegate-named",
    "delegate-ended",
    "delegate-resent",
];

pub(super) async fn page(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    // Before anything is read: news that comes while the page is made is then news to the page.
    let seen = ctx.app.desk.store().signal().now();
    let own = proof::own_or_any(&ctx, &number).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let store = ctx.app.desk.store();
    let waiting = match inquiry.stage {
        Stage::Review { .. } => store.waiting(inquiry).await?,
        _ => None,
    };
    let entries = store.story(inquiry.id).await?;
    let notices = store.notices(inquiry.id).await?;
    // Who was called back by the line is called like anybody else.
    let called = store.waits(&Waits::Inquiry(inquiry.id), 8).await?;
    let done = query.get("done").and_then(|done| DONE.into_iter().find(|known| known == done));
    let reason = ctx.app.desk.pack().reason(&inquiry.reason);
    let line = kiosk::wait(&ctx, inquiry).await?;
    // What is between the person and us: their messages, and the ways in which they want them.
    let theirs = if own.is_person() {
        html! {
            (story::messages(&ctx, inquiry, &notices))
            (texts::section(&ctx, inquiry).await?)
            (calls::section(&ctx, inquiry))
            (calendar::section(&ctx, &own).await?)
            (post::section(&ctx, inquiry))
        }
    } else {
        html! {}
    };
    let (visit, takes) = (own.may(DelegateAct::Visit), own.may(DelegateAct::TakeCall));
    let region = html! {
        (delegates::banner(&ctx, &own))
        (sections::calling(&ctx, &own, &called))
        (closed_day::section(&ctx, &own))
        @if visit { (earlier::offered(&ctx, inquiry)) }
        section {
            h2 { (t.say("public-where")) }
            (sections::position(&ctx, inquiry, waiting))
            (line)
        }
        section {
            h2 { (t.say("public-promised")) }
            (sections::promised(&ctx, &own))
            @if takes { (sections::was_it_us(&ctx, inquiry, &called, &notices)) }
        }
        section {
            h2 { (t.say("public-todo")) }
            (sections::todo(&ctx, &own))
        }
        section {
            h2 { (t.say("public-how")) }
            (sections::change(&ctx, &own))
            @if visit { (earlier::section(&ctx, inquiry)) }
        }
        (sections::decisions(&ctx, &own))
        section {
            h2 { (t.say("public-story")) }
            (story::timeline_of(&ctx, inquiry, &entries))
        }
        (theirs)
        (corrections::section(&ctx, &own))
        (delegates::section(&ctx, &own))
        (next_client::section(&ctx, &own))
    };
    let here = ctx.url(&path(inquiry, ""));
    let stream = ctx.url(&format!("/live{}", path(inquiry, "")));
    let body = html! {
        @if let Some(done) = done {
            (alert(Alert::Success, "", &html! { (t.say_of("public-done", done)) }))
        }
        @if let Some(reason) = reason { p.usa-intro { (reason.name.in_lang(&ctx.lang)) } }
        (big_number(&ctx, inquiry.number))
        (live::region("now", &stream, seen, &here, &region))
        div.actions {
            button.usa-button.usa-button--outline type="button" hidden data-print { (t.say("web-print")) }
            (post_button(&ctx, &ctx.url(&path(inquiry, "/leave")), &t.say("public-leave"), "usa-button--outline"))
        }
        (phone_line(&ctx))
    };
    let mut page = Page::new(t.say("public-inquiry-title"), body).live().render(&ctx).into_response();
    if let Some(waiting) = waiting {
        page.headers_mut().append(SET_COOKIE, moved::keep(&ctx, inquiry, waiting));
    }
    Ok(page)
}

//! The request has come in: the number to keep, and what happens next.

use super::{next_client, own_time, path};
use crate::core::{Ctx, Page, WebError, proof};
use crate::parts::{Alert, alert, big_number};
use axum::extract::Path;
use domain::notice::Carrier;
use locale::args;
use maud::{Markup, html};

pub(super) async fn page(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let agency = ctx.app.desk.pack().agency();
    let by = inquiry.due().map(|due| t.moment(due, inquiry.reach.zone.name(), ctx.now));
    let first = match (&inquiry.reach.email, inquiry.reach.texts) {
        (Some(_), _) => Some(Carrier::Email),
        (None, true) => Some(Carrier::Text),
        (None, false) => None,
    };
    let body = html! {
        (big_number(&ctx, inquiry.number))
        p { (t.say("public-received-keep")) }
        h2 { (t.say("public-received-next")) }
        ol.usa-process-list {
            li.usa-process-list__item {
                h3.usa-process-list__heading { (t.say("public-received-review")) }
                @if let Some(by) = by { p { (t.say_with("public-received-review-by", &args! { "moment" => by })) } }
            }
            li.usa-process-list__item {
                h3.usa-process-list__heading { (t.say("public-received-call")) }
                p { (t.say_with("public-received-call-about", &args! { "number" => agency.phone.calls_from_shown.as_str() })) }
            }
            li.usa-process-list__item {
                h3.usa-process-list__heading { (t.say("public-received-answer")) }
                p { (t.say("public-received-answer-about")) }
            }
        }
        (own_time::door(&ctx, inquiry))
        @if first.is_some_and(|by| inquiry.is_discreet(by)) {
            p { (t.say("public-received-discreet")) }
        } @else if inquiry.reach.email.is_some() {
            p { (t.say("public-received-email")) }
        } @else if inquiry.reach.texts {
            p { (t.say("public-received-text")) }
        } @else if inquiry.reach.takes_calls() {
            p { (t.say("public-received-calls")) }
        } @else if inquiry.reach.post.is_some() {
            p { (t.say("public-received-letter")) }
        } @else {
            (alert(Alert::Info, "", &html! { (t.say("public-received-no-email")) }))
        }
        (next_client::section(&ctx, &own))
        div.actions {
            a.usa-button href=(ctx.url(&path(inquiry, ""))) { (t.say("public-received-see")) }
            button.usa-button.usa-button--outline type="button" hidden data-print { (t.say("web-print")) }
        }
    };
    Ok(Page::new(t.say("public-received-title"), body).render(&ctx))
}

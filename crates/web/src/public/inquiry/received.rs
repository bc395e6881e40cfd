//! The request has come in: the number to keep, and what happens next.

use super::{next_client, own_time, path};
use crate::core::{Ctx, Page, WebError, proof};
use crate::parts::{Alert, alert, big_number};
use axum::extract::Path;
use maud::{Markup, html};

pub(super) async fn page(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let desk = &ctx.app.desk;
    let body = html! {
        (big_number(&ctx, inquiry.number))
        p { (t.say("public-received-keep")) }
        h2 { (t.say("public-received-next")) }
        ol.usa-process-list {
            @for (step, about) in desk.next_steps(t, inquiry, inquiry.due(), ctx.now) {
                li.usa-process-list__item {
                    h3.usa-process-list__heading { (step) }
                    @if !about.is_empty() { p { (about) } }
                }
            }
        }
        (own_time::door(&ctx, inquiry))
        @match desk.how_confirmed(t, inquiry) {
            Some(how) => p { (how) },
            None => (alert(Alert::Info, "", &html! { (t.say("public-received-no-email")) })),
        }
        (next_client::section(&ctx, &own))
        div.actions {
            a.usa-button href=(ctx.url(&path(inquiry, ""))) { (t.say("public-received-see")) }
            button.usa-button.usa-button--outline type="button" hidden data-print { (t.say("web-print")) }
        }
    };
    Ok(Page::new(t.say("public-received-title"), body).render(&ctx))
}

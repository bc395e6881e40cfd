//! Calls by an automated voice on or off.

use super::{done, path};
use crate::core::{Ctx, Fields, WebError, proof};
use crate::parts::key;
use axum::{extract::Path, response::Response};
use domain::inquiry::Inquiry;
use locale::args;
use maud::{Markup, html};

/// Where an automated voice calls, with one button that changes whether it does.
pub(super) fn section(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let may = inquiry.guard.protected.is_none() && !inquiry.reach.no_message;
    let offered = ctx.app.desk.offers_calls() && inquiry.is_live() && may;
    let (on, phone) = (inquiry.reach.calls, inquiry.reach.phone.spoken_form());
    html! {
        @if offered {
            section {
                h2 { (t.say("public-calls")) }
                @if on {
                    p { (t.say_with("public-calls-on", &args! { "phone" => phone })) }
                } @else {
                    p { (t.say_with("public-calls-off", &args! { "phone" => phone })) }
                    p.quiet { (t.say("public-reach-calls-hint")) }
                }
                form method="post" action=(ctx.url(&path(inquiry, "/calls"))) {
                    (key(ctx))
                    input type="hidden" name="calls" value=(if on { "no" } else { "yes" });
                    button.usa-button.usa-button--outline type="submit" {
                        @if on { (t.say("public-calls-stop")) } @else { (t.say("public-calls-start")) }
                    }
                }
            }
        }
    }
}

pub(super) async fn agree(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !ctx.app.desk.offers_calls() {
        return Err(WebError::NotFound);
    }
    let agreed = fields.ticked("calls");
    let caller = ctx.caller(own.who(), fields.key("calls"));
    ctx.app.desk.agree_calls(&caller, own.inquiry.id, agreed).await?;
    Ok(done(&ctx, &own.inquiry, if agreed { "calls-on" } else { "calls-off" }))
}

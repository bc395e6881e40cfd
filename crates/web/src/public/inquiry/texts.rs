//! Text messages on or off.

use super::{done, path};
use crate::core::{Ctx, Fields, WebError, proof};
use crate::parts::key;
use axum::{extract::Path, response::Response};
use domain::inquiry::Inquiry;
use locale::args;
use maud::{Markup, html};

/// Where texts go, with one button that changes whether any do.
pub(super) async fn section(ctx: &Ctx, inquiry: &Inquiry) -> Result<Markup, WebError> {
    let t = ctx.t();
    let offered = ctx.app.desk.offers_texts() && inquiry.is_live() && inquiry.guard.protected.is_none();
    let stopped = offered && ctx.app.desk.wants_no_texts(&inquiry.reach.phone).await?;
    let (on, phone) = (inquiry.reach.texts, inquiry.reach.phone.spoken_form());
    Ok(html! {
        @if offered {
            section {
                h2 { (t.say("public-texts")) }
                @if on {
                    p { (t.say_with("public-texts-on", &args! { "phone" => phone })) }
                } @else {
                    p { (t.say_with("public-texts-off", &args! { "phone" => phone })) }
                    p.quiet { (t.say("public-reach-texts-hint")) }
                }
                @if stopped && !on { p { (t.say("public-texts-stopped")) } } @else {
                    form method="post" action=(ctx.url(&path(inquiry, "/texts"))) {
                        (key(ctx))
                        input type="hidden" name="texts" value=(if on { "no" } else { "yes" });
                        button.usa-button.usa-button--outline type="submit" {
                            @if on { (t.say("public-texts-stop")) } @else { (t.say("public-texts-start")) }
                        }
                    }
                }
            }
        }
    })
}

pub(super) async fn agree(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !ctx.app.desk.offers_texts() {
        return Err(WebError::NotFound);
    }
    let agreed = fields.ticked("texts");
    let caller = ctx.caller(own.who(), fields.key("texts"));
    ctx.app.desk.agree_texts(&caller, own.inquiry.id, agreed).await?;
    Ok(done(&ctx, &own.inquiry, if agreed { "texts-on" } else { "texts-off" }))
}

//! The person's own calendar asks by itself what is promised.

use super::{back, done, path};
use crate::core::{
    Ctx, Fields, Page, WebError,
    proof::{self, Own},
};
use crate::parts::post_button;
use crate::public::calendar::address;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use locale::args;
use maud::{Markup, html};

/// Whether a calendar asks, and the way to let one in or shut it out.
pub(super) async fn section(ctx: &Ctx, own: &Own) -> Result<Markup, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let offered = inquiry.is_live() && inquiry.guard.protected.is_none();
    let has = ctx.app.desk.own_calendar(&ctx.caller_once(own.who())).await?;
    let (make, end) = (ctx.url(&path(inquiry, "/calendar")), ctx.url(&path(inquiry, "/calendar/end")));
    Ok(html! {
        @if offered || has.is_some() {
            section {
                h2 { (t.say("public-calendar")) }
                @if let Some(pass) = &has {
                    @let moment = t.moment(pass.since, inquiry.reach.zone.name(), ctx.now);
                    p { (t.say_with("public-calendar-has", &args! { "moment" => moment })) }
                } @else {
                    p { (t.say("public-calendar-about")) }
                }
                div.actions {
                    @if offered && has.is_none() {
                        (post_button(ctx, &make, &t.say("public-calendar-make"), "usa-button--outline"))
                    }
                    @if offered && has.is_some() {
                        (post_button(ctx, &make, &t.say("public-calendar-anew"), "usa-button--outline"))
                    }
                    @if has.is_some() {
                        (post_button(ctx, &end, &t.say("public-calendar-end"), "usa-button--outline"))
                    }
                }
            }
        }
    })
}

pub(super) async fn make(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let caller = ctx.caller(own.who(), fields.key("calendar"));
    let made = ctx.app.desk.make_calendar(&caller).await?;
    // Sent again, it was made before, and nobody knows the address any more.
    let Some(token) = made.token else { return Ok(done(&ctx, &own.inquiry, "calendar-made")) };
    let page = Page::new(ctx.t().say("public-calendar"), address(&ctx, &token));
    Ok(page.above(back(&ctx, &own.inquiry)).no_switch().render(&ctx).into_response())
}

pub(super) async fn end(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let caller = ctx.caller(own.who(), fields.key("calendar-end"));
    ctx.app.desk.end_calendar(&caller).await?;
    Ok(done(&ctx, &own.inquiry, "calendar-ended"))
}

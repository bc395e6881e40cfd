//! A member of staff's own calendar asks by itself which calls they have promised.

use super::frame::{Seat, Tab};
use crate::{
    core::{Fields, WebError},
    parts::post_button,
    public::calendar::address,
};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::{Action, can};
use locale::args;
use maud::{Markup, html};

/// Whether a calendar asks, and the way to let one in or shut it out; for those who promise calls.
pub(super) async fn section(seat: &Seat) -> Result<Markup, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let offered = can(&seat.me.staff, Action::PromiseCallback, None).is_ok();
    let has = ctx.app.desk.own_calendar(&seat.caller_once()).await?;
    let (make, end) = (ctx.url("/staff/account/calendar"), ctx.url("/staff/account/calendar/end"));
    Ok(html! {
        @if offered || has.is_some() {
            section aria-labelledby="calendar" {
                h2 #calendar { (t.say("account-calendar")) }
                @if let Some(pass) = &has {
                    @let moment = t.moment(pass.since, seat.zone().name(), ctx.now);
                    p { (t.say_with("account-calendar-has", &args! { "moment" => moment })) }
                    (post_button(ctx, &make, &t.say("account-calendar-anew"), "usa-button--outline"))
                    (post_button(ctx, &end, &t.say("account-calendar-end"), "usa-button--outline"))
                } @else {
                    p { (t.say("account-calendar-about")) }
                    (post_button(ctx, &make, &t.say("account-calendar-make"), "usa-button--outline"))
                }
            }
        }
    })
}

pub(super) async fn make(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("calendar"));
    let made = seat.ctx.app.desk.make_calendar(&caller).await?;
    // Sent again, it was made before, and nobody knows the address any more.
    let Some(token) = made.token else {
        return Ok(Redirect::to(&seat.ctx.url("/staff/account")).into_response());
    };
    let body = address(&seat.ctx, &token);
    Ok(seat.page(seat.t().say("account-calendar"), Tab::Account, body).render(&seat.ctx).into_response())
}

pub(super) async fn end(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("calendar-end"));
    seat.ctx.app.desk.end_calendar(&caller).await?;
    Ok(Redirect::to(&seat.ctx.url("/staff/account?did=calendar-ended")).into_response())
}

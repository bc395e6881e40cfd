//! This browser becomes a screen of the hall: its session ends, and what is left is a kiosk at which people check in until the office's
//! day is over, or the display of calls.

use super::{At, Day};
use crate::{
    core::{WebError, cookies, session},
    public::{hall, kiosk},
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use desk::Screen;
use domain::access::Action;
use jiff::civil::Date;

pub(in crate::staff) async fn open(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::RunDay)?;
    let ends = day.today.tomorrow().ok().and_then(|date: Date| day.zone().day_start(date));
    let ends = ends.ok_or(WebError::NotFound)?;
    let token = seat.ctx.app.desk.links().sign_screen(Screen::Kiosk, &day.office.code, ends);
    let https = seat.ctx.app.options.https();
    let seconds = ends.duration_since(seat.ctx.now).as_secs();
    let kept = cookies::set(kiosk::COOKIE, &token, cookies::Keep::Seconds(seconds), https);
    becomes(&seat, kept, "/kiosk").await
}

pub(in crate::staff) async fn display(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::RunDay)?;
    let kept = hall::keep(&seat.ctx, &day.office.code);
    becomes(&seat, kept, "/hall").await
}

/// Nobody walks up to a screen in the hall and finds a colleague's desk behind it.
async fn becomes(seat: &Seat, kept: HeaderValue, page: &str) -> Result<Response, WebError> {
    seat.ctx.app.desk.sign_out(&seat.caller_once(), &seat.me.session).await?;
    let headers = AppendHeaders([(header::SET_COOKIE, kept), (header::SET_COOKIE, session::end(&seat.ctx))]);
    Ok((headers, Redirect::to(&seat.ctx.url(page))).into_response())
}

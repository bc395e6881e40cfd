//! A kiosk is opened: this browser's session ends, and what is left can check people in at this office until its day is over.

use super::{At, Day};
use crate::{
    core::{WebError, cookies, session},
    public::kiosk,
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    http::header,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::access::Action;
use jiff::civil::Date;

pub(in crate::staff) async fn open(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::RunDay)?;
    let desk = &seat.ctx.app.desk;
    let ends = day.today.tomorrow().ok().and_then(|date: Date| day.zone().day_start(date));
    let ends = ends.ok_or(WebError::NotFound)?;
    let token = desk.links().sign_kiosk(&day.office.code, ends);
    // Nobody walks up to a screen in the hall and finds a colleague's desk behind it.
    desk.sign_out(&seat.caller_once(), &seat.me.session).await?;
    let https = seat.ctx.app.options.https();
    let seconds = ends.duration_since(seat.ctx.now).as_secs();
    let kept = cookies::set(kiosk::COOKIE, &token, cookies::Keep::Seconds(seconds), https);
    let headers = AppendHeaders([(header::SET_COOKIE, kept), (header::SET_COOKIE, session::end(&seat.ctx))]);
    Ok((headers, Redirect::to(&seat.ctx.url("/kiosk"))).into_response())
}

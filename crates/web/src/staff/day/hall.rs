//! The call display as staff look at it; the screen in the hall is made one by `kiosk`.

use super::{At, Day};
use crate::{core::WebError, public::hall, staff::frame::Seat};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::access::Action;

pub(in crate::staff) async fn page(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::SeeDay)?;
    let ctx = &seat.ctx;
    let at = ctx.url(&format!("/staff/office/{}/display", day.office.code));
    Ok(hall::show(ctx, day.office, seat.from, &at, &ctx.url("/live/staff")).await?.into_response())
}

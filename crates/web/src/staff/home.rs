//! Where each role begins.

use super::frame::Seat;
use axum::response::Redirect;
use domain::actor::{Role, Staff};

/// The first page of a member of staff, below the language.
pub(super) fn of(staff: &Staff) -> &'static str {
    let is = |roles: &[Role]| roles.iter().any(|role| staff.is(*role));
    if is(&[Role::Officer, Role::Operator]) {
        "/staff/review"
    } else if is(&[Role::Clerk, Role::OfficeManager]) {
        "/staff/day"
    } else {
        "/staff/overview"
    }
}

pub(super) async fn home(seat: Seat) -> Redirect {
    Redirect::to(&seat.ctx.url(of(&seat.me.staff)))
}

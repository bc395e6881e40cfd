//! Closing an office's day: the plan, how it goes, and the way back.

mod form;
mod show;

pub(super) use form::{mine, office, plan};
pub(super) use show::{close, give_up, page, undo};

use super::frame::Seat;
use domain::{calendar::Zone, closing::Closing};
use jiff::{Timestamp, civil::Time};
use locale::args;

/// The address of a closing's page.
fn to(seat: &Seat, closing: &Closing) -> String {
    seat.ctx.url(&format!("/staff/closing/{}", closing.id))
}

/// Which time is closed, in words: a day, or a part of one.
fn stretch(seat: &Seat, zone: &Zone, from: Timestamp, until: Timestamp) -> String {
    let t = seat.t();
    let (start, end) = (zone.local(from), zone.local(until));
    let day = t.on_day(start.date(), zone.date(seat.ctx.now));
    let midnight = Time::midnight();
    if start.time() == midnight && end.time() == midnight {
        return t.say_with("closing-whole-day", &args! { "day" => day });
    }
    let until = if end.time() == midnight { t.say("closing-end-of-day") } else { t.time(end.time()) };
    t.say_with("closing-part", &args! { "day" => day, "from" => t.time(start.time()), "until" => until })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

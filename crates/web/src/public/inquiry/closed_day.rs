//! The office closed the day of the visit: what happened, what there is instead, and what can be chosen until when.

use super::path;
use crate::core::{Ctx, proof::Own};
use crate::parts::{Alert, alert, post_button};
use domain::{
    appointment::{AppointmentEnd, ShutDay},
    delegate::DelegateAct,
    inquiry::{Inquiry, Stage},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// The closed day that the inquiry's present standing comes from.
fn day(inquiry: &Inquiry) -> Option<&ShutDay> {
    match &inquiry.stage {
        Stage::Booked(visit) => visit.shut.as_ref(),
        // Nobody has chosen since: the visit that the office ended is the last thing there was.
        Stage::Promised(_) | Stage::Calling { .. } | Stage::ToBook { .. } | Stage::Review { .. } => {
            let last = inquiry.past_appointments.last()?;
            (last.end == AppointmentEnd::CancelledByOffice).then_some(())?;
            last.appointment.shut.as_ref()
        }
        _ => None,
    }
}

pub(super) fn section(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let Some(day) = day(inquiry) else { return html! {} };
    let moment = |at: Timestamp| {
        let visit =
            inquiry.appointment().or_else(|| inquiry.past_appointments.last().map(|p| &p.appointment));
        let zone = visit.map_or_else(|| inquiry.reach.zone.name(), |visit| visit.zone.name());
        t.moment(at, zone, ctx.now)
    };
    let choice = inquiry.may_choose_after_closing(ctx.now).is_some();
    let body = html! {
        p { (t.say_with("public-shut-was", &args! { "moment" => moment(day.start) })) }
        p dir="auto" { (day.why.in_lang(&ctx.lang)) }
        @match &inquiry.stage {
            Stage::Booked(visit) => {
                p { strong { (t.say_with("public-shut-now", &args! { "moment" => moment(visit.start) })) } }
                @if choice {
                    p { (t.say_with("public-shut-choose", &args! { "until" => moment(day.until) })) }
                    div.actions {
                        @if own.may(DelegateAct::Visit) {
                            (post_button(ctx, &ctx.url(&path(inquiry, "/visit/keep")), &t.say("public-shut-keep"), ""))
                            a.usa-link href=(ctx.url(&path(inquiry, "/visit/time"))) { (t.say("public-shut-other")) }
                        }
                        @if own.may(DelegateAct::Call) {
                            a.usa-link href=(ctx.url(&path(inquiry, "/call/time"))) { (t.say("public-shut-call")) }
                        }
                    }
                } @else { p { (t.say("public-shut-kept")) } }
            }
            Stage::Promised(_) | Stage::Calling { .. } => { p { (t.say("public-shut-called")) } }
            _ => { p { (t.say("public-shut-officer")) } }
        }
    };
    let kind = if choice { Alert::Warning } else { Alert::Info };
    alert(kind, &t.say("public-shut-title"), &body)
}

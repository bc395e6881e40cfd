//! Coming earlier: noted for a person who says so by telephone, at an office or in writing.

use super::{story, view::View};
use crate::{
    core::{Errors, Fields},
    parts::{self, Choice, Choices, Input},
    staff::{frame::Seat, signs},
};
use domain::earlier::{SaidBy, Wish};
use locale::args;
use maud::{Markup, html};

/// How long before people can ask to know, in hours: as on their own page.
const NOTICES: [u16; 4] = [2, 24, 48, 96];

/// What is noted already, or what is likeliest.
pub(super) fn fill(view: &View<'_>, fields: &mut Fields) {
    let (desk, inquiry) = (&view.seat.ctx.app.desk, view.inquiry);
    let Some(here) = inquiry.could_come_earlier() else { return };
    let Some(office) = desk.pack().office(here.office) else { return };
    let today = office.zone().date(view.seat.ctx.now);
    let horizon = i32::from(desk.pack().line().visits.horizon_days);
    let last = here.than.map_or_else(
        || today.saturating_add(jiff::Span::new().days(horizon)),
        |than| office.zone().date(than),
    );
    let wish = inquiry.earlier.as_ref().map(|earlier| earlier.wish.clone());
    let wish = wish.unwrap_or(Wish { from: today, until: last, notice_hours: 24 });
    fields.set("earlier-from", wish.from.to_string());
    fields.set("earlier-until", wish.until.to_string());
    fields.set("earlier-notice", wish.notice_hours.to_string());
}

/// On which days, how long before they need to know, and how they said so.
pub(super) fn form(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let form = view.form();
    let notices = NOTICES.map(|hours| {
        let label = t.say_with("public-earlier-hours", &args! { "hours" => i64::from(hours) });
        Choice::new(hours.to_string(), label)
    });
    let ways = SaidBy::ALL.map(|by| Choice::new(by.as_str(), t.say_of("staff-earlier-said", by.as_str())));
    let day = |name: &str, label: &str| {
        parts::input(&form, &Input { name, label, kind: "date", size: "medium", ..Input::default() })
    };
    html! {
        (day("earlier-from", &t.say("staff-earlier-from")))
        (day("earlier-until", &t.say("staff-earlier-until")))
        (parts::radios(&form, &Choices { name: "earlier-notice", legend: &t.say("staff-earlier-notice"), ..Choices::default() }, &notices))
        (parts::radios(&form, &Choices { name: "earlier-said", legend: &t.say("staff-earlier-how"),
            hint: &t.say("staff-earlier-how-hint"), ..Choices::default() }, &ways))
    }
}

/// What was typed; nothing when a part of it is missing.
pub(super) fn read(fields: &Fields) -> Option<(Wish, SaidBy)> {
    let from = fields.get("earlier-from").parse().ok()?;
    let until = fields.get("earlier-until").parse().ok()?;
    let notice_hours = fields.get("earlier-notice").parse().ok()?;
    Some((Wish { from, until, notice_hours }, SaidBy::from_code(fields.get("earlier-said"))?))
}

/// What is wrong with it, field by field.
pub(super) fn faults(seat: &Seat, fields: &Fields, errors: &mut Errors) {
    let t = seat.t();
    let day = |name| fields.get(name).parse::<jiff::civil::Date>().ok();
    let (from, until) = (day("earlier-from"), day("earlier-until"));
    if from.is_none() {
        errors.add("earlier-from", t.say("staff-earlier-fault-day"));
    }
    if until.is_none() {
        errors.add("earlier-until", t.say("staff-earlier-fault-day"));
    }
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        errors.add("earlier-until", t.say("staff-earlier-fault-order"));
    }
    if fields.get("earlier-notice").parse::<u16>().is_err() {
        errors.add("earlier-notice", t.say("staff-fault-choose"));
    }
    if SaidBy::from_code(fields.get("earlier-said")).is_none() {
        errors.add("earlier-said", t.say("staff-earlier-fault-said"));
    }
}

/// That they wait for an earlier place, and how that is known.
pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, t) = (view.seat, view.seat.t());
    let Some(earlier) = &view.inquiry.earlier else { return html! {} };
    let today = seat.zone().date(seat.ctx.now);
    let day = |day| t.on_day(day, today);
    html! {
        p { (t.say_with("staff-earlier-waits", &args! {
                "from" => day(earlier.wish.from), "until" => day(earlier.wish.until),
                "hours" => i64::from(earlier.wish.notice_hours) }))
            @match &earlier.noted {
                Some(noted) => {
                    " " (t.say_of_with("staff-earlier-noted", noted.said.as_str(), &args! { "name" => story::actor(seat, &noted.by) }))
                    ", " (signs::ago(seat, noted.at))
                }
                None => { " " (t.say("staff-earlier-own")) ", " (signs::ago(seat, earlier.since)) }
            }
        }
    }
}

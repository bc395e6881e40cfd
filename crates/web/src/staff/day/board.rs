//! The table of a day.

use super::Day;
use crate::{
    core::WebError,
    parts::{self, Alert, alert},
    staff::signs,
};
use desk::DeskError;
use domain::{
    access::{Action, sees},
    appointment::{Appointment, AppointmentEnd},
    codes::OfficeCode,
    inquiry::{Inquiry, Stage},
    number::InquiryNumber,
    refusal::Refusal,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    Expected,
    Arrived,
    Aside,
    Called,
    Served,
    Left,
    Missed,
    Cancelled,
}

impl Where {
    const ALL: [Self; 8] = [
        Self::Expected,
        Self::Arrived,
        Self::Aside,
        Self::Called,
        Self::Served,
        Self::Left,
        Self::Missed,
        Self::Cancelled,
    ];

    /// Is it counted also when there is none?
    const fn is_usual(self) -> bool {
        !matches!(self, Self::Aside | Self::Left | Self::Cancelled)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Arrived => "arrived",
            Self::Aside => "aside",
            Self::Left => "left",
            Self::Called => "called",
            Self::Served => "served",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::Expected => "○",
            Self::Arrived => "●",
            Self::Aside => "◌",
            Self::Left => "↷",
            Self::Called => "▶",
            Self::Served => "✓",
            Self::Missed => "✗",
            Self::Cancelled => "–",
        }
    }
}

/// The visits of a day, as they stand.
pub(super) struct Board(Vec<Inquiry>);

impl Board {
    pub(super) async fn load(day: &Day<'_>) -> Result<Self, WebError> {
        let desk = &day.seat.ctx.app.desk;
        Ok(Self(desk.visits_on(&day.office.code, day.date).await?))
    }

    pub(super) fn inquiries(&self) -> &[Inquiry] {
        &self.0
    }

    pub(super) fn find(&self, number: InquiryNumber) -> Option<&Inquiry> {
        self.0.iter().find(|inquiry| inquiry.number == number)
    }

    pub(super) fn show(&self, day: &Day<'_>, name: &str, counter: Option<&str>) -> Markup {
        let t = day.seat.t();
        let rows: Vec<(&Inquiry, &Appointment, Where)> = self
            .0
            .iter()
            .filter_map(|inquiry| visit(inquiry, &day.office.code, day).map(|(a, w)| (inquiry, a, w)))
            .collect();
        let wanted = name.trim().to_lowercase();
        let count = |w: Where| rows.iter().filter(|(_, _, at)| *at == w).count();
        html! {
            dl.desk-counts {
                @for w in Where::ALL {
                    @if w.is_usual() || count(w) > 0 {
                        div { dt { span aria-hidden="true" { (w.sign()) " " } (t.say_of("staff-visit", w.code())) }
                            dd { (t.number(i64::try_from(count(w)).unwrap_or(0))) } }
                    }
                }
            }
            @if rows.is_empty() {
                div.desk-empty {
                    p { strong { (t.say("staff-day-empty")) } }
                    p { (t.say("staff-day-empty-next")) }
                }
            } @else {
                div.desk-scroll role="region" tabindex="0" aria-labelledby="day-caption" {
                    table.usa-table.usa-table--borderless.desk-table {
                        caption #day-caption { (t.say_with("staff-day-caption", &args! { "zone" => t.zone(day.zone().name()) })) }
                        thead { tr {
                            th scope="col" { (t.say("staff-col-time")) }
                            th scope="col" { (t.say("staff-col-person")) }
                            th scope="col" { (t.say("staff-col-reason")) }
                            th scope="col" { (t.say("staff-col-state")) }
                            th scope="col" { (t.say("staff-col-number")) }
                            @if day.runs() { th scope="col" { (t.say("staff-col-do")) } }
                        } }
                        tbody {
                            @for (inquiry, appointment, at) in rows {
                                @if wanted.is_empty() || signs::name(day.seat, inquiry).to_lowercase().contains(&wanted) {
                                    (row(day, inquiry, appointment, at, counter))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The visit of an inquiry on this day at this office, and where it stands.
fn visit<'a>(inquiry: &'a Inquiry, office: &OfficeCode, day: &Day<'_>) -> Option<(&'a Appointment, Where)> {
    let on = |a: &Appointment| a.office == *office && day.zone().date(a.start) == day.date;
    if let Some(now) = inquiry.appointment().filter(|a| on(a)) {
        let at = match &inquiry.stage {
            Stage::CheckedIn { called: Some(_), .. } => Where::Called,
            Stage::CheckedIn { aside: Some(_), .. } => Where::Aside,
            Stage::CheckedIn { .. } => Where::Arrived,
            _ => Where::Expected,
        };
        return Some((now, at));
    }
    let past = inquiry.past_appointments.iter().rev().find(|p| on(&p.appointment))?;
    let at = match past.end {
        AppointmentEnd::Served => Where::Served,
        AppointmentEnd::NoShow => Where::Missed,
        AppointmentEnd::Left => Where::Left,
        AppointmentEnd::CancelledByPerson | AppointmentEnd::CancelledByOffice | AppointmentEnd::Released => {
            Where::Cancelled
        }
    };
    Some((&past.appointment, at))
}

fn row(
    day: &Day<'_>,
    inquiry: &Inquiry,
    appointment: &Appointment,
    at: Where,
    counter: Option<&str>,
) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let reach = &inquiry.reach;
    let sees = sees(&seat.me.staff, inquiry);
    let read = sees && seat.can(Action::ReadInquiry, Some(&day.office.code));
    html! {
        tr id={ "v" (inquiry.number.digits()) } {
            td.desk-n { (signs::time(appointment.start, &t.time(day.zone().local(appointment.start).time()))) }
            th scope="row" { bdi { (signs::name(seat, inquiry)) }
                @if let Some(lang) = &reach.interpreter { span.desk-tag { (t.say("staff-tag-interpreter")) ": " bdi { (lang) } } }
                @if reach.lang != seat.ctx.lang { span.desk-tag { (t.say_of("staff-lang", reach.lang.as_str())) } }
                @if let Some(needs) = &reach.accommodation { span.desk-tag { bdi { (needs.reveal()) } } }
            }
            td { @if sees { (signs::reason(seat, inquiry)) }
                @if appointment.walk_in { br; span.desk-tag { (t.say("floor-walked-in")) } }
            }
            td { span class={ "desk-visit desk-visit--" (at.code()) } { span aria-hidden="true" { (at.sign()) " " } (t.say_of("staff-visit", at.code())) }
                (detail(day, inquiry, appointment, at))
            }
            td { @if read { (signs::number(seat, inquiry)) } @else { bdi { (inquiry.number) } } }
            @if day.runs() { td { div.desk-row-acts { (buttons(day, inquiry, appointment, at, counter)) } } }
        }
    }
}

/// Ticket, counter, early or late.
fn detail(day: &Day<'_>, inquiry: &Inquiry, appointment: &Appointment, at: Where) -> Markup {
    let seat = day.seat;
    let (t, now) = (seat.t(), seat.ctx.now);
    html! {
        @match &inquiry.stage {
            Stage::CheckedIn { at: came, ticket, called, .. } => {
                " " strong { (ticket) }
                @if let Some((counter, _)) = called { " " (t.say_with("staff-at-counter", &args! { "counter" => counter })) }
                @if let Some(words) = early_or_late(seat, *came, appointment.start) { br; span.quiet { (words) } }
                @if called.is_none() { br; span.quiet { (t.say("staff-came-waits")) " " (signs::ago(seat, *came)) } }
            }
            _ if at == Where::Expected && now > appointment.start => {
                br; strong.desk-late { span aria-hidden="true" { "⚠ " } (signs::time(appointment.start, &t.due(now, appointment.start))) }
            }
            _ if at == Where::Expected && appointment.confirmed.is_some() => {
                br; span.quiet { span aria-hidden="true" { "✓ " } (t.say("staff-day-confirmed")) }
            }
            _ if at == Where::Expected && appointment.asked.is_some() => {
                br; span.quiet { (t.say("staff-day-asked")) }
            }
            _ => {}
        }
    }
}

/// Did the person come early or late? Within five minutes is on time.
fn early_or_late(seat: &crate::staff::frame::Seat, came: Timestamp, start: Timestamp) -> Option<String> {
    let minutes = came.duration_since(start).as_mins();
    let t = seat.t();
    match minutes {
        ..=-5 => Some(t.say_with("staff-came-early", &args! { "n" => -minutes })),
        6.. => Some(t.say_with("staff-came-late", &args! { "n" => minutes })),
        _ => None,
    }
}

fn buttons(
    day: &Day<'_>,
    inquiry: &Inquiry,
    appointment: &Appointment,
    at: Where,
    counter: Option<&str>,
) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let name = signs::name(seat, inquiry);
    let button = |act: &str, label: String, main: bool| {
        html! {
            form method="post" action=(day.act(act)) {
                (parts::key(&seat.ctx))
                input type="hidden" name="number" value=(inquiry.number.digits());
                button.usa-button.desk-small.usa-button--outline[!main] type="submit" {
                    (label) span.usa-sr-only { " " bdi { (name) } }
                }
            }
        }
    };
    let visits = &seat.ctx.app.desk.pack().line().visits;
    let grace = appointment.end + jiff::SignedDuration::from_mins(i64::from(visits.grace_minutes));
    let call = || match counter {
        Some(counter) => t.say_with("staff-do-call-to", &args! { "counter" => counter }),
        None => t.say("staff-do-call"),
    };
    let more = |inside: Markup| html! { details.desk-more { summary { (t.say("floor-more")) span.usa-sr-only { " " bdi { (name) } } } (inside) } };
    html! {
        @match at {
            Where::Expected if day.date == day.today => {
                (button("check-in", t.say("staff-do-check-in"), true))
                @if seat.ctx.now >= grace { (button("missed", t.say("staff-do-missed"), false)) }
            }
            Where::Arrived => {
                (button("call", call(), true))
                (more(html! {
                    (button("park", t.say("floor-do-park"), false))
                    (button("left", t.say("floor-do-left"), false))
                }))
            }
            Where::Aside => {
                (button("call", call(), false))
                (button("back", t.say("floor-do-back"), true))
                (more(html! { (button("left", t.say("floor-do-left"), false)) }))
            }
            Where::Called => {
                (button("served", t.say("staff-do-served"), true))
                // Nobody came to the counter: the hall hears it once more. Another counter's ticket is not ours to call.
                @if matches!(&inquiry.stage, Stage::CheckedIn { called: Some((at, _)), .. } if Some(at.as_str()) == counter) {
                    (button("call", t.say("staff-do-call-again"), false))
                }
                (more(html! {
                    (button("not-here", t.say("floor-do-not-here"), false))
                    (button("park", t.say("floor-do-park"), false))
                    (hand(day, inquiry))
                    (button("left", t.say("floor-do-left"), false))
                }))
            }
            _ => {}
        }
    }
}

/// To another counter, by its name.
fn hand(day: &Day<'_>, inquiry: &Inquiry) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let id = format!("to{}", inquiry.number.digits());
    html! {
        form.desk-hand method="post" action=(day.act("hand")) {
            (parts::key(&seat.ctx))
            input type="hidden" name="number" value=(inquiry.number.digits());
            label.usa-label for=(id) { (t.say("floor-hand-to")) }
            input.usa-input id=(id) name="to" maxlength="10" required autocomplete="off" spellcheck="false";
            button.usa-button.desk-small.usa-button--outline type="submit" {
                (t.say("floor-do-hand")) span.usa-sr-only { " " bdi { (signs::name(seat, inquiry)) } }
            }
        }
    }
}

/// Why a button could not be followed, with what to do now.
pub(super) fn why_not(day: &Day<'_>, inquiry: &Inquiry, error: &WebError) -> Markup {
    let seat = day.seat;
    let (t, now) = (seat.t(), seat.ctx.now);
    let zone = day.zone().name();
    let (wrong, mut next) = error.says(t);
    if let WebError::Desk(DeskError::Refused(refusal)) = error {
        let at = |at: Timestamp| t.moment(at, zone, now);
        match refusal {
            Refusal::TooEarly { from } => {
                next = t.say_with("staff-day-too-early", &args! { "from" => at(*from) });
            }
            Refusal::NotToday { start } => {
                next = t.say_with("staff-day-not-today", &args! { "start" => at(*start) });
            }
            Refusal::TooLate { until } => {
                next = t.say_with("staff-day-too-late", &args! { "until" => at(*until) });
            }
            Refusal::TooSoon { earliest } => {
                next = t.say_with("staff-day-too-soon", &args! { "until" => at(*earliest) });
            }
            Refusal::TakenByColleague => next = t.say("staff-day-taken"),
            Refusal::ForCounter { counter } => {
                next = t.say_with("floor-for-counter", &args! { "counter" => counter });
            }
            _ => {}
        }
    }
    let name = signs::name(seat, inquiry);
    let heading = format!("{name}: {wrong}");
    html! { div role="alert" { (alert(Alert::Error, &heading, &html! { p { (next) } })) } }
}

//! What a roster would change, in tables.

use super::{count, hours, table};
use crate::staff::{frame::Seat, signs};
use desk::{DayChanged, RosterEffect, WindowKept};
use domain::access::{Action, sees};
use locale::args;
use maud::{Markup, html};

/// So many rows of a table; the first come first.
const ROWS: usize = 100;

/// Everything that would change.
pub(super) fn effect(seat: &Seat, effect: &RosterEffect) -> Markup {
    let t = seat.t();
    html! {
        section aria-labelledby="calls" {
            h2 #calls { (t.say("roster-calls")) }
            @if effect.calls.is_empty() {
                p { span aria-hidden="true" { "✓ " } (t.say("roster-calls-none")) }
            } @else {
                p { strong { span aria-hidden="true" { "⚠ " }
                    (t.say_with("roster-calls-some", &args! { "n" => count(effect.calls.len()) })) } }
                (calls(seat, effect))
            }
        }
        section aria-labelledby="windows" {
            h2 #windows { (t.say("roster-windows")) }
            @if effect.windows.is_empty() { p { (t.say("roster-windows-none")) } } @else {
                (windows(seat, &effect.windows, true))
            }
        }
        section aria-labelledby="days" {
            h2 #days { (t.say("roster-days")) }
            @if effect.days.is_empty() { p { (t.say("roster-days-none")) } } @else {
                (days(seat, &effect.days, effect.staff.office.is_some()))
            }
        }
    }
}

/// The calls that whoever is on duty is to make. Whose they are is for those who read inquiries.
fn calls(seat: &Seat, effect: &RosterEffect) -> Markup {
    let t = seat.t();
    let head = ["window", "number"].map(|what| t.say_of("roster-col", what));
    let rows = html! {
        @for inquiry in effect.calls.iter().take(ROWS) {
            @if let Some(callback) = inquiry.callback() {
                tr {
                    th scope="row" { (signs::window(seat, &callback.window)) }
                    td {
                        @if seat.can(Action::ReadInquiry, inquiry) && sees(&seat.me.staff, inquiry) {
                            (signs::number(seat, inquiry))
                        } @else { "–" }
                    }
                }
            }
        }
    };
    table("left", &t.say("roster-calls-caption"), &head, &rows)
}

/// Windows with what can be kept in each, and what is promised; what is over has a sign.
pub(super) fn windows(seat: &Seat, windows: &[WindowKept], change: bool) -> Markup {
    let t = seat.t();
    let zone = seat.zone();
    let mut head = vec![t.say_of("roster-col", "window")];
    if change {
        head.push(t.say_of("roster-col", "before"));
    }
    head.extend(["after", "promised"].map(|what| t.say_of("roster-col", what)));
    let rows = html! {
        @for one in windows.iter().take(ROWS) {
            tr {
                th scope="row" {
                    (signs::time(one.start, &t.opening(&t.window(one.start, one.end, zone.name(), seat.ctx.now)))) }
                @if change { td.desk-n { (t.number(i64::from(one.before))) } }
                td.desk-n { (t.number(i64::from(one.after))) }
                td.desk-n {
                    @if one.is_over() {
                        strong.desk-late { span aria-hidden="true" { "⚠ " } (t.number(i64::from(one.promised))) }
                        span.usa-sr-only { " " (t.say("roster-too-many")) }
                    } @else { (t.number(i64::from(one.promised))) }
                }
            }
        }
    };
    let caption = t.say_with(
        "roster-windows-caption",
        &args! { "shown" => count(windows.len().min(ROWS)), "all" => count(windows.len()) },
    );
    table("kept", &caption, &head, &rows)
}

/// Days with other hours, and for who works at an office what stands there.
fn days(seat: &Seat, days: &[DayChanged], at_office: bool) -> Markup {
    let t = seat.t();
    let today = seat.zone().date(seat.ctx.now);
    let mut head = ["day", "was", "then"].map(|what| t.say_of("roster-col", what)).to_vec();
    if at_office {
        head.extend(["others", "visits"].map(|what| t.say_of("roster-col", what)));
    }
    let rows = html! {
        @for day in days {
            tr {
                th scope="row" { (t.day(day.day, today)) }
                td { (hours(seat, day.before.as_deref())) }
                td { (hours(seat, day.after.as_deref())) }
                @if at_office {
                    td.desk-n { (t.number(count(day.others))) }
                    td.desk-n { (t.number(count(day.visits))) }
                }
            }
        }
    };
    table("changed", &t.say("roster-days-caption"), &head, &rows)
}

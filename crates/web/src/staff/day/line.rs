//! The line of a day: who waits for a counter, in the order of turns, and who stepped aside.

use super::{Day, board::Board};
use crate::{
    parts,
    staff::{fresh, signs},
};
use domain::floor::{self, Aside, Waiting};
use locale::args;
use maud::{Markup, html};

/// The line as it stands, with the way to call whoever is next.
pub(super) fn show(day: &Day<'_>, board: &Board, counter: Option<&str>) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let office = &day.office.code;
    let line = floor::line(board.inquiries(), office, desk.pack().line().visits.floor);
    if day.date != day.today || line.is_empty() {
        return html! {};
    }
    let counters = floor::counters(board.inquiries(), office, seat.ctx.now);
    let next = counter.and_then(|counter| floor::next(&line, counter));
    let (standing, apart): (Vec<&Waiting<'_>>, Vec<&Waiting<'_>>) =
        line.iter().partition(|one| one.aside.is_none());
    html! {
        section.desk-floor aria-labelledby="floor-title" {
            h2 #floor-title { (t.say("floor-line")) }
            @if day.runs() {
                @match (counter, next) {
                    (Some(counter), Some(next)) => form method="post" action=(day.act("next")) {
                        (parts::key(&seat.ctx))
                        button.usa-button type="submit" {
                            (t.say_with("floor-next", &args! { "ticket" => next.ticket, "counter" => counter }))
                        }
                    },
                    (None, _) => p.quiet { (t.say("staff-day-counter-first")) },
                    (Some(_), None) => p.quiet { (t.say("floor-nobody-next")) },
                }
            }
            ol.desk-line {
                @for one in &standing {
                    li {
                        strong { (one.ticket) } " " bdi { (signs::name(seat, one.inquiry)) } " · "
                        (turn(day, one))
                        @if let Some(wait) = floor::wait(&line, one.ticket, counters, seat.ctx.now).and_then(|wait| wait.minutes) {
                            " · " span.quiet { (band(t, wait)) }
                        }
                    }
                }
            }
            @if !apart.is_empty() {
                h3 { (t.say("floor-apart")) }
                ul.desk-line {
                    @for one in &apart {
                        li { strong { (one.ticket) } " " bdi { (signs::name(seat, one.inquiry)) } " · " (aside(day, one)) }
                    }
                }
            }
        }
    }
}

/// When somebody's turn is, and why then.
fn turn(day: &Day<'_>, one: &Waiting<'_>) -> Markup {
    let t = day.seat.t();
    let at = t.time(day.zone().local(one.turn.at).time());
    let words = t.say_of_with("floor-turn", one.turn.by.as_str(), &args! { "time" => at });
    signs::time(one.turn.at, &words)
}

/// Why somebody is not called in turn, and since when.
fn aside(day: &Day<'_>, one: &Waiting<'_>) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let Some(aside) = one.aside else { return html! {} };
    let (words, since) = match aside {
        Aside::Parked { since } => (t.say("floor-aside-parked"), since),
        Aside::NotHere { since, counter } => {
            (t.say_with("floor-aside-not-here", &args! { "counter" => counter }), since)
        }
        Aside::For { since, counter } => {
            (t.say_with("floor-aside-for-counter", &args! { "counter" => counter }), since)
        }
    };
    html! { (words) " · " (signs::ago(seat, *since)) }
}

/// A band of minutes, as people say it.
pub(crate) fn band(t: &locale::Tongue, (least, most): (i64, i64)) -> String {
    t.say_with("floor-band", &args! { "least" => least, "most" => most })
}

/// So that nobody types a board's address twice.
pub(super) fn whole(day: &Day<'_>, board: &Board, name: &str, counter: Option<&str>) -> Markup {
    let address = format!("{}?name={}", day.to(day.date), super::encode(name));
    fresh::board(
        day.seat,
        &day.office.code,
        &address,
        &html! { (show(day, board, counter)) (board.show(day, name, counter)) },
    )
}

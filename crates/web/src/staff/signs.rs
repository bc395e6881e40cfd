//! Small signs that every desk uses: times in words, urgency, what is late.

use super::frame::Seat;
use domain::{access::sees, codes::QueueCode, inquiry::Inquiry, urgency::Urgency};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// A time in words, and for machines.
pub(super) fn time(at: Timestamp, words: &str) -> Markup {
    html! { time datetime=(at) { (words) } }
}

/// How long ago.
pub(super) fn ago(seat: &Seat, then: Timestamp) -> Markup {
    time(then, &seat.t().ago(seat.ctx.now, then))
}

/// When it is due; what is late has a sign, its words and a colour.
pub(super) fn due(seat: &Seat, due: Option<Timestamp>) -> Markup {
    let Some(due) = due else { return html! { span.quiet { (seat.t().say("staff-due-nobody")) } } };
    let words = seat.t().due(seat.ctx.now, due);
    html! {
        @if due <= seat.ctx.now {
            strong.desk-late { span aria-hidden="true" { "⚠ " } (time(due, &words)) }
        } @else {
            (time(due, &words))
        }
    }
}

/// Urgent has a sign and weight; regular is quiet.
pub(super) fn urgency(seat: &Seat, urgency: Urgency) -> Markup {
    let word = seat.t().say_of("staff-urgency", urgency.as_str());
    html! {
        @match urgency {
            Urgency::Urgent => strong.desk-urgent { span aria-hidden="true" { "▲ " } (word) },
            Urgency::Regular => span { (word) },
        }
    }
}

/// A window by the person's clock, and by this desk's in grey where that shows something else.
pub(super) fn window(seat: &Seat, window: &domain::calendar::windows::Window) -> Markup {
    let t = seat.t();
    let (now, mine) = (seat.ctx.now, seat.zone());
    html! {
        (time(window.start, &t.opening(&t.window(window.start, window.end, window.zone.name(), now))))
        @if mine.local(window.start) != window.zone.local(window.start) {
            span.desk-here { (t.window(window.start, window.end, mine.name(), now)) }
        }
    }
}

/// The name of the reason in this desk's language.
pub(super) fn reason(seat: &Seat, inquiry: &Inquiry) -> String {
    let pack = seat.ctx.app.desk.pack();
    pack.reason(&inquiry.reason)
        .map_or_else(|| inquiry.reason.to_string(), |r| r.name.in_lang(&seat.ctx.lang).to_owned())
}

/// What a queue is called in this desk's language; its code where the agency has no name for it.
pub(super) fn queue(seat: &Seat, queue: &QueueCode) -> String {
    let named = &seat.ctx.app.desk.pack().line().wait.written().queues;
    let named = named.iter().find(|named| named.code == *queue);
    named.map_or_else(|| queue.to_string(), |named| named.name.in_lang(&seat.ctx.lang).to_owned())
}

/// Who it is, as far as whoever sits here may know.
pub(super) fn name(seat: &Seat, inquiry: &Inquiry) -> String {
    if sees(&seat.me.staff, inquiry) {
        inquiry.name.full().reveal().clone()
    } else {
        seat.t().say("guard-withheld")
    }
}

/// The number as a link to the inquiry.
pub(super) fn number(seat: &Seat, inquiry: &Inquiry) -> Markup {
    let to = seat.ctx.url(&format!("/staff/inquiry/{}", inquiry.number.digits()));
    html! { a.usa-link.desk-number href=(to) { bdi { (inquiry.number) } } }
}

/// To the part of a list before this one and to the next, where there are such; the first is 0.
pub(super) fn pager(seat: &Seat, page: u32, more: bool, to: impl Fn(u32) -> String) -> Markup {
    let t = seat.t();
    if page == 0 && !more {
        return html! {};
    }
    html! {
        nav.desk-pager aria-label=(t.say("staff-pages")) {
            @if page > 0 { a.usa-link rel="prev" href=(to(page - 1)) { (t.say("staff-page-before")) } }
            span { (t.say_with("staff-page-n", &args! { "n" => i64::from(page) + 1 })) }
            @if more { a.usa-link rel="next" href=(to(page.saturating_add(1))) { (t.say("staff-page-after")) } }
        }
    }
}

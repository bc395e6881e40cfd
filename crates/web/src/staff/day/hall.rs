//! The call display for the hall: which ticket goes to which counter, in every language of the agency, to be read from the
//! last row of chairs. It names nobody.

use super::{At, Day, board::Board};
use crate::{
    core::{Page, WebError},
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    access::Action,
    floor::{self, Aside},
    inquiry::Stage,
};
use jiff::Timestamp;
use locale::{Tongue, args};
use maud::{Markup, html};

/// So many calls stay on the screen; the newest is the largest.
const CALLS: usize = 6;
/// So many who wait are shown by their tickets.
const WAITING: usize = 12;

/// A ticket that was called.
struct Called<'a> {
    ticket: &'a str,
    counter: &'a str,
    at: Timestamp,
}

pub(in crate::staff) async fn page(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::SeeDay)?;
    let board = Board::load(&day).await?;
    let mut called = Vec::new();
    for inquiry in board.inquiries() {
        let Stage::CheckedIn { appointment, ticket, called: Some((counter, at)), .. } = &inquiry.stage else {
            continue;
        };
        if appointment.office == day.office.code {
            called.push(Called { ticket, counter, at: *at });
        }
    }
    let rules = seat.ctx.app.desk.pack().line().visits.floor;
    let line = floor::line(board.inquiries(), &day.office.code, rules);
    // Who was called and did not come is told where to go; who does something else first waits for nothing.
    let waiting: Vec<&str> = line
        .iter()
        .filter(|one| !matches!(one.aside, Some(Aside::Parked { .. } | Aside::NotHere { .. })))
        .map(|one| one.ticket)
        .collect();
    let missed: Vec<&str> = line
        .iter()
        .filter(|one| matches!(one.aside, Some(Aside::NotHere { .. })))
        .map(|one| one.ticket)
        .collect();
    called.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.ticket.cmp(b.ticket)));
    called.truncate(CALLS);
    let words = seat.ctx.app.desk.words();
    let tongues: Vec<&Tongue> =
        seat.ctx.app.desk.pack().languages().iter().map(|lang| words.tongue(lang)).collect();
    let ctx = &seat.ctx;
    let to = ctx.url(&format!("/staff/office/{}/display", day.office.code));
    let body = html! {
        div #hall-news hidden hx-sse:connect={ (ctx.url("/live/staff")) "?from=" (seat.from.0) } {}
        div #hall.hall aria-live="assertive" data-latest=(latest(&called)) hx-get=(to) hx-trigger="look from:#hall-news, every 30s"
            hx-select="#hall" hx-swap="outerMorph" {
            (calls(&tongues, &called))
            (queue(&tongues, &waiting))
            @if !missed.is_empty() {
                h2 { (each(&tongues, |t| t.say("floor-hall-missed"))) }
                ul.hall-waiting { @for ticket in missed.iter().take(WAITING) { li { bdi { (ticket) } } } }
            }
        }
        button #hall-sound.usa-button.usa-button--outline.usa-button--inverse type="button" hidden
            data-on=(seat.t().say("staff-hall-sound-on")) { (seat.t().say("staff-hall-sound")) }
    };
    let page = Page::new(day.office.name.clone(), body).wide().bare().nav(html! {}).live();
    Ok(page.with("hall.css").with("hall.js").render(ctx).into_response())
}

/// Changes with every call, also when the same ticket is called again: then the bell rings.
fn latest(called: &[Called<'_>]) -> String {
    called
        .first()
        .map_or_else(String::new, |one| format!("{}-{}-{}", one.ticket, one.counter, one.at.as_microsecond()))
}

/// The same words in each language, each marked as what it is.
fn each(tongues: &[&Tongue], say: impl Fn(&Tongue) -> String) -> Markup {
    html! {
        @for (n, t) in tongues.iter().enumerate() {
            @if n > 0 { " · " }
            span lang=(t.lang()) dir=(t.dir().as_str()) { (say(t)) }
        }
    }
}

fn calls(tongues: &[&Tongue], called: &[Called<'_>]) -> Markup {
    html! {
        h2 { (each(tongues, |t| t.say("staff-hall-called"))) }
        @if called.is_empty() { p.hall-none { (each(tongues, |t| t.say("staff-hall-none"))) } }
        ol.hall-calls {
            @for one in called {
                li { strong.hall-ticket { bdi { (one.ticket) } }
                    span.hall-counter { (each(tongues, |t| t.say_with("staff-hall-counter", &args! { "counter" => one.counter }))) } }
            }
        }
    }
}

fn queue(tongues: &[&Tongue], waiting: &[&str]) -> Markup {
    let n = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    html! {
        h2 { (each(tongues, |t| t.say_with("staff-hall-waiting", &args! { "n" => n }))) }
        ul.hall-waiting {
            @for ticket in waiting.iter().take(WAITING) { li { bdi { (ticket) } } }
        }
    }
}

//! The call display for the hall: which ticket goes to which counter, in every language of the agency, to be read from the
//! last row of chairs. It names nobody. A screen that was made one shows it without anybody signed in.

use crate::core::{Ctx, Page, WebError, cookies};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use desk::Screen;
use domain::{
    codes::OfficeCode,
    floor::{self, Aside},
    inquiry::Stage,
    journal::Seq,
};
use jiff::{SignedDuration, Timestamp};
use locale::{Tongue, args};
use maud::{Markup, html};

/// The cookie that makes a browser a display.
pub(crate) const COOKIE: &str = "display";
/// A screen that is off for longer is made one again by somebody of the office; one that is on stays one.
pub(crate) const LASTS: SignedDuration = SignedDuration::from_hours(24 * 31);
/// What is left of it is made longer about once a day.
const RENEWED: SignedDuration = SignedDuration::from_hours(24 * 30);
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

/// The office whose display this is, and until when; anybody else finds nothing here.
pub(crate) fn office(ctx: &Ctx) -> Result<(&pack::Office, Timestamp), WebError> {
    let token = ctx.cookie(COOKIE).unwrap_or_default();
    let opened = ctx.app.desk.links().open_screen(Screen::Display, &token, ctx.now);
    let (code, until) = opened.ok_or(WebError::NotFound)?;
    let office = ctx.app.desk.pack().office(&code).ok_or(WebError::NotFound)?;
    Ok((office, until))
}

/// The cookie of a display from now on.
pub(crate) fn keep(ctx: &Ctx, office: &OfficeCode) -> HeaderValue {
    let until = ctx.now.saturating_add(LASTS).unwrap_or(ctx.now);
    let token = ctx.app.desk.links().sign_screen(Screen::Display, office, until);
    cookies::set(COOKIE, &token, cookies::Keep::Seconds(LASTS.as_secs()), ctx.app.options.https())
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, WebError> {
    let (office, until) = office(&ctx)?;
    let from = ctx.app.desk.store().signal().now();
    let page = show(&ctx, office, from, &ctx.url("/hall"), &ctx.url("/live/hall")).await?;
    if until.duration_since(ctx.now) < RENEWED {
        return Ok(([(header::SET_COOKIE, keep(&ctx, &office.code))], page).into_response());
    }
    Ok(page.into_response())
}

/// The display of an office as of now, which is at the address `at` and looks again when the stream `news` says so.
pub(crate) async fn show(
    ctx: &Ctx,
    office: &pack::Office,
    from: Seq,
    at: &str,
    news: &str,
) -> Result<Markup, WebError> {
    let visits = ctx.app.desk.visits_on(&office.code, office.zone().date(ctx.now)).await?;
    let mut called = Vec::new();
    for inquiry in &visits {
        let Stage::CheckedIn { appointment, ticket, called: Some((counter, at)), .. } = &inquiry.stage else {
            continue;
        };
        if appointment.office == office.code {
            called.push(Called { ticket, counter, at: *at });
        }
    }
    let rules = ctx.app.desk.pack().line().visits.floor;
    let line = floor::line(&visits, &office.code, rules);
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
    let words = ctx.app.desk.words();
    let tongues: Vec<&Tongue> =
        ctx.app.desk.pack().languages().iter().map(|lang| words.tongue(lang)).collect();
    let body = html! {
        div #hall-news hidden hx-sse:connect={ (news) "?from=" (from.0) "&office=" (office.code) } {}
        div #hall.hall aria-live="assertive" data-latest=(latest(&called)) hx-get=(at) hx-trigger="look from:#hall-news, every 30s"
            hx-select="#hall" hx-swap="outerMorph" {
            (calls(&tongues, &called))
            (queue(&tongues, &waiting))
            @if !missed.is_empty() {
                h2 { (each(&tongues, |t| t.say("floor-hall-missed"))) }
                ul.hall-waiting { @for ticket in missed.iter().take(WAITING) { li { bdi { (ticket) } } } }
            }
        }
        button #hall-sound.usa-button.usa-button--outline.usa-button--inverse type="button" hidden
            data-on=(ctx.t().say("staff-hall-sound-on")) { (ctx.t().say("staff-hall-sound")) }
    };
    let page = Page::new(office.name.clone(), body).wide().bare().nav(html! {}).live();
    Ok(page.with("hall.css").with("hall.js").render(ctx))
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

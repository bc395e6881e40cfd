//! Promised calls: mine and those that any officer may make, as a list of today and tomorrow, what is late first, and as a
//! calendar.

mod calendar;

use super::{
    frame::{Seat, Tab},
    fresh, signs,
};
use crate::core::WebError;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use calendar::{Calendar, View};
use domain::{
    access::Action,
    actor::Role,
    callback::Callback,
    ids::StaffId,
    inquiry::{Inquiry, Stage},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{List, Page as Part, Paged};

/// Rows on one page: more calls than an officer makes in two days. With 500 of them, of a nation's backlog, the page took 80 ms
/// to make (p99).
const ROWS: u32 = 200;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: u32,
    /// The list, a day or a week.
    #[serde(default)]
    view: String,
    /// Of a day or a week: whose calls.
    #[serde(default)]
    of: String,
    /// The day, or one of the week.
    #[serde(default)]
    day: String,
    /// For news: when the page that asks was made, in microseconds.
    #[serde(default)]
    since: i64,
}

/// Is it late? Then nobody has called in the window, or a retry's time has passed by more than its own window.
fn late(callback: &Callback, now: Timestamp) -> bool {
    callback.broken_at.is_some() || now >= callback.due()
}

/// The address of a page of the list.
fn to(seat: &Seat, page: u32) -> String {
    seat.ctx.url(&format!("/staff/callbacks?page={page}"))
}

/// The calls of a page in its order, and whether there are more behind them.
async fn rows(seat: &Seat, page: u32) -> Result<(Vec<Inquiry>, bool), WebError> {
    let zone = &seat.ctx.app.desk.pack().line().calendar.zone;
    let today = zone.date(seat.ctx.now);
    let after_tomorrow = today.tomorrow().and_then(jiff::civil::Date::tomorrow).unwrap_or(today);
    let to = zone.day_start(after_tomorrow).unwrap_or(seat.ctx.now);
    let officer = seat.me.staff.is(Role::Officer).then_some(seat.me.staff.id);
    let store = seat.ctx.app.desk.store();
    let part = Part { offset: page.saturating_mul(ROWS), limit: ROWS };
    let Paged { mut rows, more } = store.list(&List::Callbacks { officer, to }, part).await?;
    if officer.is_some() && page == 0 {
        // Better another voice than a broken promise: what is late is everybody's, whoever held it.
        let due = List::Callbacks { officer: None, to: seat.ctx.now };
        for inquiry in store.list(&due, Part::first(ROWS)).await?.rows {
            let is_late = inquiry.callback().is_some_and(|c| late(c, seat.ctx.now));
            if is_late && rows.iter().all(|row| row.id != inquiry.id) {
                rows.push(inquiry);
            }
        }
    }
    // Stable: within the late and within the rest the earliest stays first.
    rows.sort_by_key(|inquiry| inquiry.callback().is_none_or(|c| !late(c, seat.ctx.now)));
    Ok((rows, more))
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let officers: BTreeMap<StaffId, String> =
        ctx.app.desk.store().all_staff().await?.into_iter().map(|s| (s.id, s.name)).collect();
    let calendar = Calendar::of(&seat, &asked);
    if View::of(&asked) != View::List {
        let calls = calendar.calls().await?;
        let body = html! {
            (fresh::news(&seat, &calendar.news(ctx.now), None, &calendar.here()))
            (calendar.ways())
            (calendar.show(&calls, &officers))
        };
        let page = seat.page(t.say("staff-callbacks-title"), Tab::Callbacks, body).live();
        return Ok(page.render(ctx).into_response());
    }
    let (rows, more) = rows(&seat, asked.page).await?;
    let body = html! {
        (calendar.ways())
        p.quiet { @if seat.me.staff.is(Role::Officer) { (t.say("staff-callbacks-mine")) } @else { (t.say("staff-callbacks-all")) } }
        (news_line(&seat, asked.page, ctx.now, None))
        @if rows.is_empty() && asked.page == 0 {
            div.desk-empty {
                p { strong { (t.say("staff-callbacks-empty")) } }
                p { (t.say("staff-callbacks-empty-next")) " "
                    a.usa-link href=(ctx.url("/staff/review")) { (t.say("staff-nav-review")) } }
            }
        } @else if !rows.is_empty() {
            (table(&seat, &rows, &officers))
        }
        (signs::pager(&seat, asked.page, more, |page| to(&seat, page)))
    };
    Ok(seat.page(t.say("staff-callbacks-title"), Tab::Callbacks, body).live().render(ctx).into_response())
}

fn table(seat: &Seat, rows: &[Inquiry], officers: &BTreeMap<StaffId, String>) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="callbacks-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #callbacks-caption { (t.say("staff-callbacks-caption")) }
                thead { tr {
                    th scope="col" { (t.say("staff-col-state")) }
                    th scope="col" { (t.say("staff-col-window")) }
                    th scope="col" { (t.say("staff-col-person")) }
                    th scope="col" { (t.say("staff-col-reason")) }
                    th scope="col" { (t.say("staff-col-officer")) }
                    th scope="col" { (t.say("staff-col-tries")) }
                    th scope="col" { (t.say("staff-col-number")) }
                } }
                tbody {
                    @for inquiry in rows {
                        @if let Some(callback) = inquiry.callback() {
                            (row(seat, inquiry, callback, officers))
                        }
                    }
                }
            }
        }
    }
}

fn row(seat: &Seat, inquiry: &Inquiry, callback: &Callback, officers: &BTreeMap<StaffId, String>) -> Markup {
    let (t, now) = (seat.t(), seat.ctx.now);
    let owner = callback.owner.map(|id| {
        if id == seat.me.staff.id {
            t.say("staff-officer-me")
        } else {
            officers.get(&id).cloned().unwrap_or_default()
        }
    });
    let late = late(callback, now);
    html! {
        tr.desk-row--late[late] {
            td { (state(seat, inquiry, callback)) }
            td { (signs::window(seat, &callback.window)) }
            th scope="row" { bdi { (inquiry.name.full().reveal()) }
                @if inquiry.reach.relay { span.desk-tag { (t.say("staff-tag-relay")) } }
                @if inquiry.reach.interpreter.is_some() { span.desk-tag { (t.say("staff-tag-interpreter")) } }
            }
            td { (signs::reason(seat, inquiry)) }
            td { @if let Some(owner) = owner { bdi { (owner) } } @else { (t.say("staff-officer-any")) } }
            td { @if callback.attempts.is_empty() { (t.say("staff-tries-none")) } @else {
                (t.say_with("staff-tries", &args! { "n" => i64::try_from(callback.attempts.len()).unwrap_or(0) }))
                @if let Some(last) = callback.attempts.last() { ": " (t.say_of("staff-outcome", last.outcome.as_str())) } } }
            td { (signs::number(seat, inquiry))
                @if now >= callback.window.start && matches!(inquiry.stage, Stage::Promised(_)) && seat.can(Action::CallPerson, None) {
                    " " a.usa-button.desk-small href={ (seat.ctx.url(&format!("/staff/inquiry/{}", inquiry.number.digits()))) "#call" } {
                        (t.say("staff-callbacks-call")) span.usa-sr-only { " " bdi { (inquiry.name.full().reveal()) } } }
                }
            }
        }
    }
}

/// Where the promise stands, in words with a sign.
fn state(seat: &Seat, inquiry: &Inquiry, callback: &Callback) -> Markup {
    let (t, now) = (seat.t(), seat.ctx.now);
    if let Stage::Calling { since, .. } = inquiry.stage {
        let left = inquiry.left_call().is_some();
        return html! {
            strong { span aria-hidden="true" { "☎ " } (t.say("staff-call-running")) } " " (signs::ago(seat, since))
            @if left { br; strong.desk-late { span aria-hidden="true" { "⚠ " } (t.say("staff-call-unsaid")) } }
        };
    }
    if late(callback, now) {
        let words = t.due(now, callback.due());
        return html! { strong.desk-late { span aria-hidden="true" { "⚠ " }
        @if callback.attempts.is_empty() { (t.say("staff-call-broken")) } @else { (t.say("staff-call-retry-late")) }
        ", " (signs::time(callback.due(), &words)) } };
    }
    if now >= callback.next_attempt {
        return html! { strong.desk-now { span aria-hidden="true" { "▶ " } (t.say("staff-call-now")) } };
    }
    html! { (signs::time(callback.next_attempt, &t.due(now, callback.next_attempt))) }
}

fn news_line(seat: &Seat, page: u32, made: Timestamp, text: Option<&str>) -> Markup {
    let news = format!("/staff/callbacks/news?since={}&page={page}", made.as_microsecond());
    fresh::news(seat, &seat.ctx.url(&news), text, &to(seat, page))
}

/// How many promises have come since the page was made, and how many have become late.
pub(super) async fn news(seat: Seat, Query(asked): Query<Asked>) -> Result<Markup, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let made = Timestamp::from_microsecond(asked.since).map_err(|_| WebError::NotFound)?;
    let calendar = Calendar::of(&seat, &asked);
    let by_list = View::of(&asked) == View::List;
    let rows = if by_list { rows(&seat, asked.page).await?.0 } else { calendar.calls().await?.rows };
    let new = rows
        .iter()
        .filter_map(Inquiry::callback)
        .filter(|c| {
            let last = c.attempts.last().map(|a| a.ended);
            c.promised_at > made
                || last.is_some_and(|at| at > made)
                || c.given.last().is_some_and(|given| given.at > made)
                || c.broken_at.is_some_and(|at| at > made)
        })
        .count();
    let text = (new > 0).then(|| {
        seat.t().say_with("staff-news-callbacks", &args! { "n" => i64::try_from(new).unwrap_or(i64::MAX) })
    });
    if !by_list {
        return Ok(fresh::news(&seat, &calendar.news(made), text.as_deref(), &calendar.here()));
    }
    Ok(news_line(&seat, asked.page, made, text.as_deref()))
}

//! Promised calls: mine and those that any officer may make, today and tomorrow, what is late first.

use super::{
    frame::{Seat, Tab},
    fresh, signs,
};
use crate::core::WebError;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
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

/// More calls than an officer makes in two days. The earliest stand first: what is cut off comes up when they are made. With
/// 500 of them, of a nation's backlog, the page took 85 ms to make (p99).
const MOST: u32 = 200;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// For news: when the page that asks was made, in microseconds.
    #[serde(default)]
    since: i64,
}

/// Is it late? Then nobody has called in the window, or a retry's time has passed by more than its own window.
fn late(callback: &Callback, now: Timestamp) -> bool {
    callback.broken_at.is_some() || now >= callback.window.end
}

/// The calls in the order of the page, and whether there are more.
async fn rows(seat: &Seat) -> Result<(Vec<Inquiry>, bool), WebError> {
    let zone = &seat.ctx.app.desk.pack().line().calendar.zone;
    let today = zone.date(seat.ctx.now);
    let after_tomorrow = today.tomorrow().and_then(jiff::civil::Date::tomorrow).unwrap_or(today);
    let to = zone.day_start(after_tomorrow).unwrap_or(seat.ctx.now);
    let officer = seat.me.staff.is(Role::Officer).then_some(seat.me.staff.id);
    let store = seat.ctx.app.desk.store();
    let Paged { mut rows, mut more } =
        store.list(&List::Callbacks { officer, to }, Part::first(MOST)).await?;
    if officer.is_some() {
        // Better another voice than a broken promise: what is late is everybody's, whoever held it.
        let due = store.list(&List::Callbacks { officer: None, to: seat.ctx.now }, Part::first(MOST)).await?;
        more |= due.more;
        for inquiry in due.rows {
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

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let (rows, more) = rows(&seat).await?;
    let officers: BTreeMap<StaffId, String> =
        ctx.app.desk.store().all_staff().await?.into_iter().map(|s| (s.id, s.name)).collect();
    let body = html! {
        p.quiet { @if seat.me.staff.is(Role::Officer) { (t.say("staff-callbacks-mine")) } @else { (t.say("staff-callbacks-all")) } }
        (news_line(&seat, ctx.now, None))
        @if rows.is_empty() {
            div.desk-empty {
                p { strong { (t.say("staff-callbacks-empty")) } }
                p { (t.say("staff-callbacks-empty-next")) " "
                    a.usa-link href=(ctx.url("/staff/review")) { (t.say("staff-nav-review")) } }
            }
        } @else {
            (table(&seat, &rows, &officers))
            @if more { p.quiet { (t.say("staff-callbacks-more")) } }
        }
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
                (t.say_with("staff-tries", &args! { "n" => i64::try_from(callback.attempts.len()).unwrap_or(0) })) } }
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
        return html! { strong { span aria-hidden="true" { "☎ " } (t.say("staff-call-running")) } " " (signs::ago(seat, since)) };
    }
    if late(callback, now) {
        let words = t.due(now, callback.window.end);
        return html! { strong.desk-late { span aria-hidden="true" { "⚠ " }
        @if callback.attempts.is_empty() { (t.say("staff-call-broken")) } @else { (t.say("staff-call-retry-late")) }
        ", " (signs::time(callback.window.end, &words)) } };
    }
    if now >= callback.next_attempt {
        return html! { strong.desk-now { span aria-hidden="true" { "▶ " } (t.say("staff-call-now")) } };
    }
    html! { (signs::time(callback.next_attempt, &t.due(now, callback.next_attempt))) }
}

fn news_line(seat: &Seat, made: Timestamp, text: Option<&str>) -> Markup {
    let page = format!("/staff/callbacks/news?since={}", made.as_microsecond());
    fresh::news(seat, &seat.ctx.url(&page), text, &seat.ctx.url("/staff/callbacks"))
}

/// How many promises have come since the page was made, and how many have become late.
pub(super) async fn news(seat: Seat, Query(asked): Query<Asked>) -> Result<Markup, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let made = Timestamp::from_microsecond(asked.since).map_err(|_| WebError::NotFound)?;
    let (rows, _) = rows(&seat).await?;
    let new = rows
        .iter()
        .filter_map(Inquiry::callback)
        .filter(|c| {
            let last = c.attempts.last().map(|a| a.ended);
            c.promised_at > made
                || last.is_some_and(|at| at > made)
                || c.broken_at.is_some_and(|at| at > made)
        })
        .count();
    let text = (new > 0).then(|| {
        seat.t().say_with("staff-news-callbacks", &args! { "n" => i64::try_from(new).unwrap_or(i64::MAX) })
    });
    Ok(news_line(&seat, made, text.as_deref()))
}

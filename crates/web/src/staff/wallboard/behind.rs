//! What is behind a figure of the wallboard: how it is counted, from how many, and the very contacts.

use super::{
    Room, Tile,
    moving::{self, Came},
    n,
};
use crate::{
    core::{Errors, Fields, Form, WebError, switchboard::SoftphoneState},
    parts::figures,
    staff::{
        frame::{Seat, Tab},
        line::{listening, takes},
        signs,
    },
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use domain::{
    access::Action,
    callback::Callback,
    ids::StaffId,
    indicators::{CallCame, Indicator, Owed, OwedWhat},
    inquiry::Inquiry,
    wait::Operator,
};
use futures::future::try_join_all;
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Rows on the page.
pub(super) const ROWS: usize = 100;

#[derive(Debug, serde::Deserialize)]
pub(in crate::staff) struct At {
    figure: String,
}

pub(in crate::staff) async fn page(
    seat: Seat,
    Path(at): Path<At>,
    Query(came): Query<Came>,
) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let tile = Tile::from_code(&at.figure).ok_or(WebError::NotFound)?;
    let room = Room::load(&seat).await?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let figure = tile.figure(&seat, &room);
    let definition = match tile {
        Tile::Right => figures::definition(t, Indicator::EstimateRight),
        Tile::Kept => figures::definition(t, Indicator::PromisesKept),
        other => t.say_of("wall-is", other.code()),
    };
    let body = html! {
        (moving::said(&seat, &came))
        p { a.usa-link href=(ctx.url("/staff/wallboard")) { (t.say("wall-back")) } }
        p.desk-summary { @if figure.bad { span aria-hidden="true" { "⚠ " } }
            strong { (figure.value) } @if !figure.under.is_empty() { " · " (figure.under) } }
        p { (definition) }
        @match tile {
            Tile::Waiting | Tile::Longest => {
                (moving::show(&seat, &room.waiting().collect::<Vec<_>>(), &Form::new(&Fields::default(), &Errors::none())))
            }
            Tile::Estimate => (operators(&seat, &room.operators).await?),
            Tile::Operators => {
                (operators(&seat, &room.operators).await?)
                (telephones(&seat).await?)
            }
            Tile::Right => (told(&seat, &room)),
            Tile::Due => (calls(&seat, &room.due(ctx.now))),
            Tile::Overdue => (calls(&seat, &room.overdue(ctx.now))),
            Tile::Kept => (promises(&seat, &room.facts.promises).await?),
        }
    };
    let heading = t.say_of("wall-tile", tile.code());
    Ok(seat.page(heading, Tab::Wallboard, body).render(ctx).into_response())
}

/// A table of at most [`ROWS`] rows, with a word on how many there are.
pub(super) fn table(seat: &Seat, all: usize, head: &[String], rows: &Markup) -> Markup {
    let t = seat.t();
    if all == 0 {
        return html! { div.desk-empty { p { strong { (t.say("wall-nothing")) } } } };
    }
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="behind-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #behind-caption { (t.say_with("wall-rows", &args! { "all" => n(all), "shown" => n(all.min(ROWS)) })) }
                thead { tr { @for name in head { th scope="col" { (name) } } } }
                tbody { (rows) }
            }
        }
    }
}

async fn operators(seat: &Seat, operators: &[Operator]) -> Result<Markup, WebError> {
    let t = seat.t();
    let staff = seat.ctx.app.desk.store().all_staff().await?;
    let names: BTreeMap<StaffId, String> = staff.into_iter().map(|one| (one.id, one.name)).collect();
    let head = [t.say("wall-operator"), t.say("staff-col-state")];
    let rows = html! {
        @for operator in operators.iter().take(ROWS) {
            tr {
                th scope="row" { bdi { (names.get(&operator.id).map_or("", String::as_str)) } }
                td { (t.say_of("wall-status", operator.status.as_str()))
                    @if !operator.only.is_all() {
                        " · " (t.say_with("wall-takes-only", &args! { "what" => takes::words(seat, &operator.only) }))
                    } }
            }
        }
    };
    Ok(table(seat, operators.len(), &head, &rows))
}

/// Each person's telephone as it is now, and the way into a call of theirs for who may.
async fn telephones(seat: &Seat) -> Result<Markup, WebError> {
    let t = seat.t();
    if seat.ctx.app.switchboard.is_none() {
        return Ok(html! {});
    }
    let people = listening::telephones(seat).await?;
    let (fields, errors) = (Fields::default(), Errors::none());
    Ok(html! {
        h2 { (t.say("wall-telephones")) }
        div.desk-scroll role="region" tabindex="0" aria-labelledby="telephones-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #telephones-caption { (t.say("wall-telephones-caption")) }
                thead { tr { th scope="col" { (t.say("wall-person")) } th scope="col" { (t.say("staff-col-state")) }
                    th scope="col" { (t.say("staff-col-since")) } } }
                tbody {
                    @for (staff, state) in people.iter().filter(|(_, state)| *state != SoftphoneState::Unplugged).take(ROWS) {
                        tr {
                            th scope="row" { bdi { (staff.name) } }
                            td { (t.say_of("phone-state", state.name())) }
                            td { @if let Some(since) = listening::talks(state) { (signs::ago(seat, since)) } }
                        }
                    }
                }
            }
        }
        @if seat.can(Action::ListenIn, None) {
            section #listen aria-labelledby="listen-title" {
                h2 #listen-title { (t.say("phone-listen-title")) }
                (listening::begin(seat, &Form::new(&fields, &errors), &people))
                p { a.usa-link href=(seat.ctx.url("/staff/line")) target="anteroom-phone" { (t.say("phone-open")) } }
            }
        }
    })
}

/// What was told of waits that are over today, beside what came true.
fn told(seat: &Seat, room: &Room) -> Markup {
    let t = seat.t();
    let known: Vec<_> = room
        .facts
        .waits
        .iter()
        .filter_map(|wait| {
            Some((wait, wait.told.as_ref()?, wait.talked?, domain::indicators::estimate_came_true(wait)?))
        })
        .collect();
    let head = [t.say("staff-col-since"), t.say("wall-told"), t.say("wall-came"), t.say("staff-col-state")];
    let rows = html! {
        @for (wait, told, talked, right) in known.iter().rev().take(ROWS) {
            tr {
                th scope="row" { (signs::ago(seat, wait.asked)) }
                td { (t.say_with("wall-band", &args! { "least" => i64::from(told.least), "most" => i64::from(told.most) })) }
                td { (figures::length(t, talked.duration_since(told.at).as_secs().max(0))) }
                td { @if *right { span aria-hidden="true" { "✓ " } (t.say("staff-yes")) } @else { span aria-hidden="true" { "✗ " } (t.say("staff-no")) } }
            }
        }
    };
    table(seat, known.len(), &head, &rows)
}

fn calls(seat: &Seat, calls: &[(&Inquiry, &Callback)]) -> Markup {
    let t = seat.t();
    let head = [
        t.say("staff-col-due"),
        t.say("staff-col-window"),
        t.say("staff-col-reason"),
        t.say("staff-col-number"),
        t.say("staff-col-state"),
    ];
    let rows = html! {
        @for (inquiry, callback) in calls.iter().take(ROWS) {
            tr {
                th scope="row" { (signs::due(seat, Some(callback.due()))) }
                td { (signs::window(seat, &callback.window)) }
                td { (signs::reason(seat, inquiry)) }
                td { (signs::number(seat, inquiry)) }
                td { @if callback.is_left() { strong.desk-late { span aria-hidden="true" { "⚠ " } (t.say("wall-call-left")) } } }
            }
        }
    };
    table(seat, calls.len(), &head, &rows)
}

/// Today's promises, those that were not kept first. Each counts; the number of one that is kept from whoever looks is not said.
async fn promises(seat: &Seat, promises: &[Owed]) -> Result<Markup, WebError> {
    let t = seat.t();
    let came = |owed: &Owed| match owed.what {
        OwedWhat::Call(call) => match call.came {
            CallCame::Kept => "kept",
            CallCame::MissedByUs => "missed-by-us",
            CallCame::MissedByPerson => "missed-by-person",
            CallCame::Failed => "failed",
            CallCame::GivenBack => "given-back",
            CallCame::Open => "open",
        },
        OwedWhat::Visit(end) => match end {
            Some(domain::appointment::AppointmentEnd::Served) => "served",
            Some(domain::appointment::AppointmentEnd::NoShow) => "no-show",
            Some(domain::appointment::AppointmentEnd::Left) => "left",
            Some(domain::appointment::AppointmentEnd::CancelledByOffice) => "canceled-by-office",
            Some(
                domain::appointment::AppointmentEnd::CancelledByPerson
                | domain::appointment::AppointmentEnd::Released,
            ) => "given-back",
            None => "open",
        },
        OwedWhat::Review(_) => "open",
    };
    let broken =
        |owed: &&Owed| !matches!(came(owed), "missed-by-us" | "failed" | "left" | "canceled-by-office");
    // A review is no promise of a time, and is in no figure of those that were kept.
    let mut all: Vec<&Owed> =
        promises.iter().filter(|owed| !matches!(owed.what, OwedWhat::Review(_))).collect();
    all.sort_by_key(|owed| (broken(owed), owed.due));
    let store = seat.ctx.app.desk.store();
    let shown = try_join_all(all.iter().take(ROWS).map(|owed| store.inquiry(owed.inquiry))).await?;
    let head = [
        t.say("staff-col-due"),
        t.say("staff-col-office"),
        t.say("staff-col-state"),
        t.say("staff-col-number"),
    ];
    let rows = html! {
        @for (owed, theirs) in all.iter().zip(&shown) {
            @let to = seat.ctx.url(&format!("/staff/inquiry/{}", owed.number.digits()));
            tr {
                th scope="row" { (signs::ago(seat, owed.due)) }
                td { bdi { (seat.office_name(&owed.office)) } }
                td { @if !broken(owed) { span.desk-late { span aria-hidden="true" { "⚠ " } (t.say_of("wall-came", came(owed))) } }
                    @else { (t.say_of("wall-came", came(owed))) } }
                td { @if theirs.is_some() { a.usa-link.desk-number href=(to) { bdi { (owed.number) } } }
                    @else { (t.say("guard-number-withheld")) } }
            }
        }
    };
    Ok(table(seat, all.len(), &head, &rows))
}

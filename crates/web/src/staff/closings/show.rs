//! One closing: what would happen, what happens, what has happened to whom; whoever could not be moved first, in red.

use super::{count, form::why_not, stretch, to};
use crate::{
    core::{Fields, WebError},
    parts,
    staff::{
        frame::{Seat, Tab},
        fresh, signs,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{ClosingSeen, DeskError};
use domain::{
    access::Action,
    actor::Actor,
    closing::{Affected, ClosingStage, Offer, Standing},
    ids::ClosingId,
    inquiry::Inquiry,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// Which closing.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct One {
    id: String,
}

pub(in crate::staff) async fn page(seat: Seat, Path(one): Path<One>) -> Result<Response, WebError> {
    let id: ClosingId = one.id.parse().map_err(|_| WebError::NotFound)?;
    show(&seat, id, StatusCode::OK, None).await
}

async fn show(
    seat: &Seat,
    id: ClosingId,
    status: StatusCode,
    note: Option<Markup>,
) -> Result<Response, WebError> {
    seat.may(Action::CloseDay, None)?;
    let seen = seat.ctx.app.desk.closing(&seat.caller_once(), id).await?;
    let t = seat.t();
    let closing = &seen.closing;
    let body = html! {
        @if let Some(note) = note { (note) }
        p.usa-intro { (stretch(seat, &closing.zone, closing.from, closing.until)) }
        @for lang in closing.why.langs() { p lang=(lang) dir="auto" { (closing.why.in_lang(lang)) } }
        p.quiet { (t.say_with("closing-by", &args! { "name" => name(seat, &closing.by) })) " · " (signs::ago(seat, closing.at))
            @if let Some(by) = &closing.closed_by { " · " (t.say_with("closing-closed-by", &args! { "name" => name(seat, by) })) } }
        (fresh::board(seat, &closing.office, &to(seat, closing), &board(seat, &seen)))
        p { a.usa-link href=(seat.ctx.url(&format!("/staff/office/{}/closings", closing.office))) { (t.say("closing-back")) } }
    };
    let heading = t.say_with("closing-of-office", &args! { "office" => seat.office_name(&closing.office) });
    let page = seat.page(heading, Tab::Closings, body).live();
    Ok((status, page.render(&seat.ctx)).into_response())
}

fn name(seat: &Seat, by: &Actor) -> String {
    match by {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person | Actor::Delegate { .. } | Actor::System { .. } => seat.t().say("staff-actor-system"),
    }
}

/// What changes while one looks: how far it is, what can be done, and everybody.
fn board(seat: &Seat, seen: &ClosingSeen) -> Markup {
    let t = seat.t();
    let closing = &seen.closing;
    let time = |at: Timestamp| t.moment(at, closing.zone.name(), seat.ctx.now);
    let stuck = seen.count(Standing::Stuck);
    let all = seen.rows.len();
    let open = seen.count(Standing::Planned);
    let over = matches!(closing.stage, ClosingStage::Planned { until } if seat.ctx.now >= until);
    html! {
        p role="status" { strong {
            @if over { (t.say_of("closing-refused", "stale")) } @else { (t.say_of("closing-now", closing.stage.as_str())) }
        } }
        @match closing.stage {
            ClosingStage::Planned { until } if !over => {
                (plan(seat, seen))
                p.quiet { (t.say_with("closing-held-until", &args! { "until" => time(until) })) }
            }
            ClosingStage::Closing { .. } => {
                p { label { (t.say_with("closing-progress", &args! { "done" => count(all - open), "all" => count(all) })) " "
                    progress max=(all) value=(all - open) {} } }
            }
            _ => {}
        }
        dl.desk-counts {
            div { dt { (t.say("closing-count-all")) } dd { (t.number(count(all))) } }
            @for standing in Standing::ALL {
                @if seen.count(standing) > 0 {
                    div { dt { (sign(standing)) (t.say_of("closing-standing", standing.as_str())) }
                        dd { (t.number(count(seen.count(standing)))) } }
                }
            }
        }
        @if stuck > 0 { p.desk-late { strong { "⚠ " (t.say_with("closing-stuck-do", &args! { "n" => count(stuck) })) } } }
        @if let Some(until) = seen.undo_until {
            form method="post" action={ (to(seat, closing)) "/undo" } {
                (parts::key(&seat.ctx))
                p { (t.say_with("closing-undo-about", &args! { "until" => time(until) })) }
                button.usa-button.usa-button--outline type="submit" { (t.say("closing-undo")) }
            }
        }
        @if all == 0 { p { (t.say("closing-nobody")) } } @else { (table(seat, seen)) }
    }
}

/// What would happen, and the two things that can be done now.
fn plan(seat: &Seat, seen: &ClosingSeen) -> Markup {
    let t = seat.t();
    let closing = &seen.closing;
    let offered =
        |kind: fn(&Offer) -> bool| count(seen.rows.iter().filter(|(one, ..)| kind(&one.offer)).count());
    let nothing = offered(|offer| matches!(offer, Offer::Nothing));
    let mine = matches!(&closing.by, Actor::Staff { id, .. } if *id == seat.me.staff.id);
    html! {
        ul.usa-list {
            li { (t.say_with("closing-plan-places", &args! { "n" => offered(|offer| matches!(offer, Offer::Place { .. })) })) }
            li { (t.say_with("closing-plan-calls", &args! { "n" => offered(|offer| matches!(offer, Offer::Call { .. })) })) }
            @if nothing > 0 { li.desk-late { strong { "⚠ " (t.say_with("closing-plan-nothing", &args! { "n" => nothing })) } } }
        }
        p { (t.say("closing-plan-about")) }
        @if closing.second && mine {
            p { strong { (t.say_of("closing-refused", "second-person")) } }
            p { (t.say("closing-second-how")) }
        } @else {
            form method="post" action={ (to(seat, closing)) "/close" } {
                (parts::key(&seat.ctx))
                button.usa-button type="submit" { (t.say_with("closing-do", &args! { "n" => count(seen.rows.len()) })) }
            }
        }
        form method="post" action={ (to(seat, closing)) "/drop" } {
            (parts::key(&seat.ctx))
            button.usa-button.usa-button--outline type="submit" { (t.say("closing-drop")) }
        }
    }
}

fn sign(standing: Standing) -> Markup {
    let sign = match standing {
        Standing::Stuck => "⚠ ",
        Standing::Planned => "○ ",
        Standing::Offered => "● ",
        Standing::Kept | Standing::Chose | Standing::Helped | Standing::Back => "✓ ",
        Standing::Call | Standing::Asked => "☎ ",
        Standing::Left => "– ",
    };
    html! { span aria-hidden="true" { (sign) } }
}

/// Everybody, whoever needs somebody first.
fn table(seat: &Seat, seen: &ClosingSeen) -> Markup {
    let t = seat.t();
    let closing = &seen.closing;
    let order = |standing: &Standing| Standing::ALL.iter().position(|one| one == standing);
    let mut rows: Vec<_> = seen.rows.iter().collect();
    rows.sort_by_key(|(one, standing, _)| (order(standing), one.had.start, one.number));
    let names = seat.can(Action::ReadInquiry, Some(&closing.office));
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="closing-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #closing-caption { (t.say_with("closing-caption", &args! { "zone" => t.zone(closing.zone.name()) })) }
                thead { tr {
                    th scope="col" { (t.say("closing-col-was")) }
                    th scope="col" { @if names { (t.say("staff-col-person")) } @else { (t.say("staff-col-number")) } }
                    th scope="col" { (t.say("closing-col-now")) }
                    th scope="col" { (t.say("staff-col-state")) }
                } }
                tbody {
                    @for (one, standing, inquiry) in rows { (row(seat, seen, one, *standing, inquiry.as_ref(), names)) }
                }
            }
        }
    }
}

fn row(
    seat: &Seat,
    seen: &ClosingSeen,
    one: &Affected,
    standing: Standing,
    inquiry: Option<&Inquiry>,
    names: bool,
) -> Markup {
    let t = seat.t();
    let zone = &seen.closing.zone;
    html! {
        tr {
            td.desk-n { (signs::time(one.had.start, &t.time(zone.local(one.had.start).time()))) }
            th scope="row" {
                @match inquiry.filter(|_| names) {
                    Some(inquiry) => { bdi { (inquiry.name.full().reveal()) } " " (signs::number(seat, inquiry)) }
                    None => bdi { (one.number) },
                }
            }
            td { (instead(seat, seen, one, standing, inquiry)) }
            td {
                span.desk-late[standing == Standing::Stuck] { (sign(standing)) (t.say_of("closing-standing", standing.as_str())) }
                @if let (Standing::Offered, Some(until)) = (standing, one.choose_until) {
                    br; span.quiet { (t.say_with("closing-choose-until", &args! { "until" => t.moment(until, zone.name(), seat.ctx.now) })) }
                }
            }
        }
    }
}

/// What they have instead: as it is now, where they have been moved; as it is held, before.
fn instead(
    seat: &Seat,
    seen: &ClosingSeen,
    one: &Affected,
    standing: Standing,
    inquiry: Option<&Inquiry>,
) -> Markup {
    let t = seat.t();
    let now = seat.ctx.now;
    let zone = seen.closing.zone.name();
    let call = |window: &domain::calendar::windows::Window| {
        let zone = window.zone.name().to_owned();
        t.say_with("closing-call", &args! { "window" => t.window(window.start, window.end, &zone, now) })
    };
    if standing == Standing::Planned {
        return html! {
            @match &one.offer {
                Offer::Place { opening } => (t.moment(opening.start, zone, now)),
                Offer::Call { window, .. } => (call(window)),
                Offer::Nothing => span.desk-late { "⚠ " (t.say("closing-nothing")) },
            }
        };
    }
    let Some(inquiry) = inquiry else { return html! {} };
    html! {
        @if let Some(visit) = inquiry.appointment() { (t.moment(visit.start, visit.zone.name(), now)) }
        @else if let Some(callback) = inquiry.callback() { (call(&callback.window)) }
        @else { (t.say_of("staff-stage", inquiry.stage.as_str())) }
    }
}

enum Turn {
    Close,
    GiveUp,
    Undo,
}

pub(in crate::staff) async fn close(seat: Seat, id: Path<One>, fields: Fields) -> Result<Response, WebError> {
    turn(seat, id, fields, Turn::Close).await
}

pub(in crate::staff) async fn give_up(
    seat: Seat,
    id: Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    turn(seat, id, fields, Turn::GiveUp).await
}

pub(in crate::staff) async fn undo(seat: Seat, id: Path<One>, fields: Fields) -> Result<Response, WebError> {
    turn(seat, id, fields, Turn::Undo).await
}

async fn turn(seat: Seat, Path(one): Path<One>, fields: Fields, what: Turn) -> Result<Response, WebError> {
    seat.may(Action::CloseDay, None)?;
    let id: ClosingId = one.id.parse().map_err(|_| WebError::NotFound)?;
    let desk = &seat.ctx.app.desk;
    let done = match what {
        Turn::Close => desk.close_day(&seat.caller(fields.key("close-day")), id).await,
        Turn::GiveUp => desk.drop_closing(&seat.caller(fields.key("drop-closing")), id).await,
        Turn::Undo => desk.undo_closing(&seat.caller(fields.key("undo-closing")), id).await,
    };
    match done {
        Ok(closing) => Ok(Redirect::to(&to(&seat, &closing)).into_response()),
        Err(DeskError::Closing(why)) => {
            show(&seat, id, StatusCode::CONFLICT, Some(why_not(&seat, &why))).await
        }
        Err(error) => Err(error.into()),
    }
}

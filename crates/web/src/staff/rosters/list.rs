//! Colleagues with their hours, and the windows in which more is promised than can be kept.

use super::{count, hours, show, table, to};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, alert},
    staff::{
        frame::{Seat, Tab},
        review,
    },
};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use domain::{access::Action, actor::Staff, codes::OfficeCode};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// So many at most; an office has fewer.
const MOST: usize = 200;

#[derive(Debug, Default, Deserialize)]
pub(in crate::staff) struct Asked {
    /// Only those of this office.
    #[serde(default)]
    office: String,
}

pub(in crate::staff) async fn list(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::PlanRosters, None)?;
    let office = asked.office.parse::<OfficeCode>().ok();
    let board = seat.ctx.app.desk.rosters(&seat.caller_once(), office.as_ref()).await?;
    let t = seat.t();
    let head = ["name", "roles", "langs", "office", "today", "week"];
    let head = head.map(|what| t.say_of("roster-col", what));
    let shown = board.staff.len().min(MOST);
    let caption =
        t.say_with("roster-caption", &args! { "shown" => count(shown), "all" => count(board.staff.len()) });
    let rows = html! { @for staff in board.staff.iter().take(MOST) { (row(&seat, staff)) } };
    let body = html! {
        p { (t.say("roster-about")) }
        @if !board.over.is_empty() {
            (alert(Alert::Warning, &t.say_with("roster-over", &args! { "n" => count(board.over.len()) }), &html! {
                p { (t.say("roster-over-do")) }
                @if seat.can(Action::SeeInquiries, None) {
                    p { a.usa-link href=(seat.ctx.url("/staff/callbacks")) { (t.say("staff-nav-callbacks")) } }
                }
            }))
            (show::windows(&seat, &board.over, false))
        }
        @if seat.can(Action::RunWait, None) { (filter(&seat, &asked)) }
        @if board.staff.is_empty() { p { (t.say("roster-nobody")) } } @else {
            (table("rosters", &caption, &head, &rows))
        }
    };
    Ok(seat.page(t.say("roster-title"), Tab::Rosters, body).render(&seat.ctx).into_response())
}

/// Only those of one office, for whoever plans for several.
fn filter(seat: &Seat, asked: &Asked) -> Markup {
    let t = seat.t();
    let mut fields = Fields::default();
    fields.set("office", asked.office.clone());
    let errors = Errors::none();
    let legend = t.say("staff-office");
    let mut choices = vec![Choice::new("", t.say("roster-everywhere"))];
    choices.extend(review::offices(seat));
    html! {
        form.desk-filter action=(seat.ctx.url("/staff/rosters")) {
            (parts::select(&Form::new(&fields, &errors), &Choices { name: "office", legend: &legend, ..Choices::default() }, &choices))
            button.usa-button.usa-button--outline type="submit" { (t.say("roster-show")) }
        }
    }
}

fn row(seat: &Seat, staff: &Staff) -> Markup {
    let t = seat.t();
    let roles: Vec<String> = staff.roles.iter().map(|role| t.say_of("staff-role", role.as_str())).collect();
    let langs: Vec<String> = staff.langs.iter().map(|lang| t.say_of("staff-lang", lang.as_str())).collect();
    let today = seat.ctx.app.desk.roster_zone(staff).date(seat.ctx.now);
    let roster = staff.roster.as_ref();
    html! {
        tr {
            th scope="row" { a.usa-link href=(to(seat, staff)) { bdi { (staff.name) } } }
            td { (t.list(&roles)) }
            td { (t.list(&langs)) }
            td { @if let Some(office) = &staff.office { bdi { (seat.office_name(office)) } } }
            td { (hours(seat, roster.and_then(|roster| roster.on(today)))) }
            td {
                @match roster.and_then(|roster| roster.hours.version(today)) {
                    Some(version) => (t.week(&version.week)),
                    None => (t.say("roster-unplanned")),
                }
            }
        }
    }
}

//! One colleague's hours: what is planned, a form for it, what it would change, and doing it.

use super::{At, of, read, show, to};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert, error_summary},
    staff::{
        account::Asked,
        frame::{Seat, Tab},
    },
};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Conditions, DeskError, acts::PlanRoster};
use domain::{actor::Staff, refusal::Refusal, roster::Shifts};
use locale::args;
use maud::{Markup, html};

/// The longest reason, in characters.
const LONGEST_BECAUSE: usize = 500;

pub(in crate::staff) async fn page(
    seat: Seat,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let staff = of(&seat, &at).await?;
    let fields = filled(&seat, &staff);
    let t = seat.t();
    let did = match asked.did.as_str() {
        "planned" => alert(Alert::Success, "", &html! { p { (t.say("roster-planned")) } }),
        "stale" => alert(Alert::Error, "", &html! { p { (t.say("roster-stale")) } }),
        _ => html! {},
    };
    Ok(show_form(&seat, &staff, StatusCode::OK, &fields, &Errors::none(), &did))
}

fn filled(seat: &Seat, staff: &Staff) -> Fields {
    let today = seat.ctx.app.desk.roster_zone(staff).date(seat.ctx.now);
    read::fill(staff.roster.as_ref(), today)
}

fn show_form(
    seat: &Seat,
    staff: &Staff,
    status: StatusCode,
    fields: &Fields,
    errors: &Errors,
    did: &Markup,
) -> Response {
    let t = seat.t();
    let zone = seat.ctx.app.desk.roster_zone(staff);
    let today = zone.date(seat.ctx.now);
    let typed = Form::new(fields, errors);
    let runs = staff.roster.as_ref().map(|roster| read::runs(roster, today)).unwrap_or_default();
    let kept: Vec<Choice> = runs
        .iter()
        .map(|run| {
            let (first, last) = (t.day(run.first, today), t.day(run.last, today));
            let label = if run.first == run.last {
                first
            } else {
                t.say_with("roster-days-from-to", &args! { "first" => first, "last" => last })
            };
            Choice::new(run.value(), label).hint(super::hours(seat, Some(run.spans)))
        })
        .collect();
    let body = html! {
        (did)
        (error_summary(&seat.ctx, errors))
        p { a.usa-link href=(seat.ctx.url("/staff/rosters")) { (t.say("roster-back")) } }
        @if staff.roster.is_none() { p { (t.say("roster-none")) } }
        form.desk-roster method="post" action=(to(seat, staff)) {
            (parts::key(&seat.ctx))
            h2 { (t.say("roster-week")) }
            (parts::input(&typed, &Input { name: "from", label: &t.say("roster-from"), hint: &t.say("roster-from-hint"),
                kind: "date", size: "medium", ..Input::default() }))
            p.usa-hint #week-hint { (t.say_with("roster-hours-hint", &args! { "zone" => t.zone(zone.name()) })) }
            @for (name, _) in read::WEEK {
                (parts::input(&typed, &Input { name, label: &t.say_of("public-weekday", name), longest: 100,
                    verbatim: true, ..Input::default() }))
            }
            h2 { (t.say("roster-other")) }
            @if !kept.is_empty() {
                (parts::checkboxes(&typed, &Choices { name: "keep", legend: &t.say("roster-keep"),
                    hint: &t.say("roster-keep-hint"), ..Choices::default() }, &kept))
            }
            fieldset.usa-fieldset {
                legend.usa-legend.usa-legend--field { (t.say("roster-add")) }
                (parts::input(&typed, &Input { name: "first", label: &t.say("roster-first"), kind: "date", size: "medium",
                    ..Input::default() }))
                (parts::input(&typed, &Input { name: "last", label: &t.say("roster-last"), hint: &t.say("roster-last-hint"),
                    kind: "date", size: "medium", ..Input::default() }))
                (parts::input(&typed, &Input { name: "hours", label: &t.say("roster-hours"), hint: &t.say("roster-hours-off"),
                    longest: 100, verbatim: true, ..Input::default() }))
            }
            button.usa-button type="submit" { (t.say("roster-preview")) }
            @if staff.roster.is_some() {
                button.usa-button.usa-button--outline type="submit" name="nothing" value="yes" { (t.say("roster-nothing")) }
            }
        }
    };
    let page = seat.page(staff.name.clone(), Tab::Rosters, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    (status, page.render(&seat.ctx)).into_response()
}

/// What was typed: some hours, or that nothing is planned any more.
#[expect(
    clippy::option_option,
    reason = "outside: could it be read; inside: hours, or that nothing is planned"
)]
fn typed(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<Option<Shifts>> {
    if fields.ticked("nothing") { Some(None) } else { read::shifts(seat.t(), fields, errors).map(Some) }
}

pub(in crate::staff) async fn preview(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = of(&seat, &at).await?;
    look(&seat, &staff, &fields, Errors::none(), StatusCode::OK).await
}

/// What it would change, with a button that does it.
async fn look(
    seat: &Seat,
    staff: &Staff,
    fields: &Fields,
    mut errors: Errors,
    status: StatusCode,
) -> Result<Response, WebError> {
    let t = seat.t();
    let mut wrong = Errors::none();
    let Some(shifts) = typed(seat, fields, &mut wrong) else {
        return Ok(show_form(seat, staff, StatusCode::UNPROCESSABLE_ENTITY, fields, &wrong, &html! {}));
    };
    let effect = match seat.ctx.app.desk.roster_effect(&seat.caller_once(), staff.id, shifts).await {
        Ok(effect) => effect,
        Err(DeskError::Refused(Refusal::RosterHours)) => {
            errors.add("keep", t.say("roster-fault-many"));
            return Ok(show_form(seat, staff, StatusCode::UNPROCESSABLE_ENTITY, fields, &errors, &html! {}));
        }
        Err(error) => return Err(error.into()),
    };
    let form = Form::new(fields, &errors);
    let hidden = fields.0.iter().filter(|(name, _)| !matches!(name.as_str(), "_key" | "because" | "version"));
    let body = html! {
        (error_summary(&seat.ctx, &errors))
        p { (t.say("roster-preview-about")) }
        (show::effect(seat, &effect))
        form method="post" action={ (to(seat, staff)) "/plan" } {
            (parts::key(&seat.ctx))
            @for (name, values) in hidden {
                @for value in values { input type="hidden" name=(name) value=(value); }
            }
            input type="hidden" name="version" value=(effect.staff.version);
            @if !effect.calls.is_empty() {
                (parts::textarea(&form, &Input { name: "because", label: &t.say("roster-because"),
                    hint: &t.say("roster-because-hint"), longest: LONGEST_BECAUSE, ..Input::default() }))
            }
            button.usa-button type="submit" { (t.say("roster-plan")) }
        }
        p { a.usa-link href=(to(seat, staff)) { (t.say("roster-change-again")) } }
    };
    let page = seat.page(staff.name.clone(), Tab::Rosters, body).no_switch();
    Ok((status, page.render(&seat.ctx)).into_response())
}

pub(in crate::staff) async fn plan(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = of(&seat, &at).await?;
    let t = seat.t();
    let mut errors = Errors::none();
    let Some(shifts) = typed(&seat, &fields, &mut errors) else {
        return Ok(show_form(&seat, &staff, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors, &html! {}));
    };
    let because = fields.get("because").to_owned();
    if because.chars().count() > LONGEST_BECAUSE {
        return Err(WebError::TooLarge);
    }
    let versions = fields.get("version").parse().ok().map(|version| vec![version]);
    let caller = seat.caller(fields.key("plan-roster")).only(Conditions { versions, command: None });
    let plan = PlanRoster { of: staff.id, shifts, because };
    let back = |did: &str| Redirect::to(&format!("{}?did={did}", to(&seat, &staff))).into_response();
    match seat.ctx.app.desk.plan_roster(&caller, &plan).await {
        Ok(_) => Ok(back("planned")),
        Err(DeskError::Contended) => Ok(back("stale")),
        Err(DeskError::Refused(Refusal::ReasonNeeded)) => {
            errors.add("because", t.say("roster-fault-because"));
            look(&seat, &staff, &fields, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

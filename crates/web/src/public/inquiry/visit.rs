//! The appointment: moved or cancelled by the person.

use super::{
    back,
    choose::{self, Offer, Part, none_chosen, taken},
    done, path, sure,
};
use crate::core::{
    Ctx, Errors, Fields, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{Alert, alert, error_summary, phone_line, post_button};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{DeskError, Place};
use domain::{
    appointment::Appointment,
    delegate::DelegateAct,
    inquiry::{Inquiry, Stage, Unconfirmed},
    refusal::Refusal,
    slots::Pool,
};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;

fn booked(inquiry: &Inquiry) -> Result<&Appointment, Refusal> {
    match &inquiry.stage {
        Stage::Booked(appointment) => Ok(appointment),
        Stage::Closed { .. } => Err(Refusal::Closed),
        other => Err(Refusal::WrongStage { stage: other.as_str().to_owned() }),
    }
}

fn value(place: &Place) -> String {
    format!("{} {}", place.start, place.pool.as_str())
}

/// What the time is chosen for: to move the visit there is, or to take another for one that was lost.
fn has<'a>(ctx: &Ctx, inquiry: &'a Inquiry) -> Result<&'a Appointment, Refusal> {
    let rules = ctx.app.desk.pack().line().visits.move_rules();
    if let Stage::ToBook { .. } = inquiry.stage {
        return inquiry.may_take_again(rules).map(|(lost, _)| lost);
    }
    let visit = booked(inquiry)?;
    inquiry.may_move_alone(rules, ctx.now)?;
    Ok(visit)
}

/// The way to another time for a visit that was lost, where there is one.
pub(super) fn door(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let (t, rules) = (ctx.t(), ctx.app.desk.pack().line().visits.move_rules());
    html! {
        @if inquiry.may_take_again(rules).is_ok() {
            p { (t.say("public-visit-again-about")) }
            p { a.usa-button href=(ctx.url(&path(inquiry, "/visit/time"))) { (t.say("public-visit-again")) } }
        }
    }
}

pub(super) async fn times(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    list(&ctx, &own, &query, &Errors::none()).await
}

async fn list(
    ctx: &Ctx,
    own: &Own,
    query: &BTreeMap<String, String>,
    errors: &Errors,
) -> Result<Markup, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let visit = has(ctx, inquiry)?;
    let places = ctx.app.desk.places_to_choose(inquiry, ctx.now).await?;
    let offers: Vec<Offer> = places
        .iter()
        .map(|place| Offer {
            value: value(place),
            start: place.start,
            label: t.time(visit.zone.local(place.start).time()),
        })
        .collect();
    let none = offers.is_empty();
    let part = Part::of(query, &visit.zone, offers);
    let body = html! {
        (error_summary(ctx, errors))
        (stands(ctx, inquiry))
        @if none {
            (alert(Alert::Info, "", &html! { (t.say("public-visit-none")) }))
            p {
                @if inquiry.appointment().is_some() { (t.say("public-visit-none-next")) }
                @else { (t.say("public-visit-again-none")) }
            }
            (phone_line(ctx))
        } @else {
            (part.form(ctx, inquiry, "/visit/time", &t.say("public-visit-time-title"), &visit.zone, errors))
        }
    };
    Ok(Page::new(t.say("public-visit-time-title"), body).above(back(ctx, inquiry)).render(ctx))
}

/// What the person has now, and how often it can be changed.
fn stands(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let rules = &ctx.app.desk.pack().line().visits;
    let Some(visit) = inquiry.appointment() else {
        return html! { p { (t.say("public-visit-again-about")) } };
    };
    let when = t.moment(visit.start, visit.zone.name(), ctx.now);
    let left = rules.reschedule_at_most.saturating_sub(visit.moves);
    html! {
        p { (t.say_with("public-visit-now", &args! { "moment" => when })) }
        @if inquiry.may_choose_after_closing(ctx.now).is_some() { p { (t.say("public-visit-moves-free")) } }
        @else { p { (t.say_with("public-visit-moves", &args! { "left" => left, "hours" => rules.reschedule_until_hours })) } }
    }
}

/// First shows what was chosen; once that is confirmed, does it.
pub(super) async fn take(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let chosen = fields.get("start").split_once(' ');
    let chosen = chosen.and_then(|(start, pool)| {
        let pool = Pool::ALL.into_iter().find(|p| p.as_str() == pool)?;
        Some((start.parse().ok()?, pool))
    });
    let again = async |errors: Errors, status: StatusCode| {
        let list = list(&ctx, &own, &BTreeMap::new(), &errors).await?;
        Ok::<Response, WebError>((status, list).into_response())
    };
    let Some((start, pool)) = chosen else {
        return again(none_chosen(&ctx), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if fields.ticked("sure") {
        let caller = ctx.caller(own.who(), fields.key("visit"));
        let (desk, id) = (&ctx.app.desk, inquiry.id);
        // A form that is sent again finds it done: the key knows that it is the same command.
        let (did, what) = match inquiry.appointment() {
            Some(visit) => {
                (desk.move_appointment(&caller, id, &visit.office, start, pool).await, "visit-moved")
            }
            None => (desk.take_again(&caller, id, start, pool).await, "visit-chosen"),
        };
        return match did {
            Ok(_) => Ok(done(&ctx, inquiry, what)),
            Err(DeskError::NoPlace(_) | DeskError::Refused(Refusal::SlotFull)) => {
                again(taken(&ctx), StatusCode::CONFLICT).await
            }
            Err(error) => Err(error.into()),
        };
    }
    let zone = has(&ctx, inquiry)?.zone.name();
    let says = html! {
        p.usa-intro { (t.opening(&t.moment(start, zone, ctx.now))) }
        @if let Some(visit) = inquiry.appointment() {
            p { (t.say_with("public-visit-instead", &args! { "moment" => t.moment(visit.start, zone, ctx.now) })) }
        }
    };
    let heading = t.say("public-visit-sure-title");
    Ok(choose::sure(&ctx, inquiry, heading, &says, "/visit/time", fields.get("start")).into_response())
}

pub(super) async fn ask_cancel(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let appointment = booked(inquiry)?;
    let when = t.moment(appointment.start, appointment.zone.name(), ctx.now);
    let says = html! {
        p { (t.say_with("public-visit-now", &args! { "moment" => when })) }
        p { (t.say("public-visit-cancel-then")) }
    };
    let button = t.say("public-visit-cancel");
    Ok(sure(&ctx, inquiry, t.say("public-visit-cancel-title"), &says, "/visit/cancel", &button))
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let caller = ctx.caller(own.who(), fields.key("visit-cancel"));
    ctx.app.desk.cancel_appointment(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "visit-cancelled"))
}

/// The person says that they come.
pub(super) async fn confirm(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Confirm).await?;
    let caller = ctx.caller(own.who(), fields.key("visit-confirm"));
    ctx.app.desk.confirm_visit(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "visit-confirmed"))
}

/// Asks whether the person comes, and says what becomes of the time when they do not answer.
pub(super) fn question(ctx: &Ctx, inquiry: &Inquiry, visit: &Appointment) -> Markup {
    let t = ctx.t();
    let rules = ctx.app.desk.pack().line().visits.reconfirm;
    let until = rules.filter(|rules| rules.then == Unconfirmed::Release).zip(visit.asked);
    let until = until.map(|(rules, asked)| rules.answer_by(visit.start, asked));
    html! {
        @if visit.confirmed.is_none() && ctx.now < visit.start {
            @if let Some(until) = until.filter(|until| *until < visit.start) {
                @let by = t.moment(until, visit.zone.name(), ctx.now);
                (alert(Alert::Warning, "", &html! { (t.say_with("public-visit-confirm-by", &args! { "by" => by })) }))
            } @else if visit.asked.is_some() { p { (t.say("public-visit-confirm-asked")) } }
            (post_button(ctx, &ctx.url(&path(inquiry, "/visit/confirm")), &t.say("public-visit-confirm"), "usa-button--outline"))
        }
    }
}

/// The person keeps the place that they were given when the office closed the day.
pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let caller = ctx.caller(own.who(), fields.key("visit-keep"));
    ctx.app.desk.keep_new_place(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "place-kept"))
}

//! The appointment: moved or cancelled by the person.

use super::{
    back,
    choose::{self, Offer, by_day, none_chosen},
    done, path, sure,
};
use crate::core::{
    Ctx, Errors, Fields, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{Alert, alert, error_summary, phone_line};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Place;
use domain::{
    appointment::Appointment,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
    slots::Pool,
};
use locale::args;
use maud::{Markup, html};

/// Over how many days places are shown.
const DAYS: usize = 10;

fn booked(inquiry: &Inquiry) -> Result<&Appointment, Refusal> {
    match &inquiry.stage {
        Stage::Booked(appointment) => Ok(appointment),
        Stage::Closed { .. } => Err(Refusal::Closed),
        other => Err(Refusal::WrongStage { stage: other.as_str().to_owned() }),
    }
}

/// What is free at the appointment's own office: one place for each start, without the one the person has.
async fn free(ctx: &Ctx, inquiry: &Inquiry, appointment: &Appointment) -> Result<Vec<Place>, WebError> {
    let mut all = match appointment.pool {
        // Who chose alone chooses among the same places again, while the office still offers them.
        Pool::SelfScheduled => ctx.app.desk.own_places(inquiry, ctx.now).await?,
        _ => ctx.app.desk.places(inquiry, Some(&appointment.office), ctx.now).await?.all,
    };
    all.retain(|place| place.start != appointment.start);
    all.dedup_by_key(|place| place.start);
    Ok(all)
}

fn value(place: &Place) -> String {
    format!("{} {}", place.start, place.pool.as_str())
}

pub(super) async fn times(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    list(&ctx, &own, &Errors::none()).await
}

async fn list(ctx: &Ctx, own: &Own, errors: &Errors) -> Result<Markup, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let appointment = booked(inquiry)?;
    let places = free(ctx, inquiry, appointment).await?;
    let offers: Vec<Offer> = places
        .iter()
        .map(|place| Offer {
            value: value(place),
            start: place.start,
            label: t.time(appointment.zone.local(place.start).time()),
        })
        .collect();
    let when = t.moment(appointment.start, appointment.zone.name(), ctx.now);
    let rules = &ctx.app.desk.pack().line().visits;
    let left = rules.reschedule_at_most.saturating_sub(appointment.moves);
    let body = html! {
        (error_summary(ctx, errors))
        p { (t.say_with("public-visit-now", &args! { "moment" => when })) }
        @if inquiry.may_choose_after_closing(ctx.now).is_some() { p { (t.say("public-visit-moves-free")) } }
        @else { p { (t.say_with("public-visit-moves", &args! { "left" => left, "hours" => rules.reschedule_until_hours })) } }
        @if offers.is_empty() {
            (alert(Alert::Info, "", &html! { (t.say("public-visit-none")) }))
            p { (t.say("public-visit-none-next")) }
            (phone_line(ctx))
        } @else {
            form method="post" action=(ctx.url(&path(inquiry, "/visit/time"))) {
                (by_day(ctx, &t.say("public-visit-time-title"), &appointment.zone, &offers, DAYS, errors))
                button.usa-button type="submit" { (t.say("public-continue")) }
            }
        }
    };
    Ok(Page::new(t.say("public-visit-time-title"), body).above(back(ctx, inquiry)).render(ctx))
}

/// First shows what was chosen; once that is confirmed, does it.
pub(super) async fn take(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let appointment = booked(inquiry)?;
    let chosen = fields.get("start").split_once(' ');
    let chosen = chosen.and_then(|(start, pool)| {
        let pool = Pool::ALL.into_iter().find(|p| p.as_str() == pool)?;
        Some((start.parse().ok()?, pool))
    });
    let Some((start, pool)) = chosen else {
        let list = list(&ctx, &own, &none_chosen(&ctx)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list).into_response());
    };
    if fields.ticked("sure") {
        let caller = ctx.caller(own.who(), fields.key("visit"));
        // Only a place of the list: the other pools are not for people to choose from.
        if appointment.start != start {
            let places = free(&ctx, inquiry, appointment).await?;
            if !places.iter().any(|place| place.start == start && place.pool == pool) {
                return Err(Refusal::SlotFull.into());
            }
        }
        ctx.app.desk.move_appointment(&caller, inquiry.id, &appointment.office, start, pool).await?;
        return Ok(done(&ctx, inquiry, "visit-moved"));
    }
    let zone = appointment.zone.name();
    let says = html! {
        p.usa-intro { (t.opening(&t.moment(start, zone, ctx.now))) }
        p { (t.say_with("public-visit-instead", &args! { "moment" => t.moment(appointment.start, zone, ctx.now) })) }
    };
    let heading = t.say("public-visit-sure-title");
    Ok(choose::sure(&ctx, inquiry, heading, &says, "/visit/time", fields.get("start")).into_response())
}

pub(super) async fn ask_cancel(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
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
    let own = proof::own(&ctx, &number).await?;
    let caller = ctx.caller(own.who(), fields.key("visit-cancel"));
    ctx.app.desk.cancel_appointment(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "visit-cancelled"))
}

/// The person keeps the place that they were given when the office closed the day.
pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let caller = ctx.caller(own.who(), fields.key("visit-keep"));
    ctx.app.desk.keep_new_place(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "place-kept"))
}

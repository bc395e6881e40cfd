//! Where an office still lets people choose their own time: the person does, without waiting for an officer.

use super::{
    back,
    choose::{self, Offer, Part, none_chosen},
    done, path,
};
use crate::core::{
    Ctx, Errors, Fields, Page, WebError,
    challenge::{self, Again},
    limits::Gate,
    proof::{self, Own},
};
use crate::parts::{Alert, alert, error_summary, key, phone_line};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{What, acts::OwnTimes};
use domain::{delegate::DelegateAct, inquiry::Inquiry, refusal::Refusal};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The way to it, where there is one.
pub(super) fn door(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let OwnTimes::Until(until) = ctx.app.desk.own_times(&inquiry.office, ctx.now) else { return html! {} };
    let Some(office) = ctx.app.desk.pack().office(&inquiry.office) else { return html! {} };
    let day = t.on_day(until, office.zone().date(ctx.now));
    html! {
        @if inquiry.may_schedule_own() {
            p { (t.say_with("public-own-until", &args! { "office" => office.name.as_str(), "day" => day })) }
            p { a.usa-button href=(ctx.url(&path(inquiry, "/visit/choose"))) { (t.say("public-own-choose")) } }
        }
    }
}

pub(super) async fn times(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    if let Some(ended) = ended(&ctx, &own) {
        return ended;
    }
    if let Some(first) = read_first(&ctx, &own).await {
        return Ok(first);
    }
    Ok(list(&ctx, &own, &query, &Errors::none()).await?.into_response())
}

/// What a person reads who comes too late, or for whom it never was: and how it goes on instead.
fn ended(ctx: &Ctx, own: &Own) -> Option<Result<Response, WebError>> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    if !inquiry.may_schedule_own() {
        let stage = inquiry.stage.as_str().to_owned();
        return Some(Err(Refusal::WrongStage { stage }.into()));
    }
    let says = match ctx.app.desk.own_times(&inquiry.office, ctx.now) {
        OwnTimes::Until(_) => return None,
        OwnTimes::Ended(last) => {
            let zone = ctx.app.desk.pack().office(&inquiry.office)?.zone().clone();
            t.say_with("public-own-ended", &args! { "day" => t.on_day(last, zone.date(ctx.now)) })
        }
        OwnTimes::Never => t.say("public-own-never"),
    };
    Some(Ok(instead(ctx, inquiry, t.say("public-own-ended-title"), &html! { p.usa-intro { (says) } })))
}

/// Why no time can be chosen here, and how it goes on instead.
fn instead(ctx: &Ctx, inquiry: &Inquiry, title: String, why: &Markup) -> Response {
    let t = ctx.t();
    let body = html! {
        (why)
        p { (t.say("public-own-instead")) }
        p { a.usa-button href=(ctx.url(&path(inquiry, ""))) { (t.say("public-received-see")) } }
        (phone_line(ctx))
    };
    let page = Page::new(title, body).above(back(ctx, inquiry)).no_switch();
    (StatusCode::CONFLICT, page.render(ctx)).into_response()
}

/// While far more people than usual choose times, only whoever our messages reach may: a place is not given to a name that
/// somebody made up. Whoever cannot be written to is called, as everybody is where no times are chosen.
async fn read_first(ctx: &Ctx, own: &Own) -> Option<Response> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    if proof::came_by_message(ctx, inquiry.number) || !ctx.app.desk.is_rushed(ctx.now).await {
        return None;
    }
    let why = html! {
        p.usa-intro { (t.say("public-own-read-first")) }
        @if inquiry.reach.email.is_some() || inquiry.reach.texts {
            p { (t.say("public-own-read-where")) }
            form method="post" action=(ctx.url("/inquiry/link")) {
                input type="hidden" name="link_number" value=(inquiry.number.digits());
                button.usa-button.usa-button--outline type="submit" { (t.say("public-link-send")) }
            }
        }
    };
    Some(instead(ctx, inquiry, t.say("public-own-read-title"), &why))
}

/// What is asked before a time is given away, if something is.
async fn asked_first(
    ctx: &Ctx,
    own: &Own,
    fields: &Fields,
    start: Timestamp,
) -> Result<Option<Response>, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let again = Again {
        to: ctx.url(&path(inquiry, "/visit/choose")),
        carries: html! {
            (key(ctx))
            input type="hidden" name="start" value=(start);
            input type="hidden" name="sure" value="yes";
        },
    };
    let subject = inquiry.id.to_string();
    if let Some(first) = challenge::passes(ctx, fields, What::OwnTime, &subject, &again).await? {
        return Ok(Some(first));
    }
    if let Some(first) = read_first(ctx, own).await {
        return Ok(Some(first));
    }
    let many = contacts(inquiry).any(|contact| !ctx.app.limits.has_one(Gate::OwnContact, &contact, ctx.now));
    Ok(many.then(|| {
        let why = html! { p.usa-intro { (t.say("public-own-many")) } };
        instead(ctx, inquiry, t.say("public-own-many-title"), &why)
    }))
}

/// By what a person is reached: names are easily made up, mailboxes and telephones less so.
fn contacts(inquiry: &Inquiry) -> impl Iterator<Item = String> {
    let reach = &inquiry.reach;
    let email = reach.email.as_ref().map(|email| email.reveal().to_lowercase());
    [reach.phone.e164().to_string()].into_iter().chain(email)
}

async fn list(
    ctx: &Ctx,
    own: &Own,
    query: &BTreeMap<String, String>,
    errors: &Errors,
) -> Result<Markup, WebError> {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let office = ctx.app.desk.pack().office(&inquiry.office).ok_or(Refusal::NoSuchOffice)?;
    let places = ctx.app.desk.own_places(inquiry, ctx.now).await?;
    let zone = office.zone();
    let offers: Vec<Offer> = places
        .iter()
        .map(|place| Offer {
            value: place.start.to_string(),
            start: place.start,
            label: t.time(zone.local(place.start).time()),
        })
        .collect();
    let reason = ctx.app.desk.pack().reason(&inquiry.reason);
    let none = offers.is_empty();
    let part = Part::of(query, zone, offers);
    let body = html! {
        (error_summary(ctx, errors))
        p { (office.name) ", " (office.address()) }
        @if let Some(reason) = reason {
            // Many come for what needs no visit: that is said before a day is given to it.
            (alert(Alert::Info, &t.say("public-topics-first"), &html! { (reason.first.in_lang(&ctx.lang)) }))
        }
        @if none {
            (alert(Alert::Info, "", &html! { (t.say("public-visit-none")) }))
            p { (t.say("public-own-instead")) }
            (phone_line(ctx))
        } @else {
            (part.form(ctx, inquiry, "/visit/choose", &t.say("public-own-title"), zone, errors))
        }
    };
    Ok(Page::new(t.say("public-own-title"), body).above(back(ctx, inquiry)).render(ctx))
}

/// First shows what was chosen; once that is confirmed, books it.
pub(super) async fn take(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let caller = ctx.caller(own.who(), fields.key("own-time"));
    let start = fields.get("start").parse::<Timestamp>().ok();
    if let Some(start) = start.filter(|_| fields.ticked("sure")) {
        if inquiry.may_schedule_own()
            && let Some(first) = asked_first(&ctx, &own, &fields, start).await?
        {
            return Ok(first);
        }
        // A form that is sent again finds the visit booked: the key knows that it is the same command.
        return match ctx.app.desk.schedule_own(&caller, inquiry.id, start).await {
            Ok(_) => {
                for contact in contacts(inquiry) {
                    // There was one left; two at the same moment are both let in.
                    let _ = ctx.limit_on(Gate::OwnContact, &contact);
                }
                Ok(done(&ctx, inquiry, "visit-chosen"))
            }
            Err(error) => match ended(&ctx, &own) {
                Some(page) if inquiry.may_schedule_own() => page,
                _ => Err(error.into()),
            },
        };
    }
    if let Some(ended) = ended(&ctx, &own) {
        return ended;
    }
    let Some(start) = start else {
        let list = list(&ctx, &own, &BTreeMap::new(), &none_chosen(&ctx)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list).into_response());
    };
    let office = ctx.app.desk.pack().office(&inquiry.office).ok_or(Refusal::NoSuchOffice)?;
    if start <= ctx.now {
        return Err(Refusal::TooSoon { earliest: ctx.now }.into());
    }
    let says = html! {
        p.usa-intro { (t.opening(&t.moment(start, office.zone().name(), ctx.now))) }
        p { (office.name) ", " (office.address()) }
        p { (t.say("public-own-then")) }
    };
    let heading = t.say("public-visit-sure-title");
    Ok(choose::sure(&ctx, inquiry, heading, &says, "/visit/choose", fields.get("start")).into_response())
}

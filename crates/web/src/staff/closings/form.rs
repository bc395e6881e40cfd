//! What is to be closed, and what is closed already.

use super::{stretch, to};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert, error_summary},
    staff::{
        frame::{Seat, Tab},
        review, signs,
    },
};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, acts::PlanClosing};
use domain::{
    access::Action,
    closing::{ClosingRefused, ClosingStage, LONGEST_WHY},
    codes::OfficeCode,
    text::{Lang, Text},
};
use jiff::{Timestamp, civil};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::staff) struct At {
    code: String,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::staff) struct Asked {
    /// The office chosen from the list.
    #[serde(default)]
    office: String,
}

/// One's own office; whoever works at none chooses one.
pub(in crate::staff) async fn mine(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::CloseDay, None)?;
    let chosen = asked.office.parse::<OfficeCode>().ok().or_else(|| seat.me.staff.office.clone());
    if let Some(office) = chosen {
        let to = seat.ctx.url(&format!("/staff/office/{office}/closings"));
        return Ok(Redirect::to(&to).into_response());
    }
    let t = seat.t();
    let (fields, errors) = (Fields::default(), Errors::none());
    let legend = t.say("staff-office");
    let mut choices = vec![Choice::new("", t.say("staff-choose"))];
    choices.extend(review::offices(&seat));
    let body = html! {
        form.desk-filter action=(seat.ctx.url("/staff/closings")) {
            (parts::select(&Form::new(&fields, &errors), &Choices { name: "office", legend: &legend, ..Choices::default() }, &choices))
            button.usa-button type="submit" { (t.say("closing-choose")) }
        }
    };
    Ok(seat.page(t.say("closing-title"), Tab::Closings, body).render(&seat.ctx).into_response())
}

/// The office of an address, if this member of staff may close it.
fn of<'a>(seat: &'a Seat, code: &str) -> Result<&'a pack::Office, WebError> {
    let code: OfficeCode = code.parse().map_err(|_| WebError::NotFound)?;
    seat.may(Action::CloseDay, Some(&code))?;
    seat.ctx.app.desk.pack().office(&code).ok_or(WebError::NotFound)
}

pub(in crate::staff) async fn office(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let office = of(&seat, &at.code)?;
    show(&seat, office, StatusCode::OK, &Fields::default(), &Errors::none()).await
}

async fn show(
    seat: &Seat,
    office: &pack::Office,
    status: StatusCode,
    typed: &Fields,
    errors: &Errors,
) -> Result<Response, WebError> {
    let t = seat.t();
    let closings = seat.ctx.app.desk.closings(&office.code, seat.ctx.now).await?;
    let body = html! {
        (error_summary(&seat.ctx, errors))
        @if !closings.is_empty() {
            section aria-labelledby="closings" {
                h2 #closings { (t.say("closing-list")) }
                ul.usa-list {
                    @for closing in &closings {
                        li {
                            a.usa-link href=(to(seat, closing)) { (stretch(seat, &closing.zone, closing.from, closing.until)) }
                            " · " (t.say_of("closing-stage", closing.stage.as_str()))
                            @if let ClosingStage::Planned { until } = closing.stage {
                                " · " (t.say_with("closing-plan-until", &args! { "until" => t.time(closing.zone.local(until).time()) }))
                            }
                            br;
                            span.quiet dir="auto" { (closing.why.in_lang(&seat.ctx.lang)) }
                            " " span.quiet { "· " (signs::ago(seat, closing.at)) }
                        }
                    }
                }
            }
        }
        section aria-labelledby="new" {
            h2 #new { (t.say("closing-new")) }
            p { (t.say("closing-new-about")) }
            (form(seat, office, &Form::new(typed, errors)))
        }
    };
    let heading = t.say_with("closing-of-office", &args! { "office" => office.name.as_str() });
    let page = seat.page(heading, Tab::Closings, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    Ok((status, page.render(&seat.ctx)).into_response())
}

fn form(seat: &Seat, office: &pack::Office, typed: &Form<'_>) -> Markup {
    let t = seat.t();
    let zone = t.say_with("closing-times-hint", &args! { "zone" => t.zone(office.zone().name()) });
    html! {
        form method="post" action=(seat.ctx.url(&format!("/staff/office/{}/closings", office.code))) {
            (parts::key(&seat.ctx))
            (parts::input(typed, &Input { name: "date", label: &t.say("closing-date"), kind: "date", size: "medium", ..Input::default() }))
            (parts::input(typed, &Input { name: "from", label: &t.say("closing-from"), hint: &t.say("closing-from-hint"),
                kind: "time", size: "medium", ..Input::default() }))
            (parts::input(typed, &Input { name: "until", label: &t.say("closing-until"), hint: &zone, kind: "time",
                size: "medium", ..Input::default() }))
            @for lang in seat.ctx.app.desk.pack().languages() {
                @let label = t.say_with("closing-why", &args! { "lang" => t.say_of("staff-lang", lang.as_str()) });
                (parts::textarea(typed, &Input { name: &field(lang), label: &label, hint: &t.say("closing-why-hint"),
                    longest: LONGEST_WHY, ..Input::default() }))
            }
            button.usa-button type="submit" { (t.say("closing-plan")) }
        }
    }
}

fn field(lang: &Lang) -> String {
    format!("why-{lang}")
}

/// What was typed; nothing, with sentences in `errors`, when it cannot be read.
fn read(seat: &Seat, office: &pack::Office, fields: &Fields, errors: &mut Errors) -> Option<PlanClosing> {
    let t = seat.t();
    let zone = office.zone();
    let date: Option<civil::Date> = fields.get("date").parse().ok();
    if date.is_none() {
        errors.add("date", t.say("closing-fault-date"));
    }
    let mut time = |name: &str| match fields.get(name) {
        "" => None,
        typed => {
            let read = typed.parse::<civil::Time>().ok();
            if read.is_none() {
                errors.add(name, t.say("closing-fault-time"));
            }
            read
        }
    };
    let (from, until) = (time("from"), time("until"));
    let date = date.filter(|_| errors.is_empty())?;
    let begins: Option<Timestamp> = match from {
        Some(time) => zone.opening(date.to_datetime(time)),
        None => zone.day_start(date),
    };
    let ends: Option<Timestamp> = match until {
        Some(time) => zone.closing(date.to_datetime(time)),
        None => date.tomorrow().ok().and_then(|next| zone.day_start(next)),
    };
    let text = |lang: &Lang| {
        let words = fields.get(&field(lang)).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then(|| (lang.clone(), words))
    };
    let why = Text::new(seat.ctx.app.desk.pack().languages().iter().filter_map(text));
    Some(PlanClosing { office: office.code.clone(), from: begins?, until: ends?, why })
}

/// The field that a refusal is about, and what to do.
fn refused(seat: &Seat, why: &ClosingRefused, errors: &mut Errors) {
    let says = seat.t().say_of("closing-refused", why.code());
    match why {
        ClosingRefused::NoWhy { lang } | ClosingRefused::LongWhy { lang } => errors.add(&field(lang), says),
        ClosingRefused::Over | ClosingRefused::TooLong => errors.add("until", says),
        _ => errors.add("date", says),
    }
}

pub(in crate::staff) async fn plan(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let office = of(&seat, &at.code)?;
    let mut errors = Errors::none();
    let Some(ask) = read(&seat, office, &fields, &mut errors) else {
        return show(&seat, office, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors).await;
    };
    let caller = seat.caller(fields.key("plan-closing"));
    match seat.ctx.app.desk.plan_closing(&caller, &ask).await {
        Ok(closing) => Ok(Redirect::to(&to(&seat, &closing)).into_response()),
        Err(DeskError::Closing(why)) => {
            refused(&seat, &why, &mut errors);
            show(&seat, office, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What could not be done with a closing, and what to do now.
pub(super) fn why_not(seat: &Seat, why: &ClosingRefused) -> Markup {
    let says = seat.t().say_of("closing-refused", why.code());
    html! { div role="alert" tabindex="-1" data-focus { (alert(Alert::Error, &says, &html! {})) } }
}

//! Looking for a person, for auditors: which inquiries are theirs, and who read them. What is typed here is personal: it is sent
//! as a form and stands in no address.

use super::{
    frame::{Seat, Tab},
    signs,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, DateField, Input, Typed},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::acts::{FoundInquiry, Reader, Whom};
use domain::{access::Action, actor::Actor, person::Name};
use locale::args;
use maud::{Markup, html};

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeeJournal, None)?;
    Ok(render(&seat, StatusCode::OK, &Fields::default(), &Errors::none(), None))
}

pub(super) async fn find(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::SeeJournal, None)?;
    let mut errors = Errors::none();
    let Some(whom) = read(&seat, &fields, &mut errors) else {
        return Ok(render(&seat, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors, None));
    };
    let found = seat.ctx.app.desk.find_person(&seat.caller_once(), &whom).await?;
    Ok(render(&seat, StatusCode::OK, &fields, &errors, Some(&found)))
}

/// By what they are looked for: the first of the three that says something.
pub(super) fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<Whom> {
    let t = seat.t();
    let text = |name: &str| fields.get(name).trim();
    if !text("number").is_empty() {
        let number = text("number").parse();
        return number
            .map(Whom::Number)
            .map_err(|error| errors.add("number", super::find::fault(t, error)))
            .ok();
    }
    if !text("phone").is_empty() {
        let phone = text("phone").parse();
        return phone
            .map(Whom::Phone)
            .map_err(|_| errors.add("phone", t.say("journal-person-phone-wrong")))
            .ok();
    }
    if text("given").is_empty() && text("family").is_empty() && text("file").is_empty() {
        errors.add("number", t.say("journal-person-nothing"));
        return None;
    }
    let file_number = Some(text("file").to_owned()).filter(|number| !number.is_empty());
    let born = match parts::read_date(fields, "born") {
        Typed::Date(born) => born,
        // With the agency's own number the date says nothing more.
        Typed::Nothing if file_number.is_some() => jiff::civil::Date::ZERO,
        Typed::Nothing | Typed::NoDate => {
            errors.add("born", t.say("journal-person-born-wrong"));
            return None;
        }
    };
    let name = Name { given: text("given").into(), family: text("family").into() };
    Some(Whom::Name { name, born, file_number })
}

/// By what somebody is looked for.
pub(super) fn asked(seat: &Seat, form: &Form<'_>) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let plain = |name: &'static str| Input { name, longest: 100, verbatim: true, ..Input::default() };
    html! {
        (parts::key(ctx))
        (parts::input(form, &Input { label: &t.say("journal-number"), inputmode: "numeric", ..plain("number") }))
        (parts::input(form, &Input { label: &t.say("journal-person-phone"), kind: "tel", ..plain("phone") }))
        fieldset.usa-fieldset {
            legend.usa-legend { (t.say("journal-person-who")) }
            (parts::input(form, &Input { label: &t.say("journal-person-given"), ..plain("given") }))
            (parts::input(form, &Input { label: &t.say("journal-person-family"), ..plain("family") }))
            (parts::date(ctx, form, &DateField { name: "born", legend: &t.say("journal-person-born"), ..DateField::default() }))
            (parts::input(form, &Input { label: &t.say("journal-person-file"), hint: &t.say("journal-person-file-hint"),
                ..plain("file") }))
        }
    }
}

fn render(
    seat: &Seat,
    status: StatusCode,
    fields: &Fields,
    errors: &Errors,
    found: Option<&[FoundInquiry]>,
) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { a.usa-link href=(ctx.url("/staff/journal")) { (t.say("journal-person-back")) } }
        p { (t.say("journal-person-about")) }
        form.usa-form method="post" action=(ctx.url("/staff/journal/person")) novalidate {
            (asked(seat, &Form::new(fields, errors)))
            button.usa-button type="submit" { (t.say("staff-find")) }
        }
        @if let Some(found) = found {
            section aria-labelledby="found" {
                h2 #found { (t.say("journal-person-found")) }
                @if found.is_empty() { p { (t.say("journal-person-none")) } }
                @for one in found { (inquiry(seat, one)) }
            }
        }
    };
    (status, seat.page(t.say("journal-person-title"), Tab::Journal, body).render(ctx)).into_response()
}

fn inquiry(seat: &Seat, one: &FoundInquiry) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let digits = one.inquiry.number.digits();
    let moment = |at| t.moment(at, seat.zone().name(), ctx.now);
    let stage = if one.inquiry.erased.is_some() {
        t.say("journal-person-erased")
    } else {
        t.say_of("staff-stage", one.inquiry.stage.as_str())
    };
    html! {
        h3 { (signs::number(seat, &one.inquiry)) " · " (stage) " · " (signs::time(one.inquiry.opened, &moment(one.inquiry.opened))) }
        p { a.usa-link href=(ctx.url(&format!("/staff/journal?number={digits}"))) { (t.say("journal-person-story")) } }
        @if one.readers.is_empty() { p { (t.say("journal-person-unread")) } } @else {
            div.desk-scroll role="region" tabindex="0" aria-labelledby={ "read-" (digits) } {
                table.usa-table.usa-table--borderless.desk-table {
                    caption id={ "read-" (digits) } { (t.say("journal-person-readers")) }
                    thead { tr {
                        th scope="col" { (t.say("journal-col-who")) }
                        th scope="col" { (t.say("journal-col-what")) }
                        th scope="col" { (t.say("journal-person-times")) }
                        th scope="col" { (t.say("journal-person-last")) }
                    } }
                    tbody { @for reader in &one.readers { (row(seat, reader)) } }
                }
            }
        }
    }
}

fn row(seat: &Seat, reader: &Reader) -> Markup {
    let t = seat.t();
    let who = match &reader.who {
        Actor::Person => t.say("staff-actor-person"),
        Actor::Delegate { nth } => t.say_with("delegate-actor", &args! { "nth" => i64::from(*nth) }),
        Actor::Staff { name, .. } => name.clone(),
        Actor::System { .. } => t.say("staff-actor-system"),
    };
    html! {
        tr {
            th scope="row" { bdi { (who) } }
            td { (t.say_of("journal-read", reader.what)) }
            td.desk-number { (t.number(reader.times.into())) }
            td { (signs::time(reader.last, &t.moment(reader.last, seat.zone().name(), seat.ctx.now))) }
        }
    }
}

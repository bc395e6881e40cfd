//! What is held about a person, for the records officer: given out on the person's own request, put under legal hold, erased.

use super::{
    account::Asked,
    frame::{Seat, Tab},
    inquiry::{Numbered, find},
    retention,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert},
};
use axum::{
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, acts::Held};
use domain::{
    access::Action,
    erasure::{LONGEST_REASON, RecordsRefused},
    inquiry::Inquiry,
    person::Person,
};
use locale::{Tongue, args};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

pub(super) async fn page(
    seat: Seat,
    Path(at): Path<Numbered>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    show(&seat, &at.number, &asked.did, &Fields::default(), None).await
}

async fn show(
    seat: &Seat,
    number: &str,
    did: &str,
    typed: &Fields,
    refused: Option<RecordsRefused>,
) -> Result<Response, WebError> {
    let inquiry = find(seat, number).await?;
    if let Some(erased) = &inquiry.erased {
        return Ok(retention::tombstone(seat, number, erased));
    }
    let (t, ctx) = (seat.t(), &seat.ctx);
    let store = ctx.app.desk.store();
    let all = store.inquiries_of(inquiry.person).await?;
    let person = store.person(inquiry.person).await?.ok_or(WebError::NotFound)?;
    let digits = inquiry.number.digits();
    let mut fields = Fields::default();
    fields.set("form", "html");
    let errors = Errors::none();
    let form = Form::new(&fields, &errors);
    let kinds = [
        Choice::new("html", t.say("records-html")).hint(t.say("records-html-hint")),
        Choice::new("json", t.say("records-json")).hint(t.say("records-json-hint")),
    ];
    let body = html! {
        @if let Some(why) = refused { (retention::why_not(seat, why)) }
        @if DID.contains(&did) { (alert(Alert::Success, "", &html! { p { (t.say_of("records-did", did)) } })) }
        p { a.usa-link href=(ctx.url(&format!("/staff/inquiry/{digits}"))) { (t.say_with("records-back", &args! {
            "number" => inquiry.number.to_string() })) } }
        section aria-labelledby="export" {
            h2 #export { (t.say("records-export")) }
            p { (t.say_with("records-what", &args! { "n" => i64::try_from(all.len()).unwrap_or(i64::MAX) })) }
            p { (t.say("records-sure")) }
            form.usa-form method="post" action=(ctx.url(&format!("/staff/inquiry/{digits}/export"))) {
                (parts::key(ctx))
                (parts::radios(&form, &Choices { name: "form", legend: &t.say("records-form"), ..Choices::default() }, &kinds))
                button.usa-button type="submit" { (t.say("records-go")) }
            }
        }
        (holds(seat, &inquiry, &person, typed, refused))
        (erasure(seat, &inquiry, &person, typed, refused))
    };
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, seat.page(t.say("records-title"), Tab::None, body).render(ctx)).into_response())
}

/// What is under legal hold, and setting or lifting it.
fn holds(
    seat: &Seat,
    inquiry: &Inquiry,
    person: &Person,
    typed: &Fields,
    refused: Option<RecordsRefused>,
) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let digits = inquiry.number.digits();
    let errors = wrong(seat, typed, "hold", refused);
    let form = Form::new(typed, &errors);
    let mut whats = Vec::new();
    if inquiry.legal_hold.is_none() {
        whats.push(Choice::new("inquiry", t.say("records-hold-inquiry")));
    }
    if person.legal_hold.is_none() {
        whats.push(
            Choice::new("person", t.say("records-hold-person")).hint(t.say("records-hold-person-hint")),
        );
    }
    html! {
        section aria-labelledby="hold" {
            h2 #hold { (t.say("records-hold")) }
            p { (t.say("records-hold-about")) }
            @for (what, hold) in [("inquiry", &inquiry.legal_hold), ("person", &person.legal_hold)] {
                @if let Some(hold) = hold {
                    (alert(Alert::Info, &t.say_of("records-held", what), &html! {
                        p { (retention::set_by(seat, hold)) }
                        p { bdi { (hold.reason.reveal()) } }
                        form method="post" action=(ctx.url(&format!("/staff/inquiry/{digits}/lift"))) {
                            (parts::key(ctx))
                            input type="hidden" name="what" value=(what);
                            button.usa-button.usa-button--outline type="submit" { (t.say_of("records-lift", what)) }
                        }
                    }))
                }
            }
            @if !whats.is_empty() {
                form.usa-form method="post" action=(ctx.url(&format!("/staff/inquiry/{digits}/hold"))) {
                    (parts::key(ctx))
                    (parts::radios(&form, &Choices { name: "what", legend: &t.say("records-hold-what"), ..Choices::default() }, &whats))
                    (parts::textarea(&form, &Input { name: "hold-reason", label: &t.say("records-hold-reason"),
                        hint: &t.say("records-hold-reason-hint"), longest: LONGEST_REASON, ..Input::default() }))
                    button.usa-button.usa-button--outline type="submit" { (t.say("records-hold-go")) }
                }
            }
        }
    }
}

/// Erasing everything about the person, at their request.
fn erasure(
    seat: &Seat,
    inquiry: &Inquiry,
    person: &Person,
    typed: &Fields,
    refused: Option<RecordsRefused>,
) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let errors = wrong(seat, typed, "erase", refused);
    let form = Form::new(typed, &errors);
    let to = ctx.url(&format!("/staff/inquiry/{}/erase", inquiry.number.digits()));
    html! {
        section aria-labelledby="erase" {
            h2 #erase { (t.say("records-erase")) }
            @if person.erasure.is_some() {
                p { (t.say("records-erase-asked")) " "
                    a.usa-link href=(ctx.url("/staff/records")) { (t.say("records-title-all")) } }
            } @else {
                p { (t.say("records-erase-about")) }
                form.usa-form method="post" action=(to) {
                    (parts::key(ctx))
                    (parts::textarea(&form, &Input { name: "erase-reason", label: &t.say("records-erase-reason"),
                        hint: &t.say("records-erase-reason-hint"), longest: LONGEST_REASON, ..Input::default() }))
                    button.usa-button.usa-button--secondary type="submit" { (t.say("records-erase-go")) }
                }
            }
        }
    }
}

/// What is wrong with a reason, beside its field.
fn wrong(seat: &Seat, typed: &Fields, form: &str, refused: Option<RecordsRefused>) -> Errors {
    let mut errors = Errors::none();
    let field = format!("{form}-reason");
    if let Some(why @ (RecordsRefused::ReasonNeeded | RecordsRefused::ReasonTooLong)) = refused
        && typed.0.contains_key(&field)
    {
        errors.add(&field, seat.t().say_of("records-refused", why.code()));
    }
    errors
}

/// What may have been done a moment ago.
const DID: [&str; 3] = ["hold", "lift", "erase"];

/// Says what came of it: back to the page, or why not.
async fn came_of(
    seat: &Seat,
    number: &str,
    did: &str,
    typed: &Fields,
    done: Result<(), DeskError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            let to = format!("/staff/inquiry/{number}/records?did={did}");
            Ok(Redirect::to(&seat.ctx.url(&to)).into_response())
        }
        Err(DeskError::Records(why)) => show(seat, number, "", typed, Some(why)).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn hold(seat: Seat, Path(at): Path<Numbered>, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    let inquiry = find(&seat, &at.number).await?;
    let caller = seat.caller(fields.key("hold-records"));
    let whole = fields.get("what") == "person";
    let done = seat.ctx.app.desk.hold_records(&caller, inquiry.id, whole, fields.get("hold-reason")).await;
    came_of(&seat, &at.number, "hold", &fields, done).await
}

pub(super) async fn lift(seat: Seat, Path(at): Path<Numbered>, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    let inquiry = find(&seat, &at.number).await?;
    let caller = seat.caller(fields.key("lift-hold"));
    let whole = fields.get("what") == "person";
    let done = seat.ctx.app.desk.lift_hold(&caller, inquiry.id, whole).await;
    came_of(&seat, &at.number, "lift", &fields, done).await
}

pub(super) async fn erase(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    let inquiry = find(&seat, &at.number).await?;
    let caller = seat.caller(fields.key("ask-erasure"));
    let done = seat.ctx.app.desk.ask_erasure(&caller, inquiry.id, fields.get("erase-reason")).await;
    came_of(&seat, &at.number, "erase", &fields, done).await
}

pub(super) async fn export(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    let inquiry = find(&seat, &at.number).await?;
    let caller = seat.caller(fields.key("export-person"));
    let held = seat.ctx.app.desk.export_person(&caller, inquiry.id).await?;
    let held_json = serde_json::to_value(&held).map_err(|_| WebError::Panicked)?;
    let number = inquiry.number.digits();
    let (kind, end, text) = if fields.get("form") == "json" {
        let text = serde_json::to_string_pretty(&held_json).map_err(|_| WebError::Panicked)?;
        ("application/json", "json", text)
    } else {
        ("text/html; charset=utf-8", "html", readable(&seat, &held, &held_json).into_string())
    };
    let name = format!("attachment; filename=\"records-{number}.{end}\"");
    let name = HeaderValue::from_str(&name).map_err(|_| WebError::Panicked)?;
    let kind = HeaderValue::from_static(kind);
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// A page that stands alone: whoever gets it opens it anywhere, without us.
fn readable(seat: &Seat, held: &Held, json: &Value) -> Markup {
    let t = seat.t();
    let zone = seat.zone().name();
    html! {
        (DOCTYPE)
        html lang=(seat.ctx.lang) dir=(t.dir().as_str()) {
            head { meta charset="utf-8"; title { (t.say("records-title")) } }
            body {
                h1 { (t.say("records-title")) }
                p { (t.say_with("records-made", &args! { "moment" => t.moment(seat.ctx.now, zone, seat.ctx.now),
                    "agency" => seat.ctx.app.desk.pack().agency().name.in_lang(&seat.ctx.lang) })) }
                h2 { (t.say("records-person")) }
                (tree(&json["person"]))
                @for (n, one) in held.inquiries.iter().enumerate() {
                    @let json = &json["inquiries"][n];
                    h2 { (t.say_with("records-inquiry", &args! { "number" => one.inquiry.number.to_string() })) }
                    (tree(&json["inquiry"]))
                    (part(t, "notices", &json["notices"]))
                    (part(t, "calls", &json["calls"]))
                    (part(t, "story", &json["story"]))
                }
            }
        }
    }
}

fn part(t: &Tongue, title: &'static str, json: &Value) -> Markup {
    html! {
        @if json.as_array().is_some_and(|all| !all.is_empty()) {
            h3 { (t.say_of("records-part", title)) }
            (tree(json))
        }
    }
}

/// A record as it is kept, name by name. What is empty is left out.
fn tree(json: &Value) -> Markup {
    html! {
        @match json {
            Value::Object(all) => dl {
                @for (name, value) in all.iter().filter(|(_, value)| !is_empty(value)) {
                    dt { (name.replace('_', " ")) } dd { (tree(value)) } } },
            Value::Array(all) => ol { @for value in all { li { (tree(value)) } } },
            Value::String(text) => (text),
            other => (other.to_string()),
        }
    }
}

fn is_empty(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

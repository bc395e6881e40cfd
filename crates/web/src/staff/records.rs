//! What is held about a person, for the records officer: given out on the person's own request.

use super::{
    frame::{Seat, Tab},
    inquiry::{Numbered, find},
};
use crate::{
    core::{Fields, WebError},
    parts::{self, Choice, Choices},
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use desk::acts::Held;
use domain::access::Action;
use locale::{Tongue, args};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

pub(super) async fn page(seat: Seat, Path(at): Path<Numbered>) -> Result<Response, WebError> {
    seat.may(Action::KeepRecords, None)?;
    let inquiry = find(&seat, &at.number).await?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let all = ctx.app.desk.store().inquiries_of(inquiry.person).await?;
    let digits = inquiry.number.digits();
    let mut fields = Fields::default();
    fields.set("form", "html");
    let errors = crate::core::Errors::none();
    let form = crate::core::Form::new(&fields, &errors);
    let kinds = [
        Choice::new("html", t.say("records-html")).hint(t.say("records-html-hint")),
        Choice::new("json", t.say("records-json")).hint(t.say("records-json-hint")),
    ];
    let body = html! {
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
    };
    Ok(seat.page(t.say("records-title"), Tab::None, body).render(ctx).into_response())
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

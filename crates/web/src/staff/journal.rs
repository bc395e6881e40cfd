//! The journal for auditors: who did what, about which inquiry, when; and who read it.

use super::frame::{Seat, Tab};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, Input},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::Action,
    actor::Actor,
    ids::InquiryId,
    journal::{Happened, Seq, Written},
    number::InquiryNumber,
};
use jiff::{Timestamp, civil::Date};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{By, Found, Sought};

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    who: String,
    number: String,
    act: String,
    from: String,
    to: String,
    before: Option<u64>,
}

/// The person whose inquiry it was, and the system, in the field that takes sign-in names: no name of staff has a star.
const PERSON: &str = "*person";
const SYSTEM: &str = "*system";

pub(super) async fn page(seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, WebError> {
    seat.may(Action::SeeJournal, None)?;
    let mut errors = Errors::none();
    let sought = read(&seat, &wanted, &mut errors).await?;
    let found = match &sought {
        Some(sought) => {
            Some(seat.ctx.app.desk.search_journal(&seat.caller_once(), sought, wanted.before.map(Seq)).await?)
        }
        None => None,
    };
    let numbers = match &found {
        Some(found) => numbers(&seat, &found.rows).await?,
        None => BTreeMap::new(),
    };
    let ctx = &seat.ctx;
    let body = html! {
        (parts::error_summary(ctx, &errors))
        p { a.usa-link href=(ctx.url("/staff/journal/person")) { (seat.t().say("journal-person-link")) } }
        (filter(&seat, &wanted, &errors))
        @if let Some(found) = &found { (list(&seat, &wanted, found, &numbers)) }
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, seat.page(seat.t().say("journal-title"), Tab::Journal, body).render(ctx)).into_response())
}

/// What is looked for; none when a field does not say it.
async fn read(seat: &Seat, wanted: &Wanted, errors: &mut Errors) -> Result<Option<Sought>, WebError> {
    let t = seat.t();
    let store = seat.ctx.app.desk.store();
    let who = wanted.who.trim().to_lowercase();
    let by = match who.as_str() {
        "" => None,
        PERSON => Some(By::Person),
        SYSTEM => Some(By::System),
        name => {
            let staff = store.staff_named(name).await?;
            if staff.is_none() {
                errors.add("who", t.say("journal-who-unknown"));
            }
            staff.map(|staff| By::Staff(staff.id))
        }
    };
    let number = wanted.number.trim();
    let mut inquiry = None;
    if !number.is_empty() {
        inquiry = match number.parse::<InquiryNumber>() {
            Ok(number) => store.inquiry_numbered(number).await?.map(|inquiry| inquiry.id),
            Err(_) => None,
        };
        if inquiry.is_none() {
            errors.add("number", t.say("journal-number-unknown"));
        }
    }
    let mut day = |field: &str, text: &str, after: i32| -> Option<Timestamp> {
        if text.trim().is_empty() {
            return None;
        }
        let date = text
            .trim()
            .parse::<Date>()
            .ok()
            .and_then(|date| date.checked_add(jiff::Span::new().days(after)).ok());
        let at = date.and_then(|date| seat.zone().day_start(date));
        if at.is_none() {
            errors.add(field, t.say("journal-date-wrong"));
        }
        at
    };
    let from = day("from", &wanted.from, 0);
    // The day that is named counts in whole.
    let to = day("to", &wanted.to, 1);
    let act = Some(wanted.act.clone()).filter(|act| Happened::ACTS.contains(&act.as_str()));
    Ok(errors.is_empty().then_some(Sought { by, inquiry, act, from, to }))
}

fn filter(seat: &Seat, wanted: &Wanted, errors: &Errors) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let mut fields = Fields::default();
    for (name, value) in [
        ("who", &wanted.who),
        ("number", &wanted.number),
        ("act", &wanted.act),
        ("from", &wanted.from),
        ("to", &wanted.to),
    ] {
        fields.set(name, value.as_str());
    }
    let form = Form::new(&fields, errors);
    let mut acts: Vec<Choice> =
        Happened::ACTS.iter().map(|act| Choice::new(*act, t.say_of("journal-act", act))).collect();
    acts.sort_by(|one, other| one.label.cmp(&other.label));
    acts.insert(0, Choice::new("", t.say("journal-act")));
    html! {
        form.desk-filter action=(ctx.url("/staff/journal")) {
            (parts::input(&form, &Input { name: "who", label: &t.say("journal-who"), hint: &t.say("journal-who-hint"),
                longest: 100, verbatim: true, ..Input::default() }))
            (parts::input(&form, &Input { name: "number", label: &t.say("journal-number"), inputmode: "numeric", longest: 20,
                verbatim: true, ..Input::default() }))
            (parts::select(&form, &Choices { name: "act", legend: &t.say("journal-what"), ..Choices::default() }, &acts))
            (parts::input(&form, &Input { name: "from", label: &t.say("journal-from"), kind: "date", ..Input::default() }))
            (parts::input(&form, &Input { name: "to", label: &t.say("journal-to"), kind: "date", ..Input::default() }))
            button.usa-button type="submit" { (t.say("staff-find")) }
        }
    }
}

/// The numbers of the inquiries that the entries are about: people know them by these.
async fn numbers(seat: &Seat, rows: &[Written]) -> Result<BTreeMap<InquiryId, InquiryNumber>, WebError> {
    let mut numbers = BTreeMap::new();
    for id in rows.iter().filter_map(|row| row.entry.inquiry) {
        if !numbers.contains_key(&id)
            && let Some(inquiry) = seat.ctx.app.desk.store().inquiry(id).await?
        {
            numbers.insert(id, inquiry.number);
        }
    }
    Ok(numbers)
}

fn list(seat: &Seat, wanted: &Wanted, found: &Found, numbers: &BTreeMap<InquiryId, InquiryNumber>) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    html! {
        @if found.rows.is_empty() {
            p { @if found.on.is_some() { (t.say("journal-none-yet")) } @else { (t.say("journal-none")) } }
        } @else {
            div.desk-scroll role="region" tabindex="0" aria-labelledby="journal-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #journal-caption { (t.say("journal-caption")) }
                    thead { tr {
                        th scope="col" { (t.say("journal-col-when")) }
                        th scope="col" { (t.say("journal-col-who")) }
                        th scope="col" { (t.say("journal-col-what")) }
                        th scope="col" { (t.say("journal-col-about")) }
                    } }
                    tbody { @for entry in &found.rows { (row(seat, entry, numbers)) } }
                }
            }
        }
        @if let Some(on) = found.on {
            p { a.usa-button.usa-button--outline href=(further(&ctx.url("/staff/journal"), wanted, on)) {
                (t.say("journal-further")) } }
        }
    }
}

fn further(to: &str, wanted: &Wanted, on: Seq) -> String {
    let before = on.0.to_string();
    let pairs = [
        ("who", wanted.who.as_str()),
        ("number", &wanted.number),
        ("act", &wanted.act),
        ("from", &wanted.from),
        ("to", &wanted.to),
        ("before", &before),
    ];
    let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    format!("{to}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish())
}

fn row(seat: &Seat, entry: &Written, numbers: &BTreeMap<InquiryId, InquiryNumber>) -> Markup {
    let t = seat.t();
    let facts = facts(&entry.entry.happened);
    let number = entry.entry.inquiry.and_then(|id| numbers.get(&id));
    html! {
        tr {
            th scope="row" { time datetime=(entry.at.to_string()) {
                (t.moment(entry.at, seat.zone().name(), seat.ctx.now)) } span.quiet { " #" (entry.seq.0) } }
            td { bdi { (who(seat, &entry.actor)) } }
            td { (t.say_of("journal-act", &entry.entry.happened.act()))
                @if !facts.is_empty() {
                    details { summary.quiet { (t.say("journal-facts")) }
                        dl.journal-facts { @for (name, value) in facts { dt { code { (name) } } dd { code { (value) } } } } }
                } }
            td { @if let Some(number) = number {
                @let digits = number.digits();
                a.usa-link href=(seat.ctx.url(&format!("/staff/inquiry/{digits}"))) { (number) } } }
        }
    }
}

fn who(seat: &Seat, actor: &Actor) -> String {
    match actor {
        Actor::Person => seat.t().say("staff-actor-person"),
        Actor::Delegate { nth } => seat.t().say_with("delegate-actor", &args! { "nth" => i64::from(*nth) }),
        Actor::Staff { name, .. } => name.clone(),
        Actor::System { .. } => seat.t().say("staff-actor-system"),
    }
}

/// What the entry says beside its name, as the journal keeps it: codes, times and identifiers.
fn facts(happened: &Happened) -> Vec<(String, String)> {
    let serde_json::Value::Object(facts) = serde_json::to_value(happened).unwrap_or_default() else {
        return Vec::new();
    };
    let said = facts.into_iter().filter(|(name, _)| name != "act");
    said.map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use locale::{Overrides, Words};

    #[test]
    fn every_act_has_its_words() {
        let words = Words::load(&Overrides::none()).unwrap();
        for lang in ["en", "es"] {
            let tongue = words.tongue(&lang.parse().unwrap());
            let without: Vec<_> =
                Happened::ACTS.iter().filter(|act| !tongue.has(&format!("journal-act-{act}"))).collect();
            assert!(without.is_empty(), "{lang}: {without:?}");
        }
    }
}

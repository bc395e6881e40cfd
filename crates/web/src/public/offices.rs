//! The offices: where they are, when they are open, and whether people choose their own time there.

use super::zip;
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError};
use crate::parts::{Alert, Row, alert, error_summary, getting_there, phone_line, summary};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::acts::OwnTimes;
use jiff::ToSpan;
use locale::args;
use maud::{Markup, html};
use pack::Office;
use std::collections::BTreeMap;

/// So many days ahead closed days are told.
const AHEAD_DAYS: i64 = 30;

pub(super) async fn list(ctx: Ctx) -> Markup {
    page(&ctx, &Fields::default(), &Errors::none())
}

fn page(ctx: &Ctx, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let f = Form::new(fields, errors);
    let mut by_state: BTreeMap<&str, Vec<&Office>> = BTreeMap::new();
    for office in ctx.app.desk.pack().offices() {
        by_state.entry(office.state.as_str()).or_default().push(office);
    }
    for offices in by_state.values_mut() {
        offices.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let body = html! {
        (error_summary(ctx, errors))
        p.usa-intro { (t.say("public-offices-intro")) }
        form.usa-form method="post" action=(ctx.url("/offices")) novalidate {
            (zip::field(ctx, &f))
            button.usa-button type="submit" { (t.say("public-offices-find")) }
        }
        h2 { (t.say("public-offices-all")) }
        @for (state, offices) in &by_state {
            h3 { (state) }
            ul.usa-list {
                @for office in offices {
                    li { a.usa-link href=(ctx.url(&format!("/offices/{}", office.code))) { (office.name) } ", " (office.city) }
                }
            }
        }
    };
    let page = Page::new(t.say("public-offices-title"), body);
    let page = if errors.is_empty() { page.indexed(&t.say("public-offices-intro")) } else { page };
    page.render(ctx)
}

/// The office that serves a ZIP code.
pub(super) async fn find(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    match zip::office(&ctx, fields.get("zip")) {
        Ok(office) => Ok(Redirect::to(&ctx.url(&format!("/offices/{}", office.code))).into_response()),
        Err(says) => {
            let mut errors = Errors::none();
            errors.add("zip", says);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&ctx, &fields, &errors)).into_response())
        }
    }
}

pub(super) async fn show(ctx: Ctx, Path((_, code)): Path<(String, String)>) -> Result<Markup, WebError> {
    let t = ctx.t();
    let code = code.parse().map_err(|_| WebError::NotFound)?;
    let office = ctx.app.desk.pack().office(&code).ok_or(WebError::NotFound)?;
    let zone = office.zone();
    let today = zone.date(ctx.now);
    let hours = office.calendar.hours.version(today).map(|version| t.week(&version.week));
    let mut rows = vec![Row {
        label: t.say("public-visit-where"),
        lines: vec![office.street.clone(), format!("{}, {} {}", office.city, office.state, office.zip)],
        change: None,
    }];
    if let Some(hours) = hours {
        rows.push(Row::new(t.say("public-offices-hours"), hours));
        rows.push(Row::new(t.say("public-offices-zone"), t.opening(&t.zone(zone.name()))));
    }
    let shut = ctx.app.desk.closings(&code, ctx.now).await?;
    let shut = shut.iter().filter(|closing| closing.shuts()).map(|closing| {
        let when = t.window(closing.from, closing.until, closing.zone.name(), ctx.now);
        (t.opening(&when), closing.why.in_lang(&ctx.lang).to_owned())
    });
    let closed: Vec<(String, String)> = (0..AHEAD_DAYS)
        .filter_map(|n| today.checked_add(n.days()).ok())
        .filter_map(|date| {
            let why = match office.calendar.why_closed_on(date)? {
                domain::calendar::Closed::Holiday { name, .. } => name.in_lang(&ctx.lang).to_owned(),
                domain::calendar::Closed::Closure { why, .. } => why.in_lang(&ctx.lang).to_owned(),
                _ => return None,
            };
            Some((t.opening(&t.on_day(date, today)), why))
        })
        .chain(shut)
        .collect();
    let body = html! {
        (for_engines(&ctx, office))
        p.usa-intro { (t.say("public-offices-ask-first")) }
        (summary(&rows))
        (getting_there(&ctx, office))
        @if !closed.is_empty() {
            h2 { (t.say("public-offices-closed")) }
            ul.usa-list { @for (day, why) in &closed { li { (day) ": " (why) } } }
        }
        h2 { (t.say("public-offices-own")) }
        (own(&ctx, office))
        (alert(Alert::Warning, "", &html! { (ctx.app.desk.pack().agency().emergency.in_lang(&ctx.lang)) }))
        (phone_line(&ctx))
    };
    let about = t.say_with("public-offices-about", &args! { "office" => office.name.as_str() });
    Ok(Page::new(office.name.as_str(), body).indexed(&about).render(&ctx))
}

/// What the office is, where it is and how it is called, as search engines read it (schema.org).
fn for_engines(ctx: &Ctx, office: &Office) -> Markup {
    let agency = ctx.app.desk.pack().agency();
    html! {
        div itemscope itemtype="https://schema.org/GovernmentOffice" {
            meta itemprop="name" content=(office.name);
            meta itemprop="telephone" content=(agency.phone.published.e164());
            div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress" {
                meta itemprop="streetAddress" content=(office.street);
                meta itemprop="addressLocality" content=(office.city);
                meta itemprop="addressRegion" content=(office.state);
                meta itemprop="postalCode" content=(office.zip);
            }
            div itemprop="parentOrganization" itemscope itemtype="https://schema.org/GovernmentOrganization" {
                meta itemprop="name" content=(agency.name.in_lang(&ctx.lang));
            }
        }
    }
}

/// Do people choose their own time here? If not any more, how do they ask instead?
fn own(ctx: &Ctx, office: &Office) -> Markup {
    let t = ctx.t();
    let today = office.zone().date(ctx.now);
    let says = match ctx.app.desk.own_times(&office.code, ctx.now) {
        OwnTimes::Until(until) => {
            t.say_with("public-offices-own-until", &args! { "day" => t.on_day(until, today) })
        }
        OwnTimes::Ended(last) => t.say_with("public-own-ended", &args! { "day" => t.on_day(last, today) }),
        OwnTimes::Never => t.say("public-own-never"),
    };
    html! {
        p { (says) }
        p { (t.say("public-own-how")) }
        p { a.usa-button href=(ctx.url("/request")) { (t.say("public-door-request")) } }
    }
}

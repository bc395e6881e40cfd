//! How well people are served, told to everybody: figures of the last days, together and apart by what should make no difference, each
//! with how it is counted. What only a few people stand behind is not told.

use crate::core::{Ctx, Page, WebError};
use crate::parts::figures;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use desk::Published;
use domain::indicators::{By, Indicator, LEAST_SHOWN, Shown};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What the start page says of them.
const BRIEF: [Indicator; 3] = [Indicator::PromisesKept, Indicator::PersonHalf, Indicator::VisitDaysHalf];

pub(super) async fn page(ctx: Ctx) -> Result<Markup, WebError> {
    let told = ctx.app.desk.published(ctx.now).await?;
    let t = ctx.t();
    let today = ctx.app.desk.pack().line().calendar.zone.date(ctx.now);
    let days = args! { "from" => t.on_day(told.from, today), "to" => t.on_day(told.to, today) };
    let body = html! {
        p.usa-intro { (t.say("public-statistics-intro")) }
        p { (t.say_with("public-statistics-days", &days)) }
        p { (t.say_with("public-statistics-few", &args! { "n" => LEAST_SHOWN.cast_signed() })) }
        (all(&ctx, told.by(By::All)))
        @for by in told.figures.iter().map(|(by, _)| *by).filter(|by| *by != By::All) {
            (table(&ctx, by, told.by(by)))
        }
        p { a.usa-link href=(ctx.url("/statistics.csv")) download { (t.say("public-statistics-csv")) } }
    };
    let about = t.say("public-statistics-intro");
    Ok(Page::new(t.say("public-statistics-title"), body).indexed(&about).render(&ctx))
}

/// The same for machines.
pub(super) async fn csv(ctx: Ctx) -> Result<Response, WebError> {
    let told: std::sync::Arc<Published> = ctx.app.desk.published(ctx.now).await?;
    let mut text = String::new();
    for (n, (by, shown)) in told.figures.iter().enumerate() {
        let rows = shown.iter().map(|one| (&one.measure, one.hidden));
        let part = figures::csv((told.from, told.to), *by, rows);
        // One head for all parts.
        let part = if n == 0 { part.as_str() } else { part.split_once('\n').map_or("", |(_, rest)| rest) };
        text.push_str(part);
    }
    let name = format!("attachment; filename=\"statistics-{}-{}.csv\"", told.from, told.to);
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// What everybody asks about first, for the start page: nothing where it is not counted yet.
pub(super) fn brief(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let told = ctx.app.desk.published_already(ctx.now);
    let all = told.as_deref().map(|told| told.by(By::All)).unwrap_or_default();
    let first = |indicator| all.iter().find(|one| one.measure.indicator == indicator);
    let known = BRIEF.into_iter().filter_map(first).filter(|one| !one.hidden && one.measure.value.is_some());
    let known: Vec<&Shown> = known.collect();
    let told = |one: &Shown| {
        let value = one.measure.value.unwrap_or_default();
        let figure = figures::figure(t, one.measure.indicator, value);
        t.say_of_with("public-brief", one.measure.indicator.as_str(), &args! { "figure" => figure })
    };
    html! {
        section {
            h2 { (t.say("public-statistics-title")) }
            @if !known.is_empty() {
                ul { @for one in &known { li { (told(one)) } } }
            }
            p { a.usa-link href=(ctx.url("/statistics")) { (t.say("public-statistics-more")) } }
        }
    }
}

/// A figure, or why there is none.
fn cell(ctx: &Ctx, shown: Option<&&Shown>) -> Markup {
    let t = ctx.t();
    html! {
        @match shown {
            Some(one) if one.hidden => span.quiet { (t.say("public-statistics-hidden")) },
            Some(one) => @match one.measure.value {
                Some(value) => (figures::figure(t, one.measure.indicator, value)),
                None if !one.measure.recorded => span.quiet { (t.say("figure-not-recorded")) },
                None => "–",
            },
            None => "–",
        }
    }
}

/// Everybody together: each figure with how it is counted, and from how many.
fn all(ctx: &Ctx, shown: &[Shown]) -> Markup {
    let t = ctx.t();
    html! {
        h2 { (t.say("public-statistics-all")) }
        dl.figures {
            @for one in shown {
                div {
                    dt { (figures::name(t, one.measure.indicator)) }
                    dd.figures__value { (cell(ctx, Some(&one))) }
                    dd { (figures::definition(t, one.measure.indicator)) }
                    @if !one.hidden {
                        dd.quiet { (t.say_with("public-statistics-n", &args! { "n" => one.measure.n.cast_signed(), "left" => one.measure.left_out.cast_signed() })) }
                    }
                }
            }
        }
    }
}

/// A row for each reason or office, a column for each figure that is told of it.
fn table(ctx: &Ctx, by: By, shown: &[Shown]) -> Markup {
    let t = ctx.t();
    let mut rows: BTreeMap<String, Vec<&Shown>> = BTreeMap::new();
    let mut columns: Vec<Indicator> = Vec::new();
    for one in shown {
        let name = figures::group(ctx, by, one.measure.group.as_deref().unwrap_or_default());
        rows.entry(name).or_default().push(one);
        if !columns.contains(&one.measure.indicator) {
            columns.push(one.measure.indicator);
        }
    }
    let (heading, id) = (t.say_of("public-statistics-by", by.as_str()), format!("by-{}", by.as_str()));
    html! {
        h2 #(id) { (heading) }
        @if rows.is_empty() { p { (t.say("public-statistics-none")) } } @else {
            div.usa-table-container--scrollable role="region" tabindex="0" aria-labelledby=(id) {
                table.usa-table.usa-table--borderless {
                    caption.usa-sr-only { (heading) }
                    thead { tr {
                        th scope="col" { (t.say_of("figure-by", by.as_str())) }
                        @for indicator in &columns { th scope="col" { (figures::name(t, *indicator)) } }
                    } }
                    tbody {
                        @for (name, figures) in &rows {
                            tr {
                                th scope="row" { bdi { (name) } }
                                @for indicator in &columns {
                                    td { (cell(ctx, figures.iter().find(|one| one.measure.indicator == *indicator))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

//! Indicators of a period: each with its definition, from how many it was counted, and how many it leaves out.

use super::frame::{Seat, Tab};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, figures},
};
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use desk::sees_the_line;
use domain::{
    access::Action,
    indicators::{By, Facts, Indicator, MOST_DAYS, Measure, Topic, VERSION, count},
};
use jiff::{ToSpan, civil::Date};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    by: String,
}

/// What is asked for, within what there is.
struct Period {
    from: Date,
    /// The last day, which is part of it.
    to: Date,
    today: Date,
    by: By,
}

impl Period {
    /// The last week, unless something else is asked for.
    fn of(seat: &Seat, asked: &Asked) -> Self {
        let zone = &seat.ctx.app.desk.pack().line().calendar.zone;
        let today = zone.date(seat.ctx.now);
        let to = asked.to.parse().unwrap_or(today).min(today);
        let from = asked.from.parse().unwrap_or_else(|_| back(to, 6)).clamp(back(to, MOST_DAYS - 1), to);
        Self { from, to, today, by: By::from_code(&asked.by).unwrap_or_default() }
    }

    fn query(&self) -> String {
        query(self.from, self.to, self.by)
    }
}

fn back(day: Date, days: i64) -> Date {
    day.saturating_sub(days.days())
}

fn query(from: Date, to: Date, by: By) -> String {
    format!("?from={from}&to={to}&by={}", by.as_str())
}

/// What this member of staff may see of a period.
async fn facts(seat: &Seat, period: &Period) -> Result<Facts, WebError> {
    let days = (period.from, period.to);
    Ok(seat.ctx.app.desk.facts_for(&seat.me.staff, days, seat.ctx.now).await?)
}

fn everywhere(seat: &Seat) -> bool {
    sees_the_line(&seat.me.staff)
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::SeeFigures, None)?;
    let period = Period::of(&seat, &asked);
    let measures = count(&facts(&seat, &period).await?, period.by);
    let t = seat.t();
    let body = html! {
        (choose(&seat, &period))
        (tables(&seat, &period, &measures))
        p { a.usa-link href=(seat.ctx.url(&format!("/staff/indicators.csv{}", period.query()))) download { (t.say("staff-indicators-csv")) } }
        (definitions(&seat, &period))
    };
    Ok(seat.page(t.say("staff-indicators-title"), Tab::Indicators, body).render(&seat.ctx).into_response())
}

/// The same for machines.
pub(super) async fn csv(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::SeeFigures, None)?;
    let period = Period::of(&seat, &asked);
    let measures = count(&facts(&seat, &period).await?, period.by);
    let days = (period.from, period.to);
    let text = figures::csv(days, period.by, measures.iter().map(|measure| (measure, false)));
    let name = format!("attachment; filename=\"indicators-{}-{}.csv\"", period.from, period.to);
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// The period, and by what the figures are told apart.
fn choose(seat: &Seat, period: &Period) -> Markup {
    let t = seat.t();
    let mut fields = Fields::default();
    fields.set("by", period.by.as_str());
    let errors = Errors::none();
    let by: Vec<Choice> = By::ALL
        .into_iter()
        .filter(|by| everywhere(seat) || !by.is_line())
        .map(|by| Choice::new(by.as_str(), t.say_of("figure-by", by.as_str())))
        .collect();
    let legend = t.say("staff-indicators-by");
    let day = |name: &'static str, label: String, value: Date| {
        html! { div { label.usa-label for=(name) { (label) }
        input.usa-input #(name) name=(name) type="date" value=(value) max=(period.today); } }
    };
    let last = |days: i64, words: String| {
        let (from, to) = (back(period.today, days - 1), period.today);
        let here = (period.from, period.to) == (from, to);
        html! { li { a.usa-link href={ (seat.ctx.url("/staff/indicators")) (query(from, to, period.by)) }
        aria-current=[here.then_some("page")] { (words) } } }
    };
    html! {
        nav.desk-days aria-label=(t.say("staff-indicators-periods")) {
            ul {
                (last(1, t.say("staff-day-today")))
                (last(7, t.say_with("staff-indicators-days", &args! { "n" => 7 })))
                (last(MOST_DAYS, t.say_with("staff-indicators-days", &args! { "n" => MOST_DAYS })))
            }
        }
        form.desk-filter action=(seat.ctx.url("/staff/indicators")) {
            (day("from", t.say("staff-indicators-from"), period.from))
            (day("to", t.say("staff-indicators-to"), period.to))
            (parts::select(&Form::new(&fields, &errors), &Choices { name: "by", legend: &legend, ..Choices::default() }, &by))
            button.usa-button.usa-button--outline type="submit" { (t.say("staff-filter")) }
        }
        p.quiet { (t.say_with("staff-indicators-note", &args! { "n" => MOST_DAYS })) }
    }
}

/// The figures, a table for each thing that they are about: sixty in one are looked through, and not read.
fn tables(seat: &Seat, period: &Period, measures: &[Measure]) -> Markup {
    let t = seat.t();
    let shown: Vec<&Measure> =
        measures.iter().filter(|measure| everywhere(seat) || !measure.indicator.source().is_line()).collect();
    if shown.is_empty() {
        return html! { div.desk-empty { p { strong { (t.say("staff-indicators-none")) } } } };
    }
    let of = |topic: Topic| -> Vec<&Measure> {
        shown.iter().copied().filter(|measure| measure.indicator.source().topic() == topic).collect()
    };
    let topics: Vec<(Topic, Vec<&Measure>)> = Topic::ALL
        .into_iter()
        .map(|topic| (topic, of(topic)))
        .filter(|(_, figures)| !figures.is_empty())
        .collect();
    let days = args! { "from" => t.day(period.from, period.today), "to" => t.day(period.to, period.today) };
    html! {
        p { strong { (t.say_with("staff-indicators-caption", &days)) } }
        nav.desk-days aria-label=(t.say("staff-indicators-topics")) {
            ul { @for (topic, _) in &topics {
                li { a.usa-link href={ "#topic-" (topic.as_str()) } { (t.say_of("figure-topic", topic.as_str())) } }
            } }
        }
        @for (topic, figures) in &topics {
            (table(seat, period, *topic, figures))
        }
    }
}

fn table(seat: &Seat, period: &Period, topic: Topic, shown: &[&Measure]) -> Markup {
    let t = seat.t();
    let grouped = period.by != By::All;
    html! {
        table.usa-table.usa-table--borderless.desk-table.desk-figures {
            caption { h2 id={ "topic-" (topic.as_str()) } tabindex="-1" { (t.say_of("figure-topic", topic.as_str())) } }
            thead { tr {
                th scope="col" { (t.say("staff-indicators-what")) }
                @if grouped { th scope="col" { (t.say_of("figure-by", period.by.as_str())) } }
                th scope="col" { (t.say("staff-indicators-figure")) }
                th scope="col" { (t.say("staff-indicators-n")) }
                th scope="col" { (t.say("staff-indicators-left-out")) }
            } }
            @for group in shown.chunk_by(|a, b| a.indicator == b.indicator) {
                tbody {
                    @for (n, measure) in group.iter().enumerate() {
                        tr {
                            @if n == 0 { th scope="rowgroup" rowspan=(group.len()) { (term(seat, measure.indicator)) } }
                            @if let Some(code) = &measure.group { th scope="row" { bdi { (figures::group(&seat.ctx, period.by, code)) } } }
                            td.desk-n { strong { @match measure.value {
                                Some(value) => (figures::figure(t, measure.indicator, value)),
                                None if !measure.recorded => span.quiet { (t.say("figure-not-recorded")) },
                                None => (t.say("figure-none")),
                            } } }
                            td.desk-n { (t.number(measure.n.cast_signed())) }
                            td.desk-n { (t.number(measure.left_out.cast_signed())) }
                        }
                    }
                }
            }
        }
    }
}

/// An indicator's name with its definition: shown while the name has the pointer or the focus, and always there below.
pub(super) fn term(seat: &Seat, indicator: Indicator) -> Markup {
    let t = seat.t();
    let (code, id) = (indicator.as_str(), format!("tip-{}", indicator.as_str()));
    html! {
        span.desk-term {
            a href={ "#is-" (code) } aria-describedby=(id) { (figures::name(t, indicator)) }
            span.desk-tip #(id) role="tooltip" { (figures::definition(t, indicator)) }
        }
    }
}

fn definitions(seat: &Seat, period: &Period) -> Markup {
    let t = seat.t();
    let told = Indicator::ALL.into_iter().filter(|indicator| {
        period.by.defines(*indicator) && (everywhere(seat) || !indicator.source().is_line())
    });
    html! {
        section aria-labelledby="definitions" {
            h2 #definitions { (t.say_with("staff-indicators-definitions", &args! { "version" => i64::from(VERSION) })) }
            dl.desk-list {
                @for indicator in told {
                    div id={ "is-" (indicator.as_str()) } tabindex="-1" {
                        dt { strong { (figures::name(t, indicator)) } }
                        dd { (figures::definition(t, indicator)) }
                    }
                }
            }
        }
    }
}

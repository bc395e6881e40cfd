//! Indicators of a period, each with its definition.

use crate::{
    answer::read,
    client::{Read, Room, With},
    dto::{
        indicators::{DaysPart, DefinitionShown, IndicatorsShown, MeasureShown},
        inquiry::TextsShown,
    },
    problem::Problem,
    sent::Query,
};
use axum::{http::HeaderMap, response::Response};
use desk::{figure_definition, figure_name, sees_the_line};
use domain::{
    indicators::{By, Indicator, MOST_DAYS, count},
    text::Lang,
};
use jiff::{ToSpan, civil::Date};
use locale::Tongue;

/// Read the indicators of some days, each with its definition
///
/// Whoever sees one office's figures reads that office's; those of the line are then left out.
#[utoipa::path(
    get, path = "/indicators", operation_id = "readIndicators", tag = "Lists", security(("token" = ["read"])),
    params(DaysPart), responses((status = 200, description = "The figures and how they are counted.", body = IndicatorsShown))
)]
pub(crate) async fn indicators(
    Room(api): Room,
    client: With<Read>,
    Query(part): Query<DaysPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let back = |day: Date, days: i64| day.saturating_sub(days.days());
    let today = api.desk.pack().line().calendar.zone.date(client.now);
    let to = part.to.map_or(today, |day| day.0).min(today);
    let from = part.from.map_or_else(|| back(to, 6), |day| day.0).clamp(back(to, MOST_DAYS - 1), to);
    let by = part.by.map(By::from).unwrap_or_default();
    let facts = api.desk.facts_for(&client.staff, (from, to), client.now).await?;
    let seen = |indicator: Indicator| sees_the_line(&client.staff) || !indicator.source().is_line();
    let figures =
        count(&facts, by).into_iter().filter(|one| seen(one.indicator)).map(MeasureShown::of).collect();
    let said = |indicator, says: fn(&Tongue, Indicator) -> String| {
        let langs = api.desk.pack().languages().iter();
        let text = |lang: &Lang| says(api.desk.words().tongue(lang), indicator);
        TextsShown(langs.map(|lang| (lang.as_str().to_owned(), text(lang))).collect())
    };
    let told = Indicator::ALL.into_iter().filter(|indicator| by.defines(*indicator) && seen(*indicator));
    let definitions = told
        .map(|one| DefinitionShown::of(one, said(one, figure_name), said(one, figure_definition)))
        .collect();
    read(&headers, None, &IndicatorsShown::new((from, to), by, figures, definitions))
}

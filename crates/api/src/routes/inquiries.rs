//! One inquiry, and what can be known about it.

use crate::{
    answer::{read, tag},
    client::{Read, Room, With},
    dto::{
        inquiry::{InquiryShown, Moment, WindowShown, texts},
        lists::{
            AdvicePart, AdviceShown, AnywherePart, DecisionChoice, EntryShown, PlaceList, PlacePart,
            PlaceShown, PlacesAnywhere, Some200, Story, WindowList, WindowOffered,
        },
        notices::{NoticeList, NoticeShown},
    },
    problem::{self, Problem},
    routes::Number,
    sent::Query,
};
use axum::{extract::Path, http::HeaderMap, response::Response};
use domain::{calendar::Zone, decision::DecisionKind, slots::Opening};

/// Read an inquiry
///
/// Reading it is journalled, once an hour for one reader. What the reader's roles do not need is left out.
#[utoipa::path(
    get, path = "/inquiries/{number}", operation_id = "readInquiry", tag = "Inquiries", security(("token" = ["read"])),
    params(Number), responses((status = 200, description = "The inquiry.", body = InquiryShown))
)]
pub(crate) async fn inquiry(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let inquiry = client.open(&api, &number).await?;
    read(&headers, Some(tag(inquiry.version)), &InquiryShown::of(&inquiry, &client.staff))
}

/// Read what happened to an inquiry, oldest first
#[utoipa::path(
    get, path = "/inquiries/{number}/story", operation_id = "readStory", tag = "Inquiries",
    security(("token" = ["read"])), params(Number), responses((status = 200, description = "The story.", body = Story))
)]
pub(crate) async fn story(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.open(&api, &number).await?;
    let entries = api.desk.store().story(found.id).await?;
    read(&headers, None, &Story { entries: entries.iter().map(EntryShown::of).collect() })
}

/// List the messages of an inquiry, oldest first
#[utoipa::path(
    get, path = "/inquiries/{number}/notices", operation_id = "listNotices", tag = "Inquiries",
    security(("token" = ["read"])), params(Number),
    responses((status = 200, description = "The messages.", body = NoticeList))
)]
pub(crate) async fn notices(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.open(&api, &number).await?;
    let notices = api.desk.store().notices(found.id).await?;
    read(&headers, None, &NoticeList { notices: notices.iter().map(NoticeShown::of).collect() })
}

/// List the windows that can be promised now
#[utoipa::path(
    get, path = "/inquiries/{number}/windows", operation_id = "listWindows", tag = "Callbacks",
    security(("token" = ["read"])), params(Number, Some200),
    responses((status = 200, description = "The windows, in order.", body = WindowList))
)]
pub(crate) async fn windows(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    Query(part): Query<Some200>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.inquiry(&api, &number).await?;
    let limit = usize::try_from(part.limit.0).unwrap_or(usize::MAX);
    let offers = api.desk.windows(&found, client.now, limit).await?;
    let windows = offers
        .iter()
        .map(|offer| WindowOffered {
            start: offer.window.start,
            window: WindowShown::of(&offer.window),
            left: offer.left,
        })
        .collect();
    read(&headers, None, &WindowList { windows })
}

pub(super) fn place(opening: &Opening, zone: &Zone, why: Vec<&'static str>) -> PlaceShown {
    PlaceShown {
        office: opening.office.as_str().to_owned(),
        start: opening.start,
        from: Moment::of(opening.start, zone),
        until: Moment::of(opening.end, zone),
        pool: opening.pool.as_str(),
        left: opening.left,
        why,
    }
}

/// List the places that can be booked, what suits best first
#[utoipa::path(
    get, path = "/inquiries/{number}/places", operation_id = "listPlaces", tag = "Visits",
    security(("token" = ["read"])), params(Number, PlacePart),
    responses((status = 200, description = "The places.", body = PlaceList))
)]
pub(crate) async fn places(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    Query(part): Query<PlacePart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.inquiry(&api, &number).await?;
    let office = part.office.as_ref().and_then(crate::dto::said::office);
    let places = api.desk.places(&found, office.as_ref(), client.now).await?;
    let zone = api.desk.pack().office(&places.office).ok_or(problem::NOT_FOUND)?.zone();
    let most = usize::try_from(part.limit.0).unwrap_or(usize::MAX);
    let best = places.best.iter().take(most).map(|choice| {
        let why = choice.why.iter().map(|why| why.code()).collect();
        place(&choice.opening, zone, why)
    });
    let shown = PlaceList {
        best: best.collect(),
        all: places.all.iter().take(most).map(|opening| place(opening, zone, Vec::new())).collect(),
        why_none: places.why.as_ref().map(domain::slots::NoPlace::code),
    };
    read(&headers, None, &shown)
}

/// List the best place of each office that has one, what suits best first
///
/// For a person who may go to another office than the one that serves them.
#[utoipa::path(
    get, path = "/inquiries/{number}/places/anywhere", operation_id = "listPlacesAnywhere", tag = "Visits",
    security(("token" = ["read"])), params(Number, AnywherePart),
    responses((status = 200, description = "The places.", body = PlacesAnywhere))
)]
pub(crate) async fn places_anywhere(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    Query(part): Query<AnywherePart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.inquiry(&api, &number).await?;
    let places = api.desk.places_anywhere(&found, client.now).await?;
    let most = usize::try_from(part.limit.0).unwrap_or(usize::MAX);
    let best = places.iter().take(most).filter_map(|choice| {
        let zone = api.desk.pack().office(&choice.opening.office)?.zone();
        Some(place(&choice.opening, zone, choice.why.iter().map(|why| why.code()).collect()))
    });
    read(&headers, None, &PlacesAnywhere { best: best.collect() })
}

/// Read what the policy recommends
///
/// It never decides: whoever decides otherwise says why.
#[utoipa::path(
    get, path = "/inquiries/{number}/advice", operation_id = "readAdvice", tag = "Decisions",
    security(("token" = ["read"])), params(Number, AdvicePart),
    responses((status = 200, description = "The recommendation.", body = AdviceShown))
)]
pub(crate) async fn advice(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    Query(part): Query<AdvicePart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.open(&api, &number).await?;
    let kind = match part.decision {
        DecisionChoice::Urgency => DecisionKind::Urgency,
        DecisionChoice::Need => DecisionKind::Need,
        DecisionChoice::Fit => DecisionKind::Fit,
    };
    let advice = api.desk.advise(&found, kind, client.now).await?.recommendation;
    let shown = AdviceShown {
        outcome: advice
            .outcome
            .iter()
            .map(|(name, value)| (name.clone(), serde_json::to_value(value).unwrap_or_default()))
            .collect(),
        rule: format!("{}@{}#{}", advice.policy, advice.version, advice.row),
        cite: advice.cite,
        why: texts(&advice.why),
        change: advice.change.as_ref().map(texts),
    };
    read(&headers, None, &shown)
}

//! The lists, each in its own order.

use crate::{
    Api,
    answer::read,
    client::{Read, Room, With},
    dto::lists::{
        CallbackPart, DayPart, FiguresShown, InquiryList, InquiryPart, InquiryRow, Limit, ReviewPart,
    },
    problem::{self, Problem},
    scalar::Cursor,
    sent::Query,
};
use axum::{extract::Path, http::HeaderMap, response::Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    access::{Action, sees},
    actor::Staff,
    codes::OfficeCode,
    ids::StaffId,
};
use sha2::{Digest, Sha256};
use store::{List, Page};

/// No list goes on for longer than this; whoever wants everything reads the journal.
const FARTHEST: u32 = 1_000_000;

/// The name of a list in its cursors: one list's cursor is no place in another.
fn name_of(list: &List) -> String {
    hex::encode(&Sha256::digest(format!("{list:?}"))[..4])
}

fn cursor(list: &List, offset: u32) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{offset}", name_of(list)))
}

fn offset(list: &List, cursor: Option<&Cursor>) -> Result<u32, Problem> {
    let Some(cursor) = cursor else { return Ok(0) };
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor.as_str()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (name, offset) = text.split_once(':')?;
        (name == name_of(list)).then(|| offset.parse::<u32>().ok())?.filter(|offset| *offset <= FARTHEST)
    };
    read().ok_or_else(|| problem::NO_SUCH_PAGE.into())
}

async fn page(
    api: &Api,
    to: &Staff,
    headers: &HeaderMap,
    list: List,
    at: Option<&Cursor>,
    limit: Limit,
) -> Result<Response, Problem> {
    let offset = offset(&list, at)?;
    let mut found = api.desk.store().list(&list, Page { offset, limit: limit.0 }).await?;
    // Somebody who is shown without a name at a counter is nothing that a program could do anything with.
    found.rows.retain(|inquiry| sees(to, inquiry));
    let next = found.more.then(|| cursor(&list, offset.saturating_add(limit.0)));
    read(headers, None, &InquiryList { rows: found.rows.iter().map(InquiryRow::of).collect(), next })
}

/// List inquiries, newest first
#[utoipa::path(
    get, path = "/inquiries", operation_id = "listInquiries", tag = "Lists", security(("token" = ["read"])),
    params(InquiryPart), responses((status = 200, description = "A part of the list.", body = InquiryList))
)]
pub(crate) async fn inquiries(
    Room(api): Room,
    client: With<Read>,
    Query(part): Query<InquiryPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeeInquiries, None)?;
    let list = part.stage.map_or(List::All, |stage| List::Stage { stage: stage.as_str().to_owned() });
    page(&api, &client.staff, &headers, list, part.cursor.as_ref(), part.limit).await
}

/// List what an officer must look at
///
/// Urgent first, then by deadline, then by first contact.
#[utoipa::path(
    get, path = "/review", operation_id = "listReview", tag = "Lists", security(("token" = ["read"])),
    params(ReviewPart), responses((status = 200, description = "A part of the list.", body = InquiryList))
)]
pub(crate) async fn review(
    Room(api): Room,
    client: With<Read>,
    Query(part): Query<ReviewPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeeInquiries, None)?;
    let office = part.office.as_ref().and_then(crate::dto::said::office);
    page(&api, &client.staff, &headers, List::Review { office }, part.cursor.as_ref(), part.limit).await
}

/// List promised callbacks, the next to be dialled first
#[utoipa::path(
    get, path = "/callbacks", operation_id = "listCallbacks", tag = "Lists", security(("token" = ["read"])),
    params(CallbackPart), responses((status = 200, description = "A part of the list.", body = InquiryList))
)]
pub(crate) async fn callbacks(
    Room(api): Room,
    client: With<Read>,
    Query(part): Query<CallbackPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeeInquiries, None)?;
    let officer = part.officer.map(|id| StaffId::from_uuid(id.0));
    let list = List::Callbacks { officer, to: part.before.0 };
    page(&api, &client.staff, &headers, list, part.cursor.as_ref(), part.limit).await
}

/// List an office's day, the earliest visit first
#[utoipa::path(
    get, path = "/offices/{office}/day", operation_id = "listDay", tag = "Lists", security(("token" = ["read"])),
    params(("office" = crate::scalar::Code, Path, description = "The office.", example = "LOS"), DayPart),
    responses((status = 200, description = "A part of the list.", body = InquiryList))
)]
pub(crate) async fn day(
    Room(api): Room,
    client: With<Read>,
    Path(office): Path<String>,
    Query(part): Query<DayPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let office: OfficeCode = office.parse().map_err(|_| problem::NOT_FOUND)?;
    // Who works at no office learns that they may not; which offices there are is no secret.
    client.may(Action::SeeDay, Some(&office))?;
    let zone = api.desk.pack().office(&office).ok_or(problem::NOT_FOUND)?.zone().clone();
    let date = part.date.map_or_else(|| zone.date(client.now), |day| day.0);
    let (from, to) = api.desk.day_of(&office, date).ok_or(problem::NOT_FOUND)?;
    page(&api, &client.staff, &headers, List::Day { office, from, to }, part.cursor.as_ref(), part.limit)
        .await
}

/// Count how many inquiries are where
#[utoipa::path(
    get, path = "/figures", operation_id = "readFigures", tag = "Lists", security(("token" = ["read"])),
    responses((status = 200, description = "The figures.", body = FiguresShown))
)]
pub(crate) async fn figures(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeeFigures, None)?;
    let figures = api.desk.store().figures(client.now).await?;
    let shown = FiguresShown { by_stage: figures.by_stage, overdue: figures.overdue, at: client.now };
    read(&headers, None, &shown)
}

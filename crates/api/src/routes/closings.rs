//! Offices' closings: planned, looked at, given up. Carrying one out, and undoing it, ask for a fresh proof of who is at the
//! keyboard, which no program can give.

use crate::{
    answer::{json, mark, read},
    client::{Day, Read, Room, With},
    dto::closings::{ClosingList, ClosingShown, ClosingWhole, PlanClosing},
    problem::{self, Problem},
    sent::{Act, Json, Nothing},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{access::Action, codes::OfficeCode, ids::ClosingId, text::Text};

fn office_of(code: &str) -> Result<OfficeCode, Problem> {
    Ok(code.parse().map_err(|_| problem::NOT_FOUND)?)
}

fn closing_of(id: &str) -> Result<ClosingId, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    Ok(ClosingId::from_uuid(id.0))
}

/// Plan to close an office's time
///
/// Nothing happens to anybody. The answer's own address says who is affected and what is held for each.
#[utoipa::path(
    post, path = "/offices/{office}/closings", operation_id = "planClosing", tag = "Day",
    security(("token" = ["day"])), request_body = PlanClosing,
    params(("office" = crate::scalar::Code, Path, description = "The office.", example = "LOS")),
    responses((status = 201, description = "There is the plan.", body = ClosingShown))
)]
pub(crate) async fn plan(
    Room(api): Room,
    Path(office): Path<String>,
    act: Act<Day, Json<PlanClosing>>,
) -> Result<Response, Problem> {
    let office = office_of(&office)?;
    act.client.may(Action::CloseDay, Some(&office))?;
    let said = &act.body.0;
    let langs = api.desk.pack().languages();
    let why = said.why.0.iter().filter_map(|(lang, text)| {
        let lang = langs.iter().find(|known| known.as_str() == lang.as_str())?;
        Some((lang.clone(), text.as_str().to_owned()))
    });
    let ask = desk::acts::PlanClosing { office, from: said.from.0, until: said.until.0, why: Text::new(why) };
    let closing = api.desk.plan_closing(&act.caller, &ask).await?;
    let mut response = json(StatusCode::CREATED, &ClosingShown::of(&closing));
    mark(&mut response, act.repeated);
    Ok(response)
}

/// List an office's closings that are not over
#[utoipa::path(
    get, path = "/offices/{office}/closings", operation_id = "listClosings", tag = "Day",
    security(("token" = ["read"])),
    params(("office" = crate::scalar::Code, Path, description = "The office.", example = "LOS")),
    responses((status = 200, description = "What begins first, first.", body = ClosingList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    Path(office): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let office = office_of(&office)?;
    client.may(Action::CloseDay, Some(&office))?;
    api.desk.pack().office(&office).ok_or(problem::NOT_FOUND)?;
    let closings = api.desk.closings(&office, client.now).await?;
    read(&headers, None, &ClosingList { closings: closings.iter().map(ClosingShown::of).collect() })
}

/// Read a closing: who is affected, and where each stands now
#[utoipa::path(
    get, path = "/closings/{closing}", operation_id = "readClosing", tag = "Day",
    security(("token" = ["read"])),
    params(("closing" = crate::scalar::Id, Path, description = "Which closing.")),
    responses((status = 200, description = "The closing.", body = ClosingWhole))
)]
pub(crate) async fn show(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let seen = api.desk.closing(&client.reader(&api), closing_of(&id)?).await?;
    read(&headers, None, &ClosingWhole::of(&seen))
}

/// Give a planned closing up
#[utoipa::path(
    post, path = "/closings/{closing}/drop", operation_id = "dropClosing", tag = "Day",
    security(("token" = ["day"])),
    params(("closing" = crate::scalar::Id, Path, description = "Which closing.")),
    responses((status = 200, description = "It was given up; nothing has happened to anybody.", body = ClosingShown))
)]
pub(crate) async fn give_up(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let closing = api.desk.drop_closing(&act.caller, closing_of(&id)?).await?;
    let mut response = json(StatusCode::OK, &ClosingShown::of(&closing));
    mark(&mut response, act.repeated);
    Ok(response)
}

//! Who works when: read, looked at before it is changed, planned.

use crate::{
    answer::{json, mark, read, tag},
    client::{Day, Read, Room, With},
    dto::rosters::{PlanRoster, RosterEffectShown, RosterList, RosterPart, RosterShown},
    problem::{self, Problem},
    sent::{Act, Json, Nothing, Query},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use desk::{Caller, DeskError};
use domain::{actor::Staff, ids::StaffId};

fn staff_of(id: &str) -> Result<StaffId, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    Ok(StaffId::from_uuid(id.0))
}

/// List who works when, as far as the token's member of staff plans it
#[utoipa::path(
    get, path = "/rosters", operation_id = "listRosters", tag = "Day", security(("token" = ["read"])),
    params(RosterPart), responses((status = 200, description = "By name.", body = RosterList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    Query(part): Query<RosterPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let office = part.office.as_ref().and_then(crate::dto::said::office);
    let board = api.desk.rosters(&client.reader(&api), office.as_ref()).await?;
    read(&headers, None, &RosterList::of(&api.desk, &board))
}

/// Read when a member of staff works
#[utoipa::path(
    get, path = "/rosters/{staff}", operation_id = "readRoster", tag = "Day", security(("token" = ["read"])),
    params(("staff" = crate::scalar::Id, Path, description = "Who.")),
    responses((status = 200, description = "The roster.", body = RosterShown))
)]
pub(crate) async fn show(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let staff = api.desk.planned_staff(&client.reader(&api), staff_of(&id)?).await?;
    read(&headers, Some(tag(staff.version)), &RosterShown::of(&staff))
}

/// See what a roster would change
///
/// Nothing is done: which windows would keep more or fewer calls, which calls would go to whoever is on duty, which visits stand
/// against it.
#[utoipa::path(
    post, path = "/rosters/{staff}/effect", operation_id = "seeRosterEffect", tag = "Day",
    security(("token" = ["day"])), request_body = PlanRoster,
    params(("staff" = crate::scalar::Id, Path, description = "Who.")),
    responses((status = 200, description = "What it would change.", body = RosterEffectShown))
)]
pub(crate) async fn effect(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Day, Json<PlanRoster>>,
) -> Result<Response, Problem> {
    let of = staff_of(&id)?;
    // Whether they may is asked first.
    api.desk.planned_staff(&act.caller, of).await?;
    let shifts = act.body.0.shifts().map_err(DeskError::from)?;
    let effect = api.desk.roster_effect(&act.caller, of, Some(shifts)).await?;
    Ok(json(StatusCode::OK, &RosterEffectShown::of(&api.desk, &act.client.staff, &effect)))
}

/// Plan when a member of staff works
///
/// Calls that they hold when they are not there any more go to whoever is on duty, and stay promised.
#[utoipa::path(
    put, path = "/rosters/{staff}", operation_id = "planRoster", tag = "Day",
    security(("token" = ["day"])), request_body = PlanRoster,
    params(("staff" = crate::scalar::Id, Path, description = "Who.")),
    responses((status = 200, description = "It is planned.", body = RosterShown))
)]
pub(crate) async fn plan(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Day, Json<PlanRoster>>,
) -> Result<Response, Problem> {
    let of = staff_of(&id)?;
    api.desk.planned_staff(&act.caller, of).await?;
    let said = &act.body.0;
    let because = said.because.as_ref().map_or("", |because| because.as_str()).to_owned();
    let shifts = Some(said.shifts().map_err(DeskError::from)?);
    let plan = desk::acts::PlanRoster { of, shifts, because };
    let planned = api.desk.plan_roster(&act.caller, &plan).await;
    answer(&act.caller, planned, act.repeated)
}

/// Plan nothing for a member of staff any more
///
/// They are counted whenever calls are promised.
#[utoipa::path(
    delete, path = "/rosters/{staff}", operation_id = "endRoster", tag = "Day", security(("token" = ["day"])),
    params(("staff" = crate::scalar::Id, Path, description = "Who.")),
    responses((status = 200, description = "Nothing is planned.", body = RosterShown))
)]
pub(crate) async fn end(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let plan = desk::acts::PlanRoster { of: staff_of(&id)?, shifts: None, because: String::new() };
    let planned = api.desk.plan_roster(&act.caller, &plan).await;
    answer(&act.caller, planned, act.repeated)
}

/// What is planned since; or that somebody else was first, to who wanted it as it was.
fn answer(caller: &Caller, planned: Result<Staff, DeskError>, repeated: bool) -> Result<Response, Problem> {
    let staff = match planned {
        Err(DeskError::Contended) if caller.only.versions.is_some() => {
            return Err(Problem::at(problem::MOVED_ON, "If-Match", "their record was written meanwhile"));
        }
        other => other?,
    };
    let mut response = json(StatusCode::OK, &RosterShown::of(&staff));
    response.headers_mut().insert(header::ETAG, tag(staff.version));
    mark(&mut response, repeated);
    Ok(response)
}

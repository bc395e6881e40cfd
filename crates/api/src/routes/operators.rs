//! Operators on duty, and what they take right now.

use crate::{
    answer::{json, mark, read},
    client::{Read, Room, With, Work},
    dto::operators::{OperatorList, OperatorShown, OperatorTakes, TakeOnly},
    problem::{self, Problem},
    sent::{Act, Json},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use desk::DeskError;
use domain::{access::Action, ids::StaffId};

/// List the operators on duty: where each stands, and what each takes now
#[utoipa::path(
    get, path = "/operators", operation_id = "listOperators", tag = "Lists", security(("token" = ["read"])),
    responses((status = 200, description = "Who is on duty.", body = OperatorList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::RunWait, None)?;
    let found = api.desk.store().operators().await?;
    let operators = found.iter().map(|one| OperatorShown::of(&one.settled(client.now))).collect();
    read(&headers, None, &OperatorList { operators })
}

/// Say what an operator takes from now on
///
/// Of the queues that they serve and the languages that they speak, until they go off duty: themselves, or whoever runs the line for
/// them.
#[utoipa::path(
    put, path = "/operators/{staff}/takes", operation_id = "takeOnly", tag = "Lists",
    security(("token" = ["work"])), request_body = TakeOnly,
    params(("staff" = crate::scalar::Id, Path, description = "Who.")),
    responses((status = 200, description = "They take that.", body = OperatorTakes))
)]
pub(crate) async fn take_only(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Work, Json<TakeOnly>>,
) -> Result<Response, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    let only = act.body.0.only().map_err(DeskError::from)?;
    let operator = api.desk.take_only(&act.caller, StaffId::from_uuid(id.0), &only).await?;
    let left = api.desk.leaves_untaken(&act.caller, &operator).await?;
    let mut response = json(StatusCode::OK, &OperatorTakes::of(&operator, &left));
    mark(&mut response, act.repeated);
    Ok(response)
}

//! Who waits for an operator, and moving them from queue to queue.

use crate::{
    answer::{json, mark, read},
    client::{Read, Room, With, Work},
    dto::waits::{MoveWait, WaitList, WaitingShown},
    problem::{self, Problem},
    sent::{Act, Json},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use desk::DeskError;
use domain::{access::Action, ids::WaitId, wait::Refused};

/// List who waits for an operator, in the order of their places
#[utoipa::path(
    get, path = "/waits", operation_id = "listWaits", tag = "Lists", security(("token" = ["read"])),
    responses((status = 200, description = "Everybody whose wait is not over.", body = WaitList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::RunWait, None)?;
    let board = api.desk.wait_board(&client.reader(&api)).await?;
    let queues = api.desk.queues().iter().map(ToString::to_string).collect();
    read(&headers, None, &WaitList { waits: board.callers.iter().map(WaitingShown::of).collect(), queues })
}

/// Move somebody who waits to another queue
///
/// They keep the place of when they first asked.
#[utoipa::path(
    post, path = "/waits/{wait}/move", operation_id = "moveWait", tag = "Lists",
    security(("token" = ["work"])), request_body = MoveWait,
    params(("wait" = crate::scalar::Id, Path, description = "Whose wait.")),
    responses((status = 200, description = "They wait there.", body = WaitingShown))
)]
pub(crate) async fn shift(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Work, Json<MoveWait>>,
) -> Result<Response, Problem> {
    act.client.may(Action::RunWait, None)?;
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    let word = |_| DeskError::from(Refused::NoSuchWord);
    let queue = act.body.0.queue.as_str().parse().map_err(word)?;
    let why = act.body.0.why.as_ref().map(|why| why.as_str().parse()).transpose().map_err(word)?;
    let wait = api.desk.move_wait(&act.caller, WaitId::from_uuid(id.0), &queue, why.as_ref()).await?;
    let mut response = json(StatusCode::OK, &WaitingShown::of(&wait));
    mark(&mut response, act.repeated);
    Ok(response)
}

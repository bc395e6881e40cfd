//! Handovers of many promised calls: proposed, looked at, taken back. Approving one asks for a fresh proof of who is at the
//! keyboard, which no program can give.

use crate::{
    answer::{json, mark, read},
    client::{Read, Room, With, Work},
    dto::handovers::{HandoverList, HandoverShown, HandoverWhole, ProposeHandover},
    problem::{self, Problem},
    sent::{Act, Json, Nothing},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{access::Action, ids::HandoverId};

fn handover_of(id: &str) -> Result<HandoverId, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    Ok(HandoverId::from_uuid(id.0))
}

/// Propose that many promised calls go to somebody else, or to other windows
///
/// Nothing happens to anybody until another person approves it. The answer's own address says what would become of each call.
#[utoipa::path(
    post, path = "/handovers", operation_id = "proposeHandover", tag = "Callbacks",
    security(("token" = ["work"])), request_body = ProposeHandover,
    responses((status = 201, description = "It is proposed.", body = HandoverShown))
)]
pub(crate) async fn propose(
    Room(api): Room,
    act: Act<Work, Json<ProposeHandover>>,
) -> Result<Response, Problem> {
    act.client.may(Action::GivePromise, None)?;
    let ask = act.body.0.ask()?;
    let proposed = api.desk.propose_handover(&act.caller, &ask).await?;
    let mut response = json(StatusCode::CREATED, &HandoverShown::of(&api.desk, &proposed));
    mark(&mut response, act.repeated);
    Ok(response)
}

/// List the handovers of the last week, the newest first
#[utoipa::path(
    get, path = "/handovers", operation_id = "listHandovers", tag = "Callbacks", security(("token" = ["read"])),
    responses((status = 200, description = "The handovers.", body = HandoverList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = api.desk.handovers(&client.reader(&api)).await?;
    let handovers = found.iter().map(|one| HandoverShown::of(&api.desk, one)).collect();
    read(&headers, None, &HandoverList { handovers })
}

/// Read a handover: what would become of each call now, or what became of it
#[utoipa::path(
    get, path = "/handovers/{handover}", operation_id = "readHandover", tag = "Callbacks",
    security(("token" = ["read"])),
    params(("handover" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "The handover.", body = HandoverWhole))
)]
pub(crate) async fn show(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::GivePromise, None)?;
    let seen = api.desk.handover(&client.reader(&api), handover_of(&id)?).await?;
    // What would become of its calls changes by itself: no tag of the record stands for that.
    read(&headers, None, &HandoverWhole::of(&api.desk, &seen))
}

/// Take a handover back that nobody has approved, or decline it
#[utoipa::path(
    post, path = "/handovers/{handover}/withdraw", operation_id = "withdrawHandover", tag = "Callbacks",
    security(("token" = ["work"])),
    params(("handover" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It is withdrawn; nothing has happened to anybody.", body = HandoverShown))
)]
pub(crate) async fn withdraw(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    act.client.may(Action::GivePromise, None)?;
    let gone = api.desk.withdraw_handover(&act.caller, handover_of(&id)?).await?;
    let mut response = json(StatusCode::OK, &HandoverShown::of(&api.desk, &gone));
    mark(&mut response, act.repeated);
    Ok(response)
}

//! The promised call.

use crate::{
    client::{Room, Work},
    dto::{inquiry::Receipt, said},
    problem::Problem,
    routes::Number,
    sent::{Act, Json, Nothing},
};
use axum::{extract::Path, response::Response};
use domain::ids::StaffId;

/// Promise a call
#[utoipa::path(
    post, path = "/inquiries/{number}/callback", operation_id = "promiseCallback", tag = "Callbacks",
    security(("token" = ["work"])), params(Number), request_body = said::PromiseCallback,
    responses((status = 200, description = "It is promised.", body = Receipt))
)]
pub(crate) async fn promise(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::PromiseCallback>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let officer = act.body.0.officer.map(|id| StaffId::from_uuid(id.0));
    let did = api.desk.promise_callback(&act.caller, on.id, act.body.0.start.0, officer).await;
    act.done(&api, &on, did).await
}

/// Move the promised call to another window
#[utoipa::path(
    post, path = "/inquiries/{number}/callback/move", operation_id = "moveCallback", tag = "Callbacks",
    security(("token" = ["work"])), params(Number), request_body = said::MoveCallback,
    responses((status = 200, description = "It is promised for then.", body = Receipt))
)]
pub(crate) async fn shift(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::MoveCallback>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.move_callback(&act.caller, on.id, act.body.0.start.0).await;
    act.done(&api, &on, did).await
}

/// Give the promised call back
///
/// The inquiry keeps its place.
#[utoipa::path(
    post, path = "/inquiries/{number}/callback/cancel", operation_id = "cancelCallback", tag = "Callbacks",
    security(("token" = ["work"])), params(Number),
    responses((status = 200, description = "It is given back.", body = Receipt))
)]
pub(crate) async fn cancel(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.cancel_callback(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that the officer begins to dial
///
/// The person's page says so from this moment. The officer is the token's own member of staff.
#[utoipa::path(
    post, path = "/inquiries/{number}/call/start", operation_id = "startCall", tag = "Callbacks",
    security(("token" = ["work"])), params(Number),
    responses((status = 200, description = "The person sees it.", body = Receipt))
)]
pub(crate) async fn start(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.start_call(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say how the call ended
///
/// A person who was not reached is called again by the agency's own ladder, or asked for another window.
#[utoipa::path(
    post, path = "/inquiries/{number}/call/end", operation_id = "endCall", tag = "Callbacks",
    security(("token" = ["work"])), params(Number), request_body = said::EndCall,
    responses((status = 200, description = "It is recorded.", body = Receipt))
)]
pub(crate) async fn end(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::EndCall>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.end_call(&act.caller, on.id, act.body.0.outcome.into()).await;
    act.done(&api, &on, did).await
}

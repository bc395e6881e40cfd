//! The visit: held, booked, moved, and the day at the office.

use crate::{
    answer::{json, mark},
    client::{Day, Room, Work},
    dto::{
        inquiry::{HeldShown, Receipt},
        own::NoteEarlier,
        said,
    },
    problem::{self, Problem},
    routes::Number,
    sent::{Act, Json, Nothing},
};
use axum::{extract::Path, http::StatusCode, response::Response};
use desk::{
    DeskError,
    acts::{BookPlace, SetAside},
};
use domain::ids::AppointmentId;

/// Hold a place while it is being talked about
///
/// Booking with what is answered makes it firm; otherwise it runs out by itself.
#[utoipa::path(
    post, path = "/inquiries/{number}/hold", operation_id = "holdPlace", tag = "Visits",
    security(("token" = ["work"])), params(Number), request_body = said::ChoosePlace,
    responses((status = 200, description = "It is held.", body = HeldShown))
)]
pub(crate) async fn hold(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::ChoosePlace>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    let office = said::office(&said.office).ok_or(problem::WRONG_SHAPE)?;
    let did = api.desk.hold_place(&act.caller, on.id, &office, said.start.0, said.pool.into()).await;
    let held = match did {
        Ok(held) => held,
        Err(error) => return Err(act.failed(&api, &on, error).await?),
    };
    let kept = api.desk.store().answered(&act.caller.key, &act.caller.actor()).await;
    let kept = kept.map_err(DeskError::from)?.ok_or(problem::BROKEN)?;
    let until = kept.answer["until"].as_str().and_then(|until| until.parse().ok()).ok_or(problem::BROKEN)?;
    let mut response = json(StatusCode::OK, &HeldShown { held: held.uuid(), until });
    mark(&mut response, act.repeated);
    Ok(response)
}

/// Book a visit
#[utoipa::path(
    post, path = "/inquiries/{number}/appointment", operation_id = "bookPlace", tag = "Visits",
    security(("token" = ["work"])), params(Number), request_body = said::BookPlace,
    responses((status = 200, description = "It is booked.", body = Receipt))
)]
pub(crate) async fn book(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::BookPlace>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    let ask = BookPlace {
        office: said::office(&said.office).ok_or(problem::WRONG_SHAPE)?,
        start: said.start.0,
        pool: said.pool.into(),
        held: said.held.map(|id| AppointmentId::from_uuid(id.0)),
        bring_also: said.bring_also.iter().map(|text| text.as_str().to_owned()).collect(),
        because: said.because.as_ref().map(|text| text.as_str().to_owned()),
    };
    let did = api.desk.book(&act.caller, on.id, &ask).await;
    act.done(&api, &on, did).await
}

/// Move the appointment to another place
///
/// The new place is taken before the old is given back.
#[utoipa::path(
    post, path = "/inquiries/{number}/appointment/move", operation_id = "moveAppointment", tag = "Visits",
    security(("token" = ["work"])), params(Number), request_body = said::ChoosePlace,
    responses((status = 200, description = "It has moved.", body = Receipt))
)]
pub(crate) async fn shift(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::ChoosePlace>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    let office = said::office(&said.office).ok_or(problem::WRONG_SHAPE)?;
    let did = api.desk.move_appointment(&act.caller, on.id, &office, said.start.0, said.pool.into()).await;
    act.done(&api, &on, did).await
}

/// Cancel the appointment
///
/// What was decided stands: the person may have another time.
#[utoipa::path(
    post, path = "/inquiries/{number}/appointment/cancel", operation_id = "cancelAppointment", tag = "Visits",
    security(("token" = ["work"])), params(Number),
    responses((status = 200, description = "It is cancelled.", body = Receipt))
)]
pub(crate) async fn cancel(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.cancel_appointment(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Note that the person wants to come earlier
///
/// They said so to a member of staff, who says how. They can stop it on their own page.
#[utoipa::path(
    post, path = "/inquiries/{number}/earlier", operation_id = "noteEarlier", tag = "Visits",
    security(("token" = ["work"])), params(Number), request_body = NoteEarlier,
    responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn earlier(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteEarlier>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = Some(act.body.0.said.into());
    let did = api.desk.ask_earlier(&act.caller, on.id, &act.body.0.wish.wish()?, said).await;
    act.done(&api, &on, did).await
}

/// Note that the person does not want to come earlier any more
#[utoipa::path(
    post, path = "/inquiries/{number}/earlier/stop", operation_id = "noteEarlierStopped", tag = "Visits",
    security(("token" = ["work"])), params(Number),
    responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn stop_earlier(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.stop_earlier(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Check a person in
///
/// They get the office's next ticket of the day.
#[utoipa::path(
    post, path = "/inquiries/{number}/check-in", operation_id = "checkIn", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "They are here.", body = Receipt))
)]
pub(crate) async fn check_in(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.check_in(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Call a ticket to a counter
#[utoipa::path(
    post, path = "/inquiries/{number}/ticket", operation_id = "callTicket", tag = "Day",
    security(("token" = ["day"])), params(Number), request_body = said::CallTicket,
    responses((status = 200, description = "It is called.", body = Receipt))
)]
pub(crate) async fn ticket(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Json<said::CallTicket>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.call_ticket(&act.caller, on.id, act.body.0.counter.as_str()).await;
    act.done(&api, &on, did).await
}

/// Let somebody with a ticket do something else first
///
/// Their turn is kept.
#[utoipa::path(
    post, path = "/inquiries/{number}/ticket/park", operation_id = "parkTicket", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "They are not called in turn.", body = Receipt))
)]
pub(crate) async fn park(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.set_aside(&act.caller, on.id, &SetAside::Parked).await;
    act.done(&api, &on, did).await
}

/// Say that whoever was called did not come to the counter
///
/// Their turn is kept; they can be called again.
#[utoipa::path(
    post, path = "/inquiries/{number}/ticket/not-here", operation_id = "ticketNotHere", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "They are not called in turn.", body = Receipt))
)]
pub(crate) async fn not_here(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.set_aside(&act.caller, on.id, &SetAside::NotHere).await;
    act.done(&api, &on, did).await
}

/// Hand somebody to another counter
///
/// That counter alone may call them; their turn is kept.
#[utoipa::path(
    post, path = "/inquiries/{number}/ticket/hand", operation_id = "handTicket", tag = "Day",
    security(("token" = ["day"])), params(Number), request_body = said::CallTicket,
    responses((status = 200, description = "It is that counter's.", body = Receipt))
)]
pub(crate) async fn hand(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Json<said::CallTicket>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let to = SetAside::HandTo(act.body.0.counter.as_str().to_owned());
    let did = api.desk.set_aside(&act.caller, on.id, &to).await;
    act.done(&api, &on, did).await
}

/// Put somebody back into the line
///
/// At their old turn.
#[utoipa::path(
    post, path = "/inquiries/{number}/ticket/back", operation_id = "backInLine", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "They are in the line.", body = Receipt))
)]
pub(crate) async fn back(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.back_in_line(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that the person left before they were served
///
/// They are given another time.
#[utoipa::path(
    post, path = "/inquiries/{number}/left", operation_id = "leftUnserved", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "It is recorded.", body = Receipt))
)]
pub(crate) async fn left(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.leave_office(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that the person was served
///
/// This closes the inquiry.
#[utoipa::path(
    post, path = "/inquiries/{number}/serve", operation_id = "serve", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "It is closed.", body = Receipt))
)]
pub(crate) async fn serve(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.serve(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that the person did not come
#[utoipa::path(
    post, path = "/inquiries/{number}/no-show", operation_id = "noShow", tag = "Day",
    security(("token" = ["day"])), params(Number),
    responses((status = 200, description = "It is recorded; the person may have another time.", body = Receipt))
)]
pub(crate) async fn no_show(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Day, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = match api.desk.no_show(&act.caller, on.id).await {
        // Without an appointment there is nobody to miss: whoever runs the day learns that, others that they may not.
        Err(DeskError::NotFound) => {
            act.client.may(domain::access::Action::RunDay, Some(on.office_now()))?;
            Err(domain::refusal::Refusal::WrongStage { stage: on.stage.as_str().to_owned() }.into())
        }
        did => did,
    };
    act.done(&api, &on, did).await
}

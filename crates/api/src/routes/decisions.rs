//! What is decided about an inquiry, and what is missing.

use crate::{
    client::{Room, Work},
    dto::{inquiry::Receipt, said},
    problem::{self, Problem},
    routes::Number,
    scalar::{Code, Sentence},
    sent::{Act, Json, Nothing},
};
use axum::{extract::Path, response::Response};
use desk::acts::{DecideNeed, DecideUrgency};
use domain::{codes::ItemCode, inquiry::Inquiry, text::Text};

/// What the person reads, in their own language.
fn sentence(inquiry: &Inquiry, said: Option<&Sentence>) -> Option<Text> {
    said.map(|text| Text::new([(inquiry.reach.lang.clone(), text.as_str().trim().to_owned())]))
}

fn items(codes: &[Code]) -> Result<Vec<ItemCode>, Problem> {
    codes.iter().map(|code| code.as_str().parse().map_err(|_| problem::WRONG_SHAPE.into())).collect()
}

fn because(said: Option<&Sentence>) -> Option<String> {
    said.map(|text| text.as_str().to_owned())
}

/// Decide how soon a matter must be dealt with
#[utoipa::path(
    post, path = "/inquiries/{number}/urgency", operation_id = "decideUrgency", tag = "Decisions",
    security(("token" = ["work"])), params(Number), request_body = said::DecideUrgency,
    responses((status = 200, description = "It is decided.", body = Receipt))
)]
pub(crate) async fn urgency(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::DecideUrgency>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    let ask = DecideUrgency {
        urgency: said.urgency.into(),
        because: because(said.because.as_ref()),
        sentence: sentence(&on, said.sentence.as_ref()),
    };
    let did = api.desk.decide_urgency(&act.caller, on.id, &ask).await;
    act.done(&api, &on, did).await
}

/// Decide what a matter needs
#[utoipa::path(
    post, path = "/inquiries/{number}/need", operation_id = "decideNeed", tag = "Decisions",
    security(("token" = ["work"])), params(Number), request_body = said::DecideNeed,
    responses((status = 200, description = "It is decided.", body = Receipt))
)]
pub(crate) async fn need(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::DecideNeed>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    let ask = DecideNeed {
        need: said.need.into(),
        missing: items(&said.missing)?,
        because: because(said.because.as_ref()),
        sentence: sentence(&on, said.sentence.as_ref()),
    };
    let did = api.desk.decide_need(&act.caller, on.id, &ask).await;
    act.done(&api, &on, did).await
}

/// Ask for missing papers
///
/// The inquiry keeps its place.
#[utoipa::path(
    post, path = "/inquiries/{number}/papers", operation_id = "askPapers", tag = "Decisions",
    security(("token" = ["work"])), params(Number), request_body = said::AskPapers,
    responses((status = 200, description = "They are asked for.", body = Receipt))
)]
pub(crate) async fn ask_papers(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::AskPapers>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let missing = items(&act.body.0.missing)?;
    let did = api.desk.ask_papers(&act.caller, on.id, missing).await;
    act.done(&api, &on, did).await
}

/// Say that the papers are there
#[utoipa::path(
    post, path = "/inquiries/{number}/papers/complete", operation_id = "papersComplete", tag = "Decisions",
    security(("token" = ["work"])), params(Number),
    responses((status = 200, description = "The inquiry is back at its place.", body = Receipt))
)]
pub(crate) async fn papers_complete(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Nothing>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let did = api.desk.papers_complete(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Choose another office than the serving one
#[utoipa::path(
    post, path = "/inquiries/{number}/office", operation_id = "changeOffice", tag = "Decisions",
    security(("token" = ["work"])), params(Number), request_body = said::ChangeOffice,
    responses((status = 200, description = "It belongs there now.", body = Receipt))
)]
pub(crate) async fn change_office(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<said::ChangeOffice>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let to = said::office(&act.body.0.office).ok_or(problem::WRONG_SHAPE)?;
    let did = api.desk.change_office(&act.caller, on.id, &to, act.body.0.because.as_str()).await;
    act.done(&api, &on, did).await
}

//! What everybody may know, without a token: the same as on the pages, with the same limits by address.

use crate::{
    Api,
    answer::{json, read},
    dto::{
        agency::{OfficeList, OfficeShown, ReasonList, ReasonShown},
        case::CaseShown,
        public::{CaseAsked, CodeAnswer, CodeAsked, LineShown, Statistics},
    },
    open::{Anyone, Question},
    problem::{self, Problem},
    sent::Json,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};

/// List the agency's offices
#[utoipa::path(
    get, path = "/public/offices", operation_id = "publicOffices", tag = "Public", security(()),
    responses((status = 200, description = "The offices.", body = OfficeList))
)]
pub(crate) async fn offices(
    State(api): State<Api>,
    by: Anyone,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    by.tries(&api, "read", api.options.open_rates.read)?;
    let offices = api.desk.pack().offices().iter().map(OfficeShown::of).collect();
    read(&headers, None, &OfficeList { offices })
}

/// List what people come for, what each asks and what to bring
#[utoipa::path(
    get, path = "/public/reasons", operation_id = "publicReasons", tag = "Public", security(()),
    responses((status = 200, description = "The reasons.", body = ReasonList))
)]
pub(crate) async fn reasons(
    State(api): State<Api>,
    by: Anyone,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    by.tries(&api, "read", api.options.open_rates.read)?;
    let pack = api.desk.pack();
    let shown = ReasonList {
        reasons: pack.reasons().iter().map(ReasonShown::of).collect(),
        languages: pack.languages().iter().map(|lang| lang.as_str().to_owned()).collect(),
    };
    read(&headers, None, &shown)
}

/// Read whether the line is open, what is announced, and how long the wait is likely to be
#[utoipa::path(
    get, path = "/public/line", operation_id = "publicLine", tag = "Public", security(()),
    responses((status = 200, description = "The line as of now.", body = LineShown))
)]
pub(crate) async fn line(
    State(api): State<Api>,
    by: Anyone,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    by.tries(&api, "read", api.options.open_rates.read)?;
    let outlook = api.desk.outlook(None, by.now).await?;
    let hand = api.desk.by_hand(by.now).await;
    read(&headers, None, &LineShown::of(api.desk.pack(), &outlook, hand.as_ref(), by.now))
}

/// Read how well people are served
///
/// Figures of the last days, as on the page for everybody. What only a few people stand behind is not told.
#[utoipa::path(
    get, path = "/public/statistics", operation_id = "publicStatistics", tag = "Public", security(()),
    responses((status = 200, description = "The figures.", body = Statistics))
)]
pub(crate) async fn statistics(
    State(api): State<Api>,
    by: Anyone,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    by.tries(&api, "read", api.options.open_rates.read)?;
    let told = api.desk.published(by.now).await?;
    read(&headers, None, &Statistics::of(&told))
}

/// Look up where a case stands
///
/// By its receipt number, which stands in no address. What is answered is what the agency itself shows to whoever has the
/// number.
#[utoipa::path(
    post, path = "/public/case-status", operation_id = "publicCase", tag = "Public", security(()),
    request_body = CaseAsked, responses((status = 200, description = "The case.", body = CaseShown))
)]
pub(crate) async fn case(
    State(api): State<Api>,
    asked: Question<Json<CaseAsked>>,
) -> Result<Response, Problem> {
    asked.by.tries(&api, "case", api.options.open_rates.case)?;
    let receipt = asked.body.0.receipt.as_str().parse().map_err(|_| problem::NOT_FOUND)?;
    let seen = api.desk.look_up_case(&receipt, asked.by.now).await?.ok_or(problem::NOT_FOUND)?;
    Ok(json(StatusCode::OK, &CaseShown::of(&seen)))
}

/// Ask whether a code on a message or a call is the agency's
///
/// The answer says by which way and when, and nothing of anybody.
#[utoipa::path(
    post, path = "/public/code", operation_id = "publicCode", tag = "Public", security(()),
    request_body = CodeAsked, responses((status = 200, description = "Whether it is.", body = CodeAnswer))
)]
pub(crate) async fn code(
    State(api): State<Api>,
    asked: Question<Json<CodeAsked>>,
) -> Result<Response, Problem> {
    asked.by.tries(&api, "code", api.options.open_rates.code)?;
    // Signs that do not fit together are no code of ours.
    let found = match asked.body.0.code.as_str().parse() {
        Ok(code) => api.desk.went_out_under(code).await?,
        Err(_) => None,
    };
    let zone = &api.desk.pack().line().calendar.zone;
    let answer = CodeAnswer {
        ours: found.is_some(),
        way: found.map(|mark| mark.way.as_str()),
        day: found.map(|mark| zone.date(mark.at)),
    };
    Ok(json(StatusCode::OK, &answer))
}

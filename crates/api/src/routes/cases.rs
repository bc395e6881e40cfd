//! The agency's own records.

use crate::{
    Api,
    answer::read,
    client::{Read, With},
    dto::inquiry::{CaseShown, CaseStepShown, texts},
    problem::{self, Problem},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use cases::Freshness;
use domain::{
    access::Action,
    case::{CaseState, ReceiptNumber},
};

/// Read the status of a case
///
/// From the agency's own records, with the instant at which they said so. That a case was read is journalled, once an hour
/// for each.
#[utoipa::path(
    get, path = "/cases/{receipt}", operation_id = "readCase", tag = "Cases", security(("token" = ["read"])),
    params(("receipt" = crate::scalar::ReceiptNumber, Path, description = "The number on the receipt notice.")),
    responses((status = 200, description = "The case.", body = CaseShown))
)]
pub(crate) async fn case(
    State(api): State<Api>,
    client: With<Read>,
    Path(receipt): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::ReadInquiry, None)?;
    let receipt: ReceiptNumber = receipt.parse().map_err(|_| problem::NOT_FOUND)?;
    let seen = api.desk.read_case(&client.reader(&api), &receipt).await?.ok_or(problem::NOT_FOUND)?;
    let steps = seen.case.history.iter();
    let shown = CaseShown {
        receipt: seen.case.receipt.as_str().to_owned(),
        form: seen.case.form.clone(),
        state: match seen.case.state {
            CaseState::Received => "received",
            CaseState::Pending => "pending",
            CaseState::Decision => "decision",
        },
        title: texts(&seen.case.title),
        meaning: texts(&seen.case.meaning),
        received: seen.case.received,
        updated: seen.case.updated,
        history: steps.map(|step| CaseStepShown { on: step.on, title: texts(&step.title) }).collect(),
        as_of: seen.as_of,
        how: match seen.how {
            Freshness::Imported => "imported",
            Freshness::Asked => "asked",
            Freshness::Kept => "kept",
        },
    };
    read(&headers, None, &shown)
}

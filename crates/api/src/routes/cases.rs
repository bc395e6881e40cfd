//! The agency's own records.

use crate::{
    answer::read,
    client::{Read, Room, With},
    dto::case::CaseShown,
    problem::{self, Problem},
};
use axum::{extract::Path, http::HeaderMap, response::Response};
use domain::{access::Action, case::ReceiptNumber};

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
    Room(api): Room,
    client: With<Read>,
    Path(receipt): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::ReadInquiry, None)?;
    let receipt: ReceiptNumber = receipt.parse().map_err(|_| problem::NOT_FOUND)?;
    let seen = api.desk.read_case(&client.reader(&api), &receipt).await?.ok_or(problem::NOT_FOUND)?;
    read(&headers, None, &CaseShown::of(&seen))
}

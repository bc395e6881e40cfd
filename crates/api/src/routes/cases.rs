//! The agency's own records.

use crate::{
    Api,
    answer::{json, mark, read},
    client::{Import, Read, With},
    dto::{
        agency::Imported,
        asked::ImportCases,
        inquiry::{CaseShown, CaseStepShown, texts},
    },
    problem::{self, Fault, Problem},
    sent::{Act, Json},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use cases::Format;
use domain::{
    access::Action,
    case::{CaseState, ReceiptNumber},
};

/// Read the status of a case
///
/// From the agency's own records, with the instant at which they said so.
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
    let seen = api.desk.look_up_case(&receipt, client.now).await?.ok_or(problem::NOT_FOUND)?;
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
    };
    read(&headers, None, &shown)
}

/// Import cases, all or none
///
/// A case with a receipt number that is known already takes the place of what was known. Larger files go through the
/// command `anteroom import cases`.
#[utoipa::path(
    post, path = "/cases/import", operation_id = "importCases", tag = "Cases", security(("token" = ["import"])),
    request_body = ImportCases, responses((status = 200, description = "They are imported.", body = Imported))
)]
pub(crate) async fn import(
    State(api): State<Api>,
    act: Act<Import, Json<ImportCases>>,
) -> Result<Response, Problem> {
    act.client.may(Action::Import, None)?;
    let lines: Vec<String> = act.body.0.cases.iter().map(|case| case.line().to_string()).collect();
    let cases = cases::parse(lines.join("\n").as_bytes(), Format::JsonLines).map_err(|found| {
        let faults = found.faults().iter().map(|fault| Fault {
            at: match fault.line.checked_sub(1) {
                Some(n) => format!("/cases/{n}"),
                None => "/cases".to_owned(),
            },
            says: fault.says.clone(),
        });
        Problem::with(problem::IMPORT_REFUSED, faults.collect())
    })?;
    let done = api.desk.import_cases(&act.caller, cases).await?;
    let mut response = json(StatusCode::OK, &Imported { count: done.count });
    mark(&mut response, act.repeated);
    Ok(response)
}

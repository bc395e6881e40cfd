//! Cases, staff and the pack's tables, brought in by a program: all of it or nothing, and a dry run that says what would be.

use crate::{
    answer::{json, mark},
    client::{Import, Room},
    dto::{
        asked::ImportCases,
        imports::{ImportStaff, ImportTable, Imported, TableDone, TableName},
    },
    problem::{self, Fault, Problem},
    sent::{Act, File, Json},
};
use axum::{extract::Path, http::StatusCode, response::Response};
use cases::Format;
use desk::acts::{ImportedCases, NewStaff, Run, StaffPlan, TableFile};
use domain::{access::Action, imported::Table};

fn answer<T: serde::Serialize>(body: &T, repeated: bool) -> Response {
    let mut response = json(StatusCode::OK, body);
    mark(&mut response, repeated);
    response
}

/// Import cases, all or none
///
/// A case with a receipt number that is known already takes the place of what was known. Larger files go through the
/// command `anteroom import cases`.
#[utoipa::path(
    post, path = "/cases/import", operation_id = "importCases", tag = "Imports", security(("token" = ["import"])),
    request_body = ImportCases, responses((status = 200, description = "They are imported.", body = Imported))
)]
pub(crate) async fn cases(Room(api): Room, act: Act<Import, Json<ImportCases>>) -> Result<Response, Problem> {
    act.client.may(Action::Import, None)?;
    let said = &act.body.0;
    let lines: Vec<String> = said.cases.iter().map(|case| case.line().to_string()).collect();
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
    let ImportedCases { count, new, changed } = if said.dry_run {
        api.desk.plan_cases(&act.caller, &cases).await?
    } else {
        api.desk.import_cases(&act.caller, cases).await?
    };
    Ok(answer(&Imported { count, new, changed, dry_run: said.dry_run }, act.repeated))
}

/// Import staff, all or none
///
/// Who is known by their sign-in name already is replaced. A password is not sent: its Argon2id hash is.
#[utoipa::path(
    post, path = "/staff/import", operation_id = "importStaff", tag = "Imports", security(("token" = ["import"])),
    request_body = ImportStaff, responses((status = 200, description = "They are imported.", body = Imported))
)]
pub(crate) async fn staff(Room(api): Room, act: Act<Import, Json<ImportStaff>>) -> Result<Response, Problem> {
    act.client.may(Action::Import, None)?;
    let said = &act.body.0;
    let mut staff: Vec<NewStaff> = Vec::new();
    let mut faults = Vec::new();
    for (n, member) in said.staff.iter().enumerate() {
        match member.read() {
            Ok(new) => staff.push(new),
            Err((part, says)) => faults.push(Fault { at: format!("/staff/{n}/{part}"), says }),
        }
    }
    if !faults.is_empty() {
        return Err(Problem::with(problem::IMPORT_REFUSED, faults));
    }
    let done = if said.dry_run {
        api.desk.plan_staff(&act.caller, &staff).await
    } else {
        api.desk.import_staff(&act.caller, staff).await
    };
    let StaffPlan { count, new, changed } = done.map_err(|error| Problem::from(error).in_part("/staff"))?;
    Ok(answer(&Imported { count, new, changed, dry_run: said.dry_run }, act.repeated))
}

/// Import a table over the agency's pack
///
/// ZIP codes with their offices, the offices themselves, or holidays. The pack is judged as a whole with the file over it;
/// unless all of it is good, nothing is taken. Live inquiries stay where they are: the report names those to be looked at.
/// The server takes the table within seconds, without a restart.
#[utoipa::path(
    post, path = "/tables/{table}/import", operation_id = "importTable", tag = "Imports",
    security(("token" = ["import"])),
    params(("table" = inline(TableName), Path, description = "Which table.", example = "holidays")),
    request_body = ImportTable, responses((status = 200, description = "It is imported.", body = TableDone))
)]
pub(crate) async fn table(
    Room(api): Room,
    Path(table): Path<String>,
    act: Act<Import, File<ImportTable>>,
) -> Result<Response, Problem> {
    act.client.may(Action::Import, None)?;
    let table: Table = table.parse().map_err(|_| problem::NOT_FOUND)?;
    let said = &act.body.0;
    let file =
        TableFile { name: said.name.as_str().to_owned(), content: said.content.as_str().as_bytes().to_vec() };
    if act.repeated {
        let kept = api.desk.store().answered(&act.caller.key, &act.caller.actor()).await;
        let kept = kept.map_err(desk::DeskError::from)?.ok_or(problem::BROKEN)?.answer;
        let rows =
            kept["rows"].as_u64().and_then(|rows| u32::try_from(rows).ok()).ok_or(problem::KEY_IN_USE)?;
        let hash = kept["hash"].as_str().ok_or(problem::KEY_IN_USE)?.to_owned();
        if kept["command"].as_str() != act.caller.only.command.as_deref() {
            return Err(problem::KEY_IN_USE.into());
        }
        return Ok(answer(&TableDone::again(table, rows, hash), true));
    }
    let run = if said.dry_run { Run::Dry } else { Run::Write };
    let done = match table {
        Table::Zips => api.desk.import_zips(&act.caller, &file, run).await,
        Table::Offices => api.desk.import_offices(&act.caller, &file, run).await,
        Table::Holidays => api.desk.import_holidays(&act.caller, &file, run).await,
    };
    let report = done.map_err(|error| Problem::from(error).in_part("/content"))?;
    Ok(answer(&TableDone::of(&report), false))
}

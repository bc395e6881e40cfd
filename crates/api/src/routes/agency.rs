//! The agency's own lists, and who asks.

use crate::{
    answer::read,
    client::{Any, Room, With},
    dto::agency::{Me, OfficeList, OfficeShown, ReasonList, ReasonShown, TokenShown},
    problem::{self, Problem},
};
use axum::{http::HeaderMap, response::Response};

/// List the agency's offices
#[utoipa::path(
    get, path = "/offices", operation_id = "listOffices", tag = "Agency", security(("token" = [])),
    responses((status = 200, description = "The offices.", body = OfficeList))
)]
pub(crate) async fn offices(
    Room(api): Room,
    _client: With<Any>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let offices = api.desk.pack().offices().iter().map(OfficeShown::of).collect();
    read(&headers, None, &OfficeList { offices })
}

/// List the agency's reasons, what each asks and what to bring
#[utoipa::path(
    get, path = "/reasons", operation_id = "listReasons", tag = "Agency", security(("token" = [])),
    responses((status = 200, description = "The reasons.", body = ReasonList))
)]
pub(crate) async fn reasons(
    Room(api): Room,
    _client: With<Any>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pack = api.desk.pack();
    let shown = ReasonList {
        reasons: pack.reasons().iter().map(ReasonShown::of).collect(),
        languages: pack.languages().iter().map(|lang| lang.as_str().to_owned()).collect(),
    };
    read(&headers, None, &shown)
}

/// Read who asks, and what the token may do
#[utoipa::path(
    get, path = "/me", operation_id = "readMe", tag = "Tokens", security(("token" = [])),
    responses((status = 200, description = "The member of staff and the token.", body = Me))
)]
pub(crate) async fn me(Room(_): Room, client: With<Any>, headers: HeaderMap) -> Result<Response, Problem> {
    let staff = &client.staff;
    let me = Me {
        staff: staff.id.uuid(),
        name: staff.name.clone(),
        roles: staff.roles.iter().map(|role| role.as_str()).collect(),
        office: staff.office.as_ref().map(|office| office.as_str().to_owned()),
        token: TokenShown::of(&client.session).ok_or(problem::BAD_TOKEN)?,
    };
    read(&headers, None, &me)
}

//! A member of staff's own tokens.

use crate::{
    answer::{json, mark, read},
    client::{Any, Room, With},
    dto::{
        agency::{TokenList, TokenMade, TokenShown},
        said::NewToken,
    },
    problem::{self, Problem},
    sent::{Act, Json, Nothing},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use desk::acts::{CreateToken, TokenRefused};
use domain::{ids::SessionId, session::Session};

/// Make a token
///
/// It acts for the same member of staff, and has no scope that the token which asks lacks, nor does it last longer. The
/// first answer has the token itself; nobody keeps it, so a repeat has none.
#[utoipa::path(
    post, path = "/tokens", operation_id = "createToken", tag = "Tokens", security(("token" = [])),
    request_body = NewToken, responses((status = 201, description = "There it is.", body = TokenMade))
)]
pub(crate) async fn create(Room(api): Room, act: Act<Any, Json<NewToken>>) -> Result<Response, Problem> {
    let said = &act.body.0;
    let ask = CreateToken {
        name: said.name.as_str().to_owned(),
        scopes: said.scopes.iter().copied().map(Into::into).collect(),
        until: said.until.0,
        within: Some(Session::clone(&act.client.session)),
    };
    if !act.repeated {
        ask.check(act.caller.now).map_err(|why| {
            let at = match why {
                TokenRefused::Name => "/name",
                TokenRefused::NoScope => "/scopes",
                TokenRefused::Until => "/until",
                TokenRefused::Beyond => "",
            };
            Problem::at(problem::TOKEN_REFUSED, at, why.to_string())
        })?;
    }
    let made = api.desk.create_token(&act.caller, &ask).await?;
    let mut response = json(StatusCode::CREATED, &TokenMade::of(made));
    mark(&mut response, act.repeated);
    Ok(response)
}

/// List one's own tokens, oldest first
#[utoipa::path(
    get, path = "/tokens", operation_id = "listTokens", tag = "Tokens", security(("token" = [])),
    responses((status = 200, description = "The tokens that are good now.", body = TokenList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Any>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let tokens = api.desk.own_tokens(&client.reader(&api)).await?;
    read(&headers, None, &TokenList { tokens: tokens.iter().filter_map(TokenShown::of).collect() })
}

/// Revoke one of one's own tokens
///
/// It is good for nothing from this moment.
#[utoipa::path(
    delete, path = "/tokens/{id}", operation_id = "revokeToken", tag = "Tokens", security(("token" = [])),
    params(("id" = crate::scalar::Id, Path, description = "Which token.")),
    responses((status = 204, description = "It is gone."))
)]
pub(crate) async fn revoke(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Any, Nothing>,
) -> Result<Response, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    api.desk.revoke_token(&act.caller, SessionId::from_uuid(id.0)).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    mark(&mut response, act.repeated);
    Ok(response)
}

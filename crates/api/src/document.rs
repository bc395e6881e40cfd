//! The OpenAPI document: what the routes say, and what holds for all of them.

use crate::{
    problem::{self, ProblemBody},
    routes,
    sent::LONGEST_KEY,
};
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;
use utoipa_axum::router::OpenApiRouter;

const ABOUT: &str = "\
The desk of an agency's contact centre, for programs. A program acts for a member of staff: it may do what their \
roles may, within the scopes of its token. What everybody may know needs no token (Public). A person who proves that an \
inquiry is theirs gets a token for that one, which does what their page does (Own inquiry).

Send the token as `Authorization: Bearer …`. What its member of staff may not know of is not there (404).

Every command needs an `Idempotency-Key` of your own making, another for each command. The same command under the same \
key is not done again and is answered as before, with `Idempotency-Replayed: true`; another command under it is refused.

An inquiry's `ETag` is its version. `If-Match` on a command makes sure that nobody has moved it on since you read it; \
`If-None-Match` on a read saves you an answer you have.

Lists answer with `next`; send it back as `cursor`. Times are RFC 3339; where something was promised in local time, the \
zone stands beside it. Problems are RFC 9457, with codes that do not change.";

/// The whole document as JSON.
///
/// # Panics
/// Never: what the routes say is a document.
pub fn document() -> Value {
    let all = routes::routes().merge(routes::own()).merge(routes::open());
    let (_, spec) = OpenApiRouter::<crate::Api>::new().nest("/api/v1", all).split_for_parts();
    let mut all = serde_json::to_value(spec).unwrap_or_default();
    all["openapi"] = "3.1.0".into();
    all["info"] = json!({
        "title": "Anteroom",
        "version": "1",
        "summary": "The desk of a public agency's contact centre.",
        "description": ABOUT,
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    all["servers"] = json!([{ "url": "/", "description": "This installation." }]);
    all["tags"] = json!([
        { "name": "Requests", "description": "Somebody asks." },
        { "name": "Inquiries", "description": "One person's one matter." },
        { "name": "Lists", "description": "What waits, for whom." },
        { "name": "Decisions", "description": "How soon, what is needed, where." },
        { "name": "Callbacks", "description": "The promised call." },
        { "name": "Visits", "description": "Places at offices." },
        { "name": "Day", "description": "The day at an office." },
        { "name": "Cases", "description": "The agency's own records." },
        { "name": "Imports", "description": "What the agency brings in." },
        { "name": "Policies", "description": "Versions of policies and of the pack's files." },
        { "name": "Journal", "description": "Everything that happened." },
        { "name": "Agency", "description": "Offices and reasons." },
        { "name": "Tokens", "description": "Who asks, and with what." },
        { "name": "Own inquiry", "description": "A person and their own inquiry." },
        { "name": "Public", "description": "What everybody may know." },
    ]);
    all["components"]["securitySchemes"] = json!({ "token": {
        "type": "http", "scheme": "bearer",
        "description": "A token with scopes: read, request, work, day, journal, import, policies.",
    }, "own": {
        "type": "http", "scheme": "bearer",
        "description": "A person's token for their own inquiry, as /public/access gives it.",
    } });
    all["components"]["schemas"]["Problem"] = serde_json::to_value(ProblemBody::schema()).unwrap_or_default();
    all["components"]["schemas"]["Fault"] =
        serde_json::to_value(problem::Fault::schema()).unwrap_or_default();
    all["components"]["schemas"]["WorkGiven"] =
        serde_json::to_value(problem::WorkGiven::schema()).unwrap_or_default();
    let codes: Vec<&str> = problem::all().iter().map(|kind| kind.code).collect();
    all["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] = codes.into();
    all["components"]["headers"] = json!({
        "RateLimit": { "description": "What is left of the token's requests.", "schema": { "type": "string" } },
        "ETag": { "description": "What was read, for If-None-Match; an inquiry's version, for If-Match.",
            "schema": { "type": "string" } },
        "Replayed": { "description": "`true` when the command had been done before.",
            "schema": { "type": "string", "enum": ["true"] } },
    });
    all["components"]["parameters"] = json!({
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "Your own name for this command: the same command again under it is not done again.",
            "schema": { "type": "string", "pattern": format!("^[!-~]{{1,{LONGEST_KEY}}}$") },
            "example": "01JDE4W5T8-book",
        },
    });
    if let Some(paths) = all["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flat_map(Map::iter_mut) {
                complete(path, method, operation);
            }
        }
    }
    all
}

/// What holds for every operation of its kind.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    let open = path.starts_with("/api/v1/public/");
    let own = path.starts_with("/api/v1/own");
    // Nothing is done by what everybody may ask, whatever the method, but where somebody asks who is not known yet.
    let writes = method != "get" && (!open || path.ends_with("/public/requests"));
    if let Some(description) = operation.get_mut("description")
        && let Some(text) = description.as_str().map(str::trim)
    {
        *description = text.into();
    }
    if writes {
        let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        parameters.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        operation["parameters"] = parameters.into();
    }
    let mut statuses = vec![400, 404, 429, 500, 503];
    if !open {
        statuses.push(401);
    }
    // A person's own token may do everything that is theirs, and nothing else is at its addresses.
    if !open && !own || path.ends_with("/public/access") {
        statuses.push(403);
    }
    // What a rule of the desk may refuse: every command, and what asks the rules without being one.
    if writes || ["/places", "/advice", "/public/link"].iter().any(|end| path.ends_with(end)) {
        statuses.push(409);
    }
    if has_body {
        statuses.extend([413, 415, 422]);
    }
    if writes && (path.contains("{number}") || own) {
        statuses.push(412);
    }
    let own = operation["responses"].as_object().cloned().unwrap_or_default();
    let mut responses = Map::new();
    for (status, mut response) in own {
        if !open {
            response["headers"]["RateLimit"] = json!({ "$ref": "#/components/headers/RateLimit" });
        }
        if writes {
            response["headers"]["Idempotency-Replayed"] = json!({ "$ref": "#/components/headers/Replayed" });
        } else if method == "get" {
            response["headers"]["ETag"] = json!({ "$ref": "#/components/headers/ETag" });
        }
        responses.insert(status, response);
    }
    if method == "get" {
        responses
            .insert("304".to_owned(), json!({ "description": "You have it: it is as If-None-Match says." }));
    }
    statuses.sort_unstable();
    for status in statuses {
        let codes: Vec<&str> =
            problem::all().iter().filter(|kind| kind.status == status).map(|kind| kind.code).collect();
        let answer = json!({
            "description": codes.join(", "),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        responses.insert(status.to_string(), answer);
    }
    operation["responses"] = responses.into();
}

/// The document as it is served and committed.
pub(crate) fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

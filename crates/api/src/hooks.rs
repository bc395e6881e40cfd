//! What other servers tell us: signed, in the form of the Standard Webhooks.

use crate::{Api, layers};
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::from_fn_with_state,
    routing::post,
};
use desk::{Caller, DeskError, Who, token_hash};
use domain::{change::IdempotencyKey, ids::NoticeId, phone::PhoneNumber, pii::Pii};
use serde::Deserialize;
use serde_json::Value;

/// The largest body, in bytes: a text has at most a few hundred characters.
const LARGEST: usize = 16 * 1024;

/// Everything under `/hooks`.
pub(crate) fn routes(api: &Api) -> Router {
    Router::new()
        .route("/hooks/texts", post(texts))
        .layer(from_fn_with_state(api.clone(), layers::problems))
        .with_state(api.clone())
}

/// A message: what it is about, and the rest.
#[derive(Deserialize)]
struct Told {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Value,
}

#[derive(Deserialize)]
struct Receipt {
    id: NoticeId,
}

#[derive(Deserialize)]
struct Written {
    from: PhoneNumber,
    text: Pii<String>,
}

/// The carrier of text messages tells what became of one, or what a person wrote. It may tell the same again: the message's own
/// name is the command's key. Statuses are all that such a sender looks at.
async fn texts(State(api): State<Api>, request: Request) -> Result<StatusCode, StatusCode> {
    let secret = api.desk.texts_secret().ok_or(StatusCode::NOT_FOUND)?;
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let now = api.clock.now();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let id = secret.check(header, &body, now).map_err(|fault| {
        tracing::warn!(%fault, "a message to /hooks/texts was not believed");
        StatusCode::UNAUTHORIZED
    })?;
    // Whatever the carrier calls its messages, it is a key.
    let key = IdempotencyKey::of("hook-texts", token_hash(id));
    let unread = |_| StatusCode::BAD_REQUEST;
    let told: Told = serde_json::from_slice(&body).map_err(unread)?;
    let failed = |error: DeskError| {
        tracing::warn!(%error, "a message to /hooks/texts could not be taken");
        StatusCode::SERVICE_UNAVAILABLE
    };
    match told.kind.as_str() {
        kind @ ("text.delivered" | "text.failed") => {
            let Receipt { id } = serde_json::from_value(told.data).map_err(unread)?;
            let caller = Caller::new(Who::System("texts"), key, now);
            api.desk.note_receipt(&caller, id, kind == "text.delivered").await.map_err(failed)?;
        }
        "text.received" => {
            let Written { from, text } = serde_json::from_value(told.data).map_err(unread)?;
            let caller = Caller::new(Who::Anyone, key, now);
            api.desk.take_text(&caller, &from, text.reveal()).await.map_err(failed)?;
        }
        // What we do not know is of no use to us, and no fault of the carrier's.
        _ => {}
    }
    Ok(StatusCode::NO_CONTENT)
}

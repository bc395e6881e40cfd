//! Answers: JSON with a tag.

use crate::{
    Api,
    dto::inquiry::{Moment, Receipt, ReceiptAppointment, WindowShown},
    problem::Problem,
    sent::is_known,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::Done;
use serde::Serialize;
use sha2::{Digest, Sha256};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The tag of an inquiry's version.
pub(crate) fn tag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// JSON with a status.
pub(crate) fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => (status, [(header::CONTENT_TYPE, JSON)], body).into_response(),
        Err(_) => Problem::from(crate::problem::BROKEN).into_response(),
    }
}

/// Something that was read, under a tag: nothing is sent to whoever has it already. Without a tag of its own it has that of
/// its content.
pub(crate) fn read<T: Serialize>(
    headers: &HeaderMap,
    tag: Option<HeaderValue>,
    body: &T,
) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|_| crate::problem::BROKEN)?;
    let tag = tag.unwrap_or_else(|| {
        let hash = format!("\"{}\"", &hex::encode(Sha256::digest(&body))[..32]);
        HeaderValue::from_str(&hash).unwrap_or(HeaderValue::from_static("\"0\""))
    });
    // Who asks decides what is shown, so a shared cache must not mix the answers up.
    let common = [(header::ETAG, tag.clone()), (header::VARY, HeaderValue::from_static("Authorization"))];
    if is_known(headers, &tag)? {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    Ok((common, [(header::CONTENT_TYPE, JSON)], body).into_response())
}

/// What an act did.
pub(crate) fn receipt(api: &Api, status: StatusCode, done: &Done, repeated: bool) -> Response {
    let body = Receipt {
        inquiry: done.number.digits(),
        version: done.version,
        stage: done.stage.clone(),
        window: done.window.as_ref().map(WindowShown::of),
        appointment: done.appointment.as_ref().map(|(id, office, start)| ReceiptAppointment {
            id: id.uuid(),
            office: office.as_str().to_owned(),
            start: match api.desk.pack().office(office) {
                Some(office) => Moment::of(*start, office.zone()),
                None => Moment::utc(*start),
            },
        }),
        ticket: done.ticket.clone(),
    };
    let mut response = json(status, &body);
    response.headers_mut().insert(header::ETAG, tag(done.version));
    mark(&mut response, repeated);
    response
}

/// Says that a command had been done before.
pub(crate) fn mark(response: &mut Response, repeated: bool) {
    if repeated {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
}

//! A recording of a call, played by whoever may: that it is played is written before anything is heard.

use super::frame::{Seat, Tab};
use crate::core::WebError;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{access::Action, ids::CallRecordId};
use maud::html;
use serde::Deserialize;

/// Which recording.
#[derive(Debug, Deserialize)]
pub(super) struct At {
    call: String,
    nth: u8,
}

/// The sound itself.
pub(super) async fn play(seat: Seat, Path(At { call, nth }): Path<At>) -> Result<Response, WebError> {
    seat.may(Action::HearRecording, None)?;
    let call: CallRecordId = call.parse().map_err(|_| WebError::NotFound)?;
    let board = seat.ctx.app.switchboard.as_ref();
    let Some(file) = board.and_then(|board| board.recording(call, nth)) else {
        return Ok(gone(&seat));
    };
    seat.ctx.app.desk.hear_recording(&seat.caller_once(), call, nth).await?;
    let Ok(sound) = tokio::fs::read(file).await else { return Ok(gone(&seat)) };
    let headers = [
        (header::CONTENT_TYPE, "audio/wav"),
        // No name and no number in the file's name: it stays in a folder.
        (header::CONTENT_DISPOSITION, "inline; filename=\"recording.wav\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, sound).into_response())
}

/// It was deleted, or lies at another node.
fn gone(seat: &Seat) -> Response {
    let t = seat.t();
    let body = html! {
        div.desk-empty { p { strong { (t.say("staff-recording-gone")) } } p { (t.say("staff-recording-gone-next")) } }
    };
    let page = seat.page(t.say("staff-recordings-title"), Tab::None, body).render(&seat.ctx);
    (StatusCode::CONFLICT, page).into_response()
}

//! The appointment as a calendar file.

use crate::core::{Ctx, WebError, proof};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

pub(super) async fn calendar(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let own = proof::own_or_any(&ctx, &number).await?;
    let file = ctx.app.desk.calendar_file(&own.inquiry, ctx.now).ok_or(WebError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\""),
    ];
    Ok((headers, file).into_response())
}

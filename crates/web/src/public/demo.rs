//! In a demo, visitors put the clock forward.

use crate::core::{Ctx, Fields, WebError};
use axum::response::Redirect;
use jiff::SignedDuration;

/// No more than this at once, in minutes.
const FARTHEST: i64 = 7 * 24 * 60;

pub(super) async fn forward(ctx: Ctx, fields: Fields) -> Result<Redirect, WebError> {
    let demo = ctx.app.options.demo.as_ref().ok_or(WebError::NotFound)?;
    let minutes: i64 = fields.get("minutes").parse().map_err(|_| WebError::BadForm)?;
    demo.forward(SignedDuration::from_mins(minutes.clamp(1, FARTHEST)));
    let back = fields.get("back");
    // Only back to a page of ours: what follows the language is a path or nothing.
    let ours = back.is_empty() || (back.starts_with('/') && !back.starts_with("//") && !back.contains('\\'));
    Ok(Redirect::to(&ctx.url(if ours { back } else { "" })))
}

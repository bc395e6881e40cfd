//! The request is sent.

use super::{
    draft::{self, Saved},
    pages, read,
    step::{self, Step},
};
use crate::core::{
    Ctx, Fields, WebError,
    challenge::{self, Again},
    limits::Gate,
    proof,
};
use axum::{
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use desk::{DeskError, What, Who, token_hash};
use domain::{actor::Actor, change::IdempotencyKey, ids::InquiryId, inquiry::Inquiry, refusal::Refusal};
use maud::Markup;

/// Sends what was saved. The draft's token is the key: sent twice, it is the same request, also after the draft has gone.
pub(super) async fn send(ctx: &Ctx, fields: &Fields) -> Result<Response, WebError> {
    let Some(token) = draft::token(ctx) else {
        return Ok(Redirect::to(&ctx.url("/request")).into_response());
    };
    let key = IdempotencyKey::of("request", token_hash(&token));
    if let Some(inquiry) = sent_before(ctx, &key).await? {
        return Ok(received(ctx, &inquiry));
    }
    let saved = Saved::load(ctx).await?;
    let way = step::way(ctx, &saved.fields);
    let open = way.iter().find(|s| !read::errors(ctx, &saved.fields, s).is_empty());
    let ask = match (open, read::request(ctx, &saved.fields, &token)) {
        (None, Some(ask)) => ask,
        (open, _) => return Ok(Redirect::to(&open.unwrap_or(&Step::Zip).url(ctx)).into_response()),
    };
    let again = Again { to: Step::Check.url(ctx), carries: Markup::default() };
    if let Some(first) = challenge::passes(ctx, fields, What::Request, &token_hash(&token), &again).await? {
        return Ok(first);
    }
    ctx.limit(Gate::Request)?;
    match ctx.app.desk.request_meeting(&ctx.caller(Who::Anyone, key), &ask).await {
        Ok(done) => Ok(received(ctx, &done.inquiry)),
        Err(DeskError::Refused(Refusal::AlreadyLive { .. })) => {
            // Never the number: whoever asks has proved nothing yet.
            Ok((StatusCode::CONFLICT, pages::already(ctx)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn sent_before(ctx: &Ctx, key: &IdempotencyKey) -> Result<Option<Inquiry>, WebError> {
    let done = ctx.app.desk.store().answered(key, &Actor::Person).await.map_err(DeskError::from)?;
    let id = done.and_then(|done| done.answer["inquiry"].as_str()?.parse::<InquiryId>().ok());
    match id {
        Some(id) => Ok(ctx.app.desk.store().inquiry(id).await?),
        None => Ok(None),
    }
}

/// To the page with the number, with the proof that it is the sender's own.
fn received(ctx: &Ctx, inquiry: &Inquiry) -> Response {
    let token = ctx.app.desk.links().sign_here(inquiry.id, ctx.now);
    let to = ctx.url(&format!("/inquiry/{}/received", inquiry.number.digits()));
    // The draft is spent. Until this answer has arrived the browser keeps its token, and with it may ask again.
    let set = [(header::SET_COOKIE, proof::keep(ctx, inquiry.number, &token)), draft::forget(ctx)];
    (AppendHeaders(set), Redirect::to(&to)).into_response()
}

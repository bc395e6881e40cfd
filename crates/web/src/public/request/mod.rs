//! A person asks for an in-person meeting: one question on a page, saved as they go.

mod check;
pub(crate) mod corrected;
pub(crate) mod counter;
mod draft;
pub(super) mod known;
mod later;
pub(super) mod next;
mod pages;
mod read;
mod send;
mod step;
pub(crate) mod whole;
mod whom;

use crate::App;
use crate::core::{Ctx, Fields, WebError};
use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use draft::Saved;
use std::collections::BTreeMap;
use step::Step;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/request", get(begin).post(begin_anew))
        .route("/request/end", post(next::end))
        .route("/request/later", get(later::ask).post(later::keep))
        .route("/request/continue", get(later::resume).post(later::go_on))
        .route("/request/continue/{code}", get(later::resume_with))
        .route("/request/{step}", get(show).post(take))
        .route("/request/ask/{question}", get(show_question).post(take_question))
}

/// What the request is, and a way on: into a new form, or back into one that was begun.
async fn begin(ctx: Ctx) -> Result<Response, WebError> {
    let saved = Saved::load(&ctx).await?;
    Ok(pages::begin(&ctx, saved.is_begun()).into_response())
}

async fn begin_anew(ctx: Ctx, sent: Fields) -> Result<Response, WebError> {
    let cookie = if sent.ticked(whom::FOR_CLIENT) {
        let mut fields = Fields::default();
        fields.set(whom::FOR_CLIENT, "yes");
        fields.set("behalf", "yes");
        draft::keep(&ctx, &draft::begin_with(&ctx, &fields).await?)
    } else {
        draft::fresh(&ctx)
    };
    Ok(([cookie], Redirect::to(&Step::Zip.url(&ctx))).into_response())
}

/// Says what the request is about before its first page: the cookie that keeps it, and where it goes on.
pub(super) async fn about(ctx: &Ctx, reason: &str) -> Result<(HeaderName, HeaderValue), WebError> {
    let mut saved = Saved::load(ctx).await?;
    saved.fields.set("reason", reason);
    saved.fields.set(&Step::Reason.seen(), "yes");
    saved.save(ctx, &Step::Reason).await
}

async fn show(ctx: Ctx, Path((_, step)): Path<(String, String)>) -> Result<Response, WebError> {
    page(&ctx, Step::named(&step).ok_or(WebError::NotFound)?).await
}

async fn show_question(ctx: Ctx, Path((_, code)): Path<(String, String)>) -> Result<Response, WebError> {
    page(&ctx, Step::Ask(code)).await
}

async fn take(
    ctx: Ctx,
    Path((_, step)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    fields: Fields,
) -> Result<Response, WebError> {
    let step = Step::named(&step).ok_or(WebError::NotFound)?;
    if step == Step::Check {
        send::send(&ctx, &fields).await
    } else {
        save(&ctx, step, &query, &fields).await
    }
}

async fn take_question(
    ctx: Ctx,
    Path((_, code)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    fields: Fields,
) -> Result<Response, WebError> {
    save(&ctx, Step::Ask(code), &query, &fields).await
}

async fn page(ctx: &Ctx, step: Step) -> Result<Response, WebError> {
    let saved = Saved::load(ctx).await?;
    if let Some(elsewhere) = not_yet(ctx, &saved.fields, &step) {
        return Ok(Redirect::to(&elsewhere).into_response());
    }
    let errors = crate::core::Errors::none();
    Ok(pages::page(ctx, &step, &saved.fields, &errors).into_response())
}

/// Where to go instead, while something before this step has no answer yet.
fn not_yet(ctx: &Ctx, fields: &Fields, step: &Step) -> Option<String> {
    let way = step::way(ctx, fields);
    let first_open = way.iter().find(|s| !read::errors(ctx, fields, s).is_empty());
    let at = way.iter().position(|s| s == step);
    let open = first_open.and_then(|open| way.iter().position(|s| s == open));
    match (at, open) {
        // Not on this person's way: another reason's question, say.
        (None, _) => Some(first_open.unwrap_or(&Step::Check).url(ctx)),
        (Some(at), Some(open)) if open < at => way.get(open).map(|s| s.url(ctx)),
        _ => None,
    }
}

/// Saves a step whatever it says, so that nothing typed is lost; then goes on, or says what to mend.
async fn save(
    ctx: &Ctx,
    step: Step,
    query: &BTreeMap<String, String>,
    sent: &Fields,
) -> Result<Response, WebError> {
    let mut saved = Saved::load(ctx).await?;
    for name in step.fields(ctx) {
        saved.fields.0.insert(name.clone(), sent.all(&name).to_vec());
    }
    saved.fields.set(&step.seen(), "yes");
    if !step::way(ctx, &saved.fields).contains(&step) {
        return Err(WebError::NotFound);
    }
    let cookie = saved.save(ctx, &step).await?;
    let errors = read::errors(ctx, &saved.fields, &step);
    if !errors.is_empty() {
        let page = pages::page(ctx, &step, &saved.fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, [cookie], page).into_response());
    }
    let way = step::way(ctx, &saved.fields);
    let next = if query.contains_key("change") {
        // Back to the answers, unless the change brought new questions with it.
        way.iter().find(|s| !read::errors(ctx, &saved.fields, s).is_empty()).unwrap_or(&Step::Check)
    } else {
        let at = way.iter().position(|s| *s == step).unwrap_or(0);
        let mut rest = way.iter().skip(at + 1);
        rest.find(|s| !next::is_answered(&saved.fields, s)).unwrap_or(&Step::Check)
    };
    Ok(([cookie], Redirect::to(&next.url(ctx))).into_response())
}

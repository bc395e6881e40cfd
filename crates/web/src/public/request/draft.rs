//! The form as it is saved: the browser holds a random token, the store the answers.

use super::{next, step::Step};
use crate::core::{
    Ctx, Fields, WebError,
    cookies::{self, Keep},
};
use axum::http::{HeaderName, HeaderValue, header};
use desk::Who;
use domain::draft::KEPT_DAYS;
use std::collections::BTreeMap;

const COOKIE: &str = "request";

/// A form that was begun, or an empty one.
pub(super) struct Saved {
    pub(super) fields: Fields,
    token: Option<String>,
    /// What stood in it for a time that is over, by name: the next time it is saved, it goes.
    over: Vec<String>,
}

impl Saved {
    /// The form behind the browser's token.
    pub(super) async fn load(ctx: &Ctx) -> Result<Self, WebError> {
        let token = token(ctx);
        let draft = match &token {
            Some(token) => ctx.app.desk.draft(token, ctx.now).await?,
            None => None,
        };
        let mut fields = draft.map(|draft| Fields(draft.fields.into_inner())).unwrap_or_default();
        let over = next::expire(ctx, &mut fields);
        Ok(Self { fields, token, over })
    }

    pub(super) fn is_begun(&self) -> bool {
        self.fields.0.values().any(|values| !values.is_empty())
    }

    /// Saves the answers of a step. The header keeps the token as long as the answers are kept.
    pub(super) async fn save(
        &mut self,
        ctx: &Ctx,
        step: &Step,
    ) -> Result<(HeaderName, HeaderValue), WebError> {
        let token = self.token.get_or_insert_with(|| ctx.app.desk.dice().token()).clone();
        let mut names = step.fields(ctx);
        names.push(step.seen());
        let part = self.fields.0.iter().filter(|(name, _)| names.contains(name));
        let mut part: BTreeMap<_, _> = part.map(|(name, values)| (name.clone(), values.clone())).collect();
        for name in self.over.drain(..) {
            part.entry(name).or_default();
        }
        let caller = ctx.caller_once(Who::Anyone);
        ctx.app.desk.save_draft(&caller, &token, &ctx.lang, &part).await?;
        Ok(if next::is_carried(&self.fields) { keep_open(ctx, &token) } else { keep(ctx, &token) })
    }

    /// Takes out everything that was saved.
    pub(super) async fn clear(&mut self, ctx: &Ctx) -> Result<(), WebError> {
        let names = self.over.drain(..).chain(std::mem::take(&mut self.fields.0).into_keys());
        let nothing = names.map(|name| (name, Vec::new())).collect();
        if let Some(token) = &self.token {
            let caller = ctx.caller_once(Who::Anyone);
            ctx.app.desk.save_draft(&caller, token, &ctx.lang, &nothing).await?;
        }
        Ok(())
    }
}

/// A form with these answers in it, and nothing else: its token.
pub(super) async fn begin_with(ctx: &Ctx, fields: &Fields) -> Result<String, WebError> {
    let token = ctx.app.desk.dice().token();
    ctx.app.desk.save_draft(&ctx.caller_once(Who::Anyone), &token, &ctx.lang, &fields.0).await?;
    Ok(token)
}

/// The browser's token, if it is one of ours by its form.
pub(super) fn token(ctx: &Ctx) -> Option<String> {
    ctx.cookie(COOKIE).filter(|token| token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The browser keeps this token from now on.
pub(super) fn keep(ctx: &Ctx, token: &str) -> (HeaderName, HeaderValue) {
    let keep = Keep::Seconds(KEPT_DAYS * 24 * 3600);
    (header::SET_COOKIE, cookies::set(COOKIE, token, keep, ctx.app.options.https()))
}

/// The same until it is closed.
pub(super) fn keep_open(ctx: &Ctx, token: &str) -> (HeaderName, HeaderValue) {
    (header::SET_COOKIE, cookies::set(COOKIE, token, Keep::Session, ctx.app.options.https()))
}

/// A new token: what was begun under the old one stays behind and is thrown away in time.
pub(super) fn fresh(ctx: &Ctx) -> (HeaderName, HeaderValue) {
    keep(ctx, &ctx.app.desk.dice().token())
}

/// The token goes: the form was sent.
pub(super) fn forget(ctx: &Ctx) -> (HeaderName, HeaderValue) {
    (header::SET_COOKIE, cookies::set(COOKIE, "", Keep::Gone, ctx.app.options.https()))
}

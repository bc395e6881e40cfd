//! One's own account: where one is signed in.

use super::{
    calendar,
    frame::{Seat, Tab},
    sessions,
};
use crate::{
    core::{Fields, WebError},
    parts::{self, Alert, alert},
};
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use desk::acts::Ending;
use maud::html;
use serde::Deserialize;

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// What has just been done.
    #[serde(default)]
    pub(super) did: String,
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let all = ctx.app.desk.live_sessions(&seat.caller_once(), seat.me.staff.id).await?;
    let others = all.iter().any(|s| s.program.is_none() && s.id != seat.me.session.id);
    let calendar = calendar::section(&seat).await?;
    let body = html! {
        @if asked.did == "ended" { (alert(Alert::Success, "", &html! { p { (t.say("account-ended")) } })) }
        @if asked.did == "calendar-ended" { (alert(Alert::Success, "", &html! { p { (t.say("account-calendar-ended")) } })) }
        @if asked.did == "password" { (alert(Alert::Success, "", &html! { p { (t.say("password-chosen")) } })) }
        @if !seat.me.staff.is_federated() {
            p { a.usa-link href=(ctx.url("/staff/account/password")) { (t.say("password-title")) } }
        }
        p { a.usa-link href=(ctx.url("/staff/account/proofs")) { (t.say("second-account-link")) } }
        p { (t.say("account-intro")) }
        (calendar)
        (sessions::list(&seat, &all, &ctx.url("/staff/account/end")))
        @if others {
            (parts::post_button(ctx, &ctx.url("/staff/account/end-others"), &t.say("account-end-others"), ""))
        }
    };
    Ok(seat.page(t.say("account-title"), Tab::Account, body).render(ctx).into_response())
}

pub(super) async fn end(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let Ok(id) = fields.get("id").parse() else { return Err(WebError::BadForm) };
    ended(&seat, &fields, Ending::One(id)).await
}

pub(super) async fn end_others(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    ended(&seat, &fields, Ending::OtherBrowsers(seat.me.session.id)).await
}

async fn ended(seat: &Seat, fields: &Fields, which: Ending) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("end-session"));
    seat.ctx.app.desk.end_sessions(&caller, seat.me.staff.id, which).await?;
    Ok(Redirect::to(&seat.ctx.url("/staff/account?did=ended")).into_response())
}

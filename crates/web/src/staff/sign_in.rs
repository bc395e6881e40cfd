//! Signing in and out.

use super::{
    frame::Seat,
    home,
    password::fits,
    provider,
    second::{self, passkey},
};
use crate::{
    core::{Ctx, Errors, Fields, Form, Page, WebError, cookies, limits::Gate, session},
    parts::{self, Alert, Input, alert},
};
use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    DeskError, ProofRefused, Who,
    acts::{Entrance, SignedIn},
};
use domain::{
    account::{AccountRefused, LONGEST_PASSWORD},
    browser::Device,
    pii::Pii,
};
use maud::{Markup, html};
use serde::Deserialize;
use std::time::Duration;

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Where to go after signing in.
    #[serde(default)]
    pub(super) then: String,
    /// Has one just signed out?
    #[serde(default)]
    out: String,
}

/// How long an answer is held back when a name has been tried too often. It slows a guesser down; whoever has the password
/// still gets in, so that nobody can lock a colleague out by guessing.
const HELD_BACK: Duration = Duration::from_secs(2);

pub(super) async fn page(
    ctx: Ctx,
    State(app): State<crate::App>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let token = ctx.cookie(session::COOKIE).unwrap_or_default();
    if let Some((staff, _)) = app.desk.staff_of(&token, ctx.now).await? {
        return Ok(Redirect::to(&onward(&ctx, &asked.then, home::of(&staff))).into_response());
    }
    let mut fields = Fields::default();
    fields.set("then", asked.then);
    let note = html! {
        @if asked.out == "yes" { (alert(Alert::Success, "", &html! { p { (ctx.t().say("staff-signed-out")) } })) }
    };
    Ok(form(&ctx, &fields, &Errors::none(), &note).into_response())
}

/// The page to sign in on, with something said above it.
pub(super) fn told(ctx: &Ctx, status: StatusCode, note: &Markup) -> Response {
    (status, form(ctx, &Fields::default(), &Errors::none(), note)).into_response()
}

fn form(ctx: &Ctx, fields: &Fields, errors: &Errors, note: &Markup) -> Markup {
    let t = ctx.t();
    let form = Form::new(fields, errors);
    let passwords = passwords(ctx, &form);
    let body = html! {
        (parts::error_summary(ctx, errors))
        (note)
        (provider::way(ctx, form.value("then")))
        @if provider::is_emergency_only(ctx) {
            details open[!errors.is_empty()] { summary { (t.say("provider-emergency")) } (passwords) }
        } @else { (passwords) }
    };
    let page = Page::new(t.say("staff-sign-in-title"), body).bare().with("staff.css").with(passkey::SCRIPT);
    if errors.is_empty() { page } else { page.no_switch() }.render(ctx)
}

/// The ways in that need nobody else: a name with its password, or a passkey.
fn passwords(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        form.usa-form method="post" action=(ctx.url("/staff/sign-in")) {
            input type="hidden" name="then" value=(form.value("then"));
            (parts::input(form, &Input { name: "name", label: &t.say("staff-sign-in-name"), autocomplete: "username",
                longest: 100, verbatim: true, ..Input::default() }))
            (parts::input(form, &Input { name: "password", label: &t.say("staff-sign-in-password"), kind: "password",
                autocomplete: "current-password", longest: LONGEST_PASSWORD, ..Input::default() }))
            button.usa-button type="submit" { (t.say("staff-sign-in")) }
        }
        (passkey::ask(ctx, &passkey::Ask { to: &ctx.url("/staff/sign-in/passkey"), prefix: "",
            hidden: html! { input type="hidden" name="then" value=(form.value("then")); }, allow: &[],
            label: &t.say("second-passkey-sign-in") }))
        p.quiet { (t.say("staff-sign-in-help")) }
    }
}

/// Where to go: to the page that was asked for, if it is one of the desks', else to the role's own.
fn onward(ctx: &Ctx, then: &str, home: &str) -> String {
    if then.is_empty() { ctx.url(home) } else { session::then(ctx, then) }
}

pub(super) async fn sign_in(
    ctx: Ctx,
    State(app): State<crate::App>,
    fields: Fields,
) -> Result<Response, WebError> {
    ctx.limit(Gate::SignIn)?;
    let name: String = fields.get("name").to_lowercase().chars().take(100).collect();
    // A password may begin or end with a space: it is taken as it was typed.
    let password = fields.all("password").first().cloned().unwrap_or_default();
    hold_back(&ctx, &name).await;
    let staff = app.desk.store().staff_named(&name).await?;
    let fits = fits(staff.as_ref(), Pii::new(password.chars().take(LONGEST_PASSWORD + 1).collect())).await?;
    let Some(staff) =
        staff.filter(|staff| fits && staff.active && provider::takes_passwords(&ctx, &staff.sign_in))
    else {
        return Ok(refused(&ctx, &fields, ctx.t().say("staff-sign-in-wrong")));
    };
    match app.desk.sign_in(&ctx.caller_once(Who::Anyone), &staff, &entrance(&ctx)).await {
        Ok(done) => Ok(enter(&ctx, &done, fields.get("then"))),
        Err(DeskError::Account(AccountRefused::FirstTooOld)) => {
            Ok(refused(&ctx, &fields, ctx.t().say("password-first-too-old")))
        }
        Err(DeskError::Proof(ProofRefused::Needed)) => Ok(second::half(&ctx, &staff, fields.get("then"))),
        Err(error) => Err(error.into()),
    }
}

/// Begins the session in the browser, and goes where they wanted to.
pub(super) fn enter(ctx: &Ctx, done: &SignedIn, then: &str) -> Response {
    let lang = cookies::set("lang", ctx.lang.as_str(), cookies::Keep::Session, ctx.app.options.https());
    let set = [(header::SET_COOKIE, session::begin(ctx, &done.token)), (header::SET_COOKIE, lang)];
    let to = onward(ctx, then, home::of(&done.staff));
    (axum::response::AppendHeaders(set), Redirect::to(&to)).into_response()
}

/// The page to sign in on, for whoever took too long between the password and the second proof.
pub(super) fn again(ctx: &Ctx, then: &str) -> Response {
    let mut fields = Fields::default();
    fields.set("then", then);
    let mut errors = Errors::none();
    errors.add("name", ctx.t().say("second-too-late"));
    (StatusCode::UNPROCESSABLE_ENTITY, form(ctx, &fields, &errors, &html! {})).into_response()
}

/// Counts a try on a name, and holds the answer back when there were too many.
pub(super) async fn hold_back(ctx: &Ctx, name: &str) {
    if ctx.limit_on(Gate::SignInName, name).is_err() {
        tokio::time::sleep(HELD_BACK).await;
    }
}

/// What is known of this browser.
pub(super) fn entrance(ctx: &Ctx) -> Entrance {
    let says = ctx.headers.get(header::USER_AGENT).and_then(|says| says.to_str().ok());
    Entrance { device: says.map(Device::of), network: Some(ctx.from.clone()), proof: None, provider: None }
}

/// The same for a wrong name, a wrong password and a closed account.
pub(super) fn refused(ctx: &Ctx, fields: &Fields, sentence: String) -> Response {
    metrics::counter!("anteroom_sign_ins_failed_total", "door" => "staff").increment(1);
    let mut errors = Errors::none();
    errors.add("name", sentence);
    (StatusCode::UNPROCESSABLE_ENTITY, form(ctx, fields, &errors, &html! {})).into_response()
}

pub(super) async fn sign_out(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    ctx.app.desk.sign_out(&seat.caller_once(), &seat.me.session).await?;
    let gone = [(header::SET_COOKIE, session::end(ctx))];
    let there = seat.me.session.browser.provider.is_some() && ctx.app.provider.is_some();
    let to = if there { "/staff/sign-in/out" } else { "/staff/sign-in?out=yes" };
    Ok((axum::response::AppendHeaders(gone), Redirect::to(&ctx.url(to))).into_response())
}

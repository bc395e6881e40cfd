//! One's own proofs: what is set up, one more, one less.

use super::{LONGEST_CODE, passkey, says};
use crate::{
    core::{Errors, Fields, Form, Page, WebError},
    parts::{self, Alert, Input, alert},
    staff::{
        account::Asked,
        frame::{Seat, Tab},
    },
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, ProofRefused, acts::NewProof};
use domain::second::{Proofs, Removed};
use jiff::Timestamp;
use locale::{Key, args, key};
use maud::{Markup, html};

/// Where they are listed.
const HOME: &str = "/staff/account/proofs";

/// A page of one's own proofs. Whoever must set up a first one sees nothing else, so nothing else is linked.
fn render(seat: &Seat, status: StatusCode, title: Key, body: Markup) -> Response {
    let page = if seat.me.session.browser.must_enrol {
        Page::new(seat.t().say_key(title), body).bare().with("staff.css")
    } else {
        seat.page(seat.t().say_key(title), Tab::Account, body)
    };
    (status, page.with(passkey::SCRIPT).render(&seat.ctx)).into_response()
}

pub(in super::super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let note = match asked.did.as_str() {
        "added" | "removed" => alert(
            Alert::Success,
            "",
            &html! {
            p { (seat.t().say_of("second-did", &asked.did)) } },
        ),
        _ => html! {},
    };
    list(&seat, StatusCode::OK, &note).await
}

async fn list(seat: &Seat, status: StatusCode, note: &Markup) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let proofs = ctx.app.desk.proofs(seat.me.staff.id).await?;
    let browser = &seat.me.session.browser;
    let body = html! {
        (note)
        @if browser.must_enrol {
            (alert(Alert::Warning, &t.say("second-must-title"), &html! { p { (t.say("second-must")) } }))
        }
        p { (t.say("second-intro")) }
        @if proofs.any() && browser.with.is_none() {
            p { (t.say("second-refused-sign-in-first")) }
            (parts::post_button(ctx, &ctx.url("/staff/sign-out"), &t.say("staff-sign-out"), "usa-button--outline"))
        } @else {
            (parts_of(seat, &proofs))
        }
        @if browser.must_enrol {
            (parts::post_button(ctx, &ctx.url("/staff/sign-out"), &t.say("staff-sign-out"), "usa-button--unstyled"))
        } @else {
            p { a.usa-link href=(ctx.url("/staff/account")) { (t.say("second-back")) } }
        }
    };
    Ok(render(seat, status, key!("second-account-title"), body))
}

fn parts_of(seat: &Seat, proofs: &Proofs) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let (fields, errors) = (Fields::default(), Errors::none());
    let form = Form::new(&fields, &errors);
    let name = parts::input(
        &form,
        &Input {
            name: "name",
            label: &t.say("second-passkey-name"),
            hint: &t.say("second-passkey-name-hint"),
            longest: 60,
            verbatim: true,
            ..Input::default()
        },
    );
    html! {
        section aria-labelledby="app" {
            h2 #app { (t.say("second-app")) }
            @match &proofs.app {
                Some(app) => {
                    p { (t.say_with("second-since", &args! { "moment" => moment(seat, app.since) })) }
                    (removal(seat, "app", "", &t.say("second-app-remove")))
                    p { a.usa-link href=(ctx.url("/staff/account/proofs/app")) { (t.say("second-app-other")) } }
                }
                None => {
                    p { (t.say("second-app-what")) }
                    p { a.usa-button href=(ctx.url("/staff/account/proofs/app")) { (t.say("second-app-set-up")) } }
                }
            }
        }
        section aria-labelledby="passkeys" {
            h2 #passkeys { (t.say("second-passkeys")) }
            p { (t.say("second-passkeys-what")) }
            @for (n, key) in proofs.passkeys.iter().enumerate() {
                article.desk-note aria-labelledby={ "key-" (n) } {
                    h3 id={ "key-" (n) } { bdi { (called(seat, &key.name)) } }
                    p { (t.say_with("second-since", &args! { "moment" => moment(seat, key.since) }))
                        @if let Some(used) = key.used {
                            " · " (t.say_with("account-used", &args! { "ago" => t.ago(ctx.now, used) })) } }
                    (removal(seat, "passkey", &key.id,
                        &t.say_with("second-passkey-remove", &args! { "name" => called(seat, &key.name) })))
                }
            }
            (passkey::make(seat, &name, &proofs.passkeys, &ctx.url("/staff/account/proofs/passkey")))
        }
        @if proofs.any() {
            section aria-labelledby="recovery" {
                h2 #recovery { (t.say("second-recovery")) }
                p { (t.say_with("second-recovery-left", &args! {
                    "n" => i64::try_from(proofs.recovery.len()).unwrap_or(0) })) }
                (parts::post_button(ctx, &ctx.url("/staff/account/proofs/recovery"), &t.say("second-recovery-new"),
                    "usa-button--outline"))
            }
        }
    }
}

/// A passkey's name, or what it is when it has none.
fn called(seat: &Seat, name: &str) -> String {
    if name.is_empty() { seat.t().say("second-passkey-unnamed") } else { name.to_owned() }
}

fn removal(seat: &Seat, kind: &str, id: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(seat.ctx.url("/staff/account/proofs/remove")) {
            (parts::key(&seat.ctx))
            input type="hidden" name="kind" value=(kind);
            input type="hidden" name="id" value=(id);
            button.usa-button.usa-button--outline type="submit" { (label) }
        }
    }
}

fn moment(seat: &Seat, at: Timestamp) -> String {
    seat.t().moment(at, seat.zone().name(), seat.ctx.now)
}

/// The page that shows a secret to an app, by camera and in letters.
pub(in super::super) async fn app(seat: Seat) -> Result<Response, WebError> {
    let desk = &seat.ctx.app.desk;
    let (letters, sealed) = desk.new_app(seat.me.staff.id).ok_or(WebError::Panicked)?;
    Ok(app_page(&seat, &letters, &sealed, StatusCode::OK, &Errors::none()))
}

fn app_page(seat: &Seat, letters: &str, sealed: &str, status: StatusCode, errors: &Errors) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let agency = ctx.app.desk.pack().agency().name.in_lang(&ctx.lang).to_owned();
    let part = |text: &str| -> String {
        // Apps take `%20`, and some show a plus as it is.
        form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
    };
    let (issuer, who) = (part(&agency), part(&seat.me.staff.sign_in));
    let address = format!(
        "otpauth://totp/{issuer}:{who}?secret={letters}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    );
    let groups: Vec<&str> =
        (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..(at + 4).min(letters.len()))).collect();
    let fields = Fields::default();
    let form = Form::new(&fields, errors);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { (t.say("second-app-scan")) }
        (parts::qr(&address, &t.say("second-app-qr")))
        p { (t.say("second-app-letters")) }
        p { code.second-letters { (groups.join(" ")) } }
        form.usa-form method="post" action=(ctx.url("/staff/account/proofs/app")) {
            (parts::key(ctx))
            input type="hidden" name="sealed" value=(sealed);
            (parts::input(&form, &Input { name: "code", label: &t.say("second-app-code"), hint: &t.say("second-app-code-hint"),
                autocomplete: "one-time-code", inputmode: "numeric", longest: LONGEST_CODE, verbatim: true, ..Input::default() }))
            button.usa-button type="submit" { (t.say("second-app-done")) }
        }
        p { a.usa-link href=(ctx.url(HOME)) { (t.say("second-leave")) } }
    };
    render(seat, status, key!("second-app-title"), body)
}

pub(in super::super) async fn add_app(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let sealed = fields.get("sealed").to_owned();
    let code: String = fields.get("code").chars().take(LONGEST_CODE).collect();
    let new = NewProof::App { sealed: sealed.clone(), code };
    match added(&seat, &fields, &new).await {
        Err(WebError::Desk(DeskError::Proof(ProofRefused::Wrong))) => {
            let desk = &seat.ctx.app.desk;
            let letters = desk.app_letters(seat.me.staff.id, &sealed).ok_or(WebError::BadForm)?;
            let mut errors = Errors::none();
            errors.add("code", seat.t().say("second-app-wrong"));
            Ok(app_page(&seat, &letters, &sealed, StatusCode::UNPROCESSABLE_ENTITY, &errors))
        }
        other => or_say(&seat, other).await,
    }
}

pub(in super::super) async fn add_passkey(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let made = passkey::made(&seat.ctx, &fields).ok_or(WebError::BadForm)?;
    let new = NewProof::Passkey { name: fields.get("name").to_owned(), made: Box::new(made) };
    let done = added(&seat, &fields, &new).await;
    or_say(&seat, done).await
}

async fn added(seat: &Seat, fields: &Fields, new: &NewProof) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("add-proof"));
    let codes = seat.ctx.app.desk.add_proof(&caller, &seat.me.session, new).await?;
    Ok(if codes.is_empty() { home(seat, "added") } else { shown(seat, &codes) })
}

pub(in super::super) async fn remove(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let which = match fields.get("kind") {
        "app" => Removed::App,
        "passkey" => Removed::Passkey(fields.get("id").to_owned()),
        _ => return Ok(home(&seat, "")),
    };
    let caller = seat.caller(fields.key("remove-proof"));
    let done = seat.ctx.app.desk.remove_proof(&caller, &seat.me.session, &which).await;
    or_say(&seat, done.map(|()| home(&seat, "removed")).map_err(WebError::from)).await
}

pub(in super::super) async fn recovery(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("renew-recovery"));
    let codes = seat.ctx.app.desk.renew_recovery(&caller, &seat.me.session).await;
    let done = codes.map(|codes| if codes.is_empty() { home(&seat, "") } else { shown(&seat, &codes) });
    or_say(&seat, done.map_err(WebError::from)).await
}

/// What came of it; a refusal stands above the list.
async fn or_say(seat: &Seat, done: Result<Response, WebError>) -> Result<Response, WebError> {
    match done {
        Err(WebError::Desk(DeskError::Proof(why))) => {
            let note = alert(Alert::Error, "", &html! { p { (says(seat.t(), why)) } });
            list(seat, StatusCode::UNPROCESSABLE_ENTITY, &note).await
        }
        other => other,
    }
}

fn home(seat: &Seat, did: &str) -> Response {
    let did = if did.is_empty() { String::new() } else { format!("?did={did}") };
    Redirect::to(&seat.ctx.url(&format!("{HOME}{did}"))).into_response()
}

/// The recovery codes, this once. The page is the answer itself: nothing keeps them to show them again.
fn shown(seat: &Seat, codes: &[String]) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let body = html! {
        p { (t.say("second-recovery-keep")) }
        ul.second-codes { @for code in codes { li { code { (code) } } } }
        p {
            button.usa-button.usa-button--outline type="button" hidden data-copy=(codes.join("\n"))
                data-copied=(t.say("second-copied")) { (t.say("second-copy")) } " "
            button.usa-button.usa-button--outline type="button" hidden data-print { (t.say("second-print")) }
        }
        p { a.usa-button href=(ctx.url(HOME)) { (t.say("second-recovery-kept")) } }
    };
    let page = Page::new(t.say("second-recovery-title"), body).bare().with("staff.css");
    (StatusCode::OK, page.no_switch().render(ctx)).into_response()
}

//! Signing in at the agency's own provider: there and back again, and out.

use super::{
    frame::Seat,
    sign_in::{self as first, Asked},
};
use crate::{
    App,
    core::{Ctx, Fields, Page, WebError, cookies, ctx, limits::Gate},
    parts::{Alert, alert},
};
use axum::{
    extract::{Query, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use desk::{
    Caller, DeskError, Who,
    acts::{Entrance, NotMet, Told},
};
use domain::{change::IdempotencyKey, federated::FederatedKey};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};
use oidc::{OidcError, SignedIn, TokenFault, Unmapped};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The cookie of a sign-in that has begun: sealed, so that nobody reads it and nobody begins one for somebody else.
const BEGUN: &str = "staff_provider";

/// What the seal is about.
const ABOUT: &str = "sign-in at the provider";

/// How long whoever is at the provider may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// What is kept in the browser meanwhile.
#[derive(Serialize, Deserialize)]
struct Begun {
    state: String,
    nonce: String,
    verifier: String,
    then: String,
    at: Timestamp,
    /// The session that wants a fresh proof, if that is what it is for.
    again: Option<String>,
}

/// What the provider says in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    code: String,
    state: String,
    error: String,
    iss: Option<String>,
}

/// The way there, on the page to sign in on; nothing without a provider.
pub(super) fn way(ctx: &Ctx, then: &str) -> Markup {
    let Some(at) = &ctx.app.provider else { return html! {} };
    let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
    let to = ctx.url(&format!("/staff/sign-in/provider?then={then}"));
    html! { p { a.usa-button #provider href=(to) { (ctx.t().say_with("provider-go", &args! { "name" => at.name.as_str() })) } } }
}

/// May somebody with this name sign in with a password here?
pub(super) fn takes_passwords(ctx: &Ctx, name: &str) -> bool {
    ctx.app.provider.as_ref().and_then(|at| at.only.as_deref()).is_none_or(|only| only == name)
}

/// Is the password only for an emergency here?
pub(super) fn is_emergency_only(ctx: &Ctx) -> bool {
    ctx.app.provider.as_ref().is_some_and(|at| at.only.is_some())
}

pub(super) async fn go(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    ctx.limit(Gate::SignIn)?;
    begin(&ctx, asked.then, None).await
}

/// A fresh proof at the provider, in a window of its own: the page that asks for it stays as it is.
pub(super) async fn prove(seat: Seat) -> Result<Response, WebError> {
    if seat.me.session.browser.provider.is_none() {
        return Err(WebError::NotFound);
    }
    begin(&seat.ctx, String::new(), Some(seat.me.session.id.to_string())).await
}

async fn begin(ctx: &Ctx, then: String, again: Option<String>) -> Result<Response, WebError> {
    let at = ctx.app.provider.as_ref().ok_or(WebError::NotFound)?;
    let dice = ctx.app.desk.dice();
    let chance = [dice.token(), dice.token(), dice.token()];
    let begun = match at.provider.begin(chance, again.is_some(), ctx.now).await {
        Ok(begun) => begun,
        Err(error) => return Ok(failed(ctx, &error)),
    };
    let kept = Begun {
        state: begun.state,
        nonce: begun.nonce,
        verifier: begun.verifier,
        then: then.chars().take(500).collect(),
        at: ctx.now,
        again,
    };
    let kept = serde_json::to_string(&kept).map_err(|_| WebError::Panicked)?;
    let sealed =
        ctx.app.desk.links().seal(dice.secret(), ABOUT, kept.as_bytes()).ok_or(WebError::Panicked)?;
    let keep = cookies::Keep::Seconds(PATIENCE.as_secs());
    let set = cookies::set(BEGUN, &sealed, keep, ctx.app.options.https());
    Ok((AppendHeaders([(header::SET_COOKIE, set)]), Redirect::to(&begun.to)).into_response())
}

/// Where the provider sends browsers: one address for every language. It leads on to the page of the browser's own.
pub(crate) async fn land(State(app): State<App>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let lang = ctx::guess(&app, &headers);
    Redirect::to(&format!("/{lang}/staff/sign-in/back?{}", query.unwrap_or_default())).into_response()
}

fn begun(ctx: &Ctx, state: &str) -> Option<Begun> {
    let kept = ctx.app.desk.links().unseal(ABOUT, &ctx.cookie(BEGUN)?)?;
    let begun: Begun = serde_json::from_slice(&kept).ok()?;
    let same = subtle::ConstantTimeEq::ct_eq(begun.state.as_bytes(), state.as_bytes());
    (bool::from(same) && ctx.now.duration_since(begun.at) < PATIENCE).then_some(begun)
}

pub(super) async fn back(ctx: Ctx, Query(said): Query<Answer>) -> Result<Response, WebError> {
    let mut answer = answered(&ctx, &said).await?;
    let gone = cookies::set(BEGUN, "", cookies::Keep::Gone, ctx.app.options.https());
    answer.headers_mut().append(header::SET_COOKIE, gone);
    Ok(answer)
}

async fn answered(ctx: &Ctx, said: &Answer) -> Result<Response, WebError> {
    let at = ctx.app.provider.as_ref().ok_or(WebError::NotFound)?;
    let Some(begun) = begun(ctx, &said.state) else { return Ok(refused(ctx, "late")) };
    if !said.error.is_empty() || said.iss.as_deref().is_some_and(|iss| iss != at.provider.issuer()) {
        return Ok(refused(ctx, "refused"));
    }
    let id = ctx.app.desk.dice().token();
    let since = begun.again.is_some().then_some(begun.at);
    let done = at.provider.finish(&said.code, &begun.nonce, &begun.verifier, since, &id, ctx.now).await;
    match done {
        Ok(done) if begun.again.is_some() => proved(ctx, &begun, &done).await,
        Ok(done) => enter(ctx, &begun, done).await,
        Err(error) => Ok(failed(ctx, &error)),
    }
}

fn key_of(ctx: &Ctx, subject: &str) -> Option<FederatedKey> {
    Some(FederatedKey::of(ctx.app.provider.as_ref()?.provider.issuer(), subject))
}

/// A session there, as it is known again here.
fn session_key(session: Option<&str>) -> String {
    session.map_or_else(String::new, |session| hex::encode(Sha256::digest(session.as_bytes())))
}

fn the_door(ctx: &Ctx) -> Caller {
    ctx.caller_once(Who::System("provider"))
}

async fn enter(ctx: &Ctx, begun: &Begun, done: SignedIn) -> Result<Response, WebError> {
    let (Some(at), Some(key)) = (&ctx.app.provider, key_of(ctx, &done.subject)) else {
        return Err(WebError::NotFound);
    };
    let desk = &ctx.app.desk;
    let mapped = match at.mapping.map(&done.claims) {
        Ok(mapped) => mapped,
        Err(why) => {
            desk.part_from(&the_door(ctx), &key).await?;
            return Ok(refused(
                ctx,
                match why {
                    Unmapped::NoRole => "no-role",
                    Unmapped::NoOffice => "no-office",
                    Unmapped::NoName => "no-name",
                },
            ));
        }
    };
    let told = Told {
        key,
        sign_in: mapped.sign_in,
        name: mapped.name,
        roles: mapped.roles,
        office: mapped.office,
        langs: mapped.langs,
    };
    let staff = match desk.meet(&the_door(ctx), &told).await {
        Ok(staff) => staff,
        Err(DeskError::NotMet(NotMet::NameTaken)) => return Ok(refused(ctx, "name-taken")),
        Err(DeskError::NotMet(NotMet::NoOffice)) => return Ok(refused(ctx, "no-office")),
        Err(error) => return Err(error.into()),
    };
    let provider = Some(session_key(done.session.as_deref()));
    let entrance = Entrance { provider, ..first::entrance(ctx) };
    let signed_in = desk.sign_in(&ctx.caller_once(Who::Anyone), &staff, &entrance).await?;
    Ok(first::enter(ctx, &signed_in, &begun.then))
}

/// The fresh proof counts for the session that asked for it, if it is the same person.
async fn proved(ctx: &Ctx, begun: &Begun, done: &SignedIn) -> Result<Response, WebError> {
    let token = ctx.cookie(crate::core::session::COOKIE).unwrap_or_default();
    let here = ctx.app.desk.staff_of(&token, ctx.now).await?;
    let key = key_of(ctx, &done.subject).ok_or(WebError::NotFound)?;
    let theirs = ctx.app.desk.store().staff_federated(&key).await?;
    let Some((staff, session)) = here.filter(|(staff, session)| {
        theirs.is_some_and(|theirs| theirs.id == staff.id) && begun.again == Some(session.id.to_string())
    }) else {
        return Ok(refused(ctx, "other"));
    };
    let caller = ctx.caller_once(Who::Staff(Box::new(staff)));
    ctx.app.desk.prove_anew(&caller, &session, None).await?;
    let t = ctx.t();
    let body = html! { p { (t.say("provider-proved")) } p { a.usa-link href=(ctx.url("/staff")) { (t.say("account-proof-leave")) } } };
    Ok(Page::new(t.say("provider-proved-title"), body)
        .bare()
        .with("staff.css")
        .no_switch()
        .render(ctx)
        .into_response())
}

/// What the provider's own trouble means for whoever wants in.
fn failed(ctx: &Ctx, error: &OidcError) -> Response {
    tracing::warn!(error = %chain(error), "a sign-in at the provider did not work");
    let says = match error {
        OidcError::Unreachable(_) => "away",
        OidcError::Token(TokenFault::Context) => "weak",
        _ => "failed",
    };
    refused(ctx, says)
}

fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

fn refused(ctx: &Ctx, says: &'static str) -> Response {
    metrics::counter!("anteroom_sign_ins_failed_total", "door" => "provider").increment(1);
    let name = ctx.app.provider.as_ref().map(|at| at.name.clone()).unwrap_or_default();
    let sentence = ctx.t().say_of_with("provider-says", says, &args! { "name" => name });
    first::told(ctx, StatusCode::UNPROCESSABLE_ENTITY, &alert(Alert::Error, "", &html! { p { (sentence) } }))
}

/// After signing out here: the way out at the provider too. A page of its own, since no form may lead to another site.
pub(super) async fn out(ctx: Ctx) -> Result<Response, WebError> {
    let at = ctx.app.provider.as_ref().ok_or(WebError::NotFound)?;
    let to = match at.provider.logout(ctx.now).await {
        Ok(to) => to,
        Err(error) => return Ok(failed(&ctx, &error)),
    };
    let t = ctx.t();
    let name = args! { "name" => at.name.as_str() };
    let Some(to) = to else { return Ok(Redirect::to(&ctx.url("/staff/sign-in?out=yes")).into_response()) };
    let body = html! {
        p { (t.say_with("provider-out", &name)) }
        p { a.usa-button href=(to) { (t.say_with("provider-out-go", &name)) } }
        p { a.usa-link href=(ctx.url("/staff/sign-in?out=yes")) { (t.say("provider-out-stay")) } }
    };
    let mut page = Page::new(t.say("provider-out-title"), body)
        .bare()
        .with("staff.css")
        .no_switch()
        .render(&ctx)
        .into_response();
    // The browser goes by itself; the link is for whoever has that switched off.
    if let Ok(refresh) = HeaderValue::from_str(&format!("0; url={to}")) {
        page.headers_mut().insert("refresh", refresh);
    }
    Ok(page)
}

/// The provider says that somebody has signed out there (Back-Channel Logout 1.0).
pub(crate) async fn logged_out(State(app): State<App>, fields: Fields) -> Response {
    let answer = |status: StatusCode, what: &str| {
        (status, [(header::CONTENT_TYPE, "application/json")], format!("{{\"error\":\"{what}\"}}"))
            .into_response()
    };
    let Some(at) = &app.provider else { return StatusCode::NOT_FOUND.into_response() };
    let now = app.clock.now();
    let out = match at.provider.logged_out(fields.get("logout_token"), now).await {
        Ok(out) => out,
        Err(OidcError::Token(fault)) => {
            tracing::warn!(%fault, "a message that somebody signed out does not hold");
            return answer(StatusCode::BAD_REQUEST, "invalid_request");
        }
        Err(_) => return answer(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
    };
    let key = IdempotencyKey::of("provider-out", hex::encode(Sha256::digest(out.id.as_bytes())));
    let caller = Caller::new(Who::System("provider"), key, now);
    let federated = FederatedKey::of(at.provider.issuer(), &out.subject);
    let session = out.session.as_deref().map(|session| session_key(Some(session)));
    match app.desk.signed_out_there(&caller, &federated, session.as_deref()).await {
        Ok(()) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], "{}").into_response(),
        Err(_) => answer(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
    }
}

/// On the page that asks for a fresh proof: the provider gives it too, in a window of its own.
pub(super) fn way_to_prove(seat: &Seat) -> Markup {
    let (ctx, t) = (&seat.ctx, seat.t());
    let Some(at) = &ctx.app.provider else { return html! {} };
    if seat.me.session.browser.provider.is_none() {
        return html! {};
    }
    html! {
        p { a.usa-button href=(ctx.url("/staff/account/prove")) target="_blank" {
            (t.say_with("provider-prove", &args! { "name" => at.name.as_str() })) } }
        p { (t.say("provider-prove-then")) }
    }
}

#[cfg(test)]
mod tests {
    use locale::{Overrides, Words};

    #[test]
    fn every_refusal_has_its_sentence() {
        let words = Words::load(&Overrides::none()).unwrap();
        for lang in ["en", "es"] {
            let tongue = words.tongue(&lang.parse().unwrap());
            for says in [
                "late",
                "refused",
                "no-role",
                "no-office",
                "no-name",
                "name-taken",
                "other",
                "away",
                "weak",
                "failed",
            ] {
                assert!(tongue.has(&format!("provider-says-{says}")), "{lang}: {says}");
            }
        }
    }
}

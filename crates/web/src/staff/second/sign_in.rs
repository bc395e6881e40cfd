//! Signing in with a second proof, or with a passkey alone.

use super::{HALF, LONGEST_CODE, passkey, remember, says, try_at};
use crate::{
    core::{Ctx, Errors, Fields, Form, Page, WebError, cookies, limits::Gate},
    parts::{self, Input},
    staff::{
        provider,
        sign_in::{self as first, Asked},
    },
};
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use desk::{Caller, DeskError, Given, Links, ProofRefused, Who, acts::SignedIn};
use domain::{actor::Staff, change::IdempotencyKey, second::Proofs};
use locale::{args, key};
use maud::html;
use sha2::{Digest, Sha256};

/// The page after a right password: sent there with proof of it, which this browser keeps for ten minutes.
pub(in super::super) fn half(ctx: &Ctx, staff: &Staff, then: &str) -> Response {
    let token = ctx.app.desk.links().half(staff, ctx.now);
    let set = cookies::set(HALF, &token, cookies::Keep::Seconds(600), ctx.app.options.https());
    let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
    let to = ctx.url(&format!("/staff/sign-in/code?then={then}"));
    (AppendHeaders([(header::SET_COOKIE, set)]), Redirect::to(&to)).into_response()
}

/// Who gave a right password in this browser a moment ago, and what they can prove with.
async fn halfway(ctx: &Ctx) -> Result<Option<(Staff, Proofs)>, WebError> {
    let token = ctx.cookie(HALF).unwrap_or_default();
    let desk = &ctx.app.desk;
    let Some(id) = Links::half_of(&token) else { return Ok(None) };
    let staff = desk.store().staff(id).await?;
    let Some(staff) = staff.filter(|staff| staff.active && desk.links().opens_half(staff, &token, ctx.now))
    else {
        return Ok(None);
    };
    let proofs = desk.proofs(id).await?;
    Ok(Some((staff, proofs)))
}

pub(in super::super) async fn code_page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let Some((_, proofs)) = halfway(&ctx).await? else { return Ok(first::again(&ctx, &asked.then)) };
    let mut fields = Fields::default();
    fields.set("then", asked.then);
    Ok(form(&ctx, &proofs, &fields, StatusCode::OK, &Errors::none()))
}

fn form(ctx: &Ctx, proofs: &Proofs, fields: &Fields, status: StatusCode, errors: &Errors) -> Response {
    let t = ctx.t();
    let to = ctx.url("/staff/sign-in/code");
    let then = html! { input type="hidden" name="then" value=(fields.get("then")); };
    let shown = Form::new(fields, errors);
    let (label, hint) = if proofs.app.is_some() {
        (key!("second-code"), key!("second-code-hint"))
    } else {
        (key!("second-code-recovery"), key!("second-code-recovery-hint"))
    };
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { (t.say("second-why")) }
        @if !proofs.passkeys.is_empty() {
            (passkey::ask(ctx, &passkey::Ask { to: &to, prefix: "", hidden: then.clone(), allow: &proofs.passkeys,
                label: &t.say("second-passkey-use") }))
        }
        form.usa-form method="post" action=(to) {
            (then)
            (parts::input(&shown, &Input { name: "code", label: &t.say_key(label), hint: &t.say_key(hint), autocomplete: "one-time-code",
                longest: LONGEST_CODE, verbatim: true, ..Input::default() }))
            button.usa-button type="submit" { (t.say("second-go-on")) }
        }
        p.quiet { (t.say("second-lost")) }
        p { a.usa-link href=(ctx.url("/staff/sign-in")) { (t.say("second-other-account")) } }
    };
    let page = Page::new(t.say("second-title"), body).bare().with("staff.css").with(passkey::SCRIPT);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    (status, page.render(ctx)).into_response()
}

pub(in super::super) async fn code(ctx: Ctx, mut fields: Fields) -> Result<Response, WebError> {
    ctx.limit(Gate::SignIn)?;
    let Some((staff, proofs)) = halfway(&ctx).await? else {
        return Ok(first::again(&ctx, fields.get("then")));
    };
    let given = passkey::take(&ctx, &mut fields, "")
        .unwrap_or_else(|| Given::Code(fields.get("code").chars().take(LONGEST_CODE).collect()));
    fields.take("code");
    let refused = |status, sentence| {
        let mut errors = Errors::none();
        errors.add("code", sentence);
        form(&ctx, &proofs, &fields, status, &errors)
    };
    if let Err(WebError::TooMany { seconds }) = try_at(&ctx, staff.id, &given) {
        let sentence = ctx.t().say_with("second-too-many", &args! { "n" => (seconds + 59) / 60 });
        let mut page = refused(StatusCode::TOO_MANY_REQUESTS, sentence);
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(page);
    }
    match signed_in(&ctx, &staff, given).await {
        Ok(done) => Ok(enter(&ctx, &done, fields.get("then"))),
        Err(DeskError::Proof(why)) => {
            if matches!(why, ProofRefused::Wrong | ProofRefused::Used) {
                metrics::counter!("anteroom_sign_ins_failed_total", "door" => "second").increment(1);
                ctx.app.desk.note_refused_proof(&ctx.caller_once(Who::Anyone), &staff).await?;
            }
            Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, says(ctx.t(), why)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A passkey alone: it is two proofs in one, something that is had and a finger, a face or a PIN. Whose it is it says itself, so
/// that no name is asked and none can be tried out.
pub(in super::super) async fn by_passkey(ctx: Ctx, mut fields: Fields) -> Result<Response, WebError> {
    ctx.limit(Gate::SignIn)?;
    let owner = passkey::owner(&fields);
    let given = passkey::take(&ctx, &mut fields, "");
    let staff = match owner {
        // Whoever signs in at the provider does it there: a passkey here would outlive what the provider says.
        Some(id) => ctx.app.desk.store().staff(id).await?.filter(|staff| {
            staff.active && !staff.is_federated() && provider::takes_passwords(&ctx, &staff.sign_in)
        }),
        None => None,
    };
    let (Some(staff), Some(given)) = (staff, given) else {
        return Ok(first::refused(&ctx, &fields, says(ctx.t(), ProofRefused::Wrong)));
    };
    match signed_in(&ctx, &staff, given).await {
        Ok(done) => Ok(enter(&ctx, &done, fields.get("then"))),
        Err(DeskError::Proof(why)) => Ok(first::refused(&ctx, &fields, says(ctx.t(), why))),
        Err(error) => Err(error.into()),
    }
}

async fn signed_in(ctx: &Ctx, staff: &Staff, given: Given) -> Result<SignedIn, DeskError> {
    let caller = once(ctx, &given);
    let entrance = desk::acts::Entrance { proof: Some(given), ..first::entrance(ctx) };
    ctx.app.desk.sign_in(&caller, staff, &entrance).await
}

/// A challenge names its command: whatever node it is sent to again, it opens nothing a second time.
fn once(ctx: &Ctx, given: &Given) -> Caller {
    match given {
        Given::Passkey(said) => {
            let challenge = said.challenge().unwrap_or_default();
            let key = hex::encode(Sha256::digest(challenge.as_bytes()));
            ctx.caller(Who::Anyone, IdempotencyKey::of("passkey", key))
        }
        Given::Code(_) => ctx.caller_once(Who::Anyone),
    }
}

fn enter(ctx: &Ctx, done: &SignedIn, then: &str) -> Response {
    let gone = cookies::set(HALF, "", cookies::Keep::Gone, ctx.app.options.https());
    let mut response = first::enter(ctx, done, then);
    for line in [gone, remember(ctx, done.staff.id)] {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

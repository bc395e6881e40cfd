//! The person corrects what was recorded of them: their name, how they can be reached, and in which language.

use super::{back, done, path};
use crate::core::{
    Ctx, Errors, Fields, Form, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{Row, error_summary, key, summary};
use crate::public::request::corrected;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{delegate::DelegateAct, inquiry::Inquiry};
use maud::{Markup, html};

/// Can anything be corrected here? Whoever is protected does it with somebody who has made sure who they are.
fn may(inquiry: &Inquiry) -> bool {
    inquiry.is_live() && inquiry.guard.protected.is_none()
}

/// What is recorded, with a way to correct it.
pub(super) fn section(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let reach = &inquiry.reach;
    let none = || t.say("public-recorded-none");
    let yes_no = |yes: bool| if yes { t.say("public-yes") } else { t.say("public-no") };
    let discreet: Vec<String> =
        reach.discreet.iter().map(|by| t.say_of("public-call-way", by.as_str())).collect();
    let email = reach.email.as_ref().map_or_else(none, |email| email.reveal().clone());
    let mut rows = vec![Row::new(t.say("public-recorded-name"), inquiry.name.full().reveal().clone())];
    let reached = [
        Row::new(t.say("public-reach-phone"), reach.phone.spoken_form()),
        Row::new(t.say("public-reach-email"), email),
        Row::new(
            t.say("public-recorded-lang"),
            ctx.app.desk.words().tongue(&reach.lang).say("web-language-name"),
        ),
        Row::new(t.say("public-call-phrase"), reach.phrase.reveal().clone()),
        Row::new(t.say("public-call-say-who"), yes_no(reach.say_who_calls)),
        Row::new(t.say("public-call-no-message"), yes_no(reach.no_message)),
        Row::new(t.say("public-call-discreet"), if discreet.is_empty() { none() } else { t.list(&discreet) }),
    ];
    // How the person is reached, and where they live, is theirs alone.
    rows.extend(reached.into_iter().filter(|_| own.is_person()));
    if own.is_person() {
        rows.push(Row::new(t.say("public-zip-label"), inquiry.zip.reveal().clone()));
        let acting = inquiry.request.representative.as_ref();
        let acting = acting.map_or_else(|| t.say("public-no"), |acting| acting.name.reveal().clone());
        rows.push(Row::new(t.say("public-check-behalf"), acting));
    }
    let hours = inquiry.request.call_hours.as_ref().map(|hours| hours.reveal().clone());
    rows.extend(hours.map(|hours| Row::new(t.say("public-call-hours"), hours)));
    rows.extend(reach.interpreter.clone().map(|lang| Row::new(t.say("public-help-interpreter"), lang)));
    let what = reach.accommodation.as_ref().map(|what| what.reveal().clone());
    rows.extend(what.map(|what| Row::new(t.say("public-help-accommodation"), what)));
    html! {
        @if may(inquiry) && own.may(DelegateAct::Correct) {
            section {
                h2 { (t.say("public-recorded")) }
                (summary(&rows))
                p { a.usa-link href=(ctx.url(&path(inquiry, "/correct"))) { (t.say("public-recorded-correct")) } }
            }
        }
    }
}

fn form(ctx: &Ctx, own: &Own, note: &Markup, fields: &Fields, errors: &Errors) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let form = Form::new(fields, errors);
    let body = html! {
        (error_summary(ctx, errors))
        @if own.is_person() { p { (t.say("public-correct-about")) } } @else { p { (t.say("delegate-correct-about")) } }
        form.usa-form.usa-form--large method="post" action=(ctx.url(&path(inquiry, "/correct"))) novalidate {
            (key(ctx))
            (note)
            @if own.is_person() { (corrected::fields(ctx, &form)) } @else { (corrected::fields_for_delegate(ctx, &form)) }
            button.usa-button type="submit" { (t.say("public-correct-keep")) }
        }
    };
    Page::new(t.say("public-recorded-correct"), body).above(back(ctx, inquiry)).render(ctx)
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Correct).await?;
    if !may(&own.inquiry) {
        return Err(WebError::NotFound);
    }
    Ok(form(&ctx, &own, &html! {}, &corrected::filled(&own.inquiry), &Errors::none()))
}

pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Correct).await?;
    let mut errors = Errors::none();
    let fields =
        if own.is_person() { fields } else { corrected::complete_for_delegate(&own.inquiry, &fields) };
    let Some(correction) = corrected::read(&ctx, &own.inquiry, &fields, &mut errors) else {
        let page = form(&ctx, &own, &html! {}, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if let Some(note) = corrected::elsewhere(&ctx, &own.inquiry, &correction, &fields) {
        return Ok(form(&ctx, &own, &note, &fields, &errors).into_response());
    }
    let caller = ctx.caller(own.who(), fields.key("correct"));
    let did = Box::pin(ctx.app.desk.correct_recorded(&caller, own.inquiry.id, &correction, None)).await;
    let after = did?;
    let mut answer = done(&ctx, &after, "corrected");
    if after.links_from != own.inquiry.links_from {
        // What opened this page went out before: whoever did this has just shown who they are, and goes on.
        let token = ctx.app.desk.links().sign_here(after.id, ctx.now);
        answer.headers_mut().append(axum::http::header::SET_COOKIE, proof::keep(&ctx, after.number, &token));
    }
    Ok(answer)
}

//! Opening an inquiry without its link: with its number and the date of birth; or asking for a fresh link.

use super::moved;
use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, cookies, limits::Gate, proof};
use crate::parts::{
    Alert, DateField, Input, Typed, alert, date, error_summary, input, phone_line, read_date,
};
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::Who;
use domain::{
    number::{InquiryNumber, NumberError},
    pii::Pii,
};
use jiff::SignedDuration;
use locale::args;
use maud::{Markup, html};

pub(super) async fn ask(ctx: Ctx) -> Markup {
    form(&ctx, &Fields::default(), &Errors::none())
}

fn form(ctx: &Ctx, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let f = Form::new(fields, errors);
    let number = |name: &'static str| Input {
        name,
        inputmode: "numeric",
        size: "medium",
        longest: 20,
        verbatim: true,
        ..Input::default()
    };
    let body = html! {
        (error_summary(ctx, errors))
        p.usa-intro { (t.say("public-open-intro")) }
        form.usa-form method="post" action=(ctx.url("/inquiry")) novalidate {
            (input(&f, &Input { label: &t.say("web-number-label"), hint: &t.say("public-open-number-hint"), ..number("number") }))
            (date(ctx, &f, &DateField {
                name: "born",
                legend: &t.say("public-you-born"),
                hint: &t.say("public-open-born-hint"),
                birthday: true,
                ..DateField::default()
            }))
            button.usa-button type="submit" { (t.say("public-open")) }
        }
        h2 { (t.say("public-link-title")) }
        p { (t.say("public-link-about")) }
        form.usa-form method="post" action=(ctx.url("/inquiry/link")) novalidate {
            (input(&f, &Input { label: &t.say("public-link-number"), ..number("link_number") }))
            button.usa-button.usa-button--outline type="submit" { (t.say("public-link-send")) }
        }
        h2 { (t.say("public-open-neither")) }
        p { (t.say("public-open-neither-next")) }
        (phone_line(ctx))
    };
    Page::new(t.say("public-door-inquiry"), body).render(ctx)
}

fn read_number(ctx: &Ctx, fields: &Fields, name: &str, errors: &mut Errors) -> Option<InquiryNumber> {
    let t = ctx.t();
    match fields.get(name).parse() {
        Ok(number) => return Some(number),
        Err(NumberError::NotEightDigits) => errors.add(name, t.say("public-wrong-inquiry-digits")),
        Err(NumberError::WrongCheckDigit) => errors.add(name, t.say("public-wrong-inquiry-check")),
    }
    None
}

/// Number and date of birth. Tries are counted for the number, whether it exists or not, and the answer to a wrong pair is
/// the same in both cases.
pub(super) async fn prove(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let t = ctx.t();
    let mut errors = Errors::none();
    let number = read_number(&ctx, &fields, "number", &mut errors);
    let born = match read_date(&fields, "born") {
        Typed::Date(date) => Some(date),
        Typed::Nothing | Typed::NoDate => {
            errors.add("born", t.say("public-wrong-born"));
            None
        }
    };
    if let (Some(number), Some(born)) = (number, born) {
        ctx.limit(Gate::Proof)?;
        if let Err(time) = ctx.app.desk.may_prove(number, ctx.now) {
            return Ok(no_tries(&ctx, number, time));
        }
        if let Some(token) = ctx.app.desk.prove_person(number, &Pii::new(born), ctx.now).await? {
            let to = ctx.url(&format!("/inquiry/{}", number.digits()));
            let set = [(header::SET_COOKIE, proof::keep(&ctx, number, &token))];
            return Ok((set, Redirect::to(&to)).into_response());
        }
        metrics::counter!("anteroom_sign_ins_failed_total", "door" => "person").increment(1);
        errors.add("number", t.say("public-wrong-pair"));
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &fields, &errors)).into_response())
}

/// There are no tries left for this number, whether it exists or not. Whoever it belongs to may have been guessed at by somebody
/// else, and is not shut out by that: a fresh link goes to them, by the form that stands here filled in.
fn no_tries(ctx: &Ctx, number: InquiryNumber, time: SignedDuration) -> Response {
    let t = ctx.t();
    let seconds = time.as_secs().max(1);
    let mut errors = Errors::none();
    errors.add("number", t.say_with("public-open-no-tries", &args! { "minutes" => (seconds + 59) / 60 }));
    let mut fields = Fields::default();
    fields.set("number", number.digits());
    fields.set("link_number", number.digits());
    let page = form(ctx, &fields, &errors);
    let wait = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, wait, page).into_response()
}

/// A fresh link to the address on record. The answer is the same whether there is such an inquiry or not.
pub(super) async fn resend(ctx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let t = ctx.t();
    let mut errors = Errors::none();
    let Some(number) = read_number(&ctx, &fields, "link_number", &mut errors) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &fields, &errors)).into_response());
    };
    ctx.limit(Gate::Resend)?;
    ctx.app.desk.may_ask_link(number, ctx.now).map_err(WebError::wait)?;
    ctx.app.desk.resend_link(&ctx.caller_once(Who::Anyone), number).await?;
    let body = html! {
        (alert(Alert::Info, "", &html! { (t.say("public-link-sent")) }))
        p { (t.say("public-link-sent-next")) }
        (phone_line(&ctx))
    };
    Ok(Page::new(t.say("public-link-sent-title"), body).no_switch().render(&ctx).into_response())
}

/// Forgets the proof: for whoever sits at somebody else's computer.
pub(super) async fn leave(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Response, WebError> {
    let number: InquiryNumber = number.parse().map_err(|_| WebError::NoProof)?;
    let set = [
        (header::SET_COOKIE, proof::forget(&ctx, number)),
        (header::SET_COOKIE, moved::forget(&ctx, number)),
        (header::SET_COOKIE, cookies::set("request", "", cookies::Keep::Gone, ctx.app.options.https())),
    ];
    Ok((axum::response::AppendHeaders(set), Redirect::to(&ctx.url(""))).into_response())
}

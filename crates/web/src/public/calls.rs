//! "I got a call or a message. Was it you?" What our calls look like, and whether a code is ours: so that nobody is fooled.

use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, ctx::guess, limits::Gate};
use crate::parts::{Alert, Input, alert, error_summary, input, phone_line};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Redirect,
};
use domain::mark::{Mark, MarkCode, MarkError};
use locale::args;
use maud::{Markup, html};

pub(super) async fn page(ctx: Ctx) -> Markup {
    form(&ctx, &Fields::default(), &Errors::none())
}

/// The address that stands on our messages, short enough to be typed.
pub(crate) async fn short(State(app): State<crate::App>, headers: HeaderMap) -> Redirect {
    Redirect::to(&format!("/{}/our-calls", guess(&app, &headers)))
}

fn form(ctx: &Ctx, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let phone = &ctx.app.desk.pack().agency().phone;
    let f = Form::new(fields, errors);
    let body = html! {
        (error_summary(ctx, errors))
        p.usa-intro { (t.say_with("public-calls-number", &args! { "number" => phone.calls_from_shown.as_str() })) }
        ul.usa-list {
            li { (t.say("public-calls-promised")) }
            li { (t.say("public-calls-phrase")) }
            li { (t.say("public-calls-page")) }
        }
        h2 { (t.say("public-calls-code-title")) }
        p { (t.say("public-calls-code-about")) }
        form.usa-form method="post" action=(ctx.url("/our-calls")) novalidate {
            (input(&f, &Input {
                name: "code",
                label: &t.say("public-calls-code"),
                hint: &t.say("public-calls-code-hint"),
                longest: 20,
                size: "medium",
                verbatim: true,
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("public-calls-code-ask")) }
        }
        (alert(Alert::Warning, &t.say("public-calls-never-title"), &html! {
            ul.usa-list {
                li { (t.say("public-calls-never-money")) }
                li { (t.say("public-calls-never-password")) }
                li { (t.say("public-calls-never-threat")) }
            }
        }))
        h2 { (t.say("public-calls-check-title")) }
        p { (t.say_with("public-calls-check", &args! { "number" => phone.shown.as_str() })) }
        p { a.usa-button.usa-button--outline href=(ctx.url("/inquiry")) { (t.say("public-calls-open")) } }
    };
    let page = Page::new(t.say("public-calls-title"), body);
    let page = if errors.is_empty() { page.indexed(&t.say("public-door-calls-about")) } else { page };
    page.render(ctx)
}

/// Whether a code is ours. Whoever asks is nobody known, so it says by which way and on which day, and nothing else.
pub(super) async fn answer(ctx: Ctx, fields: Fields) -> Result<(StatusCode, Markup), WebError> {
    let t = ctx.t();
    let code: MarkCode = match fields.get("code").parse() {
        Ok(code) => code,
        Err(wrong) => {
            let mut errors = Errors::none();
            errors.add(
                "code",
                match wrong {
                    MarkError::Shape => t.say("public-calls-code-shape"),
                    MarkError::Check => t.say("public-calls-code-check"),
                },
            );
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &fields, &errors)));
        }
    };
    ctx.limit(Gate::Mark)?;
    let found = ctx.app.desk.went_out_under(code).await?;
    metrics::counter!("anteroom_marks_asked_total", "ours" => if found.is_some() { "yes" } else { "no" })
        .increment(1);
    let phone = &ctx.app.desk.pack().agency().phone;
    let (heading, says) = match &found {
        Some(mark) => (t.say("public-calls-ours"), ours(&ctx, mark)),
        None => (
            t.say("public-calls-not-ours"),
            alert(
                Alert::Warning,
                "",
                &html! {
                    p { (t.say_with("public-calls-not-ours-about", &args! { "code" => code.as_str() })) }
                    p { (t.say("public-calls-not-ours-next")) }
                },
            ),
        ),
    };
    let body = html! {
        (says)
        p { (t.say_with("public-calls-check", &args! { "number" => phone.shown.as_str() })) }
        p.actions {
            a.usa-link href=(ctx.url("/our-calls")) { (t.say("public-calls-code-again")) }
            a.usa-link href=(ctx.url("/inquiry")) { (t.say("public-calls-open")) }
        }
        (phone_line(&ctx))
    };
    let page = Page::new(heading, body).no_switch();
    Ok((StatusCode::OK, page.title(t.say("public-calls-title")).render(&ctx)))
}

fn ours(ctx: &Ctx, mark: &Mark) -> Markup {
    let t = ctx.t();
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let day = t.on_day(zone.date(mark.at), zone.date(ctx.now));
    let about = args! { "code" => mark.code.as_str(), "day" => day };
    alert(
        Alert::Success,
        "",
        &html! {
            p { (t.say_of_with("public-calls-by", mark.way.as_str(), &about)) }
            p { (t.say("public-calls-ours-only")) }
        },
    )
}

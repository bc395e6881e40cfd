//! Where is my case? By receipt number, which never stands in an address.

use crate::core::{Ctx, Errors, Fields, Form, Page, WebError, limits::Gate};
use crate::parts::{Alert, Event, Input, Row, alert, error_summary, input, summary, timeline};
use axum::http::StatusCode;
use cases::{Freshness, Next, Seen};
use desk::DeskError;
use domain::case::{Case, CaseState};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};

pub(super) async fn ask(ctx: Ctx) -> Markup {
    form(&ctx, &Fields::default(), &Errors::none())
}

fn form(ctx: &Ctx, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    let number = &ctx.app.desk.pack().agency().case_number;
    let f = Form::new(fields, errors);
    let body = html! {
        (error_summary(ctx, errors))
        p.usa-intro { (t.say("public-status-intro")) }
        form.usa-form method="post" action=(ctx.url("/status")) novalidate {
            (input(&f, &Input {
                name: "receipt",
                label: number.name.in_lang(&ctx.lang),
                hint: number.help.in_lang(&ctx.lang),
                longest: 40,
                verbatim: true,
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("public-status-show")) }
        }
    };
    let page = Page::new(t.say("public-status-title"), body);
    let page = if errors.is_empty() { page.indexed(&t.say("public-door-status-about")) } else { page };
    page.render(ctx)
}

pub(super) async fn show(ctx: Ctx, fields: Fields) -> Result<(StatusCode, Markup), WebError> {
    let t = ctx.t();
    let number = &ctx.app.desk.pack().agency().case_number;
    let Ok(read) = number.read(fields.get("receipt")) else {
        let mut errors = Errors::none();
        errors.add("receipt", wrong_number(&ctx));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &fields, &errors)));
    };
    ctx.limit(Gate::Status)?;
    let shown = read.number.as_str();
    let warning = html! {
        @if !read.known_prefix {
            (alert(Alert::Warning, "", &html! { (t.say_with("public-status-prefix", &args! { "number" => shown })) }))
        }
    };
    let again = html! {
        p.actions {
            a.usa-link href=(ctx.url("/status")) { (t.say("public-status-again")) }
            a.usa-link href=(ctx.url("/request")) { (t.say("public-door-request")) }
        }
    };
    let (status, heading, body) = match ctx.app.desk.look_up_case(&read.number, ctx.now).await {
        Ok(Some(seen)) => (StatusCode::OK, seen.case.title.in_lang(&ctx.lang).to_owned(), case(&ctx, &seen)),
        Ok(None) => (
            StatusCode::OK,
            t.say("public-status-unknown"),
            html! {
                p { (t.say_with("public-status-unknown-number", &args! { "number" => shown })) }
                p { (t.say("public-status-unknown-next")) }
            },
        ),
        Err(DeskError::CaseSource(error)) => {
            tracing::warn!(%error, "the case source did not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                t.say("web-error-case-source"),
                html! { p { (t.say("web-error-case-source-next")) } },
            )
        }
        Err(other) => return Err(other.into()),
    };
    let page = Page::new(heading, html! { (warning) (body) (again) }).no_switch();
    Ok((status, page.title(t.say("public-status-title")).render(&ctx)))
}

/// What is wrong with a case number, and how to mend it.
pub(super) fn wrong_number(ctx: &Ctx) -> String {
    let number = &ctx.app.desk.pack().agency().case_number;
    ctx.t().say_with(
        "public-status-wrong",
        &args! {
            "letters" => number.letters,
            "digits" => number.digits,
            "example" => number.example.as_str(),
        },
    )
}

fn case(ctx: &Ctx, seen: &Seen) -> Markup {
    let t = ctx.t();
    let Seen { case, as_of, how } = seen;
    let today = ctx.app.desk.pack().line().calendar.zone.date(ctx.now);
    let state = match case.state {
        CaseState::Received => t.say("public-case-received"),
        CaseState::Pending => t.say("public-case-pending"),
        CaseState::Decision => t.say("public-case-decision"),
    };
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    // A file of cases carries days; who was asked was asked at an instant.
    let as_of_said = match how {
        Freshness::Imported => t.on_day(zone.date(*as_of), today),
        Freshness::Asked | Freshness::Kept => t.moment(*as_of, zone.name(), ctx.now),
    };
    let mut history: Vec<Event> = case
        .history
        .iter()
        .map(|step| Event {
            sentence: step.title.in_lang(&ctx.lang).to_owned(),
            when: t.opening(&t.on_day(step.on, today)),
            at: step.on.to_string(),
            more: String::new(),
        })
        .collect();
    history.reverse();
    let mut rows = vec![
        Row::new(ctx.app.desk.pack().agency().case_number.name.in_lang(&ctx.lang), case.receipt.as_str()),
        Row::new(t.say("public-case-form"), case.form.as_str()),
        Row::new(t.say("public-case-state"), state),
    ];
    if let Some(received) = case.received {
        rows.push(Row::new(t.say("public-case-since"), t.opening(&t.on_day(received, today))));
    }
    rows.push(Row::new(t.say("public-case-as-of"), t.opening(&as_of_said)));
    html! {
        @if *how == Freshness::Kept {
            (alert(Alert::Warning, "", &html! {
                (t.say_with("public-case-kept", &args! { "ago" => t.ago(ctx.now, *as_of) }))
            }))
        }
        p.usa-intro { (case.meaning.in_lang(&ctx.lang)) }
        (summary(&rows))
        (next(ctx, case, today))
        @if !history.is_empty() {
            h2 { (t.say("public-case-history")) }
            (timeline(&history))
        }
    }
}

/// What is normal next, and when it makes sense to ask.
fn next(ctx: &Ctx, case: &Case, today: Date) -> Markup {
    let t = ctx.t();
    let next = Next::of(case);
    html! {
        h2 { (t.say("public-next")) }
        p { (t.say_of("public-next", next.step.as_str())) }
        p {
            @match next.ask_from(case) {
                Some(from) if from > today => (t.say_with("public-ask-from", &args! { "day" => t.on_day(from, today) })),
                Some(_) => (t.say("public-ask-now")),
                None => (t.say("public-ask-unknown")),
            }
        }
    }
}

//! The script beside the form.

use super::{carried, in_language};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices},
    public::request::{counter, whole},
    staff::{
        frame::{Seat, Tab},
        line,
    },
};
use maud::{Markup, html};

pub(super) async fn show(seat: &Seat, fields: &Fields, errors: &Errors) -> Result<Markup, WebError> {
    let t = seat.t();
    let form = Form::new(fields, errors);
    let here = seat.ctx.url("/staff/intake");
    let whose = line::whose(seat).await?;
    let reason = counter::chosen(&seat.ctx, fields);
    // What is not asked here goes along all the same: the call, what was decided already, what another need had asked.
    let names = reason.map(|_| whole::names(&seat.ctx, fields)).unwrap_or_default();
    let shown: Vec<&str> = names.iter().map(String::as_str).chain(["reason", "asked", "came"]).collect();
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        p { (t.say("intake-about")) " "
            a.usa-link href=(seat.ctx.url("/staff/find/person")) { (t.say("intake-find")) } }
        // Beside the form stands what is said and known; before there is anything, nothing is left free for it.
        div.intake[reason.is_some() || whose.is_some()] {
            @if reason.is_some() || whose.is_some() {
                div.intake__said {
                    @if let Some(reason) = reason { (script(seat, reason, fields)) }
                    @if let Some(whose) = whose { (whose) }
                }
            }
            form.desk-walk-in method="post" action=(here) novalidate {
                (parts::key(&seat.ctx))
                (carried(fields, &shown))
                section #part-reason tabindex="-1" {
                    @if reason.is_some() { p.quiet { (t.say("intake-need-change")) } }
                    (counter::reasons(&seat.ctx, &form))
                }
                @match reason {
                    Some(reason) => {
                        input type="hidden" name="asked" value=(reason.code);
                        h2 { (reason.name.in_lang(&seat.ctx.lang)) }
                        @if fields.get("wait").is_empty() { (came(seat, &form)) }
                        @else { p { (t.say("intake-from-call")) } }
                        (whole::fields(&seat.ctx, &form))
                        button.usa-button type="submit" name="do" value="back" accesskey="s" {
                            (t.say("intake-read-back")) " " kbd aria-hidden="true" { "S" } }
                    },
                    None => button.usa-button type="submit" name="do" value="change" accesskey="s" {
                        (t.say("intake-begin")) " " kbd aria-hidden="true" { "S" } },
                }
            }
        }
    };
    let page = seat.page(t.say("intake-title"), Tab::Intake, body);
    Ok(if errors.is_empty() && reason.is_none() { page } else { page.no_switch() }.render(&seat.ctx))
}

/// What is said and asked, in the language of whoever is spoken with.
fn script(seat: &Seat, reason: &pack::Reason, fields: &Fields) -> Markup {
    let t = seat.t();
    let spoken = in_language(seat, fields.get("lang"));
    html! {
        section.intake__script aria-labelledby="script" {
            h2 #script { (t.say("intake-script")) }
            @match &reason.script {
                Some(script) => div lang=(spoken.lang) dir=(spoken.t().dir().as_str()) {
                    @for line in script.in_lang(&spoken.lang).lines().filter(|line| !line.trim().is_empty()) {
                        p { (line) }
                    }
                },
                None => {
                    p { (t.say("intake-script-none")) }
                    p lang=(spoken.lang) dir=(spoken.t().dir().as_str()) { (reason.first.in_lang(&spoken.lang)) }
                },
            }
        }
    }
}

/// How it came in, where it is no call of this desk.
fn came(seat: &Seat, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let ways = ["phone", "office"].map(|way| Choice::new(way, t.say_of("intake-came", way)));
    parts::radios(form, &Choices { name: "came", legend: &t.say("intake-came"), ..Choices::default() }, &ways)
}

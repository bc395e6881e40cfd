//! What the policy recommends, and how it came to it.

use crate::staff::frame::Seat;
use desk::Advice;
use locale::args;
use maud::{Markup, html};
use triage::{Tried, Value};

/// The recommendation with everything behind it.
pub(super) fn show(seat: &Seat, advice: &Advice) -> Markup {
    let t = seat.t();
    let need = advice.outcome("need").unwrap_or_default();
    html! {
        section.desk-advice aria-labelledby="advice" {
            h3 #advice { (t.say("staff-policy-says")) ": " strong { (t.say_of("staff-need", need)) } }
            p { (advice.recommendation.why.in_lang(&seat.ctx.lang)) }
            (behind(seat, advice))
        }
    }
}

/// The recommendation of urgency, beside its buttons.
pub(in crate::staff) fn brief(seat: &Seat, advice: &Advice) -> Markup {
    let t = seat.t();
    let urgency = advice.urgency().map(|u| t.say_of("staff-urgency", u.as_str())).unwrap_or_default();
    html! {
        div.desk-advice {
            p { (t.say("staff-policy-says")) ": " strong { (urgency) } ". " (advice.recommendation.why.in_lang(&seat.ctx.lang)) }
            (behind(seat, advice))
        }
    }
}

fn behind(seat: &Seat, advice: &Advice) -> Markup {
    let t = seat.t();
    let r = &advice.recommendation;
    let tried = t.say_with("staff-policy-tried", &args! { "n" => i64::try_from(r.tried.len()).unwrap_or(0) });
    let what = t.say_of("staff-decision", r.policy.as_str());
    html! {
        @if let Some(note) = &r.staff { p lang="en" { strong { (t.say("staff-policy-note")) ": " } (note) } }
        p.quiet { (t.say_with("staff-policy-rule", &args! { "row" => &r.row, "version" => &r.version }))
            @if !r.cite.is_empty() { " " cite lang="en" { (r.cite) } } }
        details.quiet {
            summary { (tried) }
            div.desk-scroll role="region" tabindex="0" aria-label={ (what) ": " (tried) } {
                table.usa-table.usa-table--borderless.usa-table--compact.desk-table {
                    caption.usa-sr-only { (what) ": " (tried) }
                    thead { tr {
                        th scope="col" { (t.say("staff-col-row")) }
                        th scope="col" { (t.say("staff-col-fired")) }
                        th scope="col" { (t.say("staff-col-facts")) }
                    } }
                    tbody { @for row in &r.tried { (tried_row(seat, row)) } }
                }
            }
        }
    }
}

fn tried_row(seat: &Seat, row: &Tried) -> Markup {
    let t = seat.t();
    html! {
        tr {
            th scope="row" { (row.id) }
            td { @if row.fired { strong { "✓ " (t.say("staff-yes")) } } @else { (t.say("staff-no")) } }
            td {
                @if row.facts.is_empty() { (t.say("staff-policy-always")) }
                ul.desk-facts {
                    @for (name, value) in &row.facts {
                        li { (fact(seat, name)) ": " strong { (said(seat, name, value.as_ref())) } }
                    }
                }
            }
        }
    }
}

/// What a fact is called: the question that gave it, else the desk's own word for it, else its name in the policy.
fn fact(seat: &Seat, name: &str) -> Markup {
    let question = seat.ctx.app.desk.pack().questions().iter().find(|q| q.fact() == name);
    let member = name.replace('_', "-");
    html! {
        @if let Some(question) = question { (question.label.in_lang(&seat.ctx.lang)) }
        @else if seat.t().has(&format!("staff-fact-{member}")) { (seat.t().say_of("staff-fact", &member)) }
        @else { code { (name) } }
    }
}

fn said(seat: &Seat, name: &str, value: Option<&Value>) -> String {
    let t = seat.t();
    let pack = seat.ctx.app.desk.pack();
    match value {
        None => t.say("staff-fact-unknown"),
        Some(Value::Bool(true)) => t.say("staff-yes"),
        Some(Value::Bool(false)) => t.say("staff-no"),
        Some(Value::Int(n)) => t.number(*n),
        Some(Value::List(words)) => t.list(words),
        Some(Value::Text(code)) => {
            let reason = pack.reasons().iter().find(|r| name == "reason" && r.code.as_str() == code);
            let question = pack.questions().iter().find(|q| q.fact() == name);
            let choice = question.and_then(|q| match &q.kind {
                pack::QuestionKind::Choice(choices) => choices.iter().find(|c| c.code == *code),
                _ => None,
            });
            let label = reason.map(|r| &r.name).or(choice.map(|c| &c.label));
            label.map_or_else(|| code.clone(), |label| label.in_lang(&seat.ctx.lang).to_owned())
        }
    }
}

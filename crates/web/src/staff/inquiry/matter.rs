//! The matter: what the person asks, what they answered, what they have, what the agency's records say.

use super::{
    preview::bring_line,
    view::{CaseLook, View},
};
use crate::staff::{Seat, signs};
use cases::{Freshness, Seen};
use domain::decision::{Decision, Outcome};
use locale::args;
use maud::{Markup, html};
use pack::{Answer, Question, QuestionKind};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let lang = &seat.ctx.lang;
    let pack = seat.ctx.app.desk.pack();
    let reason = pack.reason(&inquiry.reason);
    let words = inquiry.request.words.reveal();
    html! {
        section aria-labelledby="matter" {
            h2 #matter { (t.say("staff-matter-title")) }
            @if let Some(reason) = reason { p.quiet { (reason.about.in_lang(lang)) } }
            h3 { (t.say("staff-matter-words")) }
            @if words.trim().is_empty() { p.quiet { (t.say("staff-matter-no-words")) } }
            @else { blockquote.desk-words lang=(inquiry.reach.lang) { p { (words) } } }
            @if let Some(reason) = reason {
                h3 { (t.say("staff-matter-answers")) }
                @if inquiry.request.answers.reveal().is_empty() { p.quiet { (t.say("staff-matter-no-answers")) } }
                dl.desk-list {
                    @for question in &reason.questions {
                        @if let Some(stored) = inquiry.request.answers.reveal().get(&question.code) {
                            div { dt { (question.label.in_lang(lang)) } dd { strong { (answer(view, question, stored)) } } }
                        }
                    }
                }
                h3 { (t.say("staff-matter-papers")) }
                ul.desk-papers {
                    @for line in &reason.bring {
                        @let met = line.items().iter().any(|item| inquiry.request.papers.contains(&item.code));
                        li class=[(!met && line.is_required()).then_some("desk-missing")] {
                            @if met { span aria-hidden="true" { "✓ " } (t.say("staff-paper-has")) }
                            @else if line.is_required() { span aria-hidden="true" { "✗ " } strong { (t.say("staff-paper-missing")) } }
                            @else { span aria-hidden="true" { "○ " } (t.say("staff-paper-optional")) }
                            ": " (bring_line(seat, line, lang))
                        }
                    }
                }
            }
            (case(view))
            (super::sooner::show(view))
            (decisions(view))
        }
    }
}

fn answer(view: &View<'_>, question: &Question, stored: &serde_json::Value) -> String {
    let t = view.seat.t();
    match question.from_json(stored) {
        Ok(Answer::Bool(true)) => t.say("staff-yes"),
        Ok(Answer::Bool(false)) => t.say("staff-no"),
        Ok(Answer::Int(n)) => t.number(n),
        Ok(Answer::Date(date)) => t.opening(&t.on_day(date, view.seat.zone().date(view.seat.ctx.now))),
        Ok(Answer::Choice(code)) => match &question.kind {
            QuestionKind::Choice(choices) => choices
                .iter()
                .find(|c| c.code == code)
                .map_or(code, |c| c.label.in_lang(&view.seat.ctx.lang).to_owned()),
            _ => code,
        },
        Err(_) => t.say("staff-fact-unknown"),
    }
}

pub(super) fn case(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let lang = &seat.ctx.lang;
    html! {
        h3 { (t.say("staff-case-title"))
            @if let Some(receipt) = &inquiry.receipt { ": " bdi { (receipt.as_str()) } } }
        @match &view.case {
            CaseLook::None => p.quiet { (t.say("staff-case-none")) },
            CaseLook::Unknown => p { (t.say("staff-case-unknown")) },
            CaseLook::Down => p.desk-late { span aria-hidden="true" { "⚠ " } (t.say("staff-case-down")) },
            CaseLook::Seen(seen) => {
                p { strong { (seen.case.form) " · " (seen.case.title.in_lang(lang)) } }
                p { (seen.case.meaning.in_lang(lang)) }
                @if seen.how == Freshness::Kept {
                    p.desk-late { span aria-hidden="true" { "⚠ " } (t.say("staff-case-kept")) }
                }
                p.quiet { (case_dates(seat, seen)) " " (t.say("staff-case-as-of")) " " (signs::ago(seat, seen.as_of)) "." }
            }
        }
    }
}

fn case_dates(seat: &Seat, seen: &Seen) -> String {
    let t = seat.t();
    let day = |day| t.on_day(day, seat.zone().date(seat.ctx.now));
    let updated = day(seen.case.updated);
    match seen.case.received {
        Some(received) => {
            t.say_with("staff-case-dates", &args! { "received" => day(received), "updated" => updated })
        }
        None => t.say_with("staff-case-changed", &args! { "updated" => updated }),
    }
}

/// What has been decided, newest first: by whom, on which rule, why it departs from it.
fn decisions(view: &View<'_>) -> Markup {
    let seat = view.seat;
    let t = seat.t();
    if view.inquiry.decisions.is_empty() {
        return html! {};
    }
    html! {
        h3 { (t.say("staff-decisions-title")) }
        ol.desk-decisions reversed {
            @for decision in view.inquiry.decisions.iter().rev() {
                li {
                    strong { (t.say_of("staff-decision", decision.outcome.kind().as_str())) ": " (outcome(view, decision)) }
                    " · " (who(view, decision)) ", " (signs::ago(seat, decision.at))
                    p lang=(view.inquiry.reach.lang) { "“" (decision.sentence.in_lang(&view.inquiry.reach.lang)) "”" }
                    @if let Some(because) = &decision.because { p { (t.say("staff-decision-because")) ": " (because) } }
                    p.quiet { (t.say_with("staff-policy-rule", &args! { "row" => &decision.rule.row, "version" => &decision.rule.version })) }
                }
            }
        }
    }
}

fn who(view: &View<'_>, decision: &Decision) -> String {
    super::story::actor(view.seat, &decision.by)
}

pub(super) fn outcome(view: &View<'_>, decision: &Decision) -> String {
    let t = view.seat.t();
    match decision.outcome {
        Outcome::Urgency(u) => t.say_of("staff-urgency", u.as_str()),
        Outcome::Need(need) => t.say_of("staff-need", need.as_str()),
        Outcome::Fit { serving_office: true } => t.say("staff-fit-serving"),
        Outcome::Fit { serving_office: false } => t.say("staff-fit-other"),
    }
}

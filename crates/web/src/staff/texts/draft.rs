//! One version of a file that is made at the desk: how far it is, what is wrong with it, what it changes, what comes of that, and what can
//! be done now.

use super::{numbered, preview, written_in};
use crate::{
    core::{Form, WebError},
    parts::{self, Alert, alert},
    staff::{
        frame::{Seat, Tab},
        policies::{Suggested, acts, count, heading, standing, to},
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Judged;
use domain::{
    access::Action,
    revision::{PackFile, Revision, RevisionStage},
};
use locale::args;
use maud::{Markup, html};
use pack::Fault;
use triage::{Mark, lines};

/// So many lines that stayed are shown beside those that did not.
const BESIDE: usize = 2;

/// The page, with what was typed and what is wrong with it.
pub(in crate::staff) async fn show(
    seat: &Seat,
    revision: &Revision,
    file: &PackFile,
    status: StatusCode,
    note: Option<Markup>,
    typed: &Form<'_>,
) -> Result<Response, WebError> {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let today = desk.today(seat.ctx.now);
    let draft = revision.stage == RevisionStage::Draft;
    let open = draft || matches!(revision.stage, RevisionStage::Proposed { .. });
    // What is decided already is not judged anew: its day may be long past.
    let judged = if open {
        desk.judge(&revision.subject, &revision.text, revision.would_start(today), seat.ctx.now).await?
    } else {
        Judged::default()
    };
    let writes = draft && seat.can(Action::WritePolicies, None);
    let text = format!("{}/text", to(seat, revision));
    let suggested = Suggested { name: desk.free_name(&revision.subject, today).await?, day: None };
    let before = judged.packs.as_ref().and_then(|(before, _)| before.file_text(file));
    let after = preview::show(seat, file, &judged, revision.would_start(today).unwrap_or(today)).await?;
    let body = html! {
        (parts::error_summary(&seat.ctx, typed.errors))
        @if let Some(note) = note { (note) }
        (standing(seat, revision))
        @if open { (verdict(seat, file, &judged, &text, writes)) }
        @if writes { p { a.usa-button.usa-button--outline href=(text) { (t.say("policy-edit-text")) } } }
        @if let Some(before) = before { (difference(seat, file, before, &revision.text)) }
        (after)
        (acts(seat, revision, &judged, typed, &suggested))
        section aria-labelledby="whole" {
            h2 #whole { (t.say("pack-whole")) }
            (numbered(&revision.text, written_in(file)))
        }
        p { a.usa-link href=(seat.ctx.url("/staff/texts")) { (t.say("pack-back")) } }
    };
    let page = seat.page(heading(seat, revision), Tab::Policies, body);
    let page = if typed.errors.is_empty() { page } else { page.no_switch() };
    Ok((status, page.render(&seat.ctx)).into_response())
}

/// What the linter says.
fn verdict(seat: &Seat, file: &PackFile, judged: &Judged, text: &str, writes: bool) -> Markup {
    let t = seat.t();
    let n = judged.faults.len();
    html! {
        @if n == 0 { (alert(Alert::Success, "", &html! { p { (t.say("pack-sound")) } })) } @else {
            (alert(Alert::Error, &t.say_with("policy-faults", &args! { "n" => count(n) }), &html! {
                p { (t.say("policy-faults-do")) @if writes { " " a.usa-link href=(text) { (t.say("policy-edit-text")) } } }
                ul.usa-list { @for fault in &judged.faults { li { (self::fault(seat, file, fault)) } } }
            }))
        }
        @if !judged.warnings.is_empty() {
            details {
                summary { (t.say_with("policy-warnings", &args! { "n" => count(judged.warnings.len()) })) }
                ul.usa-list lang="en" { @for warning in &judged.warnings { li { (warning) } } }
            }
        }
    }
}

/// A fault, with a link to its line where that is on this page.
pub(super) fn fault(seat: &Seat, file: &PackFile, fault: &Fault) -> Markup {
    let t = seat.t();
    let here = fault.at.file == file.to_string();
    html! {
        @match fault.at.line {
            Some(line) if here => a.usa-link href={ "#line-" (line) } { (t.say_with("policy-line", &args! { "line" => count(line) })) },
            _ => code dir="ltr" { (fault.at) },
        }
        " " span lang="en" { (fault.says) }
    }
}

/// What is different from what would be in force without it, line by line.
fn difference(seat: &Seat, file: &PackFile, before: &str, text: &str) -> Markup {
    let t = seat.t();
    let all = lines(before, text);
    let changed = |at: usize| all.get(at).is_some_and(|(mark, _)| *mark != Mark::Same);
    let near = |at: usize| (at.saturating_sub(BESIDE)..=at + BESIDE).any(changed);
    let n = (0..all.len()).filter(|at| changed(*at)).count();
    html! {
        section aria-labelledby="difference" {
            h2 #difference { (t.say("pack-difference")) }
            @if n == 0 { p { (t.say("pack-difference-none")) } } @else {
                p { (t.say_with("pack-difference-count", &args! { "n" => count(n) })) }
                div.pack-difference.policy-change dir="ltr" lang=[written_in(file)] {
                    @for (at, (mark, line)) in all.iter().enumerate().filter(|(at, _)| near(*at)) {
                        @if at > 0 && !near(at - 1) { div.quiet aria-hidden="true" { "⋯" } }
                        @match mark {
                            Mark::Same => div { code { (line) } },
                            Mark::Gone => div { del { span.usa-sr-only lang=(seat.ctx.lang) { (t.say("policy-word-gone")) " " } code { (line) } } },
                            Mark::New => div { ins { span.usa-sr-only lang=(seat.ctx.lang) { (t.say("policy-word-new")) " " } code { (line) } } },
                        }
                    }
                }
            }
        }
    }
}

//! What a version would have recommended for the inquiries of the last days: how many otherwise, from what to what, which rows
//! fired, and which inquiries.

use super::{One, count, heading, to};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Input, alert},
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use desk::DryRun;
use domain::access::Action;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use triage::{Answer, Turned};

/// So many days unless somebody says otherwise.
const DAYS: u16 = 30;
/// So many inquiries on a page.
const PAGE: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Asked {
    days: String,
    page: usize,
}

pub(in crate::staff) async fn page(
    seat: Seat,
    Path(one): Path<One>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let caller = seat.caller_once();
    let revision = desk.revision(&caller, one.id()?).await?;
    if revision.subject.policy().is_none() {
        return Err(WebError::NotFound);
    }
    let days = asked.days.trim().parse().unwrap_or(DAYS).clamp(1, desk::MOST_DAYS);
    let run = desk.dry_run(&caller, revision.id, days).await?;
    let mut fields = Fields::default();
    fields.set("days", days.to_string());
    let errors = Errors::none();
    let here = format!("{}/effect", to(&seat, &revision));
    let body = html! {
        p.usa-intro { (heading(&seat, &revision)) }
        form.desk-filter action=(here) {
            (parts::input(&Form::new(&fields, &errors), &Input { name: "days", label: &t.say("policy-effect-days"),
                hint: &t.say_with("policy-effect-days-hint", &args! { "most" => i64::from(desk::MOST_DAYS) }),
                inputmode: "numeric", size: "small", longest: 3, verbatim: true, ..Input::default() }))
            button.usa-button.usa-button--outline type="submit" { (t.say("policy-effect-look")) }
        }
        @match &run {
            None => (alert(Alert::Warning, "", &html! { p { (t.say_of("policy-refused", "faults")) } })),
            Some(run) => (report(&seat, run, &here, asked.page)),
        }
        p { a.usa-link href=(to(&seat, &revision)) { (t.say("policy-effect-back")) } }
    };
    Ok(seat.page(t.say("policy-effect"), Tab::Policies, body).render(&seat.ctx).into_response())
}

fn report(seat: &Seat, run: &DryRun, here: &str, page: usize) -> Markup {
    let t = seat.t();
    let effect = &run.effect;
    let left_out = run.all.saturating_sub(effect.looked as u64);
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    html! {
        p { strong { (t.say_with("policy-effect-turned", &args! {
            "n" => count(effect.turned.len()), "looked" => count(effect.looked), "version" => run.old.as_str() })) } }
        @if effect.other_row > 0 { p { (t.say_with("policy-effect-other-row", &args! { "n" => count(effect.other_row) })) } }
        p.quiet {
            (t.say_with("policy-effect-looked", &args! { "looked" => count(effect.looked), "all" => whole(run.all), "days" => i64::from(run.days) }))
            @if left_out > 0 { " " (t.say_with("policy-effect-left-out", &args! { "n" => whole(left_out), "most" => i64::from(run.of_a_day) })) }
            @if run.lost > 0 { " " (t.say_with("policy-effect-lost", &args! { "n" => count(run.lost) })) }
            " " (t.say("policy-effect-facts"))
        }
        @if effect.looked > 0 { (matrix(seat, run)) (rows(seat, run)) }
        @if !effect.turned.is_empty() { (turned(seat, run, here, page)) }
    }
}

fn said(seat: &Seat, outcome: Option<&str>) -> Markup {
    html! { @match outcome { Some(outcome) => code { (outcome) }, None => (seat.t().say("policy-effect-nothing")) } }
}

/// From what to what.
fn matrix(seat: &Seat, run: &DryRun) -> Markup {
    let t = seat.t();
    let mut outcomes: Vec<&Option<String>> =
        run.effect.by_outcome.keys().flat_map(|(old, new)| [old, new]).collect();
    outcomes.sort();
    outcomes.dedup();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="matrix-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #matrix-caption { (t.say("policy-effect-matrix")) }
                thead { tr {
                    th scope="col" { (t.say("policy-effect-now")) }
                    @for new in &outcomes { th scope="col" { (t.say("policy-effect-then")) " " (said(seat, new.as_deref())) } }
                } }
                tbody { @for old in &outcomes { tr {
                    th scope="row" { (said(seat, old.as_deref())) }
                    @for new in &outcomes {
                        @let n = run.effect.by_outcome.get(&((*old).clone(), (*new).clone())).copied().unwrap_or_default();
                        td.desk-n.policy-turned[n > 0 && old != new] { @if n > 0 { (t.number(count(n))) } @else { span.quiet { "0" } } }
                    }
                } } }
            }
        }
    }
}

/// How often each row fires.
fn rows(seat: &Seat, run: &DryRun) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="fired-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #fired-caption { (t.say("policy-effect-rows")) }
                thead { tr {
                    th scope="col" { (t.say("policy-col-row")) }
                    th scope="col" { (t.say("policy-effect-now")) }
                    th scope="col" { (t.say("policy-effect-then")) }
                } }
                tbody { @for (row, (old, new)) in &run.effect.rows { tr {
                    th scope="row" { code { (row) } }
                    td.desk-n { (t.number(count(*old))) }
                    td.desk-n.policy-turned[old != new] { (t.number(count(*new))) }
                } } }
            }
        }
    }
}

/// The very inquiries, for whoever may read them.
fn turned(seat: &Seat, run: &DryRun, here: &str, page: usize) -> Markup {
    let t = seat.t();
    if !seat.can(Action::ReadInquiry, None) {
        return html! { p.quiet { (t.say("policy-effect-not-yours")) } };
    }
    let all = &run.effect.turned;
    let from = page.saturating_mul(PAGE);
    let more = all.len() > from.saturating_add(PAGE);
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="turned-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #turned-caption { (t.say("policy-effect-list")) }
                thead { tr {
                    th scope="col" { (t.say("policy-effect-inquiry")) }
                    th scope="col" { (t.say("policy-effect-now")) }
                    th scope="col" { (t.say("policy-effect-then")) }
                } }
                tbody { @for one in all.iter().skip(from).take(PAGE) { (line(seat, run, one)) } }
            }
        }
        p {
            @if page > 0 { a.usa-link href={ (here) "?days=" (run.days) "&page=" (page - 1) } { (t.say("policy-effect-before")) } " " }
            @if more { a.usa-link href={ (here) "?days=" (run.days) "&page=" (page + 1) } { (t.say("policy-effect-further")) } }
        }
    }
}

fn line(seat: &Seat, run: &DryRun, one: &Turned) -> Markup {
    let answer = |answer: &Answer| {
        html! { (said(seat, answer.says().as_deref())) @if let Some(row) = answer.row() { " " span.quiet { code { (row) } } } }
    };
    html! {
        tr {
            th scope="row" { @if let Some(number) = run.numbers.get(one.at) {
                a.usa-link href=(seat.ctx.url(&format!("/staff/inquiry/{}", number.digits()))) { bdi { (number) } } } }
            td { (answer(&one.old)) }
            td { (answer(&one.new)) }
        }
    }
}

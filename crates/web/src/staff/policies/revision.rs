//! One version that is made at the desk: how far it is, what is wrong with it, what it changes, and what can be done now.

use super::{One, count, difference, edit, heading, moment, name, table, to, to_version, version_name};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Input, alert},
    staff::{
        frame::{Seat, Tab},
        texts,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Judged;
use domain::{
    access::Action,
    actor::Actor,
    decision::DecisionKind,
    ids::RevisionId,
    revision::{LONGEST_BECAUSE, LONGEST_NAME, Proposal, Revision, RevisionStage, Starts, Subject},
};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};
use triage::{Policy, Sheet};

pub(in crate::staff) async fn page(seat: Seat, Path(one): Path<One>) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    show(&seat, one.id()?, StatusCode::OK, None, &Fields::default(), &Errors::none()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(
    seat: &Seat,
    id: RevisionId,
    status: StatusCode,
    note: Option<Markup>,
    typed: &Fields,
    errors: &Errors,
) -> Result<Response, WebError> {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let revision = desk.revision(&seat.caller_once(), id).await?;
    let kind = match &revision.subject {
        Subject::Policy(kind) => *kind,
        Subject::File(file) => {
            return texts::show(seat, &revision, file, status, note, &Form::new(typed, errors)).await;
        }
    };
    let judged = desk.judge_policy(kind, &revision.text).await?;
    let sheet = Sheet::read(&revision.text).ok();
    let shown = sheet.as_ref().map(|sheet| table::Shown::judged(sheet, &judged));
    let draft = revision.stage == RevisionStage::Draft;
    let writes = draft && seat.can(Action::WritePolicies, None);
    let open = draft || matches!(revision.stage, RevisionStage::Proposed { .. });
    let text = format!("{}/text", to(seat, &revision));
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { (note) }
        (standing(seat, &revision))
        @if open || !judged.faults.is_empty() { (verdict(seat, &judged, shown.as_ref(), &text)) }
        @if writes { p { a.usa-button.usa-button--outline href=(text) { (t.say("policy-edit-text")) } } }
        @if open { (changes(seat, &revision, kind, sheet.as_ref())) }
        @if open && judged.faults.is_empty() {
            p { a.usa-button.usa-button--outline href={ (to(seat, &revision)) "/effect" } { (t.say("policy-effect-open")) } }
        }
        (acts(seat, &revision, &judged, &Form::new(typed, errors), &suggested(sheet.as_ref())))
        @if let Some(shown) = &shown {
            @let rows = shown.sheet.rows().len();
            (table::rows(seat, shown, &|n| html! { @if writes { (edit::of_row(seat, &revision, n, rows)) } }))
            @if writes { p { a.usa-button.usa-button--outline href={ (to(seat, &revision)) "/row/new" } { (t.say("policy-row-new")) } } }
            (table::examples(seat, shown, &|n| html! { @if writes { (edit::of_example(seat, &revision, n)) } }))
            @if writes { p { a.usa-button.usa-button--outline href={ (to(seat, &revision)) "/example/new" } { (t.say("policy-example-new")) } } }
            (table::facts(seat, shown.sheet))
        } @else { pre.policy-text dir="ltr" { (revision.text) } }
        p { a.usa-link href=(seat.ctx.url("/staff/policies")) { (t.say("policy-back")) } }
    };
    let page = seat.page(heading(seat, &revision), Tab::Policies, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    Ok((status, page.render(&seat.ctx)).into_response())
}

/// How far it is, and who did what.
pub(in crate::staff) fn standing(seat: &Seat, revision: &Revision) -> Markup {
    let t = seat.t();
    let proposed = |proposal: &Proposal| {
        let by = name(seat, &proposal.by);
        html! {
            p {
                (t.say_of_with("policy-by", "proposed", &args! { "name" => by })) " · " (moment(seat, proposal.at)) " · "
                @match proposal.starts {
                    Starts::On { day } => (t.say_with("policy-starts-on", &args! { "day" => super::day(seat, day) })),
                    Starts::Now => strong { (t.say("policy-starts-now")) },
                }
            }
            @if let Some(because) = &proposal.because { blockquote.policy-because dir="auto" { (because) } }
        }
    };
    let by = |did: &str, who: &Actor, at| {
        html! { p { (t.say_of_with("policy-by", did, &args! { "name" => name(seat, who) })) " · " (moment(seat, at)) } }
    };
    html! {
        p.usa-intro role="status" { (t.say_of("policy-stage-is", revision.stage.as_str())) }
        @match &revision.stage {
            RevisionStage::Draft => {}
            RevisionStage::Proposed { proposal } => (proposed(proposal)),
            RevisionStage::Approved { proposal, by: who, at, from } => {
                (proposed(proposal)) (by("approved", who, *at))
                p { strong { (t.say_with("policy-starts-on", &args! { "day" => super::day(seat, *from) })) } }
                @if let Some(version) = revision.name.as_deref().filter(|_| stands_here(seat, revision)) {
                    p { a.usa-link href=(to_version(seat, &revision.subject, version)) { (t.say("policy-to-version")) } }
                }
            }
            RevisionStage::Withdrawn { proposal, by: who, at } => {
                (proposed(proposal)) (by("withdrawn", who, *at))
            }
            RevisionStage::Dropped { by: who, at } => (by("dropped", who, *at)),
        }
        p.quiet {
            (t.say_with("policy-began-with", &args! { "version" => version_name(seat, &revision.subject, &revision.began) })) " · "
            (t.say_with("policy-authors", &args! { "names" => t.list(&revision.authors.iter().map(|by| name(seat, by)).collect::<Vec<_>>()) }))
            " · " (t.say_with("policy-saved", &args! { "at" => moment(seat, revision.saved) }))
        }
    }
}

/// Has this node taken it already?
fn stands_here(seat: &Seat, revision: &Revision) -> bool {
    let version = revision.name.as_deref().unwrap_or_default();
    let pack = seat.ctx.app.desk.pack();
    match &revision.subject {
        Subject::Policy(kind) => pack.made_at_desk(*kind, version) == Some(revision.id),
        Subject::File(_) => true,
    }
}

/// What the linter says.
fn verdict(seat: &Seat, judged: &Judged, shown: Option<&table::Shown<'_>>, text: &str) -> Markup {
    let t = seat.t();
    let n = judged.faults.len();
    html! {
        @if n == 0 {
            @let good = shown.map_or(0, table::Shown::good_examples);
            (alert(Alert::Success, "", &html! { p { (t.say_with("policy-sound", &args! { "n" => count(good) })) } }))
        } @else {
            (alert(Alert::Error, &t.say_with("policy-faults", &args! { "n" => count(n) }), &html! {
                p { (t.say("policy-faults-do")) " " a.usa-link href=(text) { (t.say("policy-edit-text")) } }
                @match shown {
                    Some(shown) => (table::faults(seat, shown)),
                    None => ul.usa-list { @for fault in &judged.faults {
                        li { (table::line(seat, fault)) " " span lang="en" { (fault.says) } } } },
                }
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

/// The version that a revision would follow: the one in force on its day, as far as it is known.
fn followed<'a>(
    seat: &'a Seat,
    revision: &Revision,
    kind: DecisionKind,
    sheet: Option<&Sheet>,
) -> Option<&'a Policy> {
    let desk = &seat.ctx.app.desk;
    let today = desk.today(seat.ctx.now);
    let day = revision.would_start(today).or_else(|| sheet.and_then(Sheet::effective));
    desk.pack().policy(kind, day.map_or(today, |day| day.max(today)))
}

fn changes(seat: &Seat, revision: &Revision, kind: DecisionKind, sheet: Option<&Sheet>) -> Markup {
    let before = followed(seat, revision, kind, sheet);
    let compared = before.and_then(|before| {
        let old = Sheet::read(before.text()).ok()?;
        Some((triage::compare(&old, sheet?), before.version()))
    });
    html! { @if let Some((changes, before)) = compared { (difference::show(seat, &changes, before)) } }
}

/// What the form of a proposal begins with.
#[derive(Debug, Default)]
pub(in crate::staff) struct Suggested {
    /// The name of the version.
    pub(in crate::staff) name: String,
    /// Its first day, where the text says one.
    pub(in crate::staff) day: Option<Date>,
}

fn suggested(sheet: Option<&Sheet>) -> Suggested {
    let name = sheet.and_then(|sheet| sheet.version().map(str::to_owned)).unwrap_or_default();
    Suggested { name, day: sheet.and_then(Sheet::effective) }
}

/// What can be done now, by whoever reads it.
pub(in crate::staff) fn acts(
    seat: &Seat,
    revision: &Revision,
    judged: &Judged,
    typed: &Form<'_>,
    suggested: &Suggested,
) -> Markup {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let today = desk.today(seat.ctx.now);
    let writes = seat.can(Action::WritePolicies, None);
    let approves = seat.can(Action::ApprovePolicies, None);
    let act = |path: &str, class: &str| {
        html! {
            form method="post" action={ (to(seat, revision)) "/" (path) } {
                (parts::key(&seat.ctx))
                input type="hidden" name="seen" value=(revision.version);
                button class={ "usa-button " (class) } type="submit" { (t.say_of("policy-act", path)) }
            }
        }
    };
    html! {
        @match &revision.stage {
            RevisionStage::Draft if writes => {
                @if judged.faults.is_empty() { (propose(seat, revision, today, typed, suggested)) }
                (act("drop", "usa-button--outline"))
            }
            RevisionStage::Proposed { proposal } => {
                @let late = matches!(proposal.starts, Starts::On { day } if day <= today);
                @if late { p.desk-late { "⚠ " (t.say_of("policy-refused", "passed")) } }
                @else if approves && revision.is_second(&seat.caller_once().actor()) {
                    section aria-labelledby="approve" {
                        h2 #approve { (t.say("policy-approve-title")) }
                        p { (t.say("policy-approve-about")) }
                        (act("approve", ""))
                    }
                } @else if approves { p { (t.say_of("policy-refused", "second-person")) } }
                @if writes { (act("back", "usa-button--outline")) }
            }
            RevisionStage::Approved { from, .. } if approves && *from > today => {
                (act("withdraw", "usa-button--outline"))
            }
            _ => {}
        }
    }
}

fn propose(seat: &Seat, revision: &Revision, today: Date, typed: &Form<'_>, suggested: &Suggested) -> Markup {
    let t = seat.t();
    let mut fields = typed.fields.clone();
    if fields.0.is_empty() {
        let first = suggested.day.filter(|day| *day > today).or_else(|| today.tomorrow().ok());
        fields.set("version", suggested.name.clone());
        fields.set("starts", "on");
        fields.set("day", first.map_or_else(String::new, |day| day.to_string()));
    }
    let form = Form::new(&fields, typed.errors);
    let hint = match &revision.subject {
        Subject::Policy(_) => t.say("policy-name-hint"),
        Subject::File(_) => t.say("pack-name-hint"),
    };
    let zone = seat.ctx.app.desk.pack().line().calendar.zone.name().to_owned();
    let when = [
        parts::Choice::new("on", t.say("policy-start-on")),
        parts::Choice::new("now", t.say("policy-start-now")).hint(t.say("policy-start-now-hint")),
    ];
    html! {
        section aria-labelledby="propose" {
            h2 #propose { (t.say("policy-propose-title")) }
            p { (t.say("policy-propose-about")) }
            form method="post" action={ (to(seat, revision)) "/propose" } {
                (parts::key(&seat.ctx))
                input type="hidden" name="seen" value=(revision.version);
                (parts::input(&form, &Input { name: "version", label: &t.say("policy-name"), hint: &hint,
                    longest: LONGEST_NAME, size: "medium", verbatim: true, ..Input::default() }))
                (parts::radios(&form, &parts::Choices { name: "starts", legend: &t.say("policy-starts"), ..parts::Choices::default() }, &when))
                (parts::input(&form, &Input { name: "day", label: &t.say("policy-day"),
                    hint: &t.say_with("policy-day-hint", &args! { "zone" => t.zone(&zone) }), kind: "date", size: "medium", ..Input::default() }))
                (parts::textarea(&form, &Input { name: "because", label: &t.say("policy-because"), hint: &t.say("policy-because-hint"),
                    longest: LONGEST_BECAUSE, ..Input::default() }))
                button.usa-button type="submit" { (t.say_of("policy-act", "propose")) }
            }
        }
    }
}

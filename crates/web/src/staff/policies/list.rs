//! Every policy: its version in force, those to come and those before, and what is drafted and proposed.

use super::{called, called_of, count, heading, moment, name, to, to_id, to_version};
use crate::{
    core::WebError,
    parts::{Alert, alert},
    staff::frame::{Seat, Tab},
};
use axum::response::{IntoResponse, Response};
use domain::{
    access::Action,
    decision::DecisionKind,
    revision::{Revision, RevisionStage, Subject},
};
use locale::args;
use maud::{Markup, html};
use triage::Policy;

pub(in crate::staff) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let open = desk.open_revisions(&seat.caller_once()).await?;
    let body = html! {
        p.usa-intro { (t.say("policy-intro")) }
        p { a.usa-link href=(seat.ctx.url("/staff/texts")) { (t.say("pack-to")) } }
        (left_out(&seat))
        @for kind in DecisionKind::ALL {
            section aria-labelledby={ "policy-" (kind) } {
                h2 id={ "policy-" (kind) } { (called(&seat, kind)) }
                (versions(&seat, kind))
                (drafts(&seat, open.iter().filter(|one| one.subject == Subject::Policy(kind))))
            }
        }
    };
    Ok(seat.page(t.say("policy-title"), Tab::Policies, body).render(&seat.ctx).into_response())
}

/// Approved versions that cannot be used with this release and pack.
pub(in crate::staff) fn left_out(seat: &Seat) -> Markup {
    let t = seat.t();
    let out = seat.ctx.app.desk.pack().left_out();
    let list = html! {
        p { (t.say("policy-left-out-do")) }
        ul.usa-list {
            @for one in out {
                li {
                    a.usa-link href=(to_id(seat, &one.subject, one.revision)) {
                        (t.say_with("policy-version", &args! { "policy" => called_of(seat, &one.subject), "version" => one.name.as_str() })) }
                    @for fault in &one.faults { br; span lang="en" { (fault) } }
                }
            }
        }
    };
    html! { @if !out.is_empty() { (alert(Alert::Error, &t.say("policy-left-out"), &list)) } }
}

fn versions(seat: &Seat, kind: DecisionKind) -> Markup {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let today = desk.today(seat.ctx.now);
    let Some(all) = desk.pack().policies(kind) else { return html! {} };
    let in_force = all.in_force(today).map(Policy::version);
    let (to_come, past): (Vec<&Policy>, Vec<&Policy>) = all
        .versions()
        .rev()
        .filter(|policy| Some(policy.version()) != in_force)
        .partition(|policy| policy.effective() > today);
    html! {
        ul.usa-list {
            @for policy in to_come.into_iter().rev() { li { (version(seat, kind, policy, "to-come")) } }
            @if let Some(policy) = all.in_force(today) { li { strong { (version(seat, kind, policy, "in-force")) } } }
        }
        @if !past.is_empty() {
            details {
                summary { (t.say_with("policy-past", &args! { "n" => count(past.len()) })) }
                ul.usa-list { @for policy in past { li { (version(seat, kind, policy, "past")) } } }
            }
        }
    }
}

fn version(seat: &Seat, kind: DecisionKind, policy: &Policy, standing: &str) -> Markup {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let day = super::day(seat, policy.effective());
    let made = desk.pack().made_at_desk(kind, policy.version()).is_some();
    // Several policies have a version of the same name: whoever hears only the links hears of which.
    let whole = args! { "policy" => called(seat, kind), "version" => policy.version() };
    html! {
        a.usa-link href=(to_version(seat, &Subject::Policy(kind), policy.version()))
            aria-label=(t.say_with("policy-version", &whole)) { bdi { (policy.version()) } }
        " · " (t.say_of_with("policy-standing", standing, &args! { "day" => day }))
        " · " (t.say_of("policy-made", if made { "desk" } else { "pack" }))
        " · " (t.say_with("policy-rows", &args! { "n" => count(policy.rows().len()) }))
    }
}

pub(in crate::staff) fn drafts<'a>(seat: &Seat, open: impl Iterator<Item = &'a Revision>) -> Markup {
    let t = seat.t();
    let open: Vec<&Revision> = open.collect();
    html! {
        @if !open.is_empty() {
            h3 { (t.say("policy-open")) }
            ul.usa-list {
                @for one in open {
                    li {
                        a.usa-link href=(to(seat, one)) { (heading(seat, one)) }
                        " · " @match &one.stage {
                            RevisionStage::Proposed { proposal } => {
                                strong { (t.say_of("policy-stage", one.stage.as_str())) } " · " bdi { (name(seat, &proposal.by)) } }
                            _ => { (t.say_of("policy-stage", one.stage.as_str()))
                                @if let Some(author) = one.authors.last() { " · " bdi { (name(seat, author)) } } }
                        }
                        " · " span.quiet { (moment(seat, one.saved)) }
                    }
                }
            }
        }
    }
}

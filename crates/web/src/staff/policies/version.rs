//! One version that is or was in force, or will be: as a table, and as what a draft can begin from.

use super::{called, table, to};
use crate::{
    core::{Fields, WebError},
    parts,
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::Action, decision::DecisionKind, revision::Subject};
use locale::args;
use maud::html;
use serde::Deserialize;
use triage::{Policy, Sheet};

/// Which version of which policy.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct At {
    policy: String,
    version: String,
}

fn kind_of(name: &str) -> Result<DecisionKind, WebError> {
    DecisionKind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(WebError::NotFound)
}

pub(in crate::staff) async fn page(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let kind = kind_of(&at.policy)?;
    let all = desk.pack().policies(kind).ok_or(WebError::NotFound)?;
    let policy = all.version(&at.version).ok_or(WebError::NotFound)?;
    let today = desk.today(seat.ctx.now);
    let in_force = all.in_force(today).map(Policy::version);
    let standing = match in_force {
        Some(version) if version == policy.version() => "in-force",
        _ if policy.effective() > today => "to-come",
        _ => "past",
    };
    let day = super::day(&seat, policy.effective());
    let sheet = Sheet::read(policy.text());
    let made = desk.pack().made_at_desk(kind, policy.version());
    let body = html! {
        p.usa-intro { (t.say_of_with("policy-standing", standing, &args! { "day" => day })) }
        p.quiet {
            @match made {
                Some(id) => a.usa-link href=(seat.ctx.url(&format!("/staff/policy/{id}"))) { (t.say("policy-made-desk")) },
                None => (t.say("policy-made-pack")),
            }
            " · SHA-256 " code.policy-hash { (policy.hash()) }
        }
        @if seat.can(Action::WritePolicies, None) {
            form method="post" action=(seat.ctx.url(&format!("/staff/policies/{kind}/draft"))) {
                (parts::key(&seat.ctx))
                input type="hidden" name="from" value=(policy.version());
                button.usa-button type="submit" {
                    @if standing == "past" { (t.say("policy-revert")) } @else { (t.say("policy-begin")) } }
            }
        }
        @match &sheet {
            Ok(sheet) => {
                @let shown = table::Shown::sound(sheet);
                (table::rows(&seat, &shown, &|_| html! {}))
                (table::examples(&seat, &shown, &|_| html! {}))
                (table::facts(&seat, sheet))
            }
            Err(_) => {}
        }
        details { summary { (t.say("policy-as-text")) } pre.policy-text dir="ltr" { (policy.text()) } }
        p { a.usa-link href=(seat.ctx.url("/staff/policies")) { (t.say("policy-back")) } }
    };
    let heading = t.say_with(
        "policy-version",
        &args! { "policy" => called(&seat, kind), "version" => policy.version() },
    );
    Ok(seat.page(heading, Tab::Policies, body).render(&seat.ctx).into_response())
}

/// Which policy.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct Of {
    policy: String,
}

/// Begins a draft.
pub(in crate::staff) async fn begin(
    seat: Seat,
    Path(of): Path<Of>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let kind = kind_of(&of.policy)?;
    let desk = &seat.ctx.app.desk;
    let in_force = desk.pack().policy(kind, desk.today(seat.ctx.now)).map_or("", Policy::version);
    begin_with(&seat, &Subject::Policy(kind), in_force, &fields).await
}

/// Begins a draft with what a version says: the one that was chosen, or else the one in force.
pub(in crate::staff) async fn begin_with(
    seat: &Seat,
    of: &Subject,
    in_force: &str,
    fields: &Fields,
) -> Result<Response, WebError> {
    let from = Some(fields.get("from")).filter(|from| !from.is_empty()).unwrap_or(in_force);
    let caller = seat.caller(fields.key("begin-draft"));
    let draft = seat.ctx.app.desk.begin_revision(&caller, of, from).await?;
    Ok(Redirect::to(&to(seat, &draft)).into_response())
}

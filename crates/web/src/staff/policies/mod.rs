//! The policies: what is in force, what was, what is drafted, and how a draft comes into force.

mod difference;
mod edit;
mod effect;
mod example;
mod list;
mod revision;
mod row;
mod table;
mod text;
mod turn;
mod version;

pub(super) use edit::{turn_example, turn_row};
pub(super) use effect::page as effect;
pub(super) use example::{page as example, save as save_example};
pub(super) use list::{drafts, left_out, page as list};
pub(super) use revision::{Suggested, acts, page as revision, standing};
pub(super) use row::{page as row, save as save_row};
pub(super) use text::{page as text, save as save_text};
pub(super) use turn::{approve, give_up, propose, take_back, withdraw};
pub(super) use version::{begin, begin_with, page as version};

use super::frame::Seat;
use crate::{
    core::WebError,
    parts::{Alert, alert},
};
use domain::{
    actor::Actor,
    decision::DecisionKind,
    ids::RevisionId,
    revision::{Revision, RevisionRefused, Subject},
};
use jiff::{Timestamp, civil::Date};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// Which version that was made at the desk.
#[derive(Debug, Deserialize)]
pub(super) struct One {
    revision: String,
}

impl One {
    pub(super) fn id(&self) -> Result<RevisionId, WebError> {
        self.revision.parse().map_err(|_| WebError::NotFound)
    }
}

/// The address of a revision.
pub(super) fn to(seat: &Seat, revision: &Revision) -> String {
    to_id(seat, &revision.subject, revision.id)
}

pub(super) fn to_id(seat: &Seat, of: &Subject, id: RevisionId) -> String {
    let kind = match of {
        Subject::Policy(_) => "policy",
        Subject::File(_) => "text",
    };
    seat.ctx.url(&format!("/staff/{kind}/{id}"))
}

/// The address of a version.
pub(super) fn to_version(seat: &Seat, of: &Subject, version: &str) -> String {
    let version: String = form_urlencoded::byte_serialize(version.as_bytes()).collect();
    let of = match of {
        Subject::Policy(kind) => format!("policies/{kind}"),
        Subject::File(file) => format!("texts/{}", file.slug()),
    };
    seat.ctx.url(&format!("/staff/{of}/{}", version.replace('+', "%20")))
}

/// What a policy is called.
fn called(seat: &Seat, kind: DecisionKind) -> String {
    seat.t().say_of("policy-of", kind.as_str())
}

/// What a policy or a file is called.
pub(super) fn called_of(seat: &Seat, of: &Subject) -> String {
    match of {
        Subject::Policy(kind) => called(seat, *kind),
        Subject::File(file) => super::texts::called(seat, file),
    }
}

/// What a revision is called: by its version once it is proposed, before by the day on which it was begun.
pub(super) fn heading(seat: &Seat, revision: &Revision) -> String {
    let t = seat.t();
    let policy = called_of(seat, &revision.subject);
    if let Some(version) = revision.name.as_deref() {
        return t.say_with("policy-version", &args! { "policy" => policy, "version" => version });
    }
    let began = version_name(seat, &revision.subject, &revision.began);
    t.say_with("policy-draft-of", &args! { "policy" => policy, "version" => began })
}

/// What a version is called; the folder's own of a file has no name.
pub(in crate::staff) fn version_name(seat: &Seat, of: &Subject, version: &str) -> String {
    match of {
        Subject::File(_) if version == desk::OWN_VERSION => seat.t().say("pack-own"),
        _ => version.to_owned(),
    }
}

pub(super) fn name(seat: &Seat, by: &Actor) -> String {
    match by {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person | Actor::Delegate { .. } | Actor::System { .. } => seat.t().say("staff-actor-system"),
    }
}

/// A day, in words.
pub(super) fn day(seat: &Seat, day: Date) -> String {
    seat.t().on_day(day, seat.ctx.app.desk.today(seat.ctx.now))
}

pub(super) fn moment(seat: &Seat, at: Timestamp) -> String {
    seat.t().moment(at, seat.ctx.app.desk.pack().line().calendar.zone.name(), seat.ctx.now)
}

pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Why it could not be done, and what to do now.
fn why_not(seat: &Seat, why: &RevisionRefused) -> Markup {
    let says = seat.t().say_of("policy-refused", why.code());
    html! { div role="alert" tabindex="-1" data-focus { (alert(Alert::Error, &says, &html! {})) } }
}

//! One version of a file: what it says, and what a draft can begin from.

use super::{called, first_day, named, numbered, written_in};
use crate::{
    core::{Fields, WebError},
    parts,
    staff::{
        frame::{Seat, Tab},
        policies::{begin_with, day, to_id, version_name},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use desk::OWN_VERSION;
use domain::{
    access::Action,
    revision::{Revision, Subject},
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// Which version of which file.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct At {
    file: String,
    of: String,
}

pub(in crate::staff) async fn page(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let file = named(&seat, &at.file)?;
    let subject = Subject::File(file.clone());
    let caller = seat.caller_once();
    let text = desk.file_version(&caller, &file, &at.of).await?;
    let made = desk.standing_revisions(&caller).await?;
    let made = made.into_iter().find(|one| one.subject == subject && one.name.as_deref() == Some(&at.of));
    let in_force = desk.pack().file_made_at_desk(&file);
    let is_in_force = made.as_ref().map(|one| one.id) == in_force;
    let to_come = made.as_ref().and_then(first_day).is_some_and(|from| from > desk.today(seat.ctx.now));
    let standing = match (is_in_force, to_come) {
        (true, _) => "in-force",
        (false, true) => "to-come",
        (false, false) => "past",
    };
    let body = html! {
        p.usa-intro { (told(&seat, made.as_ref(), standing)) }
        p.quiet {
            code dir="ltr" { (file) } " · "
            @match &made {
                Some(one) => a.usa-link href=(to_id(&seat, &one.subject, one.id)) { (t.say("policy-made-desk")) },
                None => (t.say("policy-made-pack")),
            }
        }
        @if seat.can(Action::WritePolicies, None) {
            form method="post" action=(seat.ctx.url(&format!("/staff/texts/{}/draft", file.slug()))) {
                (parts::key(&seat.ctx))
                input type="hidden" name="from" value=(at.of);
                button.usa-button type="submit" {
                    @if standing == "past" { (t.say("policy-revert")) } @else { (t.say("policy-begin")) } }
            }
        }
        (numbered(&text, written_in(&file)))
        p { a.usa-link href=(seat.ctx.url("/staff/texts")) { (t.say("pack-back")) } }
    };
    let version = version_name(&seat, &subject, &at.of);
    let heading =
        t.say_with("policy-version", &args! { "policy" => called(&seat, &file), "version" => version });
    Ok(seat.page(heading, Tab::Policies, body).render(&seat.ctx).into_response())
}

fn told(seat: &Seat, made: Option<&Revision>, standing: &str) -> Markup {
    let t = seat.t();
    html! {
        @match made.and_then(first_day) {
            Some(from) => (t.say_of_with("policy-standing", standing, &args! { "day" => day(seat, from) })),
            None => (t.say_of("pack-own", standing)),
        }
    }
}

/// Which file.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct Of {
    file: String,
}

/// Begins a draft.
pub(in crate::staff) async fn begin(
    seat: Seat,
    Path(of): Path<Of>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let subject = Subject::File(named(&seat, &of.file)?);
    begin_with(&seat, &subject, OWN_VERSION, &fields).await
}

//! Every file that can be changed: its version in force, those to come and those before, and what is drafted and proposed.

use super::{called, first_day};
use crate::{
    core::WebError,
    parts::{self, Alert, alert},
    staff::{
        frame::{Seat, Tab},
        policies::{count, day, drafts, left_out, to_version, version_name},
    },
};
use axum::response::{IntoResponse, Response};
use desk::OWN_VERSION;
use domain::{
    access::Action,
    imported::Table,
    revision::{PackFile, Revision, Subject},
};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};

pub(in crate::staff) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeePolicies, None)?;
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let caller = seat.caller_once();
    let open = desk.open_revisions(&caller).await?;
    let standing = desk.standing_revisions(&caller).await?;
    let body = html! {
        p.usa-intro { (t.say("pack-intro")) }
        p { a.usa-link href=(seat.ctx.url("/staff/policies")) { (t.say("policy-back")) } }
        (left_out(&seat))
        @for file in desk.pack().editable() {
            @let subject = Subject::File(file.clone());
            @let versions: Vec<&Revision> = standing.iter().filter(|one| one.subject == subject).collect();
            section aria-labelledby={ "file-" (file.slug()) } {
                h2 id={ "file-" (file.slug()) } { (called(&seat, &file)) }
                p.quiet { code dir="ltr" { (file) } }
                (imported(&seat, &file))
                (self::versions(&seat, &file, versions))
                (drafts(&seat, open.iter().filter(|one| one.subject == subject)))
            }
        }
    };
    Ok(seat.page(t.say("pack-title"), Tab::Policies, body).render(&seat.ctx).into_response())
}

/// An imported table lies over what the file says.
fn imported(seat: &Seat, file: &PackFile) -> Markup {
    let table = match file {
        PackFile::Holidays => Some(Table::Holidays),
        PackFile::OfficeList => Some(Table::Offices),
        _ => None,
    };
    let lies_over = table.and_then(|table| seat.ctx.app.desk.pack().imported_rows(table)).is_some();
    let said = table.filter(|_| lies_over).map(|table| seat.t().say_of("pack-imported", table.as_str()));
    html! { @if let Some(said) = said { (alert(Alert::Info, "", &html! { p { (said) } })) } }
}

fn versions(seat: &Seat, file: &PackFile, mut approved: Vec<&Revision>) -> Markup {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let today = desk.today(seat.ctx.now);
    let in_force = desk.pack().file_made_at_desk(file);
    approved.sort_by_key(|one| (super::approved(one), one.id));
    let all: Vec<_> = approved
        .iter()
        .map(|one| (one.id, first_day(one), one.name.as_deref().unwrap_or_default()))
        .collect();
    let shown = |name: &str, from, standing| line(seat, file, name, from, standing);
    let past =
        all.iter().filter(|(id, from, _)| Some(*id) != in_force && from.is_some_and(|day| day <= today));
    let past: Vec<_> = past.rev().collect();
    let own_is_past = in_force.is_some();
    html! {
        ul.usa-list {
            @for (_, from, name) in all.iter().filter(|(_, from, _)| from.is_some_and(|day| day > today)) {
                li { (shown(name, *from, "to-come")) }
            }
            @match all.iter().find(|(id, ..)| Some(*id) == in_force) {
                Some((_, from, name)) => li { strong { (shown(name, *from, "in-force")) } },
                None => li { strong { (shown(OWN_VERSION, None, "in-force")) } },
            }
        }
        @if own_is_past || !past.is_empty() {
            details {
                summary { (t.say_with("policy-past", &args! { "n" => count(past.len() + usize::from(own_is_past)) })) }
                ul.usa-list {
                    @for (_, from, name) in past { li { (shown(name, *from, "past")) } }
                    @if own_is_past { li { (shown(OWN_VERSION, None, "past")) } }
                }
            }
        }
    }
}

fn line(seat: &Seat, file: &PackFile, version: &str, from: Option<Date>, standing: &str) -> Markup {
    let t = seat.t();
    let subject = Subject::File(file.clone());
    let name = version_name(seat, &subject, version);
    // Most files have only the pack's own: whoever hears only the links hears of which.
    let whole = args! { "policy" => called(seat, file), "version" => name.as_str() };
    html! {
        a.usa-link href=(to_version(seat, &subject, version)) aria-label=(t.say_with("policy-version", &whole)) {
            bdi { (name) } }
        " · "
        @match from {
            Some(from) => (t.say_of_with("policy-standing", standing, &args! { "day" => day(seat, from) })),
            None => (t.say_of("pack-own", standing)),
        }
        @if standing == "in-force" && seat.can(Action::WritePolicies, None) {
            form.pack-begin method="post" action=(seat.ctx.url(&format!("/staff/texts/{}/draft", file.slug()))) {
                (parts::key(&seat.ctx))
                input type="hidden" name="from" value=(version);
                button.usa-button.usa-button--outline type="submit"
                    aria-label=(t.say_with("pack-begin-named", &args! { "file" => called(seat, file) })) { (t.say("pack-begin")) }
            }
        }
    }
}

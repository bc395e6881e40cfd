//! Staff as administrators see them: who there is, where each is signed in, and an end to it.

mod doors;
mod form;

pub(super) use doors::{close, open, password};
pub(super) use form::{change, change_page, make, make_page};

use super::{
    account::Asked,
    frame::{Seat, Tab},
    sessions,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert},
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use desk::acts::Ending;
use domain::{
    access::Action,
    actor::{Right, Staff},
    ids::StaffId,
    second::{Proofs, ResetWhy},
};
use locale::{args, key};
use maud::{Markup, html};
use serde::Deserialize;

/// So many at most; whoever is not among them is found by name.
const MOST: usize = 200;

#[derive(Debug, Deserialize)]
pub(super) struct At {
    staff: String,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    /// A part of their name or of what they sign in with.
    #[serde(default)]
    name: String,
}

pub(super) async fn list(seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let part = wanted.name.trim().to_lowercase();
    let mut all = ctx.app.desk.store().all_staff().await?;
    all.retain(|staff| staff.name.to_lowercase().contains(&part) || staff.sign_in.contains(&part));
    let mut fields = Fields::default();
    fields.set("name", wanted.name.clone());
    let (form, errors) = (fields, Errors::none());
    let form = Form::new(&form, &errors);
    let body = html! {
        p { a.usa-button href=(ctx.url("/staff/people/new")) { (t.say("people-new")) } " "
            a.usa-button.usa-button--outline href=(ctx.url("/staff/programs")) { (t.say("programs-nav")) } }
        form.desk-filter action=(ctx.url("/staff/people")) {
            (parts::input(&form, &Input { name: "name", label: &t.say("account-people-name"), longest: 100, verbatim: true,
                ..Input::default() }))
            button.usa-button.usa-button--outline type="submit" { (t.say("staff-find")) }
        }
        @if all.is_empty() { p { (t.say("account-people-none")) } } @else {
            div.desk-scroll role="region" tabindex="0" aria-labelledby="people-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #people-caption { (t.say_with("account-people-caption", &args! {
                        "shown" => count(all.len().min(MOST)), "all" => count(all.len()) })) }
                    thead { tr {
                        th scope="col" { (t.say("account-people-col-name")) }
                        th scope="col" { (t.say("account-people-col-sign-in")) }
                        th scope="col" { (t.say("account-people-col-roles")) }
                        th scope="col" { (t.say("account-people-col-office")) }
                    } }
                    tbody { @for staff in all.iter().take(MOST) { (row(&seat, staff)) } }
                }
            }
        }
    };
    Ok(seat.page(t.say("account-people-title"), Tab::People, body).render(ctx).into_response())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn row(seat: &Seat, staff: &Staff) -> Markup {
    let t = seat.t();
    let roles: Vec<String> = staff.roles.iter().map(|role| t.say_of("staff-role", role.as_str())).collect();
    html! {
        tr {
            th scope="row" { a.usa-link href=(seat.ctx.url(&format!("/staff/people/{}", staff.id))) { bdi { (staff.name) } }
                @if !staff.active { span.desk-tag { (t.say("account-people-closed")) } } }
            td { bdi { (staff.sign_in) } }
            td { (t.list(&roles)) }
            td { @if let Some(office) = &staff.office { bdi { (seat.office_name(office)) } } }
        }
    }
}

/// The member of staff at this address.
async fn find(seat: &Seat, at: &At) -> Result<Staff, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let id: StaffId = at.staff.parse().map_err(|_| WebError::NotFound)?;
    seat.ctx.app.desk.store().staff(id).await?.ok_or(WebError::NotFound)
}

pub(super) async fn page(
    seat: Seat,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let all = ctx.app.desk.live_sessions(&seat.caller_once(), staff.id).await?;
    let to = |what: &str| ctx.url(&format!("/staff/people/{}/{what}", staff.id));
    let proofs = ctx.app.desk.proofs(staff.id).await?;
    let held = ctx.app.desk.calls_of(&seat.caller_once(), staff.id).await?;
    let body = html! {
        @for (did, says) in [("changed", key!("people-changed")), ("closed", key!("people-closed")),
            ("opened", key!("people-opened")), ("given", key!("people-given-before"))] {
            @if asked.did == did { (alert(Alert::Success, "", &html! { p { (t.say_key(says)) } })) }
        }
        @if asked.did == "calls" { (alert(Alert::Error, "", &html! { p { (t.say("people-because-fault")) } })) }
        @if asked.did == "reset" { (alert(Alert::Success, "", &html! { p { (t.say("second-reset-done")) } })) }
        @if asked.did == "why" { (alert(Alert::Error, "", &html! { p { (t.say("second-reset-why")) } })) }
        @if asked.did == "ended" { (alert(Alert::Success, "", &html! { p { (t.say("account-ended")) } })) }
        p { a.usa-link href=(ctx.url("/staff/people")) { (t.say("account-people-back")) } }
        (form::summary(&seat, &staff))
        (sessions::list(&seat, &all, &to("end")))
        @if !all.is_empty() {
            (parts::post_button(ctx, &to("end-all"), &t.say("account-people-end-all"), "usa-button--secondary"))
        }
        (rights(&seat, &staff, &to("right")))
        (proofs_of(&seat, &staff, &proofs, &to("reset-proofs")))
        (doors::show(&seat, &staff, held))
    };
    Ok(seat.page(staff.name.clone(), Tab::People, body).render(ctx).into_response())
}

/// What somebody may see on top of their roles, and the button that gives it or takes it away: nobody's own.
fn rights(seat: &Seat, staff: &Staff, to: &str) -> Markup {
    let t = seat.t();
    html! {
        section aria-labelledby="rights" {
            h2 #rights { (t.say("guard-rights")) }
            @for right in Right::ALL {
                @let has = staff.has(right);
                p { strong { (t.say_of("guard-right", right.as_str())) } ": "
                    @if has { (t.say("staff-yes")) } @else { (t.say("staff-no")) } }
                @if staff.id != seat.me.staff.id {
                    form method="post" action=(to) {
                        (parts::key(&seat.ctx))
                        input type="hidden" name="right" value=(right.as_str());
                        input type="hidden" name="given" value=(if has { "no" } else { "yes" });
                        button.usa-button.usa-button--outline type="submit" {
                            @if has { (t.say("guard-right-take")) } @else { (t.say("guard-right-give")) } }
                    }
                }
            }
        }
    }
}

pub(super) async fn right(seat: Seat, Path(at): Path<At>, fields: Fields) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    if let Some(right) = Right::from_code(fields.get("right")) {
        let caller = seat.caller(fields.key("right"));
        let given = fields.get("given") == "yes";
        seat.ctx.app.desk.give_right(&caller, staff.id, right, given).await?;
    }
    Ok(back(&seat, &staff, ""))
}

/// What somebody proves with beside their password, and the way back in for whoever has lost it.
fn proofs_of(seat: &Seat, staff: &Staff, proofs: &Proofs, to: &str) -> Markup {
    let t = seat.t();
    let reasons: Vec<Choice> = ResetWhy::ALL
        .into_iter()
        .map(|why| Choice::new(why.as_str(), t.say_of("second-reset-why", why.as_str())))
        .collect();
    let (fields, errors) = (Fields::default(), Errors::none());
    let form = Form::new(&fields, &errors);
    html! {
        section aria-labelledby="proofs" {
            h2 #proofs { (t.say("second-of")) }
            @if proofs.any() {
                ul {
                    @if proofs.app.is_some() { li { (t.say("second-of-app")) } }
                    @if !proofs.passkeys.is_empty() {
                        li { (t.say_with("second-of-passkeys", &args! { "n" => count(proofs.passkeys.len()) })) } }
                }
                @if staff.id != seat.me.staff.id {
                    form.usa-form method="post" action=(to) {
                        (parts::key(&seat.ctx))
                        (parts::radios(&form, &Choices { name: "why", legend: &t.say("second-reset-legend"),
                            hint: &t.say("second-reset-hint"), ..Choices::default() }, &reasons))
                        button.usa-button.usa-button--secondary type="submit" { (t.say("second-reset")) }
                    }
                }
            } @else if proofs.owed {
                p { (t.say("second-of-owed")) }
            } @else {
                p { (t.say("second-of-none")) }
            }
        }
    }
}

pub(super) async fn reset_proofs(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    let Some(why) = ResetWhy::from_code(fields.get("why")) else {
        return Ok(back(&seat, &staff, "?did=why"));
    };
    let caller = seat.caller(fields.key("reset-proofs"));
    seat.ctx.app.desk.reset_proofs(&caller, staff.id, why).await?;
    Ok(back(&seat, &staff, "?did=reset"))
}

pub(super) async fn end(seat: Seat, Path(at): Path<At>, fields: Fields) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    // A form without a session names none of them; the page says which there are.
    match fields.get("id").parse() {
        Ok(id) => ended(&seat, &staff, &fields, Ending::One(id)).await,
        Err(_) => Ok(back(&seat, &staff, "")),
    }
}

pub(super) async fn end_all(seat: Seat, Path(at): Path<At>, fields: Fields) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    ended(&seat, &staff, &fields, Ending::All).await
}

async fn ended(seat: &Seat, staff: &Staff, fields: &Fields, which: Ending) -> Result<Response, WebError> {
    let caller = seat.caller(fields.key("end-session"));
    seat.ctx.app.desk.end_sessions(&caller, staff.id, which).await?;
    Ok(back(seat, staff, "?did=ended"))
}

fn back(seat: &Seat, staff: &Staff, did: &str) -> Response {
    Redirect::to(&seat.ctx.url(&format!("/staff/people/{}{did}", staff.id))).into_response()
}

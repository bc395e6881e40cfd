//! Who has nothing to do with an inquiry because they are too near to it: said by themselves with one click, or by whoever
//! supervises them, who alone takes it back.

use super::{
    Numbered, open, protect, run,
    view::{Shown, View},
};
use crate::{
    core::{Fields, WebError},
    parts::{self, Alert, Choice, Choices, alert},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    guard::{Conflict, ConflictWhy, LiftWhy},
    ids::StaffId,
    inquiry::Inquiry,
};
use maud::{Markup, html};

/// The addresses, below the inquiry's.
const APART: &str = "apart";
const CONFLICT: &str = "conflict";
const LIFT: &str = "conflict/lift";

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let form = |to: &str, inside: Markup| {
        let to = seat.ctx.url(&format!("/staff/inquiry/{}/{to}", inquiry.number.digits()));
        html! { form method="post" action=(to) { (parts::key(&seat.ctx)) (inside) } }
    };
    let own = [ConflictWhy::Own, ConflictWhy::Relative, ConflictWhy::Acquaintance];
    html! {
        section.quiet aria-labelledby="apart-title" {
            h2 #apart-title { (t.say("guard-title")) }
            (protect::show(view))
            details #apart {
                summary { (t.say("guard-apart")) }
                p { (t.say("guard-apart-then")) }
                (form(APART, html! {
                    @for why in own {
                        button.usa-button.usa-button--outline.desk-small type="submit" name="why" value=(why.as_str()) {
                            (t.say_of("guard-apart", why.as_str())) }
                    }
                }))
            }
            @if seat.can(Action::RunConflicts, inquiry) { (colleagues(view, &form)) }
        }
    }
}

/// For whoever supervises: who is kept from it, and the ways to change that.
fn colleagues(view: &View<'_>, form: &dyn Fn(&str, Markup) -> Markup) -> Markup {
    let t = view.seat.t();
    let conflicts = &view.inquiry.guard.conflicts;
    let typed = view.form();
    let choices = |codes: Vec<(&str, String)>| -> Vec<Choice> {
        let first = Choice::new("", t.say("staff-choose"));
        std::iter::once(first).chain(codes.into_iter().map(|(code, says)| Choice::new(code, says))).collect()
    };
    let whys =
        choices(ConflictWhy::ALL.map(|why| (why.as_str(), t.say_of("guard-why", why.as_str()))).into());
    let lifts =
        choices(LiftWhy::ALL.map(|why| (why.as_str(), t.say_of("guard-lift-why", why.as_str()))).into());
    let mut free: Vec<(&StaffId, &String)> = view
        .officers
        .iter()
        .filter(|(id, _)| **id != view.seat.me.staff.id && view.inquiry.guard.conflict(**id).is_none())
        .collect();
    free.sort_by_key(|(_, name)| name.as_str());
    let mut staff = vec![Choice::new("", t.say("staff-choose"))];
    staff.extend(free.into_iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
    html! {
        @if !conflicts.is_empty() {
            h3 { (t.say("guard-conflicts")) }
            ul.desk-notices { @for one in conflicts { li {
                (said(view, one))
                details { summary { (t.say("guard-lift")) }
                    (form(LIFT, html! {
                        input type="hidden" name="lift-who" value=(one.staff);
                        (parts::select(&typed, &Choices { name: "lift-why", legend: &t.say("guard-lift-because"), ..Choices::default() }, &lifts))
                        button.usa-button.usa-button--outline.desk-small type="submit" { (t.say("guard-lift-do")) }
                    })) }
            } } }
        }
        details #conflict {
            summary { (t.say("guard-set")) }
            p { (t.say("guard-set-then")) }
            (form(CONFLICT, html! {
                (parts::select(&typed, &Choices { name: "conflict-who", legend: &t.say("guard-set-who"), ..Choices::default() }, &staff))
                (parts::select(&typed, &Choices { name: "conflict-why", legend: &t.say("guard-set-because"), ..Choices::default() }, &whys))
                button.usa-button.usa-button--outline.desk-small type="submit" { (t.say("guard-set-do")) }
            }))
        }
    }
}

fn said(view: &View<'_>, one: &Conflict) -> Markup {
    let t = view.seat.t();
    let name = view.officers.get(&one.staff).map_or("", String::as_str);
    html! { strong { bdi { (name) } } ": " (t.say_of("guard-why", one.why.as_str())) ", " (signs::ago(view.seat, one.at)) }
}

/// A member of staff says of themselves that they are too near to it.
pub(in crate::staff) async fn declare(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = open(&seat, &at.number).await?;
    let Some(why) = ConflictWhy::from_code(fields.get("why")).filter(|why| *why != ConflictWhy::Other) else {
        return missing(&seat, &inquiry, fields).await;
    };
    let caller = seat.caller(fields.key(APART));
    match seat.ctx.app.desk.set_conflict(&caller, inquiry.id, seat.me.staff.id, why).await {
        Ok(_) => Ok(Redirect::to(&seat.ctx.url("/staff/apart")).into_response()),
        Err(error) => refused(&seat, &inquiry, fields, error).await,
    }
}

/// It is done; of the inquiry nothing is said any more.
pub(in crate::staff) async fn done(seat: Seat) -> Response {
    let t = seat.t();
    let body = html! { div role="status" { (alert(Alert::Success, "", &html! { p { (t.say("guard-apart-done")) } })) } };
    seat.page(t.say("guard-apart-title"), Tab::None, body).render(&seat.ctx).into_response()
}

/// Whoever supervises says it of a colleague.
pub(in crate::staff) async fn set(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::RunConflicts, None)?;
    let inquiry = open(&seat, &at.number).await?;
    let who = fields.get("conflict-who").parse::<StaffId>().ok().filter(|who| *who != seat.me.staff.id);
    let (Some(who), Some(why)) = (who, ConflictWhy::from_code(fields.get("conflict-why"))) else {
        return missing(&seat, &inquiry, fields).await;
    };
    let caller = seat.caller(fields.key(CONFLICT));
    match seat.ctx.app.desk.set_conflict(&caller, inquiry.id, who, why).await {
        Ok(_) => Ok(back(&seat, &inquiry)),
        Err(error) => refused(&seat, &inquiry, fields, error).await,
    }
}

/// Whoever supervises takes it back.
pub(in crate::staff) async fn lift(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::RunConflicts, None)?;
    let inquiry = open(&seat, &at.number).await?;
    let (Ok(who), Some(why)) =
        (fields.get("lift-who").parse::<StaffId>(), LiftWhy::from_code(fields.get("lift-why")))
    else {
        return missing(&seat, &inquiry, fields).await;
    };
    let caller = seat.caller(fields.key("lift"));
    match seat.ctx.app.desk.lift_conflict(&caller, inquiry.id, who, why).await {
        Ok(_) => Ok(back(&seat, &inquiry)),
        Err(error) => refused(&seat, &inquiry, fields, error).await,
    }
}

pub(super) fn back(seat: &Seat, inquiry: &Inquiry) -> Response {
    let to = format!("/staff/inquiry/{}#apart-title", inquiry.number.digits());
    Redirect::to(&seat.ctx.url(&to)).into_response()
}

/// Something was not chosen.
pub(super) async fn missing(seat: &Seat, inquiry: &Inquiry, typed: Fields) -> Result<Response, WebError> {
    let note = alert(Alert::Error, "", &html! { p { (seat.t().say("guard-missing")) } });
    let shown = Shown { typed, note: Some(note), ..Shown::default() };
    run::answer(seat, inquiry, shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// It could not be done; what has failed on our side has a page of its own.
pub(super) async fn refused(
    seat: &Seat,
    inquiry: &Inquiry,
    typed: Fields,
    error: DeskError,
) -> Result<Response, WebError> {
    if !matches!(error, DeskError::Refused(_) | DeskError::Contended) {
        return Err(error.into());
    }
    let error = WebError::Desk(error);
    let (wrong, next) = error.says(seat.t());
    let note = alert(Alert::Error, &wrong, &html! { p { (next) } });
    let shown = Shown { typed, note: Some(note), ..Shown::default() };
    run::answer(seat, inquiry, shown, error.status()).await
}

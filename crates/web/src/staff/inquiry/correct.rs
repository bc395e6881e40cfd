//! What was recorded of a person is corrected on their word, by whoever they say it to.

use super::{Numbered, open, proof, view::View};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, alert},
    public::request::corrected,
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{access::Action, earlier::SaidBy, inquiry::Inquiry};
use maud::{Markup, html};

/// The way to the form.
pub(super) fn link(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    html! {
        @if inquiry.is_live() && seat.can(Action::TakeDown, inquiry) {
            p { a.usa-link href=(here(seat, inquiry)) { (seat.t().say("staff-correct")) } }
            p { a.usa-link href=(proof::here(seat, inquiry)) { (seat.t().say("staff-proof")) } }
        }
    }
}

fn here(seat: &Seat, inquiry: &Inquiry) -> String {
    seat.ctx.url(&format!("/staff/inquiry/{}/correct", inquiry.number.digits()))
}

fn show(
    seat: &Seat,
    inquiry: &Inquiry,
    (note, first): (Option<Markup>, Markup),
    fields: &Fields,
    errors: &Errors,
) -> Markup {
    let t = seat.t();
    let form = Form::new(fields, errors);
    let ways = SaidBy::ALL.map(|by| Choice::new(by.as_str(), t.say_of("staff-earlier-said", by.as_str())));
    let number = inquiry.number.digits();
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { div role="alert" tabindex="-1" data-focus { (note) } }
        p { (t.say("staff-correct-about")) }
        form.desk-walk-in method="post" action=(here(seat, inquiry)) novalidate {
            (parts::key(&seat.ctx))
            (first)
            (corrected::fields(&seat.ctx, &form))
            (parts::radios(&form, &Choices { name: "said", legend: &t.say("staff-earlier-how"),
                hint: &t.say("staff-correct-how-hint"), ..Choices::default() }, &ways))
            button.usa-button type="submit" accesskey="s" { (t.say("staff-correct-do")) " " kbd aria-hidden="true" { "S" } }
        }
        p { a.usa-link href=(seat.ctx.url(&format!("/staff/inquiry/{number}"))) { (t.say("web-back")) } }
    };
    let page = seat.page(t.say("staff-correct"), Tab::None, body).title(inquiry.number.to_string());
    if errors.is_empty() { page } else { page.no_switch() }.render(&seat.ctx)
}

/// Back to the inquiry, to `there` on its page; or why not, on the page that asked.
pub(super) fn answer(
    seat: &Seat,
    inquiry: &Inquiry,
    there: &str,
    done: Result<Inquiry, DeskError>,
    again: impl FnOnce(Markup) -> Markup,
) -> Result<Response, WebError> {
    match done {
        Ok(_) => {
            let to = format!("/staff/inquiry/{}{there}", inquiry.number.digits());
            Ok(Redirect::to(&seat.ctx.url(&to)).into_response())
        }
        Err(error @ (DeskError::Refused(_) | DeskError::Contended)) => {
            let web = WebError::Desk(error);
            let (wrong, next) = web.says(seat.t());
            let note = alert(Alert::Error, &wrong, &html! { p { (next) } });
            Ok((web.status(), again(note)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The inquiry, if what people say may be noted here.
pub(super) async fn opened(seat: &Seat, at: &Numbered) -> Result<Inquiry, WebError> {
    seat.may(Action::TakeDown, None)?;
    let inquiry = open(seat, &at.number).await?;
    seat.may(Action::TakeDown, &inquiry)?;
    Ok(inquiry)
}

pub(in crate::staff) async fn ask(seat: Seat, Path(at): Path<Numbered>) -> Result<Markup, WebError> {
    let inquiry = opened(&seat, &at).await?;
    Ok(show(&seat, &inquiry, (None, html! {}), &corrected::filled(&inquiry), &Errors::none()))
}

pub(in crate::staff) async fn keep(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = opened(&seat, &at).await?;
    let mut errors = Errors::none();
    let correction = corrected::read(&seat.ctx, &inquiry, &fields, &mut errors);
    let said = SaidBy::from_code(fields.get("said"));
    if said.is_none() {
        errors.add("said", seat.t().say("staff-earlier-fault-said"));
    }
    let Some(correction) = correction.filter(|_| errors.is_empty()) else {
        let page = show(&seat, &inquiry, (None, html! {}), &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if let Some(first) = corrected::elsewhere(&seat.ctx, &inquiry, &correction, &fields) {
        return Ok(show(&seat, &inquiry, (None, first), &fields, &errors).into_response());
    }
    let caller = seat.caller(fields.key("correct"));
    let done = Box::pin(seat.ctx.app.desk.correct_recorded(&caller, inquiry.id, &correction, said)).await;
    answer(&seat, &inquiry, "?did=corrected", done, |note| {
        show(&seat, &inquiry, (Some(note), html! {}), &fields, &errors)
    })
}

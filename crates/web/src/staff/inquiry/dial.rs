//! The promised call, made from the browser: the telephone begins the attempt at the desk and dials the person.

use super::{Act, run, view::Shown, view::View};
use crate::{
    core::{
        WebError,
        switchboard::{SoftphoneAct, SwitchboardError},
    },
    parts::{self, Choice, Choices},
    staff::{frame::Seat, line},
};
use axum::response::{IntoResponse, Redirect, Response};
use domain::inquiry::Inquiry;
use maud::{Markup, html};

/// The field that says which telephone is used.
const BY: &str = "call-by";

/// Is this call to be made from the browser?
pub(super) fn is_asked(seat: &Seat, act: Act, shown: &Shown) -> bool {
    act == Act::Call && shown.typed.get(BY) == "browser" && seat.ctx.app.switchboard.is_some()
}

/// What stands in the form at first: the browser, when it is connected.
pub(super) fn likeliest(seat: &Seat) -> &'static str {
    if line::is_plugged_in(seat) { "browser" } else { "other" }
}

/// Which telephone? Nothing is asked where there is only one answer.
pub(super) fn choice(view: &View<'_>) -> Markup {
    let seat = view.seat;
    if seat.ctx.app.switchboard.is_none() {
        return html! {};
    }
    let t = seat.t();
    let hint = if line::is_plugged_in(seat) { String::new() } else { t.say("phone-by-browser-first") };
    let choices = [
        Choice::new("browser", t.say("phone-by-browser")).hint(hint),
        Choice::new("other", t.say("phone-by-other")),
    ];
    let legend = t.say("phone-by");
    html! {
        (parts::radios(&view.form(), &Choices { name: BY, legend: &legend, ..Choices::default() }, &choices))
        p { a.usa-link href=(seat.ctx.url("/staff/line")) target="anteroom-phone" { (t.say("phone-open")) } }
    }
}

/// Dials. What the desk refuses is said as it is for every act; the rest is the telephone's.
pub(super) async fn dial(seat: &Seat, inquiry: &Inquiry, mut shown: Shown) -> Result<Response, WebError> {
    let board = seat.ctx.app.switchboard.as_ref().ok_or(WebError::NotFound)?;
    match board.act(&seat.me.staff, SoftphoneAct::DialCallback { inquiry: inquiry.id }).await {
        Ok(()) => {
            let to = format!("/staff/inquiry/{}", inquiry.number.digits());
            Ok(Redirect::to(&seat.ctx.url(&to)).into_response())
        }
        Err(SwitchboardError::Desk(error)) => run::refused(seat, inquiry, shown, error).await,
        Err(error) => {
            let (status, note) = line::refused(seat, error);
            shown.note = Some(note);
            let now = seat.ctx.app.desk.store().inquiry(inquiry.id).await?.ok_or(WebError::NotFound)?;
            run::answer(seat, &now, shown, status).await
        }
    }
}

//! The promised call, made from the browser: the telephone begins the attempt at the desk and dials the person.

use super::{Act, run, view::Shown, view::View};
use crate::{
    core::{
        WebError,
        switchboard::{SoftphoneAct, SwitchboardError},
    },
    parts::{self, Choice, Choices},
    staff::{frame::Seat, line, signs},
};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    callback::CallOutcome,
    inquiry::{Inquiry, Stage},
};
use locale::args;
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

/// The calls that were made in vain for what is promised, what comes next, and why.
pub(super) fn tries(view: &View<'_>) -> Markup {
    let (seat, t, now) = (view.seat, view.seat.t(), view.seat.ctx.now);
    let given_up = matches!(view.inquiry.stage, Stage::Unreached { .. });
    let past = view.inquiry.past_callbacks.last().filter(|_| given_up);
    let Some(callback) = view.inquiry.callback().or(past) else { return html! {} };
    let Some(last) = callback.attempts.last() else { return html! {} };
    let zone = callback.window.zone.name();
    let why = t.say_of("staff-outcome", last.outcome.as_str());
    let rules = &seat.ctx.app.desk.pack().line().callbacks;
    let made = callback.in_window().filter(|a| a.outcome != CallOutcome::LineFault).count();
    html! {
        section.desk-tries aria-labelledby="tries" {
            h3 #tries { (t.say("staff-tries-title")) }
            ol {
                @for attempt in &callback.attempts {
                    li {
                        (signs::time(attempt.started, &t.moment(attempt.started, zone, now))) ": "
                        (t.say_of("staff-outcome", attempt.outcome.as_str()))
                        @if let Some(officer) = view.officers.get(&attempt.officer) { " (" bdi { (officer) } ")" }
                    }
                }
            }
            @if given_up {
                p { strong { (t.say_of("staff-tries-then", callback.then.unwrap_or_default().as_str())) } }
            } @else if matches!(view.inquiry.stage, Stage::Promised(_)) && callback.again_by.is_some() {
                p { strong { (t.say_with("staff-tries-next", &args! {
                    "moment" => t.moment(callback.next_attempt, zone, now), "why" => why })) } " "
                    (t.say_with("staff-tries-of", &args! {
                        "made" => i64::try_from(made).unwrap_or(0),
                        "most" => i64::from(rules.as_written().most_attempts) })) }
            } @else if callback.renewed > 0 {
                p { (t.say("staff-tries-renewed")) }
            }
        }
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

//! The matter goes to an officer, in one step beside the call: why, what was said, and when the officer calls.

use super::{
    Shown,
    duty::choices,
    known_state, refused_with, show as show_page,
    telephone::{button, inquiry},
};
use crate::{
    core::{
        Errors, Fields, Form, WebError,
        switchboard::{SoftphoneAct, SoftphoneState, SwitchboardError},
    },
    parts::{self, Choice, Choices, Input},
    staff::frame::Seat,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{WindowOffer, acts::Escalate};
use domain::{
    access::Action,
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
};
use locale::args;
use maud::{Markup, html};

/// So many windows to choose from.
pub(in crate::staff) const WINDOWS: usize = 12;
/// The longest summary, in characters.
pub(in crate::staff) const LONGEST: usize = 600;

/// The inquiry of the call, if an officer can be promised for it now.
async fn open(seat: &Seat, state: &SoftphoneState) -> Result<Option<Inquiry>, WebError> {
    let SoftphoneState::Talking { .. } = state else { return Ok(None) };
    let Some(id) = inquiry(state).filter(|_| seat.can(Action::PromiseCallback, None)) else {
        return Ok(None);
    };
    let found = seat.ctx.app.desk.store().inquiry(id).await?;
    Ok(found.filter(|inquiry| {
        matches!(inquiry.stage, Stage::Review { .. } | Stage::Unreached { .. } | Stage::ToBook { .. })
    }))
}

/// The form; nothing where there is no inquiry, or an officer calls already.
pub(super) async fn show(
    seat: &Seat,
    state: &SoftphoneState,
    typed: &Form<'_>,
) -> Result<Option<Markup>, WebError> {
    let Some(inquiry) = open(seat, state).await? else { return Ok(None) };
    let t = seat.t();
    let now = seat.ctx.now;
    let offers = seat.ctx.app.desk.windows(&inquiry, now, WINDOWS).await?;
    let windows = windows(seat, &offers);
    let to = seat.ctx.url("/staff/line/escalate");
    let wrong = ["window", "because", "summary"].iter().any(|field| typed.error(field).is_some());
    Ok(Some(html! {
        details.phone-more #escalate open[wrong] {
            summary accesskey="o" { (t.say("phone-escalate")) " " kbd aria-hidden="true" { "O" } }
            @if windows.len() > 1 {
                form.phone-form method="post" action=(to) hx-post=(to) hx-target="#line" hx-select="#line" hx-swap="outerMorph" {
                    (parts::key(&seat.ctx))
                    input type="hidden" name="inquiry" value=(inquiry.id);
                    (asked(seat, typed, &windows))
                    p.phone-row {
                        (button("promise", &t.say("phone-escalate-on"), None, ""))
                        (button("promise-end", &t.say("phone-escalate-end"), None, "usa-button--outline"))
                    }
                }
            } @else {
                p { strong { (t.say("staff-windows-none")) } " " (t.say("staff-windows-none-next")) }
            }
        }
    }))
}

/// Why it goes to an officer, what was said, and when the officer calls.
pub(in crate::staff) fn asked(seat: &Seat, typed: &Form<'_>, windows: &[Choice]) -> Markup {
    let t = seat.t();
    let words = &seat.ctx.app.desk.pack().line().wait.written().escalate;
    let (why, when, summary, hint) = (
        t.say("phone-escalate-why"),
        t.say("phone-escalate-when"),
        t.say("phone-escalate-summary"),
        t.say("phone-escalate-summary-hint"),
    );
    let mut whys = vec![Choice::new("", t.say("phone-colleague-none"))];
    whys.extend(choices(seat, words));
    html! {
        @if !words.is_empty() {
            (parts::select(typed, &Choices { name: "because", legend: &why, ..Choices::default() }, &whys))
        }
        (parts::textarea(typed, &Input { name: "summary", label: &summary, hint: &hint, longest: LONGEST, ..Input::default() }))
        (parts::select(typed, &Choices { name: "window", legend: &when, ..Choices::default() }, windows))
    }
}

/// The windows that can be promised, in the person's own time; the first choice is none.
pub(in crate::staff) fn windows(seat: &Seat, offers: &[WindowOffer]) -> Vec<Choice> {
    let t = seat.t();
    let mut choices = vec![Choice::new("", t.say("phone-colleague-none"))];
    for offer in offers {
        let today = offer.window.zone.date(seat.ctx.now);
        let (from, to) = (offer.window.local_start(), offer.window.local_end());
        let hours = t.say_with(
            "staff-window-hours",
            &args! { "from" => t.time(from.time()), "to" => t.time(to.time()) },
        );
        let day = t.opening(&t.on_day(from.date(), today));
        let says = t.say_with("phone-escalate-window", &args! { "day" => day, "hours" => hours });
        choices.push(Choice::new(offer.window.start.to_string(), says));
    }
    choices
}

/// What was typed; nothing, with sentences in `errors`, when something is missing.
pub(in crate::staff) fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<Escalate> {
    let t = seat.t();
    let words = &seat.ctx.app.desk.pack().line().wait.written().escalate;
    let why = fields.get("because").parse().ok();
    if why.is_none() && !words.is_empty() {
        errors.add("because", t.say("phone-fault-escalate-why"));
    }
    let summary = fields.get("summary").trim();
    if summary.is_empty() {
        errors.add("summary", t.say("phone-fault-summary"));
    }
    if summary.chars().count() > LONGEST {
        errors.add("summary", t.say("phone-escalate-summary-hint"));
    }
    let start = fields.get("window").parse().ok();
    if start.is_none() {
        errors.add("window", t.say("phone-fault-window"));
    }
    let start = start.filter(|_| errors.is_empty())?;
    Some(Escalate { start, why, summary: summary.into() })
}

/// Promises; then the call goes on, or ends.
pub(in crate::staff) async fn escalate(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    seat.may(Action::PromiseCallback, None)?;
    let mut shown = Shown { typed: fields, ..Shown::default() };
    let about = known_state(&seat).await?.as_ref().and_then(inquiry);
    let asked = shown.typed.get("inquiry").parse::<InquiryId>().ok();
    let Some(id) = about.filter(|about| Some(*about) == asked) else {
        return refused_with(&seat, SwitchboardError::NotNow, shown).await;
    };
    let Some(ask) = read(&seat, &shown.typed, &mut shown.errors) else {
        return show_page(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
    };
    let caller = seat.caller(shown.typed.key("escalate"));
    if let Err(error) = seat.ctx.app.desk.escalate(&caller, id, &ask).await {
        return refused_with(&seat, error.into(), shown).await;
    }
    if shown.typed.get("do") == "promise-end"
        && let Some(board) = &seat.ctx.app.switchboard
    {
        // The promise stands. Whoever has hung up already is gone.
        let _ = board.act(&seat.me.staff, SoftphoneAct::HangUp).await;
    }
    Ok(Redirect::to(&seat.ctx.url("/staff/line")).into_response())
}

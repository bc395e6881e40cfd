//! Where an operator stands: ready, not ready and why, on a call, writing down what came of it; and how they change it.

use super::{Shown, refused_with, show, state, takes};
use crate::{
    core::{
        Fields, Form, WebError,
        switchboard::{SoftphoneState, SwitchboardError},
    },
    parts::{self, Choice as Listed, Choices},
    staff::{frame::Seat, signs},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, acts::OperatorState};
use domain::{
    access::Action,
    codes::{DispositionCode, PauseCode},
    ids::WaitId,
    wait::{Choice, Named, Operator, Status, Unready, Untaken, WaitRules, WaitingCaller},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// Where whoever sits here stands, and the call that they write about.
pub(super) struct Duty {
    operator: Operator,
    wait: Option<WaitingCaller>,
    /// What nobody takes, since they leave it out.
    left: Untaken,
}

impl Duty {
    pub(super) async fn load(seat: &Seat) -> Result<Self, WebError> {
        let store = seat.ctx.app.desk.store();
        let me = seat.me.staff.id;
        let operator = store.operator(me).await?.unwrap_or_else(|| Operator::new(me)).settled(seat.ctx.now);
        let wait = match about(&operator.status) {
            Some(wait) => store.wait(wait).await?,
            None => None,
        };
        let left = seat.ctx.app.desk.leaves_untaken(&seat.caller_once(), &operator).await?;
        Ok(Self { operator, wait, left })
    }
}

/// The call that can be written about: the one they have, or have just had.
const fn about(status: &Status) -> Option<WaitId> {
    match status {
        Status::Talking { caller, .. } | Status::WrapUp { caller, .. } => Some(*caller),
        Status::Off | Status::NotReady { .. } | Status::Ready { .. } | Status::Ringing { .. } => None,
    }
}

fn rules(seat: &Seat) -> &WaitRules {
    &seat.ctx.app.desk.pack().line().wait
}

/// The agency's word with this code, in this desk's language; the code where it has none.
pub(super) fn word<C: PartialEq + ToString>(seat: &Seat, words: &[Named<C>], code: &C) -> String {
    let named = words.iter().find(|named| named.code == *code);
    named.map_or_else(|| code.to_string(), |named| named.name.in_lang(&seat.ctx.lang).to_owned())
}

/// The choices of a form: a word for each of the agency's codes.
pub(super) fn choices<C: ToString>(seat: &Seat, words: &[Named<C>]) -> Vec<Listed> {
    let lang = &seat.ctx.lang;
    words.iter().map(|named| Listed::new(named.code.to_string(), named.name.in_lang(lang))).collect()
}

pub(super) fn show_duty(seat: &Seat, duty: &Duty, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let status = &duty.operator.status;
    html! {
        section.phone-card aria-label=(t.say("phone-duty-title")) data-duty=(status.as_str()) {
            h2 #duty tabindex="-1" { span aria-hidden="true" { (sign(status)) " " } (t.say_of("phone-duty", status.as_str())) }
            (stands(seat, status))
            @if let Some(next) = &duty.operator.next { p { (t.say("phone-duty-then")) " " strong { (chosen(seat, next)) } } }
            @if let Some(wait) = &duty.wait { (wrap_up(seat, status, wait, form)) }
            (takes::now(seat, &duty.operator, &duty.left))
            (change(seat, &duty.operator, form))
        }
    }
}

const fn sign(status: &Status) -> &'static str {
    match status {
        Status::Off => "○",
        Status::NotReady { .. } => "‖",
        Status::Ready { .. } => "●",
        Status::Ringing { .. } | Status::Talking { .. } => "☎",
        Status::WrapUp { .. } => "✎",
    }
}

fn stands(seat: &Seat, status: &Status) -> Markup {
    let t = seat.t();
    html! {
        @match status {
            Status::Off => p { (t.say("phone-duty-off-next")) },
            Status::NotReady { why, since, until } => {
                p {
                    strong { (match why {
                        Unready::Chosen { reason: Some(reason) } => word(seat, &rules(seat).written().not_ready, reason),
                        Unready::Chosen { reason: None } => t.say("phone-unready-chosen"),
                        Unready::Declined => t.say("phone-unready-declined"),
                        Unready::Unanswered => t.say("phone-unready-unanswered"),
                        Unready::Lost => t.say("phone-unready-lost"),
                        Unready::Asked => t.say("phone-unready-asked"),
                        Unready::Listens => t.say("phone-unready-listens"),
                    }) } " " (signs::ago(seat, *since))
                }
                @if let Some(until) = until { p { (t.say("phone-duty-ready-in")) " " (left(seat, *until)) } }
            }
            Status::Ready { since } => p { (t.say("phone-duty-ready-since")) " " (signs::ago(seat, *since)) },
            Status::Ringing { .. } | Status::Talking { .. } => {}
            Status::WrapUp { until, .. } => p { (t.say("phone-duty-ready-in")) " " (left(seat, *until)) },
        }
    }
}

/// How long it still lasts. A script counts down; without one it says until when.
fn left(seat: &Seat, until: Timestamp) -> Markup {
    let seconds = until.duration_since(seat.ctx.now).as_secs().max(0);
    let time = seat.t().time(seat.zone().local(until).time());
    html! {
        time role="timer" datetime=(until) data-left=(seconds) {
            (seat.t().say_with("phone-until", &args! { "time" => time }))
        }
    }
}

fn chosen(seat: &Seat, choice: &Choice) -> String {
    let t = seat.t();
    match choice {
        Choice::Ready => t.say("phone-duty-ready"),
        Choice::Off => t.say("phone-duty-off"),
        Choice::NotReady { reason: None } => t.say("phone-duty-not-ready"),
        Choice::NotReady { reason: Some(reason) } => word(seat, &rules(seat).written().not_ready, reason),
    }
}

fn form(seat: &Seat, inside: &Markup) -> Markup {
    let to = seat.ctx.url("/staff/line/duty");
    html! {
        form.phone-form method="post" action=(to) hx-post=(to) hx-target="#line" hx-select="#line" hx-swap="outerMorph" {
            (parts::key(&seat.ctx))
            (inside)
        }
    }
}

fn button(act: &'static str, words: &str, key: Option<&'static str>, class: &str) -> Markup {
    html! {
        button id={ "do-" (act) } class={ "usa-button " (class) } type="submit" name="do" value=(act) accesskey=[key] {
            (words)
            @if let Some(key) = key { " " kbd aria-hidden="true" { (key.to_uppercase()) } }
        }
    }
}

/// How the call ended, and more time to write it down.
fn wrap_up(seat: &Seat, status: &Status, wait: &WaitingCaller, typed: &Form<'_>) -> Markup {
    let t = seat.t();
    let words = &rules(seat).written().disposition;
    let legend = t.say("phone-disposition");
    let mut fields = Fields::default();
    fields.set("disposition", wait.disposition.as_ref().map(ToString::to_string).unwrap_or_default());
    let shown = if typed.error("disposition").is_some() { *typed } else { Form::new(&fields, typed.errors) };
    let wraps_up = matches!(status, Status::WrapUp { .. });
    html! {
        (form(seat, &html! {
            @if !words.is_empty() {
                (parts::radios(&shown, &Choices { name: "disposition", legend: &legend, ..Choices::default() }, &choices(seat, words)))
            }
            p.phone-row {
                @if !words.is_empty() { (button("dispose", &t.say("phone-dispose"), Some("w"), "")) }
                @if wraps_up { (button("extend", &t.say("phone-extend"), Some("z"), "usa-button--outline")) }
            }
        }))
    }
}

/// What they may choose now. On a call it holds once they are free.
fn change(seat: &Seat, operator: &Operator, typed: &Form<'_>) -> Markup {
    let (t, status) = (seat.t(), &operator.status);
    let words = &rules(seat).written().not_ready;
    let (fields, errors) = (Fields::default(), crate::core::Errors::none());
    let legend = t.say("phone-pause");
    let mut pauses = vec![Listed::new("", t.say("phone-pause-none"))];
    pauses.extend(choices(seat, words));
    html! {
        (form(seat, &html! {
            p.phone-row {
                @if !matches!(status, Status::Ready { .. } | Status::Ringing { .. }) {
                    (button("ready", &t.say("phone-go-ready"), Some("y"), ""))
                }
                @if !matches!(status, Status::Off) { (button("off", &t.say("phone-go-off"), None, "usa-button--outline")) }
            }
            @if takes::can_choose(seat) { (takes::boxes(seat, operator, typed)) }
        }))
        (form(seat, &html! {
            @if !words.is_empty() {
                (parts::select(&Form::new(&fields, &errors), &Choices { name: "pause", legend: &legend, ..Choices::default() }, &pauses))
            }
            p.phone-row { (button("not-ready", &t.say("phone-go-not-ready"), Some("n"), "usa-button--outline")) }
        }))
    }
}

/// One choice of an operator: its button's name says which.
pub(in crate::staff) async fn duty(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    let mut shown = Shown { typed: fields, ..Shown::default() };
    let Some(phone) = state(&seat) else { return show(&seat, StatusCode::CONFLICT, shown).await };
    let choice = match shown.typed.get("do") {
        // Nobody may be rung who cannot hear it.
        "ready" if phone == SoftphoneState::Unplugged => {
            return refused_with(&seat, SwitchboardError::NotPluggedIn, shown).await;
        }
        "ready" => Some(Choice::Ready),
        "off" => Some(Choice::Off),
        "not-ready" => {
            let reason = shown.typed.get("pause");
            let read = reason.parse::<PauseCode>().ok();
            if read.is_none() && !reason.is_empty() {
                return Err(WebError::BadForm);
            }
            Some(Choice::NotReady { reason: read })
        }
        "dispose" | "extend" | "only" => None,
        _ => return Err(WebError::BadForm),
    };
    if matches!(shown.typed.get("do"), "ready" | "only") && takes::were_shown(&shown.typed) {
        let Some(only) = takes::read(&seat, &shown.typed, &mut shown.errors)? else {
            return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
        };
        let caller = seat.caller(shown.typed.key("takes"));
        if let Err(error) = seat.ctx.app.desk.take_only(&caller, seat.me.staff.id, &only).await {
            return refused_with(&seat, error.into(), shown).await;
        }
    }
    let done = match choice {
        Some(choice) => set(&seat, &shown.typed, choice).await,
        None if shown.typed.get("do") == "only" => Ok(()),
        None if shown.typed.get("do") == "extend" => extend(&seat, &shown.typed).await,
        None => {
            let Ok(code) = shown.typed.get("disposition").parse::<DispositionCode>() else {
                shown.errors.add("disposition", seat.t().say("phone-fault-disposition"));
                return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
            };
            dispose(&seat, &shown.typed, &code).await
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&seat.ctx.url("/staff/line")).into_response()),
        Err(error) => refused_with(&seat, error, shown).await,
    }
}

async fn set(seat: &Seat, fields: &Fields, choice: Choice) -> Result<(), SwitchboardError> {
    let board = seat.ctx.app.switchboard.as_ref();
    let node = board.and_then(|board| board.node());
    let ask = OperatorState { choice, node };
    let desk = &seat.ctx.app.desk;
    desk.set_operator_state(&seat.caller(fields.key("duty")), seat.me.staff.id, &ask).await?;
    Ok(())
}

async fn extend(seat: &Seat, fields: &Fields) -> Result<(), SwitchboardError> {
    let desk = &seat.ctx.app.desk;
    desk.extend_wrap_up(&seat.caller(fields.key("wrap-up")), seat.me.staff.id).await?;
    Ok(())
}

async fn dispose(seat: &Seat, fields: &Fields, code: &DispositionCode) -> Result<(), SwitchboardError> {
    let desk = &seat.ctx.app.desk;
    let me = seat.me.staff.id;
    let operator = desk.store().operator(me).await.map_err(DeskError::from)?;
    let status = operator.map(|operator| operator.settled(seat.ctx.now).status);
    let wait = status.as_ref().and_then(about).ok_or(SwitchboardError::NotNow)?;
    desk.dispose_wait(&seat.caller(fields.key("dispose")), wait, me, code).await?;
    Ok(())
}

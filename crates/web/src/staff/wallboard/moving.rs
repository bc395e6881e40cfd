//! People who wait are moved from one queue to another, by whoever runs the wait: some at once, each at their own place.

use super::{behind::ROWS, n};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, alert, error_summary},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    change::IdempotencyKey,
    codes::{PassCode, QueueCode},
    ids::WaitId,
    wait::{State, WaitingCaller},
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use store::{Waits, columns::MOST_WAITS};

/// What came of moving people.
#[derive(Debug, Default, Deserialize)]
pub(in crate::staff) struct Came {
    #[serde(default)]
    moved: u32,
    /// So many had moved on meanwhile.
    #[serde(default)]
    left: u32,
}

/// What was done, where something was.
pub(super) fn said(seat: &Seat, came: &Came) -> Markup {
    let t = seat.t();
    let count = |count: u32| args! { "n" => i64::from(count) };
    html! {
        @if came.moved > 0 {
            (alert(Alert::Success, "", &html! { p { (t.say_with("wall-moved", &count(came.moved))) } }))
        }
        @if came.left > 0 {
            (alert(Alert::Warning, "", &html! { p { (t.say_with("wall-not-moved", &count(came.left))) } }))
        }
    }
}

/// Who waits, longest first, with a form that moves those who are ticked.
pub(super) fn show(seat: &Seat, callers: &[&WaitingCaller], form: &Form<'_>) -> Markup {
    let t = seat.t();
    let queues = seat.ctx.app.desk.queues();
    let moves = queues.len() > 1 && callers.iter().any(|caller| caller.is_movable());
    let mut head = vec![
        t.say("staff-col-since"),
        t.say("wall-queue"),
        t.say("phone-col-language"),
        t.say("staff-col-state"),
    ];
    if moves {
        head.insert(0, t.say("wall-move-col"));
    }
    let mut callers = callers.to_vec();
    callers.sort_by_key(|one| one.first_asked);
    let rows = html! {
        @for (nth, caller) in callers.iter().take(ROWS).enumerate() {
            tr {
                @if moves { td { @if caller.is_movable() { (tick(seat, form, caller, nth + 1)) } } }
                th scope="row" { (signs::ago(seat, caller.first_asked)) }
                td { bdi { (signs::queue(seat, &caller.queue)) } }
                td { (t.say_of("staff-lang", caller.lang.as_str())) }
                td { (state(seat, caller)) }
            }
        }
    };
    let table = super::behind::table(seat, callers.len(), &head, &rows);
    if !moves {
        return table;
    }
    let mut to = vec![Choice::new("", t.say("phone-colleague-none"))];
    to.extend(queues.iter().map(|queue| Choice::new(queue.as_str(), signs::queue(seat, queue))));
    let words = &seat.ctx.app.desk.pack().line().wait.written().move_on;
    let mut whys = vec![Choice::new("", t.say("phone-colleague-none"))];
    let lang = &seat.ctx.lang;
    whys.extend(words.iter().map(|word| Choice::new(word.code.as_str(), word.name.in_lang(lang))));
    let (queue, why) = (t.say("wall-move-to"), t.say("wall-move-why"));
    html! {
        form method="post" action=(seat.ctx.url("/staff/waits/move")) {
            (parts::key(&seat.ctx))
            // A fault of the boxes leads here.
            div #wait tabindex="-1" {
                @if let Some(fault) = form.error("wait") { span.usa-error-message { (fault) } }
                (table)
            }
            h2 { (t.say("wall-move-title")) }
            p { (t.say("wall-move-about")) }
            (parts::select(form, &Choices { name: "queue", legend: &queue, ..Choices::default() }, &to))
            @if !words.is_empty() {
                (parts::select(form, &Choices { name: "why", legend: &why, ..Choices::default() }, &whys))
            }
            p { button.usa-button type="submit" { (t.say("wall-move")) } }
        }
    }
}

/// Where they are: whoever is being connected with a line outside keeps a place, and nobody here has to answer them now.
fn state(seat: &Seat, caller: &WaitingCaller) -> String {
    let t = seat.t();
    let Some(outside) = &caller.outside else { return t.say_of("phone-wait", caller.state.as_str()) };
    let line = seat.ctx.app.desk.pack().line().wait.outside_line(&outside.to);
    let to = line.map_or(outside.to.as_str(), |line| line.name.in_lang(&seat.ctx.lang));
    t.say_with("wall-rings-outside", &args! { "to" => to })
}

fn tick(seat: &Seat, form: &Form<'_>, caller: &WaitingCaller, nth: usize) -> Markup {
    let id = caller.id.to_string();
    html! {
        div.usa-checkbox {
            input.usa-checkbox__input type="checkbox" name="wait" id={ "wait-" (id) } value=(id) checked[form.fields.has("wait", &id)];
            label.usa-checkbox__label for={ "wait-" (id) } {
                span.usa-sr-only { (seat.t().say_with("wall-move-one", &args! { "n" => n(nth) })) }
            }
        }
    }
}

pub(in crate::staff) async fn act(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let t = seat.t();
    let mut errors = Errors::none();
    let ids: Vec<WaitId> = fields.all("wait").iter().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        errors.add("wait", t.say("wall-move-fault-nobody"));
    }
    let queue = fields.get("queue").parse::<QueueCode>().ok();
    let queue = queue.filter(|queue| seat.ctx.app.desk.queues().contains(queue));
    if queue.is_none() {
        errors.add("queue", t.say("wall-move-fault-queue"));
    }
    let why = fields.get("why").parse::<PassCode>().ok();
    if !seat.ctx.app.desk.pack().line().wait.says_why_moved(why.as_ref()) {
        errors.add("why", t.say("wall-move-fault-why"));
    }
    let Some(queue) = queue.filter(|_| errors.is_empty()) else {
        return wrong(&seat, &fields, &errors).await;
    };
    let (mut moved, mut left) = (0_u32, 0_u32);
    let key = fields.key("move");
    for id in ids {
        // Each is a command of its own: whoever was answered meanwhile keeps nobody else back.
        let caller = seat.caller(IdempotencyKey::of("w", format!("{}:{id}", key.as_str())));
        match seat.ctx.app.desk.move_wait(&caller, id, &queue, why.as_ref()).await {
            Ok(_) => moved += 1,
            Err(DeskError::Wait(_) | DeskError::NotFound) => left += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let to = format!("/staff/wallboard/waiting?moved={moved}&left={left}");
    Ok(Redirect::to(&seat.ctx.url(&to)).into_response())
}

/// The form again, with what was ticked, over those who wait now.
async fn wrong(seat: &Seat, fields: &Fields, errors: &Errors) -> Result<Response, WebError> {
    let t = seat.t();
    let all = seat.ctx.app.desk.store().waits(&Waits::All, MOST_WAITS).await.map_err(DeskError::from)?;
    let waiting: Vec<&WaitingCaller> =
        all.iter().filter(|one| !matches!(one.state, State::Talking { .. } | State::Over { .. })).collect();
    let body = html! {
        (error_summary(&seat.ctx, errors))
        p { a.usa-link href=(seat.ctx.url("/staff/wallboard")) { (t.say("wall-back")) } }
        (show(seat, &waiting, &Form::new(fields, errors)))
    };
    let page = seat.page(t.say("wall-tile-waiting"), Tab::Wallboard, body).no_switch();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&seat.ctx)).into_response())
}

//! The telephone in one line on every other page of whoever has one: how it is, who rings, since when, and the way to it. It makes no sound
//! of its own: that is the telephone's page's.

use crate::{
    core::{
        WebError,
        switchboard::{SoftphoneState as S, With},
    },
    staff::frame::Seat,
};
use axum::response::{IntoResponse, Response};
use domain::{access::Action, phone::PhoneNumber};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// Has whoever sits here a telephone?
pub(in crate::staff) fn telephones(seat: &Seat) -> bool {
    seat.ctx.app.switchboard.is_some() && seat.can(Action::UseTelephone, None)
}

/// The line. It asks for itself again when the telephone has changed.
pub(in crate::staff) fn show(seat: &Seat) -> Markup {
    let Some(board) = &seat.ctx.app.switchboard else { return html! {} };
    let state = board.watch(seat.me.staff.id).borrow().clone();
    let t = seat.t();
    let urgent = matches!(state.name(), "ringing" | "asked");
    html! {
        div #phone-bar.desk-phone.desk-phone--rings[urgent] data-bar=(state.name()) role="status"
            hx-get=(seat.ctx.url("/staff/line/bar")) hx-trigger="phone from:#desk-live" hx-swap="outerMorph" {
            span { span aria-hidden="true" { "☎ " } strong { (t.say_of("phone-state", state.name())) }
                (who(seat, &state)) (since(seat, &state)) }
            a.usa-link href=(seat.ctx.url("/staff/line")) target="anteroom-phone" { (t.say("phone-open")) }
        }
    }
}

/// The line alone, for the page that asks for it again.
pub(in crate::staff) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    Ok(show(&seat).into_response())
}

/// Who rings, or is spoken with.
fn who(seat: &Seat, state: &S) -> Markup {
    let t = seat.t();
    let number = |number: Option<&PhoneNumber>| {
        number.map_or_else(|| t.say("phone-number-unknown"), PhoneNumber::spoken_form)
    };
    match state {
        S::Ringing { caller, .. } => html! { " · " bdi { (number(caller.as_ref())) } },
        S::Talking { number: known, with: With::Wait { .. }, .. } | S::Asked { number: known, .. } => {
            html! { " · " bdi { (number(known.as_ref())) } }
        }
        _ => html! {},
    }
}

fn since(seat: &Seat, state: &S) -> Markup {
    let since: Timestamp = match state {
        S::Ringing { since, .. }
        | S::Dialling { since, .. }
        | S::Talking { since, .. }
        | S::Asked { since, .. }
        | S::Listening { since, .. } => *since,
        S::Unplugged | S::Idle | S::Ended { .. } => return html! {},
    };
    let time = seat.t().time(seat.zone().local(since).time());
    html! { " · " time datetime=(since) { (seat.t().say_with("phone-since", &args! { "time" => time })) } }
}

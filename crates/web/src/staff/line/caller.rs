//! Whose number it may be that calls: its open inquiries with what they were promised, and its calls before.

use crate::{
    core::{WebError, switchboard::SoftphoneState as S},
    staff::{frame::Seat, signs},
};
use desk::acts::KnownNumber;
use domain::{access::Action, call_record::CallRecord, inquiry::Inquiry, phone::PhoneNumber};
use locale::args;
use maud::{Markup, html};

/// The window in which inquiries open beside a call: the page of the call must stay, since the call lives in it.
const WINDOW: &str = "anteroom-case";

/// The number that calls or is spoken with, while it is not known which inquiry it is about.
fn number(state: &S) -> Option<&PhoneNumber> {
    match state {
        S::Ringing { caller, inquiry: None, .. } => caller.as_ref(),
        S::Talking { with, number, .. } | S::Asked { with, number, .. } if with.inquiry().is_none() => {
            number.as_ref()
        }
        _ => None,
    }
}

/// What is known of the number, before the call is answered. Looking is journalled with each inquiry that is shown.
pub(super) async fn show(seat: &Seat, state: &S) -> Result<Option<Markup>, WebError> {
    let Some(number) = number(state).filter(|_| seat.can(Action::ReadInquiry, None)) else {
        return Ok(None);
    };
    let known = seat.ctx.app.desk.who_calls(&seat.caller_once(), number).await?;
    Ok(Some(section(seat, &known)))
}

fn section(seat: &Seat, known: &KnownNumber) -> Markup {
    let t = seat.t();
    html! {
        section.phone-case aria-labelledby="caller-title" {
            h2 #caller-title { (t.say("phone-caller")) }
            @if known.inquiries.is_empty() {
                p { (t.say("phone-caller-none")) }
            } @else {
                p.quiet { (t.say("phone-caller-maybe")) }
                ul { @for inquiry in &known.inquiries { li { (line(seat, inquiry)) } } }
                @if known.more { p.quiet { (t.say("phone-caller-more")) } }
                p.quiet { (t.say("phone-case-window")) }
            }
            @if !known.calls.is_empty() {
                h3 { (t.say("phone-caller-before")) }
                ul { @for call in &known.calls { li { (before(seat, call)) } } }
            }
        }
    }
}

fn line(seat: &Seat, inquiry: &Inquiry) -> Markup {
    let t = seat.t();
    let to = seat.ctx.url(&format!("/staff/inquiry/{}", inquiry.number.digits()));
    html! {
        a.usa-link.desk-number href=(to) target=(WINDOW) { bdi { (inquiry.number) } } " · "
        (signs::urgency(seat, inquiry.urgency)) " · " (signs::reason(seat, inquiry)) " · "
        (t.say_of("staff-stage", inquiry.stage.as_str()))
        @if let Some(callback) = inquiry.callback() { " · " (signs::window(seat, &callback.window)) }
        @else if let Some(visit) = inquiry.appointment() {
            " · " (signs::time(visit.start, &t.moment(visit.start, visit.zone.name(), seat.ctx.now))) }
    }
}

fn before(seat: &Seat, call: &CallRecord) -> Markup {
    let t = seat.t();
    let end = call.end.map(|end| t.say_of("staff-contact-end", end.as_str())).unwrap_or_default();
    html! { (signs::ago(seat, call.began)) ": " (end) " " (lasted(seat, call)) }
}

/// How long a call lasted, in whole minutes.
fn lasted(seat: &Seat, call: &CallRecord) -> String {
    let minutes = i64::from(call.seconds(seat.ctx.now).div_ceil(60)).max(1);
    seat.t().say_with("staff-contact-minutes", &args! { "n" => minutes })
}

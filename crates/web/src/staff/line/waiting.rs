//! Who waits in line, in the order of their places, for those who answer them and those who run the line.

use crate::{
    core::WebError,
    staff::{frame::Seat, signs},
};
use domain::{
    access::Action,
    urgency::Urgency,
    wait::{State, WaitingCaller},
};
use locale::args;
use maud::{Markup, html};
use store::Waits;

/// Rows on the page: whoever stands behind them will not be answered while one looks.
const ROWS: usize = 100;

/// Is it somebody whose turn is still to come?
const fn waits(caller: &WaitingCaller) -> bool {
    matches!(caller.state, State::Waiting | State::Away(_) | State::Offered { .. } | State::Calling { .. })
}

/// The line. It is asked for again when somebody in it moves.
pub(super) async fn show(seat: &Seat) -> Result<Markup, WebError> {
    let store = seat.ctx.app.desk.store();
    let read = u32::try_from(ROWS * 2).unwrap_or(u32::MAX);
    let mut callers = store.waits(&Waits::All, read).await?;
    callers.retain(waits);
    let more = callers.len() > ROWS;
    callers.truncate(ROWS);
    let t = seat.t();
    Ok(html! {
        section #queue aria-labelledby="queue-title" hx-get=(seat.ctx.url("/staff/line")) hx-trigger="queue from:#line-news"
            hx-select="#queue" hx-swap="outerMorph" {
            h2 #queue-title { (t.say("phone-queue")) }
            @if callers.is_empty() { p.quiet { (t.say("phone-queue-empty")) } }
            @else { (table(seat, &callers)) }
            @if !callers.is_empty() && seat.can(Action::RunWait, None) && seat.ctx.app.desk.queues().len() > 1 {
                p { a.usa-link href=(seat.ctx.url("/staff/wallboard/waiting")) { (t.say("wall-move-title")) } }
            }
            @if more { p.quiet { (t.say_with("phone-queue-more", &args! { "n" => i64::try_from(ROWS).unwrap_or(0) })) } }
        }
    })
}

fn table(seat: &Seat, callers: &[WaitingCaller]) -> Markup {
    let t = seat.t();
    let pack = seat.ctx.app.desk.pack();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="queue-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #queue-caption { (t.say("phone-queue-caption")) }
                thead { tr {
                    th scope="col" { (t.say("phone-col-place")) }
                    th scope="col" { (t.say("staff-col-since")) }
                    th scope="col" { (t.say("wall-queue")) }
                    th scope="col" { (t.say("phone-col-language")) }
                    th scope="col" { (t.say("staff-col-reason")) }
                    th scope="col" { (t.say("staff-col-state")) }
                } }
                tbody {
                    @for (n, caller) in callers.iter().enumerate() {
                        tr id={ "wait-" (caller.id) } {
                            th.desk-n scope="row" { (t.number(i64::try_from(n).unwrap_or(0) + 1))
                                @if caller.urgency == Urgency::Urgent { " " (signs::urgency(seat, caller.urgency)) } }
                            td { (signs::ago(seat, caller.first_asked)) }
                            td { bdi { (signs::queue(seat, &caller.queue)) } }
                            td { (t.say_of("staff-lang", caller.lang.as_str())) }
                            td { @if let Some(code) = &caller.reason {
                                (pack.reason(code).map_or_else(|| code.to_string(), |r| r.name.in_lang(&seat.ctx.lang).to_owned())) } }
                            td { (t.say_of("phone-wait", caller.state.as_str())) }
                        }
                    }
                }
            }
        }
    }
}

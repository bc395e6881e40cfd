//! What was recorded of the calls about an inquiry, for whoever may hear it.

use super::view::View;
use domain::{access::Action, call_record::CallRecord, recording::Recorded};
use locale::args;
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, t) = (view.seat, view.seat.t());
    if !seat.can(Action::HearRecording, None) {
        return html! {};
    }
    let all: Vec<(&CallRecord, &Recorded)> =
        view.calls.iter().flat_map(|call| call.recorded.iter().map(move |one| (call, one))).collect();
    let board = seat.ctx.app.switchboard.as_ref();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="recordings" {
                h2 #recordings { (t.say("staff-recordings-title")) }
                p.quiet { (t.say("staff-recordings-hint")) }
                ul.usa-list {
                    @for (call, one) in all {
                        @let name = t.say_with("staff-recording-of", &args! {
                            "moment" => t.moment(one.from, seat.zone().name(), seat.ctx.now),
                            "by" => view.officers.get(&one.by).map_or("", String::as_str),
                        });
                        li {
                            (name)
                            @if !one.pauses.is_empty() {
                                " " (t.say_with("staff-recording-pauses", &args! { "n" => i64::try_from(one.pauses.len()).unwrap_or(0) }))
                            }
                            br;
                            @if one.until.is_none() {
                                span.quiet { (t.say("staff-recording-runs")) }
                            } @else if board.is_some_and(|board| board.recording(call.id, one.nth).is_some()) {
                                @let to = seat.ctx.url(&format!("/staff/recording/{}/{}", call.id, one.nth));
                                audio.desk-sound controls preload="none" aria-label=(name) src=(to) {}
                                " " a.usa-link href=(to) { (t.say("staff-recording-open")) span.usa-sr-only { " " (name) } }
                            } @else {
                                span.quiet { (t.say("staff-recording-gone")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

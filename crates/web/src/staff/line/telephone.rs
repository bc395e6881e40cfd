//! The telephone itself: its state in words, and what can be done now.

use super::{acts::Colleague, listening, passed::Beside, passing};
use crate::{
    core::{
        Form,
        switchboard::{Ended, Progress, SoftphoneState as S, Taped, With},
    },
    parts::{self, Input},
    staff::{frame::Seat, intake},
};
use domain::{
    ids::InquiryId,
    phone::PhoneNumber,
    wait::{State, WaitingCaller},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// The inquiry that the call is about, if it is known.
pub(super) const fn inquiry(state: &S) -> Option<InquiryId> {
    match state {
        S::Ringing { inquiry, .. } => *inquiry,
        S::Dialling { with, .. }
        | S::Talking { with, .. }
        | S::Asked { with, .. }
        | S::Listening { with, .. }
        | S::Ended { with, .. } => with.inquiry(),
        S::Unplugged | S::Idle => None,
    }
}

/// The telephone. `data-phone` and `data-alert` are what the script rings and says by.
pub(super) fn show(
    seat: &Seat,
    state: &S,
    beside: &Beside,
    form: &Form<'_>,
    colleagues: &[Colleague],
) -> Markup {
    let t = seat.t();
    let name = state.name();
    let says = t.say_of("phone-state", name);
    html! {
        section.phone-card aria-label=(t.say("phone-title")) data-phone=(name)
            data-alert=[matches!(name, "ringing" | "asked").then(|| t.say("phone-ringing-alert"))] {
            h2 #phone-state tabindex="-1" aria-live="polite" { span aria-hidden="true" { (sign(state)) " " } (says) }
            (match state {
                S::Unplugged => html! { p { (t.say("phone-unplugged-next")) } },
                S::Idle => html! { p { (t.say("phone-idle-next")) } },
                S::Ringing { caller, inquiry, since, .. } => ringing(seat, caller.as_ref(), *inquiry, *since),
                S::Dialling { since, progress, .. } => dialling(seat, *since, *progress),
                S::Talking { with, number, since, held, consult, overheard, taped } => html! {
                    (recording(seat, *taped))
                    (listening::overheard(seat, *overheard, &beside.listener))
                    (who(seat, number.as_ref(), with.inquiry()))
                    p { (t.say("phone-talk-time")) " " (clock(seat, *since)) }
                    @match consult {
                        Some(consult) => (passing::consulting(seat, consult, &beside.colleague)),
                        None => {
                            (talking(seat, *held, called(*with, beside.wait.as_ref())))
                            (keypad(seat, form))
                            (passing::show(seat, (*with, beside.wait.as_ref()), form, colleagues))
                            (intake::offer(seat, *with))
                        }
                    }
                },
                S::Asked { with, number, since, stage, .. } => html! {
                    (passing::asked(seat, *stage, &beside.colleague))
                    (who(seat, number.as_ref(), with.inquiry()))
                    p { (t.say("phone-talk-time")) " " (clock(seat, *since)) }
                },
                S::Listening { since, mode, .. } => listening::listens(seat, *since, *mode, &beside.colleague),
                S::Ended { with, outcome, .. } => ended(seat, *with, *outcome),
            })
        }
    }
}

const fn sign(state: &S) -> &'static str {
    match state {
        S::Unplugged => "○",
        S::Idle => "●",
        S::Ringing { .. } | S::Dialling { .. } | S::Asked { .. } => "☎",
        S::Listening { .. } => "◉",
        S::Talking { held: true, .. } => "‖",
        S::Talking { .. } => "▶",
        S::Ended { .. } => "■",
    }
}

/// How long it has lasted. A script lets it go on; without one it says when it began.
pub(super) fn clock(seat: &Seat, since: Timestamp) -> Markup {
    let seconds = seat.ctx.now.duration_since(since).as_secs().max(0);
    html! {
        time role="timer" datetime=(since) data-elapsed=(seconds) {
            (seat.t().say_with("phone-since", &args! { "time" => seat.t().time(seat.zone().local(since).time()) }))
        }
    }
}

/// A form of the call with its buttons. It is sent in place, so that the page and with it the call stays.
pub(super) fn form(seat: &Seat, inside: &Markup) -> Markup {
    html! {
        form.phone-form method="post" action=(seat.ctx.url("/staff/line/call"))
            hx-post=(seat.ctx.url("/staff/line/call")) hx-target="#line" hx-select="#line" hx-swap="outerMorph" {
            (parts::key(&seat.ctx))
            (inside)
        }
    }
}

/// A button that does something with the call, with its key where it has one.
pub(super) fn button(act: &'static str, words: &str, key: Option<&'static str>, class: &str) -> Markup {
    html! {
        button id={ "do-" (act) } class={ "usa-button " (class) } type="submit" name="do" value=(act) accesskey=[key] {
            (words)
            @if let Some(key) = key { " " kbd aria-hidden="true" { (key.to_uppercase()) } }
        }
    }
}

fn who(seat: &Seat, number: Option<&PhoneNumber>, inquiry: Option<InquiryId>) -> Markup {
    let t = seat.t();
    html! {
        p.phone-number {
            @match number {
                Some(number) => bdi { (number.spoken_form()) },
                None => (t.say("phone-number-unknown")),
            }
        }
        @if inquiry.is_none() { p { (t.say("phone-inquiry-unknown")) } }
    }
}

fn ringing(
    seat: &Seat,
    caller: Option<&PhoneNumber>,
    inquiry: Option<InquiryId>,
    since: Timestamp,
) -> Markup {
    let t = seat.t();
    html! {
        (who(seat, caller, inquiry))
        p { (t.say("phone-rings")) " " (clock(seat, since)) }
        (form(seat, &html! {
            p.phone-row {
                (button("answer", &t.say("phone-answer"), Some("a"), ""))
                (button("decline", &t.say("phone-decline"), Some("x"), "usa-button--outline"))
            }
        }))
        p.quiet { (t.say("phone-decline-then")) }
    }
}

fn dialling(seat: &Seat, since: Timestamp, progress: Progress) -> Markup {
    let t = seat.t();
    html! {
        p {
            @match progress {
                Progress::Trying => (t.say("phone-dial-trying")),
                Progress::Ringing => (t.say("phone-dial-ringing")),
                Progress::EarlyMedia => (t.say("phone-dial-early")),
            }
            " " (clock(seat, since))
        }
        (form(seat, &html! { p.phone-row { (button("hang-up", &t.say("phone-hang-up"), Some("e"), "usa-button--secondary")) } }))
    }
}

/// Whether we called whoever is on the line: as promised, or because their place had come up.
fn called(with: With, wait: Option<&WaitingCaller>) -> bool {
    let back = |wait: &WaitingCaller| matches!(wait.state, State::Talking { called_back: true, .. });
    matches!(with, With::Inquiry(_)) || wait.is_some_and(back)
}

fn talking(seat: &Seat, held: bool, called: bool) -> Markup {
    let t = seat.t();
    form(
        seat,
        &html! {
            p.phone-row {
                @if held { (button("take-back", &t.say("phone-take-back"), Some("h"), "")) }
                @else { (button("hold", &t.say("phone-hold"), Some("h"), "usa-button--outline")) }
                @if called {
                    (button("machine", &t.say("phone-machine"), None, "usa-button--outline"))
                }
                (button("hang-up", &t.say("phone-hang-up"), Some("e"), "usa-button--secondary"))
            }
        },
    )
}

/// Whether it is recorded. It stands still by one key, while something is said that nobody should keep.
fn recording(seat: &Seat, taped: Option<Taped>) -> Markup {
    let Some(taped) = taped else { return html! {} };
    let t = seat.t();
    let sign = match taped {
        Taped::Announced => "…",
        Taped::Runs => "●",
        Taped::Paused => "‖",
        Taped::Refused => "○",
    };
    html! {
        p #recording role="status" { strong { span aria-hidden="true" { (sign) " " } (t.say_of("phone-recording", taped.as_str())) } }
        @match taped {
            Taped::Runs => (form(seat, &html! {
                p.phone-row { (button("pause-recording", &t.say("phone-recording-pause"), Some("r"), "usa-button--outline")) }
            })),
            Taped::Paused => (form(seat, &html! {
                p.phone-row { (button("resume-recording", &t.say("phone-recording-resume"), Some("r"), "")) }
            })),
            Taped::Announced | Taped::Refused => {},
        }
    }
}

/// Digits for the other end's machine. Each key of the pad is a button, so that it works without scripts.
fn keypad(seat: &Seat, typed: &Form<'_>) -> Markup {
    let t = seat.t();
    html! {
        details.phone-more #keypad open[typed.error("keys").is_some()] {
            summary accesskey="p" { (t.say("phone-keypad")) " " kbd aria-hidden="true" { "P" } }
            (form(seat, &html! {
                input type="hidden" name="do" value="keys";
                div.phone-pad dir="ltr" role="group" aria-label=(t.say("phone-keypad")) {
                    @for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] {
                        button.usa-button.usa-button--outline type="submit" name="keys" value=(key) { (key) }
                    }
                }
            }))
            (form(seat, &html! {
                (parts::input(typed, &Input {
                    name: "keys", label: &t.say("phone-keys"), hint: &t.say("phone-keys-hint"), kind: "tel",
                    longest: 40, verbatim: true, ..Input::default()
                }))
                p.phone-row { (button("keys", &t.say("phone-keys-send"), None, "usa-button--outline")) }
            }))
        }
    }
}

fn ended(seat: &Seat, with: With, outcome: Ended) -> Markup {
    let t = seat.t();
    html! {
        p { (t.say_of("phone-ended", outcome.as_str()))
            @if let Ended::NotReached(outcome) = outcome { " " strong { (t.say_of("staff-outcome", outcome.as_str())) } }
        }
        @match (with, outcome) {
            (With::Inquiry(_), Ended::NotReached(_) | Ended::Failed) => p { (t.say("phone-recorded")) },
            (With::Inquiry(_), _) => p { (t.say("phone-record")) },
            _ => {},
        }
        (intake::offer(seat, with))
    }
}

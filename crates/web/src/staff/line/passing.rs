//! Passing the caller on: to a colleague who is free, or to the line in another language or about something else.

use super::{
    acts::{Colleague, line_choice, outside_choice},
    duty::choices,
    telephone::{button, form},
};
use crate::{
    core::{
        Form,
        switchboard::{Consult, ConsultStage, With},
    },
    parts::{self, Choice, Choices},
    staff::{frame::Seat, signs},
};
use domain::wait::{State, WaitingCaller};
use locale::args;
use maud::{Markup, html};

/// The form. Whoever the agency called itself is talked to by who called: only callers of the line are passed on.
pub(super) fn show(
    seat: &Seat,
    (with, wait): (With, Option<&WaitingCaller>),
    typed: &Form<'_>,
    colleagues: &[Colleague],
) -> Markup {
    let t = seat.t();
    let called = wait.is_some_and(|wait| matches!(wait.state, State::Talking { called_back: true, .. }));
    if called || !matches!(with, With::Wait { .. }) {
        return html! {};
    }
    let words = &seat.ctx.app.desk.pack().line().wait.written().pass_on;
    let (whom, why, about) = (t.say("phone-pass-whom"), t.say("phone-pass-why"), t.say("phone-pass-about"));
    let nobody = t.say("phone-colleague-none");
    let list = |name, legend, choices: Vec<Choice>| {
        parts::select(typed, &Choices { name, legend, ..Choices::default() }, &choices)
    };
    html! {
        details.phone-more #pass-on open[typed.error("to").is_some() || typed.error("why").is_some()] {
            summary accesskey="t" { (t.say("phone-pass-on")) " " kbd aria-hidden="true" { "T" } }
            (form(seat, &html! {
                (list("to", &whom, whoms(seat, colleagues)))
                @if !words.is_empty() {
                    (list("why", &why, [Choice::new("", nobody.clone())].into_iter().chain(choices(seat, words)).collect()))
                }
                (list("about", &about, abouts(seat)))
                p.phone-row {
                    (button("consult", &t.say("phone-consult"), None, ""))
                    (button("transfer", &t.say("phone-transfer"), None, "usa-button--outline"))
                }
                p.quiet { (t.say("phone-transfer-then")) }
                p.quiet { (t.say("phone-consult-then")) }
                @if !seat.ctx.app.desk.pack().line().wait.written().outside.is_empty() {
                    p.quiet { (t.say("phone-outside-then")) }
                }
            }))
        }
    }
}

/// Colleagues who are free, the line in each language, and the lines outside that the agency lists.
fn whoms(seat: &Seat, colleagues: &[Colleague]) -> Vec<Choice> {
    let t = seat.t();
    let mut whoms = vec![Choice::new("", t.say("phone-colleague-none"))];
    for colleague in colleagues {
        let name = colleague.staff.name.as_str();
        let says = match &colleague.status {
            Some(status) => {
                let stands = t.say_of("phone-duty", status.as_str());
                t.say_with("phone-colleague-is", &args! { "name" => name, "stands" => stands })
            }
            None => name.to_owned(),
        };
        whoms.push(Choice::new(colleague.staff.id.to_string(), says));
    }
    let pack = seat.ctx.app.desk.pack();
    let queues = seat.ctx.app.desk.queues();
    for queue in &queues {
        for lang in pack.languages() {
            let spoken = t.say_of("staff-lang", lang.as_str());
            let says = if queues.len() > 1 {
                t.say_with(
                    "phone-pass-queue",
                    &args! { "queue" => signs::queue(seat, queue), "lang" => spoken },
                )
            } else {
                t.say_with("phone-pass-line", &args! { "lang" => spoken })
            };
            whoms.push(Choice::new(line_choice(queue, lang), says));
        }
    }
    for line in &pack.line().wait.written().outside {
        let name = line.says(&seat.ctx.lang);
        let says = t.say_with("phone-pass-outside", &args! { "name" => name });
        whoms.push(Choice::new(outside_choice(&line.code), says));
    }
    whoms
}

/// What it may be about instead.
fn abouts(seat: &Seat) -> Vec<Choice> {
    let mut abouts = vec![Choice::new("", seat.t().say("phone-pass-about-same"))];
    let reasons = seat.ctx.app.desk.pack().reasons().iter();
    abouts.extend(reasons.map(|r| Choice::new(r.code.to_string(), r.name.in_lang(&seat.ctx.lang))));
    abouts
}

/// A colleague is asked while the caller holds.
pub(super) fn consulting(seat: &Seat, consult: &Consult, name: &str) -> Markup {
    let t = seat.t();
    let stage = consult.stage;
    html! {
        p { strong { (t.say_of("phone-consult-is", stage.as_str())) " " bdi { (name) } } }
        (form(seat, &html! {
            p.phone-row {
                @if stage == ConsultStage::Talking { (button("join", &t.say("phone-join"), Some("j"), "usa-button--outline")) }
                @if stage != ConsultStage::Ringing { (button("complete", &t.say("phone-complete"), Some("c"), "")) }
                (button("cancel", &t.say("phone-consult-cancel"), Some("x"), "usa-button--outline"))
            }
        }))
    }
}

/// A colleague asks.
pub(super) fn asked(seat: &Seat, stage: ConsultStage, name: &str) -> Markup {
    let t = seat.t();
    html! {
        p { strong { (t.say_with("phone-asked-by", &args! { "name" => name })) } }
        p { (t.say_of("phone-asked-then", stage.as_str())) }
        (form(seat, &html! {
            p.phone-row {
                @if stage == ConsultStage::Ringing {
                    (button("answer", &t.say("phone-answer"), Some("a"), ""))
                    (button("decline", &t.say("phone-decline"), Some("x"), "usa-button--outline"))
                } @else {
                    (button("hang-up", &t.say("phone-hang-up"), Some("e"), "usa-button--secondary"))
                }
            }
        }))
    }
}

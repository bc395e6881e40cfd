//! Passing the caller on: to a colleague who is free, or to the line in another language or about something else.

use super::{
    acts::{Colleague, line_choice},
    duty::choices,
    telephone::{button, form},
};
use crate::{
    core::{
        Form,
        switchboard::{Consult, With},
    },
    parts::{self, Choice, Choices},
    staff::frame::Seat,
};
use domain::codes::QueueCode;
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The form. Whoever the agency called itself is talked to by who promised it: only callers of the line are passed on.
pub(super) fn show(seat: &Seat, with: With, typed: &Form<'_>, colleagues: &[Colleague]) -> Markup {
    let t = seat.t();
    let consults = seat.ctx.app.switchboard.as_ref().is_some_and(|board| board.consults());
    let passes = matches!(with, With::Wait { .. });
    if !passes && !consults {
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
                (list("to", &whom, whoms(seat, passes, colleagues)))
                @if passes {
                    @if !words.is_empty() {
                        (list("why", &why, [Choice::new("", nobody.clone())].into_iter().chain(choices(seat, words)).collect()))
                    }
                    (list("about", &about, abouts(seat)))
                }
                p.phone-row {
                    @if consults { (button("consult", &t.say("phone-consult"), None, "")) }
                    @if passes { (button("transfer", &t.say("phone-transfer"), None, "usa-button--outline")) }
                }
                @if passes { p.quiet { (t.say("phone-transfer-then")) } }
                @if consults { p.quiet { (t.say("phone-consult-then")) } }
            }))
        }
    }
}

/// Colleagues who are free, and the line in each language.
fn whoms(seat: &Seat, line: bool, colleagues: &[Colleague]) -> Vec<Choice> {
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
    let queues: BTreeSet<QueueCode> = pack
        .callflow()
        .into_iter()
        .flat_map(|callflow| callflow.flow.queues().filter_map(|queue| queue.parse().ok()))
        .collect();
    for queue in queues.iter().filter(|_| line) {
        for lang in pack.languages() {
            let spoken = t.say_of("staff-lang", lang.as_str());
            let says = if queues.len() > 1 {
                t.say_with("phone-pass-queue", &args! { "queue" => queue.as_str(), "lang" => spoken })
            } else {
                t.say_with("phone-pass-line", &args! { "lang" => spoken })
            };
            whoms.push(Choice::new(line_choice(queue, lang), says));
        }
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

pub(super) fn consulting(seat: &Seat, consult: &Consult, colleagues: &[Colleague]) -> Markup {
    let t = seat.t();
    let name = colleagues.iter().find(|one| one.staff.id == consult.to).map(|one| one.staff.name.clone());
    html! {
        p { strong {
            @if consult.answered { (t.say("phone-consult-on")) } @else { (t.say("phone-consult-rings")) }
            " " bdi { (name.unwrap_or_else(|| t.say("phone-a-colleague"))) }
        } }
        (form(seat, &html! {
            p.phone-row {
                (button("complete", &t.say("phone-complete"), Some("c"), ""))
                (button("cancel", &t.say("phone-consult-cancel"), Some("x"), "usa-button--outline"))
                (button("hang-up", &t.say("phone-hang-up"), Some("e"), "usa-button--secondary"))
            }
        }))
    }
}

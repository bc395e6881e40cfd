//! The parts of an inquiry's page, from the top: where it is, what is promised, what to do, how to change it.

use super::{call, moved, own_time, path, review, visit, withdraw};
use crate::core::{Ctx, proof::Own};
use crate::parts::{Alert, Row, alert, card, getting_there, post_button, qr, summary};
use domain::{
    appointment::Appointment,
    callback::Callback,
    delegate::DelegateAct,
    inquiry::{Inquiry, Stage},
    mark::MarkCode,
    notice::Notice,
    wait::{State, WaitingCaller},
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};
use store::Waiting;

fn moment(ctx: &Ctx, inquiry: &Inquiry, at: Timestamp) -> String {
    ctx.t().moment(at, inquiry.reach.zone.name(), ctx.now)
}

/// While the officer dials, that stands first: it is how a person knows that the call is real.
pub(super) fn calling(ctx: &Ctx, own: &Own, waits: &[WaitingCaller]) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let back = waits.iter().any(|wait| matches!(wait.state, State::Calling { .. }));
    let heading = match inquiry.stage {
        // It is for whoever takes the call.
        _ if !own.may(DelegateAct::TakeCall) => return html! {},
        // They rang: there is nothing to be picked up, and no call of ours to be known again.
        Stage::Calling { theirs: true, .. } => return html! {},
        Stage::Calling { .. } => t.say("public-calling-now"),
        _ if back => t.say("public-calling-back-now"),
        _ => return html! {},
    };
    let number = ctx.app.desk.pack().agency().phone.calls_from_shown.as_str();
    alert(
        Alert::Success,
        &heading,
        &html! {
            p { (t.say_with("public-calling-number", &args! { "number" => number })) }
            @if let Stage::Calling { callback, .. } = &inquiry.stage {
                @let mark = ctx.app.desk.links().next_call_mark(callback);
                p { (t.say_with("public-calling-code", &args! { "code" => mark.as_str() })) }
            }
            (phrase(ctx, inquiry))
        },
    )
}

/// When we called lately, so that whoever got a call can see whether it was us: while it rings, and for a week.
pub(super) fn was_it_us(ctx: &Ctx, inquiry: &Inquiry, waits: &[WaitingCaller], notices: &[Notice]) -> Markup {
    const SHOWN: SignedDuration = SignedDuration::from_hours(24 * 7);
    let t = ctx.t();
    let links = ctx.app.desk.links();
    let mut calls: Vec<(Timestamp, MarkCode)> = Vec::new();
    for callback in inquiry.past_callbacks.iter().chain(inquiry.callback()) {
        let made = callback.attempts.iter().zip(1..).filter(|(made, _)| !made.theirs);
        calls.extend(made.map(|(made, n)| (made.started, links.call_mark(callback.id.uuid(), n))));
    }
    for wait in waits {
        let mark = |n| links.call_mark(wait.id.uuid(), n);
        calls.extend(wait.tried.iter().zip(1..).map(|(tried, n)| (tried.started, mark(n))));
        if let State::Calling { since, .. } | State::Talking { since, called_back: true, .. } = wait.state {
            calls.push((since, mark(wait.tried.len() + 1)));
        }
    }
    for notice in notices {
        calls.extend(notice.rung.iter().zip(1..).map(|(at, n)| (*at, links.call_mark(notice.id.uuid(), n))));
    }
    if let Stage::Calling { since, callback, theirs: false, .. } = &inquiry.stage {
        calls.push((*since, links.next_call_mark(callback)));
    }
    calls.retain(|(at, _)| ctx.now.duration_since(*at) < SHOWN);
    calls.sort_unstable_by(|a, b| b.cmp(a));
    let number = ctx.app.desk.pack().agency().phone.calls_from_shown.as_str();
    html! {
        @if !calls.is_empty() {
            details.quiet #was-it-us {
                summary { (t.say("public-was-it-us")) }
                ul.usa-list {
                    @for (at, mark) in calls {
                        li { (t.say_with("public-was-it-us-call", &args! {
                            "moment" => moment(ctx, inquiry, at), "number" => number, "code" => mark.as_str() })) }
                    }
                }
                p { (t.say("public-was-it-us-other")) }
            }
        }
    }
}

/// Where it stands, as the person is told it.
const fn stage(inquiry: &Inquiry) -> &'static str {
    match inquiry.stage {
        // They rang: nobody calls them.
        Stage::Calling { theirs: true, .. } => "talking",
        _ => inquiry.stage.as_str(),
    }
}

/// The phrase, hidden until asked for: somebody may look over the shoulder.
fn phrase(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let phrase = inquiry.reach.phrase.reveal();
    html! {
        @if !phrase.is_empty() {
            details.quiet #phrase {
                summary { (t.say("public-phrase-show")) }
                p { strong { (phrase) } }
                p { (t.say("public-phrase-about")) }
            }
        }
    }
}

/// Where is it?
pub(super) fn position(ctx: &Ctx, inquiry: &Inquiry, waiting: Option<Waiting>) -> Markup {
    let t = ctx.t();
    html! {
        p { strong {
            @if matches!(inquiry.stage, Stage::Review { .. }) && inquiry.open_review().is_some() { (t.say("public-stage-reviewed")) }
            @else { (t.say_of("public-stage", stage(inquiry))) }
        } }
        @if let Some(Waiting { before, all }) = waiting {
            p { (t.say_with("public-position", &args! { "place" => before + 1, "of" => all })) }
            (moved::section(ctx, inquiry))
            p.quiet { (t.say("public-position-about")) }
        }
        @if let Stage::CheckedIn { ticket, called, .. } = &inquiry.stage {
            p { (t.say_with("public-ticket", &args! { "ticket" => ticket.as_str() })) }
            @if let Some((counter, _)) = called {
                (alert(Alert::Success, &t.say_with("public-ticket-called", &args! { "counter" => counter.as_str() }), &html! {}))
            }
        }
        @if let Stage::Closed { closing, .. } = &inquiry.stage {
            p { (t.say_of("public-closed", closing.as_str())) }
        }
        @if let Some(office) = ctx.app.desk.pack().office(&inquiry.office) {
            p { (t.say_with("public-office", &args! { "office" => office.name.as_str() })) }
        }
    }
}

/// What is promised, and when?
pub(super) fn promised(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    match &inquiry.stage {
        Stage::Promised(callback) | Stage::Calling { callback, .. } => call_card(ctx, own, callback),
        Stage::Booked(appointment) | Stage::CheckedIn { appointment, .. } => {
            visit_card(ctx, own, appointment)
        }
        Stage::Papers { .. } => html! { p { (t.say("public-promise-papers")) } },
        Stage::Closed { .. } => html! { p { (t.say("public-promise-closed")) } },
        Stage::Review { due, .. }
        | Stage::Spoken { due, .. }
        | Stage::Unreached { due, .. }
        | Stage::ToBook { due, .. } => {
            let by = args! { "moment" => moment(ctx, inquiry, *due) };
            html! {
                p {
                    @match inquiry.stage {
                        Stage::Review { .. } => (t.say_with("public-promise-review", &by)),
                        Stage::Spoken { .. } => (t.say_with("public-promise-spoken", &by)),
                        Stage::Unreached { .. } => (t.say_with("public-promise-unreached", &by)),
                        _ => (t.say_with("public-promise-to-book", &by)),
                    }
                }
                @if *due < ctx.now { (alert(Alert::Warning, "", &html! { (t.say("public-promise-late")) })) }
            }
        }
    }
}

fn call_card(ctx: &Ctx, own: &Own, callback: &Callback) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let takes = own.may(DelegateAct::TakeCall);
    let number = ctx.app.desk.pack().agency().phone.calls_from_shown.as_str();
    let main = t.opening(&call::window(ctx, &callback.window));
    let body = html! {
        @if callback.broken_at.is_some() {
            (alert(Alert::Error, &t.say("public-broken-title"), &html! { (t.say("public-broken")) }))
        } @else if !callback.attempts.is_empty() && matches!(inquiry.stage, Stage::Promised(_)) {
            p { (t.say_with("public-call-again", &args! { "moment" => moment(ctx, inquiry, callback.next_attempt) })) }
        }
        @if takes { p { (t.say_with("public-call-caller", &args! { "number" => number, "phone" => inquiry.reach.phone.spoken_form() })) } }
        @if takes && !matches!(inquiry.stage, Stage::Calling { .. }) { (phrase(ctx, inquiry)) }
        @if matches!(inquiry.stage, Stage::Promised(_)) && own.may(DelegateAct::Call) {
            div.actions {
                a.usa-button href=(ctx.url(&path(inquiry, "/call/time"))) { (t.say("public-call-move")) }
                a.usa-link href=(ctx.url(&path(inquiry, "/call/cancel"))) { (t.say("public-call-cancel")) }
            }
        }
    };
    card(&t.say("public-call-card"), &main, &body)
}

fn visit_card(ctx: &Ctx, own: &Own, appointment: &Appointment) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let zone = &appointment.zone;
    let visits = &ctx.app.desk.pack().line().visits;
    let early = appointment.start - SignedDuration::from_mins(i64::from(visits.arrive_early_minutes));
    let mut rows = Vec::new();
    if let Some(office) = ctx.app.desk.pack().office(&appointment.office) {
        rows.push(Row {
            label: t.say("public-visit-where"),
            lines: vec![
                office.name.clone(),
                office.street.clone(),
                format!("{}, {} {}", office.city, office.state, office.zip),
            ],
            change: None,
        });
    }
    let arrive = t.say_with(
        "public-visit-arrive-window",
        &args! {
            "from" => t.time(zone.local(early).time()),
            "until" => t.time(zone.local(appointment.start).time()),
        },
    );
    rows.push(Row::new(t.say("public-visit-arrive"), arrive));
    if let Some(at) = appointment.confirmed {
        rows.push(Row::new(t.say("public-visit-confirmed"), t.opening(&moment(ctx, inquiry, at))));
    }
    let main = t.opening(&t.moment(appointment.start, zone.name(), ctx.now));
    let open = matches!(inquiry.stage, Stage::Booked(_));
    let body = html! {
        (summary(&rows))
        @if open && let Some(office) = ctx.app.desk.pack().office(&appointment.office) {
            (getting_there(ctx, office))
        }
        @if !appointment.bring.is_empty() {
            h4 { (t.say("public-visit-bring")) }
            ul.usa-list { @for bring in &appointment.bring { li { (bring.text.in_lang(&ctx.lang)) } } }
        }
        @if open {
            @if own.may(DelegateAct::Confirm) { (visit::question(ctx, inquiry, appointment)) }
            (qr(&inquiry.number.digits(), &t.say_with("public-visit-code", &args! { "number" => inquiry.number.to_string() })))
            p { (t.say("public-visit-code-about")) }
            div.actions {
                a.usa-button href=(ctx.url(&path(inquiry, "/appointment.ics"))) { (t.say("public-visit-calendar")) }
                @if own.may(DelegateAct::Visit) {
                    a.usa-link href=(ctx.url(&path(inquiry, "/visit/time"))) { (t.say("public-visit-move")) }
                    a.usa-link href=(ctx.url(&path(inquiry, "/visit/cancel"))) { (t.say("public-visit-cancel")) }
                }
            }
        }
    };
    card(&t.say("public-visit-card"), &main, &body)
}

/// What does the person have to do?
pub(super) fn todo(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    html! {
        p { (t.say_of("public-todo", stage(inquiry))) }
        @if let Stage::Papers { missing, .. } = &inquiry.stage {
            ul.usa-list {
                @for code in missing {
                    @if let Some(item) = ctx.app.desk.pack().item(code) {
                        li {
                            strong { (item.name.in_lang(&ctx.lang)) }
                            br;
                            (item.help.in_lang(&ctx.lang))
                        }
                    } @else { li { (code) } }
                }
            }
            @if own.may(DelegateAct::Papers) {
            (post_button(ctx, &ctx.url(&path(inquiry, "/papers")), &t.say("public-papers-have"), ""))
            }
        }
        @if own.may(DelegateAct::Visit) { (own_time::door(ctx, inquiry)) (visit::door(ctx, inquiry)) }
        @if inquiry.may_choose_window() && own.may(DelegateAct::Call) {
            p { a.usa-button href=(ctx.url(&path(inquiry, "/call/time"))) { (t.say("public-call-choose")) } }
        }
    }
}

/// How does the person change it?
pub(super) fn change(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let link = |rest: &str, label: String| html! { li { a.usa-link href=(ctx.url(&path(inquiry, rest))) { (label) } } };
    html! {
        @match inquiry.stage {
            Stage::Closed { .. } => {
                p { (t.say("public-change-closed")) }
                p { a.usa-link href=(ctx.url("/request")) { (t.say("public-door-request")) } }
            }
            Stage::Calling { .. } | Stage::CheckedIn { .. } => { p { (t.say("public-change-now")) } }
            _ => {
                ul.usa-list {
                    @if matches!(inquiry.stage, Stage::Promised(_)) && own.may(DelegateAct::Call) {
                        (link("/call/time", t.say("public-call-move")))
                        (link("/call/cancel", t.say("public-call-cancel")))
                    }
                    @if matches!(inquiry.stage, Stage::Booked(_)) && own.may(DelegateAct::Visit) {
                        (link("/visit/time", t.say("public-visit-move")))
                        (link("/visit/cancel", t.say("public-visit-cancel")))
                    }
                    @if withdraw::may(inquiry) && own.is_person() { (link("/withdraw", t.say("public-withdraw"))) }
                }
                p { (t.say("public-change-other")) }
            }
        }
    }
}

/// What was decided, by whom and by which rule, and what would change it. Newest first.
pub(super) fn decisions(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    html! {
        @if !inquiry.decisions.is_empty() {
            section {
                h2 { (t.say("public-decided")) }
                @for decision in inquiry.decisions.iter().rev() {
                    div.decision {
                        h3 { (t.say_of("public-decision", decision.outcome.kind().as_str())) }
                        p { (decision.sentence.in_lang(&ctx.lang)) }
                        @if let Some(change) = &decision.change {
                            p { strong { (t.say("public-decided-change")) } " " (change.in_lang(&ctx.lang)) }
                        }
                        p.quiet {
                            (t.opening(&moment(ctx, inquiry, decision.at))) ". "
                            @match &decision.by {
                                domain::actor::Actor::Staff { .. } => (t.say("public-decided-officer")),
                                _ => (t.say("public-decided-rule")),
                            }
                            " "
                            (t.say_with("public-decided-cite", &args! {
                                "policy" => decision.rule.policy.as_str(),
                                "version" => decision.rule.version.as_str(),
                                "row" => decision.rule.row.as_str(),
                            }))
                            @if let Some(cite) = &decision.rule.cite { " (" (cite) ")" }
                        }
                    }
                }
                // A review is asked for once, by the person; what came of it, and why, was written to them.
                @if own.is_person() { (review::section(ctx, inquiry)) }
            }
        }
    }
}

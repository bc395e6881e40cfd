//! What happened, one sentence each, newest first; and the messages that were sent.

use super::{call::window, delegates::last_day};
use crate::core::Ctx;
use crate::parts::{Event, timeline};
use domain::{
    actor::Actor,
    appointment::AppointmentEnd,
    call_record::Way,
    callback::CallOutcome,
    codes::{ItemCode, OfficeCode},
    inquiry::Inquiry,
    journal::{Happened, Written},
    notice::{Delivery, Notice, NoticeKind},
    urgency::Urgency,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

fn moment(ctx: &Ctx, inquiry: &Inquiry, at: Timestamp) -> String {
    ctx.t().moment(at, inquiry.reach.zone.name(), ctx.now)
}

fn office(ctx: &Ctx, code: &OfficeCode) -> String {
    ctx.app.desk.pack().office(code).map_or_else(|| code.to_string(), |office| office.name.clone())
}

/// When a visit is, by its office's clock.
fn visit_at(ctx: &Ctx, inquiry: &Inquiry, code: &OfficeCode, at: Timestamp) -> String {
    let zone = ctx.app.desk.pack().office(code).map_or(&inquiry.reach.zone, |office| office.zone());
    ctx.t().moment(at, zone.name(), ctx.now)
}

fn papers(ctx: &Ctx, codes: &[ItemCode]) -> String {
    let pack = ctx.app.desk.pack();
    let names: Vec<String> = codes
        .iter()
        .map(|code| {
            pack.item(code).map_or_else(|| code.to_string(), |item| item.name.in_lang(&ctx.lang).to_owned())
        })
        .collect();
    ctx.t().list(&names)
}

/// The sentence for an entry; none for what is of no use to the person.
fn sentence(ctx: &Ctx, inquiry: &Inquiry, happened: &Happened) -> Option<String> {
    let t = ctx.t();
    if !happened.is_for_person() {
        return None;
    }
    Some(match happened {
        Happened::RequestReceived { office: code, .. } => {
            t.say_with("public-story-request-received", &args! { "office" => office(ctx, code) })
        }
        Happened::UrgencyDecided { urgency: Urgency::Urgent, .. } => t.say("public-story-urgent"),
        Happened::UrgencyDecided { urgency: Urgency::Regular, .. } => t.say("public-story-regular"),
        Happened::PapersAsked { missing } => {
            t.say_with("public-story-papers-asked", &args! { "papers" => papers(ctx, missing) })
        }
        Happened::PapersComplete => t.say("public-story-papers-complete"),
        Happened::CallbackPromised { window: w, .. } => {
            t.say_with("public-story-callback-promised", &args! { "window" => window(ctx, w) })
        }
        Happened::CallbackMoved { to, .. } => {
            t.say_with("public-story-callback-moved", &args! { "window" => window(ctx, to) })
        }
        Happened::CallbackCancelled { .. } => t.say("public-story-callback-cancelled"),
        Happened::RangBack { proved: true, .. } => t.say("public-story-rang-back"),
        Happened::RangBack { proved: false, .. } => t.say("public-story-rang-back-number"),
        Happened::CallStarted { theirs: true, .. } => t.say("public-story-call-theirs"),
        Happened::CallStarted { .. } => t.say("public-story-call-started"),
        Happened::CallEnded { outcome: CallOutcome::Reached, .. } => t.say("public-story-call-reached"),
        Happened::CallEnded { theirs: true, .. } => t.say("public-story-call-theirs-ended"),
        Happened::CallEnded { next: Some(next), .. } => {
            t.say_with("public-story-call-missed-next", &args! { "moment" => moment(ctx, inquiry, *next) })
        }
        Happened::CallEnded { outcome: CallOutcome::WrongNumber, .. } => t.say("public-story-call-wrong"),
        Happened::CallEnded { .. } => t.say("public-story-call-missed"),
        Happened::PromiseBroken { .. } => t.say("public-story-promise-broken"),
        Happened::Unreached { .. } => t.say("public-story-unreached"),
        Happened::NeedDecided { need, .. } => t.say_of("public-story-need", need.as_str()),
        Happened::ReviewAsked { due, .. } => {
            t.say_with("public-story-review-asked", &args! { "moment" => moment(ctx, inquiry, *due) })
        }
        Happened::ReviewDecided { upheld: true, .. } => t.say("public-story-review-upheld"),
        Happened::ReviewDecided { upheld: false, .. } => t.say("public-story-review-changed"),
        Happened::AppointmentBooked { office: code, start, .. } => t.say_with(
            "public-story-appointment-booked",
            &args! { "office" => office(ctx, code), "moment" => visit_at(ctx, inquiry, code, *start) },
        ),
        Happened::AppointmentMoved { office: code, to, .. } => t.say_with(
            "public-story-appointment-moved",
            &args! { "office" => office(ctx, code), "moment" => visit_at(ctx, inquiry, code, *to) },
        ),
        Happened::AppointmentCancelled { end: AppointmentEnd::CancelledByOffice, .. } => {
            t.say("public-story-appointment-cancelled-office")
        }
        Happened::AppointmentCancelled { end: AppointmentEnd::Released, .. } => {
            t.say("public-story-appointment-released")
        }
        Happened::AppointmentCancelled { .. } => t.say("public-story-appointment-cancelled-person"),
        Happened::CheckedIn { ticket, .. } => {
            t.say_with("public-story-checked-in", &args! { "ticket" => ticket.as_str() })
        }
        Happened::TicketCalled { counter, .. } => {
            t.say_with("public-story-ticket-called", &args! { "counter" => counter.as_str() })
        }
        Happened::DayClosed { .. } => t.say("public-story-day-closed"),
        Happened::NewPlaceKept { .. } => t.say("public-story-new-place-kept"),
        Happened::DayReopened { .. } => t.say("public-story-day-reopened"),
        Happened::SetAside { why, counter, .. } => {
            t.say_of_with("floor-own-aside", why, &args! { "counter" => counter.clone().unwrap_or_default() })
        }
        Happened::BackInLine { .. } => t.say("floor-own-back"),
        Happened::LeftUnserved { .. } => t.say("floor-own-left"),
        Happened::WalkInAdmitted { office: code, ticket, .. } => t.say_with(
            "floor-own-admitted",
            &args! { "office" => office(ctx, code), "ticket" => ticket.as_str() },
        ),
        Happened::WalkInRefused { office: code } => {
            t.say_with("floor-own-refused", &args! { "office" => office(ctx, code) })
        }
        Happened::Served { .. } => t.say("public-story-served"),
        Happened::NoShow { .. } => t.say("public-story-no-show"),
        Happened::Closed { closing } => t.say_of("public-closed", closing.as_str()),
        Happened::OfficeChanged { to, .. } => {
            t.say_with("public-story-office-changed", &args! { "office" => office(ctx, to) })
        }
        Happened::EarlierAsked { said: None } => t.say("public-story-earlier-asked"),
        Happened::EarlierAsked { said: Some(_) } => t.say("public-story-earlier-noted"),
        Happened::EarlierStopped => t.say("public-story-earlier-stopped"),
        Happened::EarlierOffered { start, .. } => {
            t.say_with("public-story-earlier-offered", &args! { "moment" => moment(ctx, inquiry, *start) })
        }
        Happened::EarlierTaken { .. } => t.say("public-story-earlier-taken"),
        Happened::EarlierDeclined { .. } => t.say("public-story-earlier-declined"),
        Happened::EarlierLapsed { .. } => t.say("public-story-earlier-lapsed"),
        Happened::ConfirmationAsked { .. } => t.say("public-story-confirmation-asked"),
        Happened::AppointmentConfirmed { .. } => t.say("public-story-appointment-confirmed"),
        Happened::PostAgreed => t.say("public-story-post-agreed"),
        Happened::PostStopped => t.say("public-story-post-stopped"),
        Happened::TextsAgreed => t.say("public-story-texts-agreed"),
        Happened::TextsStopped => t.say("public-story-texts-stopped"),
        Happened::CallsAgreed => t.say("public-story-calls-agreed"),
        Happened::CallsStopped => t.say("public-story-calls-stopped"),
        Happened::PassMade { what, .. } => t.say_of("public-story-pass-made", what.as_str()),
        Happened::Corrected { what, said } => {
            let all: Vec<_> =
                what.iter().map(|what| t.say_of("public-recorded-what", what.as_str())).collect();
            let what = args! { "what" => t.list(&all) };
            match said {
                None => t.say_with("public-story-corrected", &what),
                Some(_) => t.say_with("public-story-corrected-for-you", &what),
            }
        }
        Happened::DelegateNamed { nth, until, .. } => t.say_with(
            "delegate-story-named",
            &args! { "name" => name_of(inquiry, *nth), "day" => last_day(ctx, inquiry, *until) },
        ),
        Happened::DelegateEnded { nth, .. } => {
            t.say_with("delegate-story-ended", &args! { "name" => name_of(inquiry, *nth) })
        }
        Happened::DelegateResent { nth, until, .. } => t.say_with(
            "delegate-story-resent",
            &args! { "name" => name_of(inquiry, *nth), "day" => last_day(ctx, inquiry, *until) },
        ),
        Happened::LinkResent => t.say("public-story-link-resent"),
        Happened::Called { way: Way::In | Way::Browser, end, proved: true, .. } => {
            t.say_of("public-story-contact", end.as_str())
        }
        Happened::Called { way: Way::In | Way::Browser, proved: false, .. } => {
            t.say("public-story-contact-other")
        }
        // The rest is how the desk works inside, or is told under the messages.
        _ => return None,
    })
}

/// The name of a delegate.
fn name_of(inquiry: &Inquiry, nth: u8) -> String {
    inquiry.delegate(nth).map(|delegate| delegate.name.reveal().clone()).unwrap_or_default()
}

/// What somebody who acts for the person did: who it was, and the sentence where it would else say that the person did.
fn by_delegate(ctx: &Ctx, inquiry: &Inquiry, written: &Written) -> Option<(String, Option<String>)> {
    let Actor::Delegate { nth } = written.actor else { return None };
    let t = ctx.t();
    let by = t.say_with("delegate-story-by", &args! { "name" => name_of(inquiry, nth) });
    let instead = match written.entry.happened {
        Happened::CallbackCancelled { .. } => Some(t.say("delegate-story-call-cancelled")),
        Happened::AppointmentCancelled { .. } => Some(t.say("delegate-story-visit-cancelled")),
        _ => None,
    };
    Some((by, instead))
}

/// What happened, newest first.
pub(super) fn timeline_of(ctx: &Ctx, inquiry: &Inquiry, entries: &[Written]) -> Markup {
    let t = ctx.t();
    let events: Vec<Event> = entries
        .iter()
        .rev()
        .filter_map(|written| {
            let told = sentence(ctx, inquiry, &written.entry.happened)?;
            let (more, instead) = by_delegate(ctx, inquiry, written).unwrap_or_default();
            Some(Event {
                sentence: instead.unwrap_or(told),
                when: t.opening(&moment(ctx, inquiry, written.at)),
                at: written.at.to_string(),
                more,
            })
        })
        .collect();
    timeline(&events)
}

/// The messages, newest first, each with what became of it.
pub(super) fn messages(ctx: &Ctx, inquiry: &Inquiry, notices: &[Notice]) -> Markup {
    let t = ctx.t();
    html! {
        @if !notices.is_empty() {
            section {
                h2 { (t.say("public-messages")) }
                ul.usa-list {
                    @for notice in notices.iter().rev() {
                        li {
                            (t.say_of("public-message", notice.kind.as_str())) ": "
                            (t.say_of("public-carrier", notice.by.as_str())) ", "
                            (delivery(ctx, inquiry, notice))
                            @if matches!(notice.delivery, Delivery::Sent { .. }) {
                                @let mark = ctx.app.desk.links().mark_of(notice);
                                " " (t.say_with("public-code-of-message", &args! { "code" => mark.as_str() }))
                            }
                        }
                    }
                }
                @if matches!(notices.last().map(|n| &n.delivery), Some(Delivery::Failed { .. })) {
                    p { (t.say("public-message-failed-next")) }
                }
            }
        }
    }
}

fn delivery(ctx: &Ctx, inquiry: &Inquiry, notice: &Notice) -> String {
    let t = ctx.t();
    if let Some(at) = notice.arrived {
        return t.say_with("public-delivery-arrived", &args! { "moment" => moment(ctx, inquiry, at) });
    }
    match &notice.delivery {
        Delivery::Queued => t.say("public-delivery-queued"),
        Delivery::ToPrint { .. } => t.say("public-delivery-to-print"),
        Delivery::Delayed { .. } => t.say("public-delivery-delayed"),
        Delivery::Sent { at, .. } => {
            t.say_with("public-delivery-sent", &args! { "moment" => moment(ctx, inquiry, *at) })
        }
        Delivery::Failed { .. } => t.say("public-delivery-failed"),
        Delivery::Dropped { .. } if notice.kind == NoticeKind::DelegateLink => {
            t.say("delegate-delivery-dropped")
        }
        Delivery::Dropped { .. } => t.say("public-delivery-dropped"),
    }
}

//! What happened, newest first: by whom and when. Reading and mail stand apart, so that acts can be seen.

use super::{contact, view::View};
use crate::{
    parts::{self, Event},
    staff::frame::Seat,
};
use domain::{
    actor::Actor,
    appointment::AppointmentEnd,
    calendar::windows::Window,
    call_record::Way,
    codes::ItemCode,
    journal::{Happened, ReadWhat, Written},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let (acts, traffic): (Vec<&Written>, Vec<&Written>) =
        view.story.iter().rev().partition(|entry| is_act(&entry.entry.happened));
    html! {
        section aria-labelledby="story" {
            h2 #story { (t.say("staff-story-title")) }
            (parts::timeline(&events(view, &acts)))
            @if !traffic.is_empty() {
                details.quiet {
                    summary { (t.say_with("staff-story-more", &args! { "n" => i64::try_from(traffic.len()).unwrap_or(0) })) }
                    (parts::timeline(&events(view, &traffic)))
                }
            }
        }
    }
}

/// Is it something that somebody did to the matter, and not reading or mail?
const fn is_act(happened: &Happened) -> bool {
    !matches!(
        happened,
        Happened::Read { .. }
            | Happened::NoticeQueued { .. }
            | Happened::NoticeSent { .. }
            | Happened::NoticeDropped { .. }
            | Happened::NoticeArrived { .. }
            | Happened::Held { .. }
            | Happened::HoldExpired { .. }
            // The attempt says it already.
            | Happened::Called { way: Way::Out, .. }
    )
}

fn events(view: &View<'_>, entries: &[&Written]) -> Vec<Event> {
    let seat = view.seat;
    let t = seat.t();
    let now = seat.ctx.now;
    entries
        .iter()
        .filter_map(|entry| {
            Some(Event {
                sentence: sentence(view, &entry.entry.happened)?,
                when: t.say_with(
                    "staff-story-when",
                    &args! {
                        "who" => actor(seat, decider(view, entry).unwrap_or(&entry.actor)),
                        "ago" => t.ago(now, entry.at),
                        "moment" => t.moment(entry.at, seat.zone().name(), now),
                    },
                ),
                at: entry.at.to_string(),
                more: more(view, entry),
            })
        })
        .collect()
}

/// Who made a decision: the policy may decide in the course of somebody else's command.
fn decider<'a>(view: &'a View<'_>, entry: &Written) -> Option<&'a Actor> {
    let (Happened::UrgencyDecided { decision, .. } | Happened::NeedDecided { decision, .. }) =
        &entry.entry.happened
    else {
        return None;
    };
    view.inquiry.decisions.iter().find(|made| made.id == *decision).map(|made| &made.by)
}

/// Who did it.
pub(super) fn actor(seat: &Seat, actor: &Actor) -> String {
    let t = seat.t();
    match actor {
        Actor::Person => t.say("staff-actor-person"),
        Actor::Delegate { nth } => t.say_with("delegate-actor", &args! { "nth" => i64::from(*nth) }),
        Actor::Staff { name, .. } => name.clone(),
        Actor::System { .. } => t.say("staff-actor-system"),
    }
}

/// What was written beside it.
fn more(view: &View<'_>, entry: &Written) -> String {
    match &entry.entry.happened {
        Happened::Called { call, .. } => contact::more(view, *call),
        Happened::Listened { did, .. } => contact::of_listening(view, did),
        // The words stand in the record: the journal has codes only, but for what older releases wrote.
        Happened::OfficeChanged { because, .. } => {
            let mut changes = view.inquiry.office_changes.iter();
            let change = changes.find(|change| change.at == entry.at);
            change.map_or_else(|| because.clone(), |change| change.because.reveal().clone())
        }
        Happened::Corrected { .. } => {
            let mut changes = view.inquiry.proof_changes.iter();
            let change = changes.find(|change| change.at == entry.at);
            change.map(|change| change.because.reveal().clone()).unwrap_or_default()
        }
        Happened::CallbackGiven { callback, .. } => {
            let calls = view.inquiry.past_callbacks.iter().chain(view.inquiry.callback());
            let mut given = calls.filter(|one| one.id == *callback).flat_map(|one| &one.given);
            let because = given.find(|given| given.at == entry.at).map(|given| given.because.reveal());
            because.cloned().unwrap_or_default()
        }
        Happened::WalkInAdmitted { .. } | Happened::WalkInRefused { .. } => {
            let said = view.inquiry.walk_ins.iter().find(|one| one.at == entry.at);
            said.map(|one| one.because.reveal().clone()).unwrap_or_default()
        }
        Happened::ReviewAsked { .. } => {
            let asked = view.inquiry.reviews.iter().find(|review| review.asked == entry.at);
            asked.map(|review| review.why.reveal().clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// One sentence. What is about no inquiry has none here.
fn sentence(view: &View<'_>, happened: &Happened) -> Option<String> {
    use Happened as H;
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let now = seat.ctx.now;
    let zone = inquiry.reach.zone.name();
    let window = |w: &Window| t.window(w.start, w.end, w.zone.name(), now);
    let at_office = |office: &domain::codes::OfficeCode, at: Timestamp| {
        let zone = seat.ctx.app.desk.pack().office(office).map_or(zone, |o| o.zone().name());
        t.moment(at, zone, now)
    };
    let followed = |followed: bool| {
        if followed { String::new() } else { format!(" {}", t.say("staff-story-departed")) }
    };
    Some(match happened {
        H::RequestReceived { office, .. } => {
            t.say_with("staff-story-request-received", &args! { "office" => seat.office_name(office) })
        }
        H::UrgencyDecided { urgency, followed: f, .. } => {
            let urgency = t.say_of("staff-urgency", urgency.as_str());
            t.say_with("staff-story-urgency-decided", &args! { "urgency" => urgency }) + &followed(*f)
        }
        H::PapersAsked { missing } => {
            t.say_with("staff-story-papers-asked", &args! { "papers" => t.list(&items(view, missing)) })
        }
        H::PapersComplete => t.say("staff-story-papers-complete"),
        H::CallbackPromised { window: w, .. } => {
            t.say_with("staff-story-callback-promised", &args! { "window" => window(w) })
        }
        H::CallbackMoved { to, .. } => {
            t.say_with("staff-story-callback-moved", &args! { "window" => window(to) })
        }
        H::CallbackCancelled { window: w, .. } => {
            t.say_with("staff-story-callback-cancelled", &args! { "window" => window(w) })
        }
        H::CallbackTaken { .. } => t.say("staff-story-callback-taken"),
        H::CallbackGiven { to, why: Some(why), .. } => {
            let name = to.as_ref().and_then(|to| view.officers.get(to)).map_or("", String::as_str);
            let to = if to.is_some() { "officer" } else { why.as_str() };
            t.say_of_with("staff-story-taken-over", to, &args! { "officer" => name })
        }
        H::CallbackGiven { to: Some(to), .. } => {
            let name = view.officers.get(to).map_or("", String::as_str);
            t.say_with("staff-story-callback-given", &args! { "officer" => name })
        }
        H::CallbackGiven { to: None, .. } => t.say("staff-story-callback-anybody"),
        H::RangBack { proved: true, .. } => t.say("staff-story-rang-back"),
        H::RangBack { proved: false, .. } => t.say("staff-story-rang-back-number"),
        H::CallStarted { theirs: true, .. } => t.say("staff-story-call-theirs"),
        H::CallStarted { attempt, .. } => {
            t.say_with("staff-story-call-started", &args! { "n" => i64::from(*attempt) })
        }
        H::CallEnded { outcome, next, .. } => {
            let outcome = t.say_of("staff-outcome", outcome.as_str());
            match next {
                Some(next) => t.say_with(
                    "staff-story-call-ended-next",
                    &args! { "outcome" => outcome, "moment" => t.moment(*next, zone, now) },
                ),
                None => t.say_with("staff-story-call-ended", &args! { "outcome" => outcome }),
            }
        }
        H::RetryLate { attempt, .. } => {
            t.say_with("staff-story-retry-late", &args! { "n" => i64::from(*attempt) })
        }
        H::PromiseBroken { window: w, .. } => {
            t.say_with("staff-story-promise-broken", &args! { "window" => window(w) })
        }
        H::Unreached { .. } => t.say("staff-story-unreached"),
        H::NeedDecided { need, followed: f, .. } => {
            let need = t.say_of("staff-need", need.as_str());
            t.say_with("staff-story-need-decided", &args! { "need" => need }) + &followed(*f)
        }
        H::AppointmentBooked { office, start, .. } => t.say_with(
            "staff-story-appointment-booked",
            &args! { "office" => seat.office_name(office), "moment" => at_office(office, *start) },
        ),
        H::AppointmentMoved { office, to, .. } => t.say_with(
            "staff-story-appointment-moved",
            &args! { "office" => seat.office_name(office), "moment" => at_office(office, *to) },
        ),
        H::AppointmentCancelled { end: AppointmentEnd::Released, .. } => {
            t.say("staff-story-appointment-released")
        }
        H::AppointmentCancelled { start, .. } => t.say_with(
            "staff-story-appointment-cancelled",
            &args! { "moment" => at_office(inquiry.office_now(), *start) },
        ),
        H::CheckedIn { ticket, .. } => t.say_with("staff-story-checked-in", &args! { "ticket" => ticket }),
        H::TicketCalled { ticket, counter, .. } => {
            t.say_with("staff-story-ticket-called", &args! { "ticket" => ticket, "counter" => counter })
        }
        H::DayClosed { start, .. } => t.say_with(
            "staff-story-day-closed",
            &args! { "moment" => at_office(inquiry.office_now(), *start) },
        ),
        H::NewPlaceKept { .. } => t.say("staff-story-new-place-kept"),
        H::DayReopened { .. } => t.say("staff-story-day-reopened"),
        H::SetAside { ticket, why, counter, .. } => t.say_of_with(
            "floor-story-aside",
            why,
            &args! { "ticket" => ticket, "counter" => counter.clone().unwrap_or_default() },
        ),
        H::BackInLine { ticket, .. } => t.say_with("floor-story-back", &args! { "ticket" => ticket }),
        H::LeftUnserved { .. } => t.say("floor-story-left"),
        H::WalkInAdmitted { office, ticket, .. } => t.say_with(
            "floor-story-admitted",
            &args! { "office" => seat.office_name(office), "ticket" => ticket },
        ),
        H::WalkInRefused { office } => {
            t.say_with("floor-story-refused", &args! { "office" => seat.office_name(office) })
        }
        H::Served { .. } => t.say("staff-story-served"),
        H::NoShow { .. } => t.say("staff-story-no-show"),
        H::Closed { closing } => {
            t.say_with("staff-story-closed", &args! { "how" => t.say_of("staff-closing", closing.as_str()) })
        }
        H::OfficeChanged { from, to, .. } => t.say_with(
            "staff-story-office-changed",
            &args! { "from" => seat.office_name(from), "to" => seat.office_name(to) },
        ),
        H::Held { start, .. } => {
            t.say_with("staff-story-held", &args! { "moment" => at_office(&inquiry.office, *start) })
        }
        H::HoldExpired { start } => {
            t.say_with("staff-story-hold-expired", &args! { "moment" => at_office(&inquiry.office, *start) })
        }
        H::NoticeQueued { kind, .. } => notice(seat, "queued", kind.as_str()),
        H::NoticeSent { kind, .. } => notice(seat, "sent", kind.as_str()),
        H::NoticeFailed { kind, .. } => notice(seat, "failed", kind.as_str()),
        H::NoticeDropped { kind, .. } => notice(seat, "dropped", kind.as_str()),
        H::NoticeArrived { kind, .. } => notice(seat, "arrived", kind.as_str()),
        H::NoticeLost { kind, .. } => notice(seat, "lost", kind.as_str()),
        H::PostAgreed => t.say("staff-story-post-agreed"),
        H::PostStopped => t.say("staff-story-post-stopped"),
        H::Untold { kind } => {
            let kind = t.say_of("staff-notice", kind.as_str());
            t.say_with("staff-story-untold", &args! { "kind" => kind })
        }
        H::Read { what: ReadWhat::Calendar } => t.say("staff-story-calendar"),
        H::Read { what: ReadWhat::Letter } => t.say("staff-story-letter"),
        H::TextsAgreed => t.say("staff-story-texts-agreed"),
        H::TextsStopped => t.say("staff-story-texts-stopped"),
        H::CallsAgreed => t.say("staff-story-calls-agreed"),
        H::CallsStopped => t.say("staff-story-calls-stopped"),
        H::EarlierAsked { said: None } => t.say("staff-story-earlier-asked"),
        H::EarlierAsked { said: Some(said) } => t.say_of("staff-story-earlier-noted", said.as_str()),
        H::EarlierStopped => t.say("staff-story-earlier-stopped"),
        H::EarlierOffered { start, .. } => t.say_with(
            "staff-story-earlier-offered",
            &args! { "moment" => at_office(inquiry.office_now(), *start) },
        ),
        H::ReviewAsked { due, .. } => {
            t.say_with("staff-story-review-asked", &args! { "moment" => t.moment(*due, zone, now) })
        }
        H::ReviewDecided { upheld: true, .. } => t.say("staff-story-review-upheld"),
        H::ReviewDecided { upheld: false, .. } => t.say("staff-story-review-changed"),
        H::DelegateNamed { nth, word, .. } => {
            let name = inquiry.delegate(*nth).map(|one| one.name.reveal().clone()).unwrap_or_default();
            let said = args! { "name" => name, "nth" => i64::from(*nth) };
            match word {
                None => t.say_with("delegate-desk-story-named", &said),
                Some(_) => t.say_with("delegate-desk-story-noted", &said),
            }
        }
        H::DelegateResent { nth, .. } => {
            let name = inquiry.delegate(*nth).map(|one| one.name.reveal().clone()).unwrap_or_default();
            t.say_with("delegate-desk-story-resent", &args! { "name" => name, "nth" => i64::from(*nth) })
        }
        H::DelegateEnded { nth, why } => {
            let name = inquiry.delegate(*nth).map(|one| one.name.reveal().clone()).unwrap_or_default();
            t.say_of_with(
                "delegate-desk-story-ended",
                why.as_str(),
                &args! { "name" => name, "nth" => i64::from(*nth) },
            )
        }
        H::EarlierTaken { .. } => t.say("staff-story-earlier-taken"),
        H::EarlierDeclined { .. } => t.say("staff-story-earlier-declined"),
        H::EarlierLapsed { .. } => t.say("staff-story-earlier-lapsed"),
        H::ConfirmationAsked { .. } => t.say("staff-story-confirmation-asked"),
        H::AppointmentConfirmed { .. } => t.say("staff-story-appointment-confirmed"),
        H::Read { what: ReadWhat::Caller } => t.say("staff-story-who-calls"),
        H::Read { what: ReadWhat::LookedFor } => t.say("staff-story-looked-for"),
        H::Read { .. } => t.say("staff-story-read"),
        H::Exported => t.say("staff-story-exported"),
        H::LegalHoldSet { .. } => t.say("staff-story-legal-hold-set"),
        H::LegalHoldLifted { .. } => t.say("staff-story-legal-hold-lifted"),
        H::ErasureAsked => t.say("staff-story-erasure-asked"),
        H::ErasureDeclined => t.say("staff-story-erasure-declined"),
        H::ConflictSet { of, .. } => {
            let name = view.officers.get(of).map_or("", String::as_str);
            t.say_with("staff-story-conflict-set", &args! { "name" => name })
        }
        H::ConflictLifted { of, .. } => {
            let name = view.officers.get(of).map_or("", String::as_str);
            t.say_with("staff-story-conflict-lifted", &args! { "name" => name })
        }
        H::ProtectionSet { .. } => t.say("staff-story-protection-set"),
        H::ProtectionLifted { .. } => t.say("staff-story-protection-lifted"),
        H::Corrected { what, said } => {
            let all: Vec<_> =
                what.iter().map(|what| t.say_of("staff-recorded-what", what.as_str())).collect();
            match said {
                None => t.say_with("staff-story-corrected", &args! { "what" => t.list(&all) }),
                Some(said) => {
                    t.say_of_with("staff-story-corrected", said.as_str(), &args! { "what" => t.list(&all) })
                }
            }
        }
        H::LinkResent => t.say("staff-story-link-resent"),
        H::Called { .. } => return contact::sentence(view, happened),
        H::Listened { by, to, did, .. } => {
            let name = |id| view.officers.get(id).map_or("", String::as_str);
            t.say_of_with("staff-story-listened", did.as_str(), &args! { "by" => name(by), "to" => name(to) })
        }
        H::Recording { did, .. } => t.say_of("staff-story-recording", did.as_str()),
        H::Wait { did, .. } => t.say_of("staff-story-wait", did.as_str()),
        // Of what was erased there is no page.
        H::Erased { .. }
        | H::SignedIn { .. }
        | H::SecondRefused { .. }
        | H::ProofAdded { .. }
        | H::ProofRemoved { .. }
        | H::RecoveryMade
        | H::ProofsReset { .. }
        | H::AccountMade { .. }
        | H::AccountChanged { .. }
        | H::AccountClosed { .. }
        | H::AccountOpened { .. }
        | H::PasswordGiven { .. }
        | H::PasswordChosen
        | H::RightGiven { .. }
        | H::RightTaken { .. }
        | H::RosterPlanned { .. }
        | H::SignedOut
        | H::TokenCreated { .. }
        | H::TokenLent { .. }
        | H::TokenRevoked { .. }
        | H::PassMade { .. }
        | H::PassEnded { .. }
        | H::ProvedAnew
        | H::SessionEnded { .. }
        | H::CasesImported { .. }
        | H::StaffImported { .. }
        | H::TableImported { .. }
        | H::Operator { .. }
        | H::NodeLost { .. }
        | H::LineAnnounced { .. }
        | H::OfficeClosing { .. }
        | H::CallsHandedOver { .. }
        | H::PlaceKeptBack { .. }
        | H::PlaceFreed { .. }
        | H::LineWithdrawn { .. }
        | H::HookRewound { .. }
        | H::PolicyRevised { .. }
        | H::FileRevised { .. } => return None,
    })
}

fn notice(seat: &Seat, state: &str, kind: &str) -> String {
    let t = seat.t();
    let kind = t.say_of("staff-notice", kind);
    t.say_of_with("staff-story-notice", state, &args! { "kind" => kind })
}

fn items(view: &View<'_>, codes: &[ItemCode]) -> Vec<String> {
    let pack = view.seat.ctx.app.desk.pack();
    let lang = &view.seat.ctx.lang;
    codes
        .iter()
        .map(|code| {
            pack.item(code).map_or_else(|| code.to_string(), |item| item.name.in_lang(lang).to_owned())
        })
        .collect()
}

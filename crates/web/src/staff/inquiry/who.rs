//! Who it is, and how to speak with them.

use super::{correct, delegates, view::View};
use crate::staff::{policies::version_name, signs};
use domain::revision::{PackFile, Subject};
use locale::args;
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let reach = &inquiry.reach;
    let agency = seat.ctx.app.desk.pack().agency();
    let lang = reach.lang.as_str();
    let discreet: Vec<String> =
        reach.discreet.iter().map(|by| t.say_of("staff-carrier", by.as_str())).collect();
    html! {
        section aria-labelledby="who" {
            h2 #who { (t.say("staff-who-title")) }
            p.desk-who__name { strong { bdi { (inquiry.name.full().reveal()) } } }
            p.desk-who__phone { a.usa-link href={ "tel:" (reach.phone.e164()) } { bdi { (reach.phone.spoken_form()) } } }
            dl.desk-list {
                div { dt { (t.say("staff-who-lang")) } dd { strong { (t.say_of("staff-lang", lang)) } } }
                @if !reach.phrase.reveal().is_empty() {
                    div { dt { (t.say("staff-phrase")) } dd { q lang=(reach.lang) { (reach.phrase.reveal()) } } }
                }
                div { dt { (t.say("staff-who-from")) } dd { bdi { (agency.phone.calls_from_shown) } } }
                (on_the_line(view))
                @if reach.relay { div { dt { (t.say("staff-tag-relay")) } dd { strong { (t.say("staff-who-relay")) } } } }
                @if let Some(interpreter) = &reach.interpreter {
                    div { dt { (t.say("staff-tag-interpreter")) } dd { strong { bdi { (interpreter) } } } }
                }
                @if let Some(needs) = &reach.accommodation {
                    div { dt { (t.say("staff-who-needs")) } dd { strong { bdi { (needs.reveal()) } } } }
                }
                @if let Some(hours) = &inquiry.request.call_hours {
                    div { dt { (t.say("staff-call-hours")) } dd { bdi { (hours.reveal()) } } }
                }
                @if let Some(agent) = &inquiry.request.representative {
                    div { dt { (t.say("staff-who-representative")) } dd {
                        bdi { (agent.name.reveal()) }
                        @if let Some(firm) = &agent.organisation { ", " bdi { (firm.reveal()) } }
                        br;
                        @if agent.on_file { (t.say("staff-who-on-file")) } @else { strong { (t.say("staff-who-not-on-file")) } }
                    } }
                }
                div { dt { (t.say("staff-who-mail")) } dd { @match &reach.email {
                    Some(email) => bdi { (email.reveal()) },
                    None => (t.say("staff-who-no-mail")),
                } } }
                @if let Some(post) = &reach.post {
                    div { dt { (t.say("staff-who-post")) } dd {
                        @for line in post.reveal().lines() { bdi { (line) } br; } } }
                }
                @if !discreet.is_empty() {
                    div { dt { (t.say("staff-who-discreet")) } dd { strong { (t.list(&discreet)) } } }
                }
                div { dt { (t.say("staff-who-texts")) } dd {
                    @if reach.texts { (t.say("staff-yes")) } @else { (t.say("staff-no")) } } }
                div { dt { (t.say("staff-who-calls")) } dd {
                    @if reach.takes_calls() { (t.say("staff-yes")) } @else { (t.say("staff-no")) } } }
                div { dt { (t.say("staff-who-clock")) } dd {
                    (t.time(reach.zone.local(seat.ctx.now).time())) ", " (t.zone(reach.zone.name())) } }
                div { dt { (t.say("staff-who-first")) } dd { (signs::ago(seat, inquiry.opened)) } }
                div { dt { (t.say("staff-office")) } dd { bdi { (seat.office_name(&inquiry.office)) }
                    " " span.quiet { (t.say_with("staff-who-zip", &args! { "zip" => inquiry.zip.reveal() })) } } }
                @if inquiry.missed_visits() > 0 {
                    div { dt { (t.say("staff-who-missed")) } dd { (t.number(i64::try_from(inquiry.missed_visits()).unwrap_or(0))) } }
                }
            }
            (correct::link(view))
            (delegates::show(view))
            (notices(view))
        }
    }
}

/// What may be said to whoever or whatever picks up: it stands also where one dials.
pub(super) fn on_the_line(view: &View<'_>) -> Markup {
    let (t, inquiry) = (view.seat.t(), view.inquiry);
    html! {
        div { dt { (t.say("staff-who-say")) } dd {
            @if inquiry.reach.say_who_calls { (t.say("staff-who-say-yes")) } @else { strong { (t.say("staff-who-say-no")) } } } }
        div { dt { (t.say("staff-who-machine")) } dd {
            @if inquiry.leaves_message() { (t.say("staff-who-machine-yes")) } @else { strong { (t.say("staff-who-machine-no")) } } } }
    }
}

/// Messages to the person, newest first, each with where it stands.
fn notices(view: &View<'_>) -> Markup {
    use domain::notice::Delivery;
    let seat = view.seat;
    let t = seat.t();
    html! {
        h3 { (t.say("staff-notices-title")) }
        @if view.notices.is_empty() { p.quiet { (t.say("staff-notices-none")) } }
        ul.desk-notices {
            @for notice in view.notices.iter().rev() {
                li {
                    (t.say_of("staff-notice", notice.kind.as_str())) ": "
                    (t.say_of("staff-carrier", notice.by.as_str())) ", "
                    @if let Some(at) = notice.arrived {
                        span aria-hidden="true" { "✓✓ " } (t.say("staff-delivery-arrived")) " " (signs::ago(seat, at))
                    } @else { @match &notice.delivery {
                        Delivery::Queued => { (t.say("staff-delivery-queued")) " " (signs::ago(seat, notice.queued_at)) }
                        Delivery::Delayed { attempts, at } => { span aria-hidden="true" { "… " }
                            (t.say_with("staff-delivery-delayed", &args! { "n" => i64::from(*attempts) })) " " (signs::ago(seat, *at)) }
                        Delivery::ToPrint { at } => { (t.say("staff-delivery-to-print")) " " (signs::ago(seat, *at)) }
                        Delivery::Sent { at, .. } => { span aria-hidden="true" { "✓ " } (t.say("staff-delivery-sent")) " " (signs::ago(seat, *at)) }
                        Delivery::Failed { at, .. } => strong.desk-late { span aria-hidden="true" { "⚠ " } (t.say("staff-delivery-failed")) " " (signs::ago(seat, *at)) },
                        Delivery::Dropped { at } => { (t.say("staff-delivery-dropped")) " " (signs::ago(seat, *at)) }
                    } }
                    @if let Some(agency) = notice.wording.as_ref().and_then(|wording| wording.agency.as_ref()) {
                        " · " span.quiet { (t.say_with("staff-worded", &args! { "version" => version_name(seat, &Subject::File(PackFile::Notices(notice.lang.clone())), &agency.version) })) }
                    }
                }
            }
        }
    }
}

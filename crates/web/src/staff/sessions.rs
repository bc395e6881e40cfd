//! Where somebody is signed in, and which programs act for them: shown to themselves and to administrators.

use super::frame::Seat;
use crate::parts;
use domain::{ids::SessionId, session::Session};
use locale::args;
use maud::{Markup, html};

/// The sessions, the newest first: browsers, then programs. `to` ends the one that is named in the field `id`.
pub(super) fn list(seat: &Seat, sessions: &[Session], to: &str) -> Markup {
    let t = seat.t();
    let (programs, browsers): (Vec<_>, Vec<_>) =
        sessions.iter().rev().partition(|session| session.program.is_some());
    html! {
        section aria-labelledby="browsers" {
            h2 #browsers { (t.say("account-sessions")) }
            @if browsers.is_empty() { p { (t.say("account-sessions-none")) } }
            @for session in browsers { (browser(seat, session, to)) }
        }
        @if !programs.is_empty() {
            section aria-labelledby="programs" {
                h2 #programs { (t.say("account-programs")) }
                p.quiet { (t.say("account-programs-help")) }
                @for session in programs { (program(seat, session, to)) }
            }
        }
    }
}

fn browser(seat: &Seat, session: &Session, to: &str) -> Markup {
    let t = seat.t();
    let here = session.id == seat.me.session.id;
    let name = device(seat, session);
    html! {
        article.desk-note aria-labelledby={ "s-" (session.id) } {
            h3 id={ "s-" (session.id) } { (name)
                @if here { span.desk-tag { (t.say("account-this-one")) } } }
            p { (t.say_with("account-since", &args! { "moment" => moment(seat, session.since) })) " · "
                (t.say_with("account-used", &args! { "ago" => t.ago(seat.ctx.now, session.used) })) }
            @if !here && session.staff == seat.me.staff.id {
                @if let Some(network) = &session.browser.network {
                    p { @if seat.me.session.browser.network.as_ref() == Some(network) { (t.say("account-same-network")) }
                        @else { (t.say("account-other-network")) } }
                }
            }
            p.quiet { (t.say_with("account-ends", &args! { "moment" => moment(seat, session.ends()) })) }
            @if here {
                (parts::post_button(&seat.ctx, &seat.ctx.url("/staff/sign-out"), &t.say("staff-sign-out"), "usa-button--outline"))
            } @else {
                (end_button(seat, session.id, to, &t.say_with("account-end", &args! { "device" => name })))
            }
        }
    }
}

fn program(seat: &Seat, session: &Session, to: &str) -> Markup {
    let t = seat.t();
    let name = session.program.as_ref().map_or("", |program| program.name.as_str());
    let scopes: Vec<&str> =
        session.program.iter().flat_map(|program| &program.scopes).map(|scope| scope.as_str()).collect();
    html! {
        article.desk-note aria-labelledby={ "s-" (session.id) } {
            h3 id={ "s-" (session.id) } { bdi { (name) } }
            p { (t.say_with("account-since", &args! { "moment" => moment(seat, session.since) })) " · "
                @for scope in scopes { code { (scope) } " " } }
            p.quiet { (t.say_with("account-until", &args! { "moment" => moment(seat, session.until) })) }
            (end_button(seat, session.id, to, &t.say_with("account-end-program", &args! { "name" => name })))
        }
    }
}

fn end_button(seat: &Seat, id: SessionId, to: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(to) {
            (parts::key(&seat.ctx))
            input type="hidden" name="id" value=(id);
            button.usa-button.usa-button--outline type="submit" { (label) }
        }
    }
}

/// The browser and its system, as far as it said them.
fn device(seat: &Seat, session: &Session) -> String {
    let t = seat.t();
    session.browser.device.map_or_else(
        || t.say("account-device-unknown"),
        |device| {
            let browser = t.say_of("account-browser", device.browser.as_str());
            let system = t.say_of("account-system", device.system.as_str());
            t.say_with("account-device", &args! { "browser" => browser, "system" => system })
        },
    )
}

fn moment(seat: &Seat, at: jiff::Timestamp) -> String {
    seat.t().moment(at, seat.zone().name(), seat.ctx.now)
}

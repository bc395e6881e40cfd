//! What the browser itself does: the microphone, the connection, the bell. Scripts keep it; nothing of it is asked for again.

use crate::staff::frame::Seat;
use maud::{Markup, html};

/// What the script may have to say, each with what to do.
const WHENS: [&str; 10] = [
    "off",
    "asking",
    "denied",
    "no-microphone",
    "insecure",
    "connecting",
    "on",
    "lost",
    "elsewhere",
    "failed",
];

/// The browser's part of the telephone. Without scripts it says that speaking needs them.
pub(super) fn show(seat: &Seat) -> Markup {
    let t = seat.t();
    let board = seat.ctx.app.switchboard.as_ref();
    let servers = board.map(|board| board.ice_servers()).unwrap_or_default();
    let servers = serde_json::to_string(&servers).unwrap_or_default();
    html! {
        section #browser.phone-browser aria-labelledby="browser-title"
            data-plug=(seat.ctx.url("/staff/line/plug")) data-ice=(servers) {
            h2.usa-sr-only #browser-title { (t.say("phone-browser")) }
            p data-when="none" { (t.say("phone-needs-script")) }
            div role="status" {
                @for when in WHENS {
                    p data-when=(when) hidden { (t.say_of("phone-browser", when)) }
                }
            }
            p.phone-row {
                button.usa-button #connect type="button" hidden { (t.say("phone-connect")) }
                button.usa-button.usa-button--outline #mute type="button" hidden accesskey="m" aria-pressed="false" {
                    (t.say("phone-mute")) " " kbd aria-hidden="true" { "M" } }
                span #muted hidden { strong { (t.say("phone-muted")) } }
            }
            audio #sound autoplay {}
        }
        p.usa-sr-only #phone-alert role="alert" {}
    }
}

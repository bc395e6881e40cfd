//! Passkeys in the browser: the forms that a script fills, and what comes back in them.

use super::super::frame::Seat;
use crate::{
    core::{Ctx, Fields},
    parts,
};
use axum::{extract::State, http::header, response::IntoResponse};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::{Assertion, Given, Registration, Relying};
use domain::{ids::StaffId, second::Passkey};
use maud::{Markup, html};
use std::net::IpAddr;

/// The script that asks the browser.
pub(in super::super) const SCRIPT: &str = "passkey.js";

/// What the script writes of a passkey that is used, and of one that is made.
const USED: [&str; 5] = ["id", "client", "data", "signature", "user"];
const MADE: [&str; 3] = ["client", "data", "key"];

/// A challenge, drawn when a passkey is asked for and not before: a page may have been open for hours.
pub(in super::super) async fn challenge(State(app): State<crate::App>) -> impl IntoResponse {
    let challenge = app.desk.links().challenge(&app.desk.dice().token(), app.clock.now());
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge)
}

/// For whom passkeys are: the host of the public address. None is for a bare address of numbers, which the standard rules out;
/// of a machine's own, `localhost` stands for it.
pub(in super::super) fn relying(ctx: &Ctx) -> Option<Relying> {
    let origin = &ctx.app.options.public_url;
    let (scheme, authority) = origin.split_once("://")?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let bare: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let Some(bare) = bare else {
        let safe = scheme == "https" || host == "localhost";
        return safe.then(|| Relying { origin: origin.clone(), id: host.to_owned() });
    };
    let local = port.map_or_else(|| "localhost".to_owned(), |port| format!("localhost:{port}"));
    let asked = ctx.headers.get(header::HOST)?.to_str().ok()?;
    (bare.is_loopback() && asked == local)
        .then(|| Relying { origin: format!("{scheme}://{local}"), id: "localhost".to_owned() })
}

/// A form that asks for a passkey and sends what it says; a script shows it where the browser can do that.
pub(in super::super) struct Ask<'a> {
    /// Where it is sent.
    pub(in super::super) to: &'a str,
    /// What is before the names of its fields.
    pub(in super::super) prefix: &'a str,
    /// What is sent beside it.
    pub(in super::super) hidden: Markup,
    /// One of these; any, when there are none.
    pub(in super::super) allow: &'a [Passkey],
    /// What the button says.
    pub(in super::super) label: &'a str,
}

/// The form; nothing where passkeys cannot be.
pub(in super::super) fn ask(ctx: &Ctx, ask: &Ask<'_>) -> Markup {
    let Some(relying) = relying(ctx) else { return html! {} };
    let allow: Vec<&str> = ask.allow.iter().map(|key| key.id.as_str()).collect();
    html! {
        form.passkey method="post" action=(ask.to) hidden data-passkey="get" data-prefix=(ask.prefix)
            data-challenge=(ctx.url("/staff/sign-in/challenge")) data-rp=(relying.id) data-allow=(allow.join(" ")) {
            (ask.hidden)
            @for name in USED { input type="hidden" name={ (ask.prefix) "passkey-" (name) }; }
            button.usa-button.usa-button--outline type="submit" { (ask.label) }
            (failed(ctx))
        }
    }
}

/// The form that makes one.
pub(super) fn make(seat: &Seat, name: &Markup, there: &[Passkey], to: &str) -> Markup {
    let (ctx, t) = (&seat.ctx, seat.t());
    let Some(relying) = relying(ctx) else { return html! { p { (t.say("second-passkey-not-here")) } } };
    let there: Vec<&str> = there.iter().map(|key| key.id.as_str()).collect();
    let staff = &seat.me.staff;
    html! {
        form.usa-form.passkey method="post" action=(to) hidden data-passkey="create" data-prefix=""
            data-challenge=(ctx.url("/staff/sign-in/challenge")) data-rp=(relying.id) data-exclude=(there.join(" "))
            data-agency=(ctx.app.desk.pack().agency().name.in_lang(&ctx.lang)) data-user=(handle(staff.id))
            data-sign-in=(staff.sign_in) data-name=(staff.name) {
            (parts::key(ctx))
            (name)
            @for name in MADE { input type="hidden" name={ "passkey-" (name) }; }
            button.usa-button type="submit" { (t.say("second-passkey-make")) }
            (failed(ctx))
        }
        p.passkey-none { (t.say("second-passkey-none")) }
    }
}

fn failed(ctx: &Ctx) -> Markup {
    html! { p.usa-error-message role="alert" data-failed hidden { (ctx.t().say("second-passkey-failed")) } }
}

/// What an authenticator keeps of whose a passkey is: their identifier, which tells nobody anything.
fn handle(staff: StaffId) -> String {
    URL_SAFE_NO_PAD.encode(staff.uuid().as_bytes())
}

/// Whose passkey it says it is.
pub(super) fn owner(fields: &Fields) -> Option<StaffId> {
    let bytes = URL_SAFE_NO_PAD.decode(fields.get("passkey-user")).ok()?;
    hex::encode(bytes).parse().ok()
}

/// Takes a passkey's answer out of a form, if it is there.
pub(in super::super) fn take(ctx: &Ctx, fields: &mut Fields, prefix: &str) -> Option<Given> {
    let mut said = USED
        .map(|name| fields.take(&format!("{prefix}passkey-{name}")).into_iter().next().unwrap_or_default());
    let [id, client, data, signature, _] = &mut said;
    if id.is_empty() {
        return None;
    }
    let of = |text: &mut String| std::mem::take(text);
    let relying = relying(ctx)?;
    let said =
        Assertion { relying, id: of(id), client: of(client), data: of(data), signature: of(signature) };
    Some(Given::Passkey(Box::new(said)))
}

/// What a browser says of a passkey that it has made.
pub(super) fn made(ctx: &Ctx, fields: &Fields) -> Option<Registration> {
    let [client, data, key] = MADE.map(|name| fields.get(&format!("passkey-{name}")).to_owned());
    Some(Registration { relying: relying(ctx)?, client, data, key })
}

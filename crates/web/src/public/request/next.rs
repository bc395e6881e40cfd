//! A representative asks for their next client: what is theirs stands in the new form already, and only the client's own is asked.
//!
//! It stands there for some hours, for one browser, until that is closed. Afterwards the form goes on without it: nothing that was typed
//! for the client is lost, and whoever sits there next reads nothing of the representative.

use super::{
    corrected,
    draft::{self, Saved},
    step::Step,
    whom,
};
use crate::core::{Ctx, Fields, WebError};
use crate::parts::{Alert, alert, post_button};
use crate::public::address;
use axum::{
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Redirect, Response},
};
use domain::inquiry::Inquiry;
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};

/// The field that says until when what was carried over stands, in seconds since 1970.
const UNTIL: &str = "carried_until";
/// For so long: a morning's work.
const STANDS: SignedDuration = SignedDuration::from_hours(4);
/// The pages whose answers are all the representative's own.
static THEIRS: [Step; 2] = [Step::Reach, Step::Call];
/// What is theirs of other pages. Whether their form is on file is asked for each client anew.
const ALSO: [&str; 4] = ["behalf", "behalf_name", "behalf_organisation", "relay"];

/// The names of everything that is carried over.
fn names(ctx: &Ctx) -> Vec<String> {
    let pages = THEIRS.iter().flat_map(|step| step.fields(ctx).into_iter().chain([step.seen()]));
    pages.chain(ALSO.map(str::to_owned)).chain([UNTIL.to_owned()]).collect()
}

/// Until when what was carried over stands, if anything was.
fn until(fields: &Fields) -> Option<Timestamp> {
    Timestamp::from_second(fields.get(UNTIL).parse().ok()?).ok()
}

/// Is a form for somebody's next client?
pub(super) fn is_carried(fields: &Fields) -> bool {
    until(fields).is_some()
}

/// Need this page not be asked? Its answers are the representative's, and stand.
pub(super) fn is_answered(fields: &Fields, step: &Step) -> bool {
    is_carried(fields) && THEIRS.contains(step)
}

/// Takes out what was carried over and stands no more. Answers with the names of what was taken out.
pub(super) fn expire(ctx: &Ctx, fields: &mut Fields) -> Vec<String> {
    if until(fields).is_none_or(|until| ctx.now < until) {
        return Vec::new();
    }
    let names = names(ctx);
    for name in &names {
        fields.take(name);
    }
    names
}

/// Begins a form with what is the representative's of this inquiry, and nothing of its person's.
pub(in crate::public) async fn carry(
    ctx: &Ctx,
    inquiry: &Inquiry,
) -> Result<(HeaderName, HeaderValue), WebError> {
    let agent = inquiry.request.representative.as_ref().ok_or(WebError::NotFound)?;
    let (mut all, tick) = (corrected::filled(inquiry), |on: bool| if on { "yes" } else { "" });
    all.set("texts", tick(inquiry.reach.texts));
    all.set("calls", tick(inquiry.reach.calls));
    if let Some(post) = &inquiry.reach.post {
        address::filled(&mut all, post.reveal());
    }
    all.set("behalf", "yes");
    all.set("behalf_name", agent.name.reveal());
    if let Some(firm) = &agent.organisation {
        all.set("behalf_organisation", firm.reveal());
    }
    for step in &THEIRS {
        all.set(&step.seen(), "yes");
    }
    let stands = ctx.now.saturating_add(STANDS).unwrap_or(ctx.now);
    all.set(UNTIL, stands.as_second().to_string());
    let names = names(ctx);
    all.0.retain(|name, _| names.contains(name));
    all.set(whom::FOR_CLIENT, "yes");
    Ok(draft::keep_open(ctx, &draft::begin_with(ctx, &all).await?))
}

/// That the form has what is the representative's, until when, and how that ends sooner.
pub(super) fn note(ctx: &Ctx, fields: &Fields) -> Markup {
    let t = ctx.t();
    let Some(until) = until(fields) else { return html! {} };
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let moment = t.moment(until, zone.name(), ctx.now);
    alert(
        Alert::Info,
        &t.say("public-client-note"),
        &html! {
            p { (t.say_with("public-client-until", &args! { "moment" => moment })) }
            (post_button(ctx, &ctx.url("/request/end"), &t.say("public-client-end"), "usa-button--outline"))
        },
    )
}

/// The browser forgets the form.
pub(super) async fn end(ctx: Ctx) -> Result<Response, WebError> {
    let mut saved = Saved::load(&ctx).await?;
    saved.clear(&ctx).await?;
    Ok(([draft::forget(&ctx)], Redirect::to(&ctx.url("/request"))).into_response())
}

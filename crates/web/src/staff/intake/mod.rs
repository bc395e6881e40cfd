//! What somebody asks who has no inquiry yet, taken down while they speak: the script beside the form, what was said read back, how
//! soon and how it goes on.

mod back;
mod form;
pub(super) mod whom;

use super::{
    frame::{Seat, Tab},
    line::escalate,
};
use crate::{
    core::{Ctx, Errors, Fields, WebError, switchboard::With},
    parts::{self, Alert, alert},
    public::request::{counter, whole},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    DeskError, Done,
    acts::{DecideUrgency, RequestMeeting, TakeDown},
};
use domain::{
    access::Action,
    ids::WaitId,
    inquiry::Channel,
    number::InquiryNumber,
    refusal::Refusal,
    urgency::Urgency,
    wait::{Status, WaitingCaller},
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// The longest reason for another urgency, in characters.
const LONGEST: usize = 600;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// What they need.
    #[serde(default)]
    reason: String,
    /// The number of what was taken down.
    #[serde(default)]
    number: String,
}

/// The way in from the telephone, while it is not known what the call is about. It opens beside the page in which the call lives.
pub(super) fn offer(seat: &Seat, with: With) -> Markup {
    let t = seat.t();
    html! {
        @if with.inquiry().is_none() && seat.can(Action::TakeDown, None) {
            p #take-down { (t.say("intake-offer")) " "
                a.usa-link href=(seat.ctx.url("/staff/intake")) target="anteroom-case" { (t.say("intake-offer-do")) } }
        }
    }
}

/// The wait of the call that whoever sits here has, or has just had.
async fn call(seat: &Seat) -> Result<Option<WaitingCaller>, WebError> {
    let store = seat.ctx.app.desk.store();
    let operator = store.operator(seat.me.staff.id).await?.map(|operator| operator.settled(seat.ctx.now));
    match operator.map(|operator| operator.status) {
        Some(Status::Talking { caller, .. } | Status::WrapUp { caller, .. }) => {
            Ok(store.wait(caller).await?)
        }
        _ => Ok(None),
    }
}

/// The form as it begins: what the call tells stands in it already.
fn begin(seat: &Seat, call: Option<&WaitingCaller>, reason: &str) -> Fields {
    let mut fields = Fields::default();
    let spoken = call.map_or(&seat.ctx.lang, |call| &call.lang);
    whole::begin(&in_language(seat, spoken.as_str()), &mut fields);
    fields.set("reason", reason);
    let Some(call) = call else { return fields };
    fields.set("wait", call.id.to_string());
    if let Some(known) = call.reason.as_ref().filter(|_| reason.is_empty()) {
        fields.set("reason", known.as_str());
    }
    if let Some(number) = &call.number {
        fields.set("phone", number.spoken_form());
    }
    if let Some(receipt) = &call.keyed.receipt {
        fields.set("receipt", receipt.as_str());
    }
    if let Some(zip) = &call.keyed.zip {
        fields.set("zip", zip.reveal().as_str());
    }
    fields
}

/// The page as somebody reads it who speaks this language; as whoever sits here does, where the agency has no such language.
fn in_language(seat: &Seat, lang: &str) -> Ctx {
    let all = seat.ctx.app.desk.pack().languages();
    let lang = all.iter().find(|known| known.as_str() == lang).unwrap_or(&seat.ctx.lang).clone();
    Ctx { lang, ..seat.ctx.clone() }
}

/// What was typed, as hidden fields: none of it is typed twice. `shown` stands on the page already.
fn carried(fields: &Fields, shown: &[&str]) -> Markup {
    let keeps = |name: &str| !name.starts_with('_') && name != "do" && !shown.contains(&name);
    html! {
        @for (name, values) in fields.0.iter().filter(|(name, _)| keeps(name)) {
            @for value in values { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// How it came in: in a call, or as is said.
fn channel(fields: &Fields) -> Option<Channel> {
    match (fields.get("wait"), fields.get("came")) {
        ("", "office") => Some(Channel::Office),
        ("", "phone") => Some(Channel::Phone),
        ("", _) => None,
        _ => Some(Channel::Phone),
    }
}

/// What was answered, or what is wrong with it.
fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<RequestMeeting> {
    if !errors.is_empty() {
        return None;
    }
    let channel = channel(fields);
    if channel.is_none() {
        errors.add("came", seat.t().say("intake-came-missing"));
    }
    whole::read(&seat.ctx, fields, channel.unwrap_or(Channel::Phone), errors)
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::TakeDown, None)?;
    let call = call(&seat).await?;
    let fields = begin(&seat, call.as_ref(), &asked.reason);
    Ok(form::show(&seat, &fields, &Errors::none()).await?.into_response())
}

/// One step: to the form again, what was said read back, or taken down.
pub(super) async fn take(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::TakeDown, None)?;
    let mut errors = Errors::none();
    if counter::chosen(&seat.ctx, &fields).is_none() {
        errors.add("reason", seat.t().say("public-wrong-reason"));
    } else if fields.get("do") == "change" || fields.get("reason") != fields.get("asked") {
        // Another need brings other questions; what was answered stands.
        return Ok(form::show(&seat, &fields, &errors).await?.into_response());
    }
    let Some(ask) = read(&seat, &fields, &mut errors) else {
        let page = form::show(&seat, &fields, &errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if fields.get("do") == "file" {
        return Box::pin(file(seat, fields, ask)).await;
    }
    Box::pin(back::show(&seat, &fields, &ask, None, errors)).await
}

/// How soon, as it was chosen.
fn urgency(fields: &Fields) -> Option<Urgency> {
    Urgency::ALL.into_iter().find(|urgency| urgency.as_str() == fields.get("urgency"))
}

async fn file(seat: Seat, fields: Fields, ask: RequestMeeting) -> Result<Response, WebError> {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let caller = seat.caller(fields.key("take-down"));
    // Sent twice it is the same request, and not one that is there already.
    let before = desk.store().answered(&caller.key, &caller.actor()).await.map_err(DeskError::from)?;
    if let Some(done) = before.and_then(|done| Done::in_answer(&done.answer)) {
        return Ok(taken_down(&seat, done.number));
    }
    let mut errors = Errors::none();
    let because: String = fields.get("urgency-because").chars().take(LONGEST).collect();
    let promise = match fields.get("goes") {
        "call" => escalate::read(&seat, &fields, &mut errors),
        "request" => None,
        _ => {
            errors.add("goes", t.say("intake-goes-missing"));
            None
        }
    };
    if !errors.is_empty() {
        return back::show(&seat, &fields, &ask, None, errors).await;
    }
    let chosen = urgency(&fields);
    let urgency = chosen.map(|urgency| DecideUrgency {
        urgency,
        because: Some(because).filter(|because| !because.is_empty()),
        sentence: None,
    });
    let take = TakeDown { ask, urgency, promise, wait: fields.get("wait").parse::<WaitId>().ok() };
    match Box::pin(desk.take_down(&caller, &take)).await {
        Ok(inquiry) => Ok(taken_down(&seat, inquiry.number)),
        Err(DeskError::Refused(Refusal::ReasonNeeded)) => {
            errors.add("urgency-because", t.say("staff-because-needed"));
            back::show(&seat, &fields, &take.ask, None, errors).await
        }
        Err(error @ (DeskError::Refused(_) | DeskError::Wait(_) | DeskError::Contended)) => {
            let web = WebError::Desk(error);
            let (wrong, next) = web.says(t);
            let note = alert(Alert::Error, &wrong, &html! { p { (next) } });
            back::show(&seat, &fields, &take.ask, Some((web.status(), note)), errors).await
        }
        Err(error) => Err(error.into()),
    }
}

fn taken_down(seat: &Seat, number: InquiryNumber) -> Response {
    let to = seat.ctx.url(&format!("/staff/intake/done?number={}", number.digits()));
    Redirect::to(&to).into_response()
}

/// The number that the person writes down, what was promised, and where it goes on. What is kept from whoever took it down is not shown
/// any more, and a number that nobody has looks the same.
pub(super) async fn done(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::TakeDown, None)?;
    let Ok(number) = asked.number.parse::<InquiryNumber>() else {
        return Ok(Redirect::to(&seat.ctx.url("/staff/intake")).into_response());
    };
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let found = desk.store().inquiry_numbered(number).await?.filter(|it| seat.can(Action::ReadInquiry, it));
    let inquiry = match found {
        Some(found) => Some(desk.open_inquiry(&seat.caller_once(), found.id).await?),
        None => None,
    };
    let body = html! {
        p.usa-intro { (t.say("intake-done-say")) }
        (parts::big_number(&seat.ctx, number))
        @match &inquiry {
            Some(inquiry) => {
                p role="status" {
                    @match inquiry.callback() {
                        Some(callback) => (t.say_with("intake-done-call", &args! {
                            "when" => t.window(callback.window.start, callback.window.end, callback.window.zone.name(), seat.ctx.now) })),
                        None => (t.say("intake-done-request")),
                    }
                }
                p { a.usa-button href=(seat.ctx.url(&format!("/staff/inquiry/{}", number.digits()))) autofocus {
                    (t.say("intake-done-open")) } }
            }
            None => p { (t.say("intake-done-kept")) },
        }
        p { a.usa-link href=(seat.ctx.url("/staff/intake")) { (t.say("intake-done-another")) } }
    };
    Ok(seat.page(t.say("intake-done-title"), Tab::Intake, body).render(&seat.ctx).into_response())
}

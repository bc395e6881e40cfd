//! An act: read from its form, shown before it is told, done, or refused in place with nothing lost.

use super::{
    Act, Numbered, dial, open, places,
    preview::{self, Preview},
    sooner,
    view::{self, Shown},
};
use crate::{
    core::{Errors, Fields, WebError},
    parts::{Alert, alert},
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Caller, Conditions, DeskError,
    acts::{BookPlace, DecideNeed, DecideUrgency},
};
use domain::{
    callback::CallOutcome,
    codes::ItemCode,
    decision::{DecisionKind, Need},
    ids::{AppointmentId, StaffId},
    inquiry::Inquiry,
    refusal::Refusal,
    slots::NoPlace,
    text::Text,
    urgency::Urgency,
};
use jiff::Timestamp;
use locale::args;
use maud::html;

/// The longest text of one field, in characters.
const LONGEST: usize = 1_000;

pub(crate) async fn act(
    act: Act,
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    // Whoever may never do it learns nothing, not even whether there is such an inquiry.
    seat.may(act.action(), None)?;
    let inquiry = open(&seat, &at.number).await?;
    seat.may(act.action(), &inquiry)?;
    let desk = &seat.ctx.app.desk;
    let caller = seat.caller(fields.key(act.code()));
    // A second click answers as the first did, although the inquiry has moved on since.
    let done = desk.store().answered(&caller.key, &caller.actor()).await.map_err(DeskError::from)?;
    if done.is_some() {
        return Ok(to_inquiry(&seat, &inquiry, act));
    }
    if fields.get("_version") != inquiry.version.to_string() {
        return stale(&seat, &inquiry, act, fields).await;
    }
    let caller = caller.only(Conditions { versions: Some(vec![inquiry.version]), command: None });
    let mut shown = Shown { open: Some(act), typed: fields, ..Shown::default() };
    if !shown.typed.get("_look").is_empty() || !shown.typed.get("_from").is_empty() {
        if shown.typed.get("_look") == "first" {
            shown.typed.0.remove("_from");
        }
        return answer(&seat, &inquiry, shown, StatusCode::OK).await;
    }
    shown.errors = faults(&seat, &inquiry, act, &shown.typed).await?;
    if !shown.errors.is_empty() {
        return answer(&seat, &inquiry, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if dial::is_asked(&seat, act, &shown) {
        return dial::dial(&seat, &inquiry, shown).await;
    }
    let result = if act.is_told() && !shown.typed.ticked("_sure") {
        match preview::of(&seat, &inquiry, act, &shown.typed).await {
            Ok(preview) => {
                shown.preview = Some(preview);
                return answer(&seat, &inquiry, shown, StatusCode::OK).await;
            }
            Err(WebError::Desk(error)) => Err(error),
            Err(error) => return Err(error),
        }
    } else {
        run(&seat, &inquiry, act, &caller, &shown.typed).await
    };
    match result {
        Ok(()) => Ok(to_inquiry(&seat, &inquiry, act)),
        Err(error) => refused(&seat, &inquiry, shown, error).await,
    }
}

fn to_inquiry(seat: &Seat, inquiry: &Inquiry, act: Act) -> Response {
    let to = format!("/staff/inquiry/{}?did={}", inquiry.number.digits(), act.code());
    Redirect::to(&seat.ctx.url(&to)).into_response()
}

pub(super) async fn answer(
    seat: &Seat,
    inquiry: &Inquiry,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, WebError> {
    Ok((status, view::show(seat, inquiry, shown).await?).into_response())
}

/// Somebody else was faster. The page shows how things are now, with what was typed.
async fn stale(seat: &Seat, inquiry: &Inquiry, act: Act, fields: Fields) -> Result<Response, WebError> {
    let t = seat.t();
    let note = alert(Alert::Warning, &t.say("staff-stale"), &html! { p { (t.say("staff-stale-next")) } });
    let shown = Shown { open: Some(act), typed: fields, note: Some(note), ..Shown::default() };
    answer(seat, inquiry, shown, StatusCode::CONFLICT).await
}

/// Why it was not done, in place. What failed on our side is a page of its own.
pub(super) async fn refused(
    seat: &Seat,
    before: &Inquiry,
    mut shown: Shown,
    error: DeskError,
) -> Result<Response, WebError> {
    let t = seat.t();
    let Some(act) = shown.open else { return Err(error.into()) };
    if matches!(error, DeskError::Refused(Refusal::ReasonNeeded)) {
        shown.errors.add(&act.field("because"), t.say("staff-because-needed"));
        return answer(seat, before, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if !matches!(
        error,
        DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::Contended | DeskError::CaseSource(_)
    ) {
        return Err(error.into());
    }
    let now = seat.ctx.app.desk.store().inquiry(before.id).await?.ok_or(WebError::NotFound)?;
    if now.version != before.version {
        return stale(seat, &now, act, shown.typed).await;
    }
    // Asked for one place, "every place is taken" would say too much.
    let error = match error {
        DeskError::NoPlace(NoPlace::Full { .. }) => Refusal::SlotFull.into(),
        other => other,
    };
    let error = WebError::Desk(error);
    let (wrong, next) = error.says(t);
    let at = match &error {
        WebError::Desk(DeskError::Refused(Refusal::TooSoon { earliest })) if act == Act::Call => {
            Some(*earliest)
        }
        _ => None,
    };
    shown.note = Some(alert(
        Alert::Error,
        &wrong,
        &html! {
            p { (next) }
            @if let Some(at) = at {
                p { (t.say_with("staff-call-from", &args! { "moment" => t.moment(at, now.reach.zone.name(), seat.ctx.now) })) }
            }
        },
    ));
    answer(seat, &now, shown, error.status()).await
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).chars().take(LONGEST).collect()
}

fn written(fields: &Fields, name: &str) -> Option<String> {
    Some(text(fields, name)).filter(|text| !text.is_empty())
}

/// The papers that were ticked, of those on the reason's checklist.
pub(super) fn missing(seat: &Seat, inquiry: &Inquiry, act: Act, fields: &Fields) -> Vec<ItemCode> {
    let ticked = fields.all(&act.field("missing"));
    let Some(reason) = seat.ctx.app.desk.pack().reason(&inquiry.reason) else { return Vec::new() };
    let known = reason.items().map(|item| &item.code);
    known.filter(|code| ticked.iter().any(|t| t == code.as_str())).cloned().collect()
}

pub(super) fn need(fields: &Fields) -> Option<Need> {
    Need::from_code(fields.get("need-need"))
}

/// To whom a promised call is given: none while nobody was chosen, nobody in particular for whoever is on duty.
#[expect(
    clippy::option_option,
    reason = "outside: was anything chosen; inside: an officer, or whoever is on duty"
)]
fn give_to(fields: &Fields) -> Option<Option<StaffId>> {
    match fields.get("give-to") {
        "any" => Some(None),
        id => id.parse().ok().map(Some),
    }
}

fn urgency(fields: &Fields) -> Option<Urgency> {
    Urgency::ALL.into_iter().find(|u| u.as_str() == fields.get("urgency-choice"))
}

pub(super) fn start(act: Act, fields: &Fields) -> Option<Timestamp> {
    Timestamp::from_microsecond(fields.get(&act.field("start")).parse().ok()?).ok()
}

/// What is wrong with a form, field by field.
async fn faults(seat: &Seat, inquiry: &Inquiry, act: Act, fields: &Fields) -> Result<Errors, WebError> {
    let t = seat.t();
    let mut errors = Errors::none();
    match act {
        Act::Urgency if urgency(fields).is_none() => {
            errors.add("urgency-choice", t.say("staff-fault-choose"));
        }
        Act::Papers if missing(seat, inquiry, act, fields).is_empty() => {
            errors.add("papers-missing", t.say("staff-fault-papers"));
        }
        Act::Promise | Act::MoveCall if start(act, fields).is_none() => {
            errors.add(&act.field("start"), t.say("staff-fault-window"));
        }
        Act::Outcome if CallOutcome::from_code(fields.get("outcome-outcome")).is_none() => {
            errors.add("outcome-outcome", t.say("staff-fault-choose"));
        }
        Act::Need => match need(fields) {
            None => errors.add("need-need", t.say("staff-fault-choose")),
            Some(need) => {
                if need == Need::Papers && missing(seat, inquiry, act, fields).is_empty() {
                    errors.add("need-missing", t.say("staff-fault-papers"));
                }
                // Said before anything is shown: the preview must not be of a decision that will be refused.
                let advice = seat.ctx.app.desk.advise(inquiry, DecisionKind::Need, seat.ctx.now).await?;
                let departs = advice.outcome("need") != Some(need.as_str());
                let unsaid = written(fields, "need-because").is_none();
                if unsaid && inquiry.open_review().is_some() {
                    errors.add("need-because", t.say("staff-review-because-needed"));
                } else if unsaid && departs {
                    errors.add("need-because", t.say("staff-because-needed"));
                }
            }
        },
        Act::Book | Act::Move => {
            if places::read(fields.get(&act.field("place"))).is_none() {
                errors.add(&act.field("place"), t.say("staff-fault-place"));
            }
            let office = places::office(inquiry, act, fields);
            if act == Act::Book && office != inquiry.office && written(fields, "book-because").is_none() {
                errors.add("book-because", t.say("staff-fault-office-because"));
            }
        }
        Act::Earlier => sooner::faults(seat, fields, &mut errors),
        Act::Give => {
            if give_to(fields).is_none() {
                errors.add("give-to", t.say("staff-fault-choose"));
            }
            if written(fields, "give-because").is_none() {
                errors.add("give-because", t.say("staff-because-needed"));
            }
        }
        Act::Office => {
            if fields.get("office-to").is_empty() {
                errors.add("office-to", t.say("staff-fault-office"));
            }
            if written(fields, "office-because").is_none() {
                errors.add("office-because", t.say("staff-fault-office-because"));
            }
        }
        _ => {}
    }
    Ok(errors)
}

/// The sentence for the person: none when the rule's own is told.
pub(super) fn sentence(
    seat: &Seat,
    inquiry: &Inquiry,
    need: Need,
    recommended: Option<&str>,
    fields: &Fields,
) -> Option<Text> {
    let desk = &seat.ctx.app.desk;
    if let Some(own) = written(fields, "need-sentence") {
        return Some(Text::new([(inquiry.reach.lang.clone(), own)]));
    }
    if recommended == Some(need.as_str()) {
        return None;
    }
    let plain = |lang| desk.words().tongue(lang).say_of("staff-sentence", need.as_str());
    Some(Text::new(desk.pack().languages().iter().map(|lang| (lang.clone(), plain(lang)))))
}

/// What the officer adds to the checklist, a line each.
pub(super) fn bring_also(fields: &Fields) -> Vec<String> {
    let lines = text(fields, "book-bring");
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

async fn run(
    seat: &Seat,
    inquiry: &Inquiry,
    act: Act,
    caller: &Caller,
    fields: &Fields,
) -> Result<(), DeskError> {
    let (desk, id) = (&seat.ctx.app.desk, inquiry.id);
    let place = || places::read(fields.get(&act.field("place"))).ok_or(Refusal::NotOffered);
    match act {
        Act::Urgency => {
            let ask = DecideUrgency {
                urgency: urgency(fields).ok_or(Refusal::NotOffered)?,
                because: written(fields, "urgency-because"),
                sentence: None,
            };
            desk.decide_urgency(caller, id, &ask).await?;
        }
        Act::Papers => {
            desk.ask_papers(caller, id, missing(seat, inquiry, act, fields)).await?;
        }
        Act::PapersComplete => {
            desk.papers_complete(caller, id).await?;
        }
        Act::Promise => {
            let owner = (fields.get("promise-owner") == "me").then_some(seat.me.staff.id);
            let start = start(act, fields).ok_or(Refusal::NotOffered)?;
            desk.promise_callback(caller, id, start, owner).await?;
        }
        Act::MoveCall => {
            let start = start(act, fields).ok_or(Refusal::NotOffered)?;
            desk.move_callback(caller, id, start).await?;
        }
        Act::CancelCall => {
            desk.cancel_callback(caller, id).await?;
        }
        Act::Give => {
            let to = give_to(fields).ok_or(Refusal::NotOffered)?;
            desk.give_callback(caller, id, to, &text(fields, "give-because")).await?;
        }
        Act::Call => {
            desk.start_call(caller, id).await?;
        }
        Act::Outcome => {
            let outcome = CallOutcome::from_code(fields.get("outcome-outcome")).ok_or(Refusal::NotOffered)?;
            desk.end_call(caller, id, outcome).await?;
        }
        Act::Need => {
            let need = need(fields).ok_or(Refusal::NotOffered)?;
            let advice = desk.advise(inquiry, DecisionKind::Need, seat.ctx.now).await?;
            let ask = DecideNeed {
                need,
                missing: if need == Need::Papers { missing(seat, inquiry, act, fields) } else { Vec::new() },
                because: written(fields, "need-because"),
                sentence: sentence(seat, inquiry, need, advice.outcome("need"), fields),
            };
            desk.decide_need(caller, id, &ask).await?;
        }
        Act::Book => {
            let (start, pool) = place()?;
            let ask = BookPlace {
                office: places::office(inquiry, act, fields),
                start,
                pool,
                held: fields.get(Preview::HELD).parse::<AppointmentId>().ok(),
                bring_also: bring_also(fields),
                because: written(fields, "book-because"),
            };
            desk.book(caller, id, &ask).await?;
        }
        Act::Move => {
            let (start, pool) = place()?;
            desk.move_appointment(caller, id, &places::office(inquiry, act, fields), start, pool).await?;
        }
        Act::Cancel => {
            desk.cancel_appointment(caller, id).await?;
        }
        Act::Earlier => {
            let (wish, said) = sooner::read(fields).ok_or(Refusal::NotOffered)?;
            desk.ask_earlier(caller, id, &wish, Some(said)).await?;
        }
        Act::StopEarlier => {
            desk.stop_earlier(caller, id).await?;
        }
        Act::Office => {
            let to = fields.get("office-to").parse().map_err(|_| Refusal::NoSuchOffice)?;
            desk.change_office(caller, id, &to, &text(fields, "office-because")).await?;
        }
    }
    Ok(())
}

//! The telephone of a member of staff: what rings and who speaks, answered and passed on in the browser.
//!
//! Every change of state is a form, and the page is right without scripts; only speaking needs them.

mod acts;
pub(super) mod announcements;
pub(super) mod bar;
mod browser;
mod caller;
mod duty;
pub(super) mod escalate;
pub(super) mod listening;
mod news;
mod passed;
mod passing;
pub(super) mod takes;
mod telephone;
mod waiting;

pub(super) use duty::duty;
pub(super) use escalate::escalate;

use super::{
    frame::{Seat, Tab},
    inquiry,
};
use crate::{
    core::{
        Errors, Fields, Form, WebError,
        layers::MICROPHONE,
        live,
        switchboard::{LONGEST_OFFER, SoftphoneAct, SoftphoneState, SwitchboardError, With},
    },
    parts::{Alert, alert, error_summary},
};
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response, Sse, sse::KeepAlive},
};
use domain::{access::Action, ids::InquiryId};
use duty::Duty;
use maud::{Markup, html};
use passed::Beside;
use std::{collections::BTreeMap, time::Duration};

/// What the page shows besides the telephone itself.
#[derive(Default)]
struct Shown {
    typed: Fields,
    errors: Errors,
    /// Why it could not be done.
    note: Option<Markup>,
}

impl Shown {
    fn form(&self) -> Form<'_> {
        Form::new(&self.typed, &self.errors)
    }
}

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    show(&seat, StatusCode::OK, Shown::default()).await
}

/// The telephone of whoever sits here; nothing where there is no switchboard.
fn state(seat: &Seat) -> Option<SoftphoneState> {
    let board = seat.ctx.app.switchboard.as_ref()?;
    Some(board.watch(seat.me.staff.id).borrow().clone())
}

/// The telephone, with the inquiry that was taken down while they speak: whoever holds the call need not know of it.
async fn known_state(seat: &Seat) -> Result<Option<SoftphoneState>, WebError> {
    use SoftphoneState as S;
    let Some(mut state) = state(seat) else { return Ok(None) };
    if let S::Talking { with, .. } | S::Ended { with, .. } = &mut state
        && let With::Wait { wait, inquiry: about @ None } = with
    {
        *about = seat.ctx.app.desk.store().wait(*wait).await?.and_then(|wait| wait.inquiry);
    }
    Ok(Some(state))
}

/// Whose number it may be that calls or is spoken with; nothing where there is no such call.
pub(super) async fn whose(seat: &Seat) -> Result<Option<Markup>, WebError> {
    match known_state(seat).await? {
        Some(state) => caller::show(seat, &state).await,
        None => Ok(None),
    }
}

/// Is a browser of whoever sits here connected?
pub(super) fn is_plugged_in(seat: &Seat) -> bool {
    state(seat).is_some_and(|state| state != SoftphoneState::Unplugged)
}

async fn show(seat: &Seat, status: StatusCode, shown: Shown) -> Result<Response, WebError> {
    let t = seat.t();
    let made_by_form = shown.note.is_some() || !shown.errors.is_empty();
    let body = match known_state(seat).await? {
        None => html! {
            div #line { (alert(Alert::Info, &t.say("phone-none"), &html! { p { (t.say("phone-none-next")) } })) }
        },
        Some(state) => html! {
            (browser::show(seat))
            (news::source(seat))
            (region(seat, &state, &shown).await?)
            @if seat.can(Action::SeeLine, None) { (waiting::show(seat).await?) }
            @if seat.can(Action::ListenIn, None) { (listening::show(seat, &shown.form()).await?) }
            @if seat.can(Action::RunWait, None) { (announcements::summary(seat).await) }
        },
    };
    let page = seat.page(t.say("phone-title"), Tab::Line, body).live().with("voice.js").with("softphone.js");
    let page = if made_by_form { page.no_switch() } else { page };
    Ok((status, [MICROPHONE], page.render(&seat.ctx)).into_response())
}

/// What changes while the page is open: asked for again when the stream says so, and laid over itself in place.
async fn region(seat: &Seat, state: &SoftphoneState, shown: &Shown) -> Result<Markup, WebError> {
    let colleagues = acts::colleagues(seat, state).await?;
    let duty = Duty::load(seat).await?;
    let case = match telephone::inquiry(state) {
        Some(id) => case(seat, id).await?,
        None => None,
    };
    let caller = caller::show(seat, state).await?;
    let escalate = escalate::show(seat, state, &shown.form()).await?;
    let beside = Beside::load(seat, state).await?;
    Ok(html! {
        div #line hx-get=(seat.ctx.url("/staff/line")) hx-trigger="phone from:#line-news" hx-select="#line" hx-swap="outerMorph" {
            @if let Some(note) = &shown.note { div role="alert" tabindex="-1" data-focus { (note) } }
            (error_summary(&seat.ctx, &shown.errors))
            div.phone-two {
                div.phone-desk {
                    (beside.show(seat))
                    (telephone::show(seat, state, &beside, &shown.form(), &colleagues))
                    @if let Some(escalate) = escalate { (escalate) }
                    (duty::show_duty(seat, &duty, &shown.form()))
                }
                @if let Some(case) = case { (case) }
                @if let Some(caller) = caller { (caller) }
            }
        }
    })
}

/// The caller's inquiry, on screen before the call is answered. Reading it is journalled; what is gone is not shown.
async fn case(seat: &Seat, id: InquiryId) -> Result<Option<Markup>, WebError> {
    if !seat.can(Action::ReadInquiry, None) {
        return Ok(None);
    }
    match inquiry::brief(seat, id).await {
        Ok(brief) => Ok(Some(brief)),
        Err(WebError::NotFound | WebError::Desk(desk::DeskError::NotFound | desk::DeskError::Denied(_))) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// One act on the call: its button's name says which.
pub(super) async fn call(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    let Some(board) = seat.ctx.app.switchboard.clone() else {
        return show(&seat, StatusCode::CONFLICT, Shown::default()).await;
    };
    let mut shown = Shown { typed: fields, ..Shown::default() };
    let act = match acts::read(&seat, &shown.typed, &mut shown.errors) {
        Some(act) => act,
        None if shown.errors.is_empty() => return Err(WebError::BadForm),
        None => return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await,
    };
    if matches!(act, SoftphoneAct::ListenIn { .. } | SoftphoneAct::ListenAs(_)) {
        seat.may(Action::ListenIn, None)?;
    }
    match board.act(&seat.me.staff, act).await {
        Ok(()) => Ok(Redirect::to(&seat.ctx.url("/staff/line")).into_response()),
        Err(error) => refused_with(&seat, error, shown).await,
    }
}

/// The page as it is now, with why it was not done.
async fn refused_with(seat: &Seat, error: SwitchboardError, shown: Shown) -> Result<Response, WebError> {
    let (status, note) = refused(seat, error);
    show(seat, status, Shown { note: Some(note), ..shown }).await
}

/// Why the telephone did not do it, and what to do now.
pub(super) fn refused(seat: &Seat, error: SwitchboardError) -> (StatusCode, Markup) {
    let t = seat.t();
    // What the rules of the wait refuse at the desk is told as they refuse it at the switchboard.
    let error = match error {
        SwitchboardError::Desk(desk::DeskError::Wait(refused)) => refused.into(),
        other => other,
    };
    let code = error.code();
    let (status, wrong, next) = match error {
        SwitchboardError::Desk(error) => {
            let error = WebError::Desk(error);
            let (wrong, next) = error.says(t);
            (error.status(), wrong, next)
        }
        other => {
            if matches!(other, SwitchboardError::Broken) {
                tracing::error!("the telephone failed in an act");
            }
            let next = t.say_of("phone-error", &format!("{code}-next"));
            (StatusCode::CONFLICT, t.say_of("phone-error", code), next)
        }
    };
    (status, alert(Alert::Error, &wrong, &html! { p { (next) } }))
}

/// Connects this browser. The body is its offer (SDP), the answer is the answer; a refusal is a code for the script.
pub(super) async fn plug(seat: Seat, offer: String) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    let Some(board) = &seat.ctx.app.switchboard else { return Ok(code(StatusCode::CONFLICT, "none")) };
    if !is_offer(&offer) {
        return Ok(code(StatusCode::UNPROCESSABLE_ENTITY, SwitchboardError::BadOffer.code()));
    }
    Ok(match board.plug_in(seat.me.staff.id, offer).await {
        Ok(answer) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("application/sdp"))], answer).into_response()
        }
        Err(error) => unplugged(&error),
    })
}

/// Might this be an offer? It is read by whoever answers it; what is far from one goes no further.
pub(crate) fn is_offer(text: &str) -> bool {
    text.len() <= LONGEST_OFFER && text.starts_with("v=0")
}

/// Why a browser was not connected, as a code for the script that asked.
pub(crate) fn unplugged(error: &SwitchboardError) -> Response {
    let status = match error {
        SwitchboardError::BadOffer => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    let mut response = code(status, error.code());
    if let SwitchboardError::Full { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

pub(crate) fn code(status: StatusCode, code: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"))], code).into_response()
}

/// Disconnects this browser.
pub(super) async fn unplug(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    if let Some(board) = &seat.ctx.app.switchboard {
        board.unplug(seat.me.staff.id).await;
    }
    Ok(Redirect::to(&seat.ctx.url("/staff/line")).into_response())
}

/// The stream that says "phone" when the telephone or what belongs to it has changed.
pub(super) async fn live(
    seat: Seat,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    seat.may(Action::UseTelephone, None)?;
    let Some(place) = live::Open::take(&seat.ctx) else {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let stream = news::stream(&seat, live::seen(&seat.ctx, &query), place);
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Ok(Sse::new(stream).keep_alive(alive).into_response())
}

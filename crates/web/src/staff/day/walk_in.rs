//! Somebody stands at the counter without a booking: what they need, and whether the office sees them today.

use super::{At, Day, board::Board};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert},
    public::request::counter,
    staff::{
        find,
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, acts::WhoCame};
use domain::{access::Action, inquiry::Stage, number::InquiryNumber, refusal::Refusal};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// The longest reason.
const BECAUSE: usize = 500;

#[derive(Debug, Default, Deserialize)]
pub(in crate::staff) struct Asked {
    /// What somebody who has no number needs.
    #[serde(default)]
    reason: String,
}

pub(in crate::staff) async fn page(
    seat: Seat,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let day = open(&seat, at)?;
    let board = Board::load(&day).await?;
    let mut fields = Fields::default();
    fields.set("reason", asked.reason);
    counter::begin(&seat.ctx, &mut fields);
    Ok(show(&day, &board, None, &fields, &Errors::none()).into_response())
}

fn open(seat: &Seat, at: At) -> Result<Day<'_>, WebError> {
    Day::open(seat, &At { date: String::new(), ..at }, Action::DecideWalkIn)
}

fn show(day: &Day<'_>, board: &Board, note: Option<Markup>, fields: &Fields, errors: &Errors) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let form = Form::new(fields, errors);
    let most = day.office.walk_ins_a_day;
    // Without an office there is no page; then nobody was let in either.
    let today = seat.ctx.app.desk.walk_in_day(&day.office.code, seat.ctx.now);
    let used = today.map_or(0, |today| board.inquiries().iter().filter(|one| today.let_in(one)).count());
    let verdicts = [
        Choice::new("yes", t.say("floor-admit")).hint(t.say("floor-admit-then")),
        Choice::new("no", t.say("floor-refuse")).hint(t.say("floor-refuse-then")),
    ];
    let verdicts = if most == 0 { &verdicts[1..] } else { &verdicts[..] };
    let here = seat.ctx.url(&format!("/staff/office/{}/walk-in", day.office.code));
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { (note) }
        p { (t.say("floor-walk-in-about")) }
        @if most == 0 {
            (alert(Alert::Warning, "", &html! { p { (t.say("floor-walk-in-none")) } }))
        } @else {
            p { strong { (t.say_with("floor-walk-in-used", &args! { "used" => used, "most" => most })) } }
        }
        @match counter::chosen(&seat.ctx, fields) {
            Some(reason) => form.desk-walk-in method="post" action=(here) {
                (parts::key(&seat.ctx))
                h2 { (reason.name.in_lang(&seat.ctx.lang)) }
                (counter::fields(&seat.ctx, &form, reason))
                (decision(seat, &form, verdicts))
            },
            None => {
                form.desk-walk-in method="post" action=(here) {
                    (parts::key(&seat.ctx))
                    h2 { (t.say("floor-walk-in-known")) }
                    (parts::input(&form, &Input { name: "number", label: &t.say("staff-day-number"), hint: &t.say("floor-walk-in-number-hint"),
                        inputmode: "numeric", longest: 20, size: "medium", verbatim: true, ..Input::default() }))
                    (decision(seat, &form, verdicts))
                }
                h2 { (t.say("floor-walk-in-new")) }
                form.desk-walk-in method="get" action=(here) {
                    (counter::reasons(&seat.ctx, &form))
                    button.usa-button.usa-button--outline type="submit" { (t.say("floor-walk-in-ask")) }
                }
            }
        }
        p { a.usa-link href=(day.to(day.today)) { (t.say("floor-back-to-day")) } }
    };
    let heading = t.say_with("floor-walk-in-title", &args! { "office" => &day.office.name });
    let page = seat.page(heading, Tab::Day, body);
    if errors.is_empty() { page } else { page.no_switch() }.render(&seat.ctx)
}

/// Yes or no, and why.
fn decision(seat: &Seat, form: &Form<'_>, verdicts: &[Choice]) -> Markup {
    let t = seat.t();
    html! {
        (parts::radios(form, &Choices { name: "verdict", legend: &t.say("floor-walk-in-verdict"), ..Choices::default() }, verdicts))
        (parts::textarea(form, &Input { name: "because", label: &t.say("floor-walk-in-because"),
            hint: &t.say("floor-walk-in-because-hint"), longest: BECAUSE, ..Input::default() }))
        button.usa-button type="submit" { (t.say("floor-walk-in-record")) }
    }
}

/// Who has come: by the number they brought, or as they say.
async fn who(day: &Day<'_>, fields: &Fields, errors: &mut Errors) -> Result<Option<WhoCame>, WebError> {
    let seat = day.seat;
    let t = seat.t();
    if !fields.get("reason").is_empty() {
        let read = counter::read(&seat.ctx, fields, errors);
        return Ok(read.map(|ask| WhoCame::New(Box::new(ask))));
    }
    let found = match fields.get("number").parse::<InquiryNumber>() {
        Ok(number) => seat.ctx.app.desk.visitor(&seat.caller_once(), number).await?,
        Err(error) => {
            errors.add("number", find::fault(t, error));
            return Ok(None);
        }
    };
    if found.is_none() {
        errors.add("number", t.say("staff-number-unknown"));
    }
    Ok(found.map(|inquiry| WhoCame::Known(inquiry.id)))
}

pub(in crate::staff) async fn decide(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let day = open(&seat, at)?;
    let t = seat.t();
    let mut errors = Errors::none();
    let who = who(&day, &fields, &mut errors).await?;
    let verdict = match fields.get("verdict") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            errors.add("verdict", t.say("floor-walk-in-verdict-missing"));
            None
        }
    };
    let because: String = fields.get("because").chars().take(BECAUSE).collect();
    if because.is_empty() {
        errors.add("because", t.say("floor-walk-in-because-missing"));
    }
    let (Some(who), Some(admitted), true) = (who, verdict, errors.is_empty()) else {
        let board = Board::load(&day).await?;
        let page = show(&day, &board, None, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let caller = seat.caller(fields.key("walk-in"));
    let office = &day.office.code;
    match seat.ctx.app.desk.decide_walk_in(&caller, office, &who, admitted, &because).await {
        Ok(inquiry) => {
            let did = if admitted { "let-in" } else { "not-let-in" };
            let to = format!("{}?did={did}&number={}", day.to(day.today), inquiry.number.digits());
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ (DeskError::Refused(_) | DeskError::Contended)) => {
            let web = WebError::Desk(error);
            let (wrong, mut next) = web.says(t);
            if let WebError::Desk(DeskError::Refused(Refusal::WrongStage { .. })) = &web {
                next = t.say("floor-walk-in-wrong-stage");
            }
            let note = html! { div role="alert" { (alert(Alert::Error, &wrong, &html! { p { (next) } })) } };
            let board = Board::load(&day).await?;
            let page = show(&day, &board, Some(note), &fields, &Errors::none());
            Ok((web.status(), page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whoever was not let in: their number is to be written down for them, and when they hear from us.
pub(super) async fn turned_away(day: &Day<'_>, number: &str) -> Result<Option<Markup>, WebError> {
    let seat = day.seat;
    let t = seat.t();
    let Ok(number) = number.parse::<InquiryNumber>() else { return Ok(None) };
    let visitor = seat.ctx.app.desk.visitor(&seat.caller_once(), number).await?;
    let Some(inquiry) = visitor else { return Ok(None) };
    // Only of those whom this office has just seen.
    let last = inquiry.walk_ins.last().filter(|one| one.office == day.office.code && !one.admitted);
    if last.is_none() || !seat.can(Action::DecideWalkIn, Some(&day.office.code)) {
        return Ok(None);
    }
    let heading = t.say_with("floor-not-let-in", &args! { "name" => signs::name(seat, &inquiry) });
    let due = inquiry.due().filter(|_| matches!(inquiry.stage, Stage::Review { .. }));
    Ok(Some(html! {
        div role="status" {
            (alert(Alert::Info, &heading, &html! {
                @match due {
                    Some(due) => p { (t.say_with("floor-not-let-in-next", &args! { "moment" => t.moment(due, day.zone().name(), seat.ctx.now) })) },
                    None => p { (t.say("floor-not-let-in-stands")) },
                }
                (parts::big_number(&seat.ctx, inquiry.number))
            }))
        }
    }))
}

//! An office's day: who is expected, who is here, who was called, served, missed.

mod board;
mod hall;
pub(super) mod kiosk;
mod line;
pub(super) mod walk_in;

pub(super) use hall::page as display;

use super::{
    find,
    frame::{Seat, Tab},
    signs,
};
use crate::{
    core::{Errors, Fields, Form, WebError, cookies},
    parts::{self, Alert, Choice, Choices, Input, alert},
};
use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use board::Board;
use desk::{DeskError, acts::SetAside};
use domain::{
    access::Action,
    calendar::Zone,
    codes::OfficeCode,
    floor::Aside,
    inquiry::{Inquiry, Stage},
    number::InquiryNumber,
};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// The cookie that remembers a clerk's counter for a shift.
const COUNTER: &str = "counter";
const SHIFT_SECONDS: i64 = 12 * 3600;

#[derive(Debug, Deserialize)]
pub(super) struct At {
    code: String,
    #[serde(default)]
    date: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Only names that have this.
    #[serde(default)]
    name: String,
    /// What has just been done, and to whom.
    #[serde(default)]
    did: String,
    #[serde(default)]
    number: String,
    /// The office chosen from the list.
    #[serde(default)]
    office: String,
}

/// A day at an office that this member of staff may see.
struct Day<'a> {
    seat: &'a Seat,
    office: &'a pack::Office,
    date: Date,
    today: Date,
}

impl<'a> Day<'a> {
    fn open(seat: &'a Seat, at: &At, action: Action) -> Result<Self, WebError> {
        let code: OfficeCode = at.code.parse().map_err(|_| WebError::NotFound)?;
        seat.may(action, Some(&code))?;
        let office = seat.ctx.app.desk.pack().office(&code).ok_or(WebError::NotFound)?;
        let today = office.zone().date(seat.ctx.now);
        let date =
            if at.date.is_empty() { today } else { at.date.parse().map_err(|_| WebError::NotFound)? };
        Ok(Self { seat, office, date, today })
    }

    fn zone(&self) -> &Zone {
        self.office.zone()
    }

    /// The address of this day, or of another at the same office.
    fn to(&self, date: Date) -> String {
        self.seat.ctx.url(&format!("/staff/office/{}/day/{date}", self.office.code))
    }

    fn act(&self, act: &str) -> String {
        format!("{}/{act}", self.to(self.date))
    }

    /// Back to the day, which says what has just been done.
    fn after(&self, what: Do, inquiry: &Inquiry) -> Response {
        let to = format!("{}?did={}&number={}", self.to(self.date), what.code(), inquiry.number.digits());
        Redirect::to(&to).into_response()
    }

    fn runs(&self) -> bool {
        self.seat.can(Action::RunDay, Some(&self.office.code))
    }
}

/// The day of one's own office; whoever works at none chooses one.
pub(super) async fn mine(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::SeeDay, None)?;
    let chosen = asked.office.parse::<OfficeCode>().ok().or_else(|| seat.me.staff.office.clone());
    if let Some(office) = chosen {
        let to = seat.ctx.url(&format!("/staff/office/{office}/day"));
        return Ok(Redirect::to(&to).into_response());
    }
    let t = seat.t();
    let (fields, errors) = (Fields::default(), Errors::none());
    let legend = t.say("staff-office");
    let mut choices = vec![Choice::new("", t.say("staff-choose"))];
    choices.extend(super::review::offices(&seat));
    let body = html! {
        form.desk-filter action=(seat.ctx.url("/staff/day")) {
            (parts::select(&Form::new(&fields, &errors), &Choices { name: "office", legend: &legend, ..Choices::default() }, &choices))
            button.usa-button type="submit" { (t.say("staff-day-open")) }
        }
    };
    Ok(seat.page(t.say("staff-day-choose"), Tab::Day, body).render(&seat.ctx).into_response())
}

pub(super) async fn today(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let day = Day::open(&seat, &At { date: String::new(), ..at }, Action::SeeDay)?;
    Ok(Redirect::to(&day.to(day.today)).into_response())
}

pub(super) async fn page(
    seat: Seat,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let day = Day::open(&seat, &at, Action::SeeDay)?;
    let board = Board::load(&day).await?;
    let done = match asked.did.as_str() {
        "not-let-in" => walk_in::turned_away(&day, &asked.number).await?,
        _ => did(&seat, &board, &asked),
    };
    let fields = Fields::default();
    Ok(show(&day, &board, &asked.name, done, &fields, &Errors::none()).into_response())
}

/// What has just been done, said once more from what is now so.
fn did(seat: &Seat, board: &Board, asked: &Asked) -> Option<Markup> {
    let number: InquiryNumber = asked.number.parse().ok()?;
    let inquiry = board.find(number)?;
    let t = seat.t();
    let name = signs::name(seat, inquiry);
    let name = name.as_str();
    let text = match (asked.did.as_str(), &inquiry.stage) {
        ("check-in", Stage::CheckedIn { ticket, .. }) => {
            t.say_with("staff-did-check-in", &args! { "name" => name, "ticket" => ticket })
        }
        ("call", Stage::CheckedIn { ticket, called: Some((counter, _)), .. }) => {
            t.say_with("staff-did-call", &args! { "name" => name, "ticket" => ticket, "counter" => counter })
        }
        ("served", Stage::Closed { .. }) => t.say_with("staff-did-served", &args! { "name" => name }),
        ("missed", _) => t.say_with("staff-did-missed", &args! { "name" => name }),
        ("park", Stage::CheckedIn { aside: Some(_), ticket, .. }) => {
            t.say_with("floor-did-park", &args! { "name" => name, "ticket" => ticket })
        }
        ("not-here", Stage::CheckedIn { aside: Some(_), ticket, .. }) => {
            t.say_with("floor-did-not-here", &args! { "name" => name, "ticket" => ticket })
        }
        ("hand", Stage::CheckedIn { aside: Some(Aside::For { counter, .. }), .. }) => {
            t.say_with("floor-did-hand", &args! { "name" => name, "counter" => counter })
        }
        ("back", Stage::CheckedIn { ticket, .. }) => {
            t.say_with("floor-did-back", &args! { "name" => name, "ticket" => ticket })
        }
        ("left", _) => t.say_with("floor-did-left", &args! { "name" => name }),
        ("let-in", Stage::CheckedIn { ticket, .. }) => {
            t.say_with("floor-did-let-in", &args! { "name" => name, "ticket" => ticket })
        }
        _ => return None,
    };
    Some(html! { div role="status" { (alert(Alert::Success, "", &html! { p { (text) } })) } })
}

fn show(
    day: &Day<'_>,
    board: &Board,
    name: &str,
    note: Option<Markup>,
    fields: &Fields,
    errors: &Errors,
) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let counter = counter_of(seat);
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { (note) }
        (days(day))
        (doors(day))
        @if day.runs() { (tools(day, fields, errors, counter.as_deref())) }
        form.desk-filter action=(day.to(day.date)) {
            div { label.usa-label for="name" { (t.say("staff-day-by-name")) }
                input.usa-input #name name="name" value=(name) autocomplete="off" spellcheck="false"; }
            button.usa-button.usa-button--outline type="submit" { (t.say("staff-filter")) }
            @if !name.is_empty() { a.usa-link href=(day.to(day.date)) { (t.say("staff-day-all-names")) } }
        }
        (line::whole(day, board, name, counter.as_deref()))
    };
    let heading = t.say_with(
        "staff-day-title",
        &args! { "office" => &day.office.name, "day" => t.on_day(day.date, day.today) },
    );
    let page = seat.page(heading, Tab::Day, body).live();
    if errors.is_empty() { page } else { page.no_switch() }.render(&seat.ctx)
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn counter_of(seat: &Seat) -> Option<String> {
    seat.ctx.cookie(COUNTER).filter(|counter| !counter.is_empty())
}

/// Yesterday, today, tomorrow.
fn days(day: &Day<'_>) -> Markup {
    let t = day.seat.t();
    let link = |date: Option<Date>, words: String, rel: Option<&str>| {
        html! { @if let Some(date) = date { li { a.usa-link href=(day.to(date)) rel=[rel]
        aria-current=[(date == day.date).then_some("date")] { (words) } } } }
    };
    html! {
        nav.desk-days aria-label=(t.say("staff-days")) {
            ul {
                (link(day.date.yesterday().ok(), t.say("staff-day-before"), Some("prev")))
                (link(Some(day.today), t.say("staff-day-today"), None))
                (link(day.date.tomorrow().ok(), t.say("staff-day-after"), Some("next")))
            }
        }
    }
}

/// What else there is to open from a day.
fn doors(day: &Day<'_>) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let at = |rest: &str| seat.ctx.url(&format!("/staff/office/{}/{rest}", day.office.code));
    html! {
        div.desk-hall {
            @if seat.can(Action::DecideWalkIn, Some(&day.office.code)) {
                a.usa-link href=(at("walk-in")) { (t.say("floor-walk-in-open")) }
            }
            a.usa-link href=(at("display")) { (t.say("staff-hall-open")) }
            @if day.runs() {
                details {
                    summary { (t.say("floor-kiosk-open")) }
                    p { (t.say("floor-kiosk-open-about")) }
                    (parts::post_button(&seat.ctx, &at("kiosk"), &t.say("floor-kiosk-open-do"), "usa-button--outline"))
                }
                details {
                    summary { (t.say("floor-display-open")) }
                    p { (t.say("floor-display-open-about")) }
                    (parts::post_button(&seat.ctx, &at("hall"), &t.say("floor-display-open-do"), "usa-button--outline"))
                }
            }
        }
    }
}

/// Check-in by number, and the counter.
fn tools(day: &Day<'_>, fields: &Fields, errors: &Errors, counter: Option<&str>) -> Markup {
    let seat = day.seat;
    let t = seat.t();
    let mut counter_fields = fields.clone();
    if fields.get("counter").is_empty() {
        counter_fields.set("counter", counter.unwrap_or_default());
    }
    html! {
        div.desk-tools {
            form method="post" action=(day.act("check-in")) {
                (parts::key(&seat.ctx))
                (parts::input(&Form::new(fields, errors), &Input { name: "number", label: &t.say("staff-day-number"),
                    hint: &t.say("staff-day-number-hint"), inputmode: "numeric", longest: 20, size: "medium", verbatim: true, ..Input::default() }))
                button.usa-button type="submit" { (t.say("staff-do-check-in")) }
            }
            form method="post" action=(seat.ctx.url(&format!("/staff/office/{}/counter", day.office.code))) {
                input type="hidden" name="date" value=(day.date);
                (parts::input(&Form::new(&counter_fields, errors), &Input { name: "counter", label: &t.say("staff-day-counter"),
                    hint: &t.say("staff-day-counter-hint"), longest: 10, size: "small", verbatim: true, ..Input::default() }))
                button.usa-button.usa-button--outline type="submit" { (t.say("staff-day-counter-keep")) }
            }
        }
    }
}

pub(super) async fn counter(seat: Seat, Path(at): Path<At>, fields: Fields) -> Result<Response, WebError> {
    let at = At { date: fields.get("date").to_owned(), ..at };
    let day = Day::open(&seat, &at, Action::RunDay)?;
    let counter = counter_in(&fields, "counter");
    if counter.is_empty() {
        let mut errors = Errors::none();
        errors.add("counter", seat.t().say("staff-day-counter-bad"));
        return refused(&day, None, &fields, &errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let keep = cookies::Keep::Seconds(SHIFT_SECONDS);
    let cookie = cookies::set(COUNTER, &counter, keep, seat.ctx.app.options.https());
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&day.to(day.date))).into_response())
}

/// A counter's name as it was typed.
fn counter_in(fields: &Fields, name: &str) -> String {
    fields.get(name).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(10).collect()
}

/// The page again, with what is wrong and what was typed.
async fn refused(
    day: &Day<'_>,
    note: Option<Markup>,
    fields: &Fields,
    errors: &Errors,
    status: StatusCode,
) -> Result<Response, WebError> {
    let board = Board::load(day).await?;
    Ok((status, show(day, &board, "", note, fields, errors)).into_response())
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Do {
    CheckIn,
    Call,
    Served,
    Missed,
    Park,
    NotHere,
    Hand,
    Back,
    Left,
}

impl Do {
    const fn code(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Call => "call",
            Self::Served => "served",
            Self::Missed => "missed",
            Self::Park => "park",
            Self::NotHere => "not-here",
            Self::Hand => "hand",
            Self::Back => "back",
            Self::Left => "left",
        }
    }
}

/// Calls whoever is next to this clerk's counter.
pub(super) async fn next(seat: Seat, Path(at): Path<At>, fields: Fields) -> Result<Response, WebError> {
    let day = Day::open(&seat, &at, Action::RunDay)?;
    let counter = counter_of(&seat).unwrap_or_default();
    if counter.is_empty() {
        let mut errors = Errors::none();
        errors.add("counter", seat.t().say("staff-day-counter-first"));
        return refused(&day, None, &fields, &errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let caller = seat.caller(fields.key("next"));
    match seat.ctx.app.desk.call_next(&caller, &day.office.code, &counter).await {
        Ok(inquiry) => Ok(day.after(Do::Call, &inquiry)),
        Err(error @ (DeskError::Refused(_) | DeskError::Contended)) => {
            let error = WebError::Desk(error);
            let (wrong, next) = error.says(seat.t());
            let note = html! { div role="alert" { (alert(Alert::Error, &wrong, &html! { p { (next) } })) } };
            refused(&day, Some(note), &fields, &Errors::none(), error.status()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Does what a button says, with the person whose number it sends.
pub(super) async fn act(
    what: Do,
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let day = Day::open(&seat, &at, Action::RunDay)?;
    let t = seat.t();
    let mut errors = Errors::none();
    let desk = &seat.ctx.app.desk;
    let found = match fields.get("number").parse::<InquiryNumber>() {
        Ok(number) => desk.visitor(&seat.caller_once(), number).await?,
        Err(error) => {
            errors.add("number", find::fault(t, error));
            None
        }
    };
    // An inquiry that has nothing to do with this office is not told of here.
    let here = found.filter(|inquiry| inquiry.erased.is_none() && belongs(inquiry, &day.office.code));
    if here.is_none() {
        errors.add("number", t.say("staff-day-number-unknown"));
    }
    let counter = counter_of(&seat).unwrap_or_default();
    if what == Do::Call && counter.is_empty() {
        errors.add("counter", t.say("staff-day-counter-first"));
    }
    let to = counter_in(&fields, "to");
    if what == Do::Hand && to.is_empty() {
        errors.add("number", t.say("floor-hand-to-whom"));
    }
    let Some(inquiry) = here.filter(|_| errors.is_empty()) else {
        return refused(&day, None, &fields, &errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let caller = seat.caller(fields.key(what.code()));
    let done = match what {
        Do::CheckIn => desk.check_in(&caller, inquiry.id).await,
        Do::Call => desk.call_ticket(&caller, inquiry.id, &counter).await,
        Do::Served => desk.serve(&caller, inquiry.id).await,
        Do::Missed => desk.no_show(&caller, inquiry.id).await,
        Do::Park => desk.set_aside(&caller, inquiry.id, &SetAside::Parked).await,
        Do::NotHere => desk.set_aside(&caller, inquiry.id, &SetAside::NotHere).await,
        Do::Hand => desk.set_aside(&caller, inquiry.id, &SetAside::HandTo(to)).await,
        Do::Back => desk.back_in_line(&caller, inquiry.id).await,
        Do::Left => desk.leave_office(&caller, inquiry.id).await,
    };
    match done {
        Ok(inquiry) => Ok(day.after(what, &inquiry)),
        Err(error @ (DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::Contended)) => {
            let error = WebError::Desk(error);
            let note = board::why_not(&day, &inquiry, &error);
            refused(&day, Some(note), &fields, &Errors::none(), error.status()).await
        }
        Err(error) => Err(error.into()),
    }
}

fn belongs(inquiry: &Inquiry, office: &OfficeCode) -> bool {
    inquiry.appointment().is_some_and(|a| a.office == *office)
        || inquiry.past_appointments.iter().any(|p| p.appointment.office == *office)
}

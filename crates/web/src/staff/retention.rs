//! How long records are kept: what is due, what is under legal hold, whom somebody asked to have erased, and what is left to be
//! said of what was.

use super::{
    account::Asked,
    frame::{Seat, Tab},
    signs,
};
use crate::{
    core::{Fields, WebError, gone},
    parts::{self, Alert, alert},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{AHEAD_DAYS, DeskError, Due};
use domain::{
    access::Action,
    actor::Actor,
    erasure::{Erased, ErasureAsked, LegalHold, RecordsRefused},
    ids::{PersonId, StaffId},
    inquiry::Inquiry,
    number::InquiryNumber,
    person::Person,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::{List, Page, People};

/// So many holds and requests are listed at most.
const MOST: u32 = 500;

/// What may have been done a moment ago.
const DID: [&str; 2] = ["agree", "decline"];

/// People, each with the numbers of their inquiries.
type Known = Vec<(Person, Vec<Inquiry>)>;

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::AgreeErasure, None)?;
    show(&seat, &asked.did, None).await
}

async fn show(seat: &Seat, did: &str, refused: Option<RecordsRefused>) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let desk = &ctx.app.desk;
    let store = desk.store();
    let keeps = seat.can(Action::KeepRecords, None);
    let due = if keeps { desk.records_due(&seat.caller_once()).await? } else { Vec::new() };
    let held = if keeps { store.list(&List::Held, Page::first(MOST)).await?.rows } else { Vec::new() };
    let held_people = if keeps { known(seat, People::Held).await? } else { Vec::new() };
    let asked = known(seat, People::ToErase).await?;
    let mut names = BTreeMap::new();
    for id in asked.iter().filter_map(|(person, _)| person.erasure.as_ref()).map(|asked| asked.by) {
        names.extend(store.staff(id).await?.map(|staff| (id, staff.name)));
    }
    let body = html! {
        @if let Some(why) = refused { (why_not(seat, why)) }
        @if DID.contains(&did) { (alert(Alert::Success, "", &html! { p { (t.say_of("records-did", did)) } })) }
        (requests(seat, &asked, &names))
        @if keeps {
            (schedule(seat, &due))
            (holds(seat, &held, &held_people))
        }
    };
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, seat.page(t.say("records-title-all"), Tab::Records, body).render(ctx)).into_response())
}

async fn known(seat: &Seat, which: People) -> Result<Known, WebError> {
    let store = seat.ctx.app.desk.store();
    let mut known = Vec::new();
    for person in store.people(which, MOST).await? {
        let all = store.inquiries_of(person.id).await?;
        known.push((person, all));
    }
    Ok(known)
}

/// Why it was not done, at the head of the page.
pub(super) fn why_not(seat: &Seat, why: RecordsRefused) -> Markup {
    let says = seat.t().say_of("records-refused", why.code());
    let next = html! { p { (seat.t().say("records-refused-next")) } };
    html! { div role="alert" tabindex="-1" data-focus { (alert(Alert::Error, &says, &next)) } }
}

fn moment(seat: &Seat, at: Timestamp) -> String {
    seat.t().moment(at, seat.zone().name(), seat.ctx.now)
}

/// Who set a hold, and when.
pub(super) fn set_by(seat: &Seat, hold: &LegalHold) -> String {
    let by = match &hold.by {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person | Actor::Delegate { .. } | Actor::System { .. } => seat.t().say("staff-actor-system"),
    };
    seat.t().say_with("records-set-by", &args! { "name" => by, "moment" => moment(seat, hold.at) })
}

/// The inquiries' numbers, as links for whoever may open them.
fn numbers(seat: &Seat, all: &[Inquiry]) -> Markup {
    html! {
        @for (n, inquiry) in all.iter().enumerate() {
            @if n > 0 { ", " }
            @if seat.can(Action::ReadInquiry, None) { (signs::number(seat, inquiry)) }
            @else { bdi { (inquiry.number) } }
        }
    }
}

fn requests(seat: &Seat, asked: &Known, names: &BTreeMap<StaffId, String>) -> Markup {
    let t = seat.t();
    html! {
        section aria-labelledby="requests" {
            h2 #requests { (t.say("records-requests")) }
            @if asked.is_empty() { p { (t.say("records-requests-none")) } }
            @else { p { (t.say("records-requests-about")) } }
            @for (person, all) in asked {
                @if let Some(asked) = &person.erasure { (request(seat, person, all, asked, names)) }
            }
        }
    }
}

fn request(
    seat: &Seat,
    person: &Person,
    all: &[Inquiry],
    asked: &ErasureAsked,
    names: &BTreeMap<StaffId, String>,
) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let mine = asked.by == seat.me.staff.id;
    let by = names.get(&asked.by).map_or("", String::as_str);
    let button = |to: &str, class: &str, label: String| {
        html! {
            form method="post" action=(ctx.url(&format!("/staff/records/{to}"))) {
                (parts::key(ctx))
                input type="hidden" name="person" value=(person.id);
                button class=(class) type="submit" { (label) }
            }
        }
    };
    html! {
        div.usa-summary-box {
            div.usa-summary-box__body {
                h3.usa-summary-box__heading { (t.say("records-request")) " " (numbers(seat, all)) }
                p { (t.say_with("records-request-by", &args! { "name" => by, "moment" => moment(seat, asked.at) })) }
                p { bdi { (asked.reason.reveal()) } }
                @if mine { p { (t.say("records-request-mine")) } }
                div.desk-tools {
                    @if !mine {
                        (button("agree", "usa-button usa-button--secondary", t.say("records-agree")))
                    }
                    (button("decline", "usa-button usa-button--outline", t.say("records-decline")))
                }
            }
        }
    }
}

/// What is kept for how long, and what of it is due.
fn schedule(seat: &Seat, due: &[Due]) -> Markup {
    let t = seat.t();
    let count = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    html! {
        section aria-labelledby="due" {
            h2 #due { (t.say("records-due")) }
            p { (t.say("records-due-about")) }
            div.desk-scroll role="region" tabindex="0" aria-labelledby="due-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #due-caption { (t.say("records-due-caption")) }
                    thead { tr {
                        th scope="col" { (t.say("records-col-class")) }
                        th scope="col" { (t.say("records-col-rule")) }
                        th scope="col" { (t.say("records-col-days")) }
                        th scope="col" { (t.say("records-col-now")) }
                        th scope="col" { (t.say_with("records-col-soon", &args! { "days" => AHEAD_DAYS })) }
                    } }
                    tbody { @for one in due {
                        tr {
                            th scope="row" { (t.say_of("records-class", one.class.as_str())) }
                            td { @if let Some(rule) = &one.rule { bdi { (rule) } } @else { (t.say("records-no-rule")) } }
                            td.desk-number { @if let Some(days) = one.days { (t.number(days)) } @else { (t.say("records-for-good")) } }
                            td.desk-number { (count(one.now)) }
                            td.desk-number { (count(one.soon)) }
                        }
                    } }
                }
            }
        }
    }
}

fn holds(seat: &Seat, held: &[Inquiry], people: &Known) -> Markup {
    let t = seat.t();
    let row = |what: &str, all: &[Inquiry], hold: &LegalHold| {
        let records = all
            .first()
            .map(|inquiry| seat.ctx.url(&format!("/staff/inquiry/{}/records", inquiry.number.digits())));
        html! {
            tr {
                th scope="row" { (numbers(seat, all)) }
                td { (t.say_of("records-held", what)) }
                td { (set_by(seat, hold)) br; bdi { (hold.reason.reveal()) } }
                td { @if let Some(to) = records { a.usa-link href=(to) { (t.say("records-open")) } } }
            }
        }
    };
    html! {
        section aria-labelledby="holds" {
            h2 #holds { (t.say("records-holds")) }
            @if held.is_empty() && people.is_empty() { p { (t.say("records-holds-none")) } } @else {
                div.desk-scroll role="region" tabindex="0" aria-labelledby="holds-caption" {
                    table.usa-table.usa-table--borderless.desk-table {
                        caption #holds-caption { (t.say("records-holds-caption")) }
                        thead { tr {
                            th scope="col" { (t.say("staff-col-number")) }
                            th scope="col" { (t.say("records-col-what")) }
                            th scope="col" { (t.say("records-col-why")) }
                            th scope="col" { (t.say("records-col-change")) }
                        } }
                        tbody {
                            @for inquiry in held {
                                @if let Some(hold) = &inquiry.legal_hold {
                                    (row("inquiry", std::slice::from_ref(inquiry), hold))
                                }
                            }
                            @for (person, all) in people {
                                @if let Some(hold) = &person.legal_hold { (row("person", all, hold)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

async fn decide(seat: &Seat, fields: &Fields, did: &str) -> Result<Response, WebError> {
    // Whoever it was about may be gone by now: then nobody asks for it any more.
    let Ok(person) = fields.get("person").parse::<PersonId>() else {
        return show(seat, "", Some(RecordsRefused::NotAsked)).await;
    };
    let caller = seat.caller(fields.key(did));
    let desk = &seat.ctx.app.desk;
    let done = match did {
        "agree" => desk.agree_erasure(&caller, person).await,
        _ => desk.decline_erasure(&caller, person).await,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&seat.ctx.url(&format!("/staff/records?did={did}"))).into_response()),
        Err(DeskError::Records(why)) => show(seat, "", Some(why)).await,
        Err(DeskError::NotFound) => show(seat, "", Some(RecordsRefused::NotAsked)).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn agree(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::AgreeErasure, None)?;
    decide(&seat, &fields, "agree").await
}

pub(super) async fn decline(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::AgreeErasure, None)?;
    decide(&seat, &fields, "decline").await
}

/// What stays to be said of an inquiry that was erased.
pub(super) fn tombstone(seat: &Seat, number: &str, erased: &Erased) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let number = number.parse::<InquiryNumber>().ok();
    let digits = number.map(InquiryNumber::digits).unwrap_or_default();
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    let counts = [
        ("notices", erased.notices),
        ("calls", erased.calls),
        ("contacts", erased.contacts),
        ("decisions", erased.decisions),
    ];
    let body = html! {
        p { (gone(ctx, erased)) }
        p { (t.say("records-gone-was")) }
        dl { @for (what, n) in counts { dt { (t.say_of("records-count", what)) } dd { (t.number(n.into())) } } }
        p { (t.say("records-gone-journal")) }
        @if seat.can(Action::SeeJournal, None) {
            @let to = ctx.url(&format!("/staff/journal?number={digits}"));
            p { a.usa-link href=(to) { (t.say("records-gone-look")) } }
        }
    };
    let title = t.say_with("records-gone-title", &args! { "number" => number });
    (StatusCode::GONE, seat.page(title, Tab::None, body).render(ctx)).into_response()
}

//! One handover: what would become of each call, approving it, and what came of it.

use super::{Names, by, named, sentence, stands, stretch, to};
use crate::{
    core::{Fields, WebError},
    parts::{self, Alert, alert},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Becomes, DeskError, HandoverRow, HandoverSeen};
use domain::{
    access::Action,
    handover::{Came, HandoverStage, Target},
    ids::HandoverId,
    inquiry::Giving,
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

/// Which handover.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct One {
    handover: String,
}

impl One {
    fn id(&self) -> Result<HandoverId, WebError> {
        self.handover.parse().map_err(|_| WebError::NotFound)
    }
}

pub(in crate::staff) async fn page(seat: Seat, Path(one): Path<One>) -> Result<Response, WebError> {
    show(&seat, one.id()?, StatusCode::OK, None).await
}

async fn show(
    seat: &Seat,
    id: HandoverId,
    status: StatusCode,
    note: Option<Markup>,
) -> Result<Response, WebError> {
    seat.may(Action::GivePromise, None)?;
    let (t, desk) = (seat.t(), &seat.ctx.app.desk);
    let HandoverSeen { handover, rows } = desk.handover(&seat.caller_once(), id).await?;
    let staff = desk.store().all_staff().await?;
    let names: Names = staff.into_iter().map(|one| (one.id, one.name)).collect();
    let stands = stands(&handover, seat.ctx.now);
    let open = stands == "proposed";
    let moves = rows.iter().filter(|row| row.becomes.is_ok()).count();
    let body = html! {
        @if let Some(note) = note { (note) }
        p.desk-summary { (sentence(seat, &handover, &names)) }
        p { (stretch(seat, &handover)) }
        p.policy-because { (handover.because.reveal()) }
        p.quiet { (t.say_with("handover-by", &args! { "name" => by(seat, &handover.by) })) " · " (signs::ago(seat, handover.at))
            @match &handover.stage {
                HandoverStage::Proposed => {}
                HandoverStage::Done { by: who, at } => {
                    " · " (t.say_with("handover-approved-by", &args! { "name" => by(seat, who) })) " · " (signs::ago(seat, *at))
                }
                HandoverStage::Withdrawn { by: who, at } => {
                    " · " (t.say_with("handover-withdrawn-by", &args! { "name" => by(seat, who) })) " · " (signs::ago(seat, *at))
                }
            }
        }
        p role="status" { strong { (t.say_of("handover-now", stands)) } }
        @if open {
            p { (t.say_with("handover-good-until", &args! {
                "until" => t.moment(handover.good_until, seat.zone().name(), seat.ctx.now) })) }
        }
        (table(seat, &rows, open, &names))
        @if open {
            @if handover.target == Target::Windows { p { (t.say("handover-told")) } }
            @if handover.by.same(&seat.caller_once().actor()) {
                p { strong { (t.say_of("handover-refused", "second-person")) } }
                p { (t.say("handover-second-how")) }
            } @else {
                form method="post" action={ (to(seat, &handover)) "/approve" } {
                    (parts::key(&seat.ctx))
                    input type="hidden" name="version" value=(handover.version);
                    button.usa-button type="submit" {
                        (t.say_with("handover-approve", &args! { "n" => i64::try_from(moves).unwrap_or(i64::MAX) })) }
                }
            }
            form method="post" action={ (to(seat, &handover)) "/withdraw" } {
                (parts::key(&seat.ctx))
                button.usa-button.usa-button--outline type="submit" { (t.say("handover-withdraw")) }
            }
        }
        p { a.usa-link href=(seat.ctx.url("/staff/handovers")) { (t.say("handover-list-back")) } }
    };
    let page = seat.page(t.say("handover-title"), Tab::Callbacks, body);
    Ok((status, page.render(&seat.ctx)).into_response())
}

/// The calls: what each is, and what it would become, became, or why it stays.
fn table(seat: &Seat, rows: &[HandoverRow], open: bool, names: &Names) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="handover-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #handover-caption { (t.say("handover-caption")) }
                thead { tr {
                    th scope="col" { (t.say("staff-col-number")) }
                    th scope="col" { (t.say("staff-col-person")) }
                    th scope="col" { (t.say("staff-col-window")) }
                    th scope="col" { (t.say("handover-col-becomes")) }
                } }
                tbody {
                    @for row in rows {
                        @let callback = row.inquiry.as_ref().and_then(|inquiry| inquiry.callback());
                        tr {
                            th scope="row" {
                                @if let Some(inquiry) = &row.inquiry { (signs::number(seat, inquiry)) }
                                @else { (t.say("guard-number-withheld")) }
                            }
                            td { @if let Some(inquiry) = &row.inquiry { bdi { (signs::name(seat, inquiry)) } } }
                            td { @if let Some(callback) = callback { (signs::window(seat, &callback.window)) } }
                            td { (becomes(seat, row, open, names)) }
                        }
                    }
                }
            }
        }
    }
}

fn becomes(seat: &Seat, row: &HandoverRow, open: bool, names: &Names) -> Markup {
    let t = seat.t();
    let stays = |why: &str| {
        html! { span.desk-late { span aria-hidden="true" { "⚠ " } (t.say_of("handover-stays", why)) } }
    };
    if let Some(came) = row.call.came {
        return match came {
            Came::Moved => html! { span aria-hidden="true" { "✓ " } (t.say("handover-moved")) },
            Came::Stayed { why } => stays(why.as_str()),
        };
    }
    if !open {
        return html! { (t.say("handover-nothing-done")) };
    }
    match &row.becomes {
        Err(why) => stays(why.as_str()),
        Ok(Becomes::Given(Giving::Anybody)) => html! { (t.say("staff-officer-any")) },
        Ok(Becomes::Given(Giving::Officer { officer, planned, .. })) => {
            let at = t.moment(*planned, seat.zone().name(), seat.ctx.now);
            let name = named(names, *officer);
            html! { (t.say_with("handover-given", &args! { "name" => name, "at" => at })) }
        }
        Ok(Becomes::Promised(promise)) => signs::window(seat, &promise.window),
    }
}

pub(in crate::staff) async fn approve(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::GivePromise, None)?;
    let id = one.id()?;
    let seen = fields.get("version").parse().unwrap_or(0);
    let caller = seat.caller(fields.key("approve-handover"));
    let did = seat.ctx.app.desk.approve_handover(&caller, id, seen).await;
    answer(&seat, id, did.map(|_| ())).await
}

pub(in crate::staff) async fn withdraw(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::GivePromise, None)?;
    let id = one.id()?;
    let caller = seat.caller(fields.key("withdraw-handover"));
    let did = seat.ctx.app.desk.withdraw_handover(&caller, id).await;
    answer(&seat, id, did.map(|_| ())).await
}

/// How it stands now; with why it was not done, where it was not.
async fn answer(seat: &Seat, id: HandoverId, did: Result<(), DeskError>) -> Result<Response, WebError> {
    let t = seat.t();
    let says = match did {
        Ok(()) => {
            let here = seat.ctx.url(&format!("/staff/handover/{id}"));
            return Ok(Redirect::to(&here).into_response());
        }
        Err(DeskError::Handover(why)) => t.say_of("handover-refused", why.code()),
        Err(DeskError::Contended) => t.say_of("handover-refused", "stale-page"),
        Err(error) => return Err(error.into()),
    };
    let note =
        html! { div role="alert" tabindex="-1" data-focus { (alert(Alert::Error, &says, &html! {})) } };
    show(seat, id, StatusCode::CONFLICT, Some(note)).await
}

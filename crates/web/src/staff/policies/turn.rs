//! What becomes of a version: proposed, approved, taken back.

use super::{One, revision, to, why_not};
use crate::{
    core::{Errors, Fields, WebError},
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{DeskError, acts::Propose};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, RevisionRefused, Starts},
};

pub(in crate::staff) async fn propose(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let id = one.id()?;
    let mut errors = Errors::none();
    let starts = match (fields.get("starts"), fields.get("day").parse()) {
        ("now", _) => Starts::Now,
        (_, Ok(day)) => Starts::On { day },
        (_, Err(_)) => {
            errors.add("day", seat.t().say("policy-fault-day"));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return revision::show(&seat, id, status, None, &fields, &errors).await;
        }
    };
    let caller = seat.caller(fields.key("propose-policy"));
    let because = Some(fields.get("because")).filter(|why| !why.is_empty());
    let ask = Propose { name: fields.get("version").to_owned(), starts, because: because.map(str::to_owned) };
    let done = seat.ctx.app.desk.propose_revision(&caller, id, seen(&fields), &ask).await;
    if let Err(DeskError::Policy(why)) = &done {
        let field = match why {
            RevisionRefused::Name | RevisionRefused::NameInUse => Some("version"),
            RevisionRefused::Passed => Some("day"),
            RevisionRefused::NoReason | RevisionRefused::LongReason => Some("because"),
            _ => None,
        };
        if let Some(field) = field {
            errors.add(field, seat.t().say_of("policy-refused", why.code()));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return revision::show(&seat, id, status, None, &fields, &errors).await;
        }
    }
    turned(&seat, id, done, &fields).await
}

pub(in crate::staff) async fn approve(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::ApprovePolicies, None)?;
    let id = one.id()?;
    let caller = seat.caller(fields.key("approve-policy"));
    let done = seat.ctx.app.desk.approve_revision(&caller, id, seen(&fields)).await;
    turned(&seat, id, done, &fields).await
}

pub(in crate::staff) async fn withdraw(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::ApprovePolicies, None)?;
    let id = one.id()?;
    let done = seat.ctx.app.desk.withdraw_revision(&seat.caller(fields.key("withdraw-policy")), id).await;
    turned(&seat, id, done, &fields).await
}

pub(in crate::staff) async fn take_back(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let id = one.id()?;
    let done = seat.ctx.app.desk.take_revision_back(&seat.caller(fields.key("take-policy-back")), id).await;
    turned(&seat, id, done, &fields).await
}

pub(in crate::staff) async fn give_up(
    seat: Seat,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let id = one.id()?;
    let done = seat.ctx.app.desk.drop_revision(&seat.caller(fields.key("drop-policy")), id).await;
    turned(&seat, id, done, &fields).await
}

/// The record's version that the page showed.
fn seen(fields: &Fields) -> u64 {
    fields.get("seen").parse().unwrap_or_default()
}

async fn turned(
    seat: &Seat,
    id: RevisionId,
    done: Result<Revision, DeskError>,
    fields: &Fields,
) -> Result<Response, WebError> {
    match done {
        Ok(revision) => Ok(Redirect::to(&to(seat, &revision)).into_response()),
        Err(DeskError::Policy(why)) => {
            let note = Some(why_not(seat, &why));
            // What was typed into the form of a proposal stays in it.
            let typed = if fields.0.contains_key("starts") { fields.clone() } else { Fields::default() };
            revision::show(seat, id, StatusCode::CONFLICT, note, &typed, &Errors::none()).await
        }
        Err(error) => Err(error.into()),
    }
}
